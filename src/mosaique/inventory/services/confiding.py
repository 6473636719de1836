"""Handing a section to a colleague by a link, and taking it back. What comes through it counts once confirmed."""

import secrets
from datetime import date

from mosaique import journal
from mosaique.access.actor import Actor
from mosaique.access.models import Scope, Visibility
from mosaique.accounts import secrecy
from mosaique.inventory import registry
from mosaique.inventory.models import Row, SectionLink, SectionSheet
from mosaique.inventory.policies import may_confide, may_finish_by_link
from mosaique.kernel import clock, mail, typography
from mosaique.kernel.service import service
from mosaique.kernel.verdict import Problem, require


@service
def confide(
    *, actor: Actor, sheet: SectionSheet, name: str, until: date, address: str, email: str = ""
) -> tuple[SectionLink, str]:
    """Open this one section to who holds the link. Returns the secret of the address, told once. `address`: of the doors."""
    sheet = SectionSheet.objects.for_screen().select_for_update(of=("self",)).get(pk=sheet.pk)
    require(may_confide(actor, sheet))
    campaign = sheet.inventory.campaign
    today = clock.today(campaign.territory.zone)
    if until < today:
        raise Problem(
            "Cette date est passée : le lien ne s’ouvrirait pas. Choisissez un jour à venir.", "until"
        )
    if (until - today).days > 366:
        raise Problem("Un lien vaut un an au plus. Choisissez un jour plus proche.", "until")
    current = SectionLink.objects.open().filter(sheet=sheet).first()
    if current is not None:
        if current.lasts:
            raise Problem(
                f"Cette section est déjà confiée à {current.name}. Reprenez-la d’abord : son lien ne s’ouvrira plus.",
                "name",
            )
        current.ended_at = clock.now()
        current.save(update_fields=["ended_at"])
    token = secrets.token_urlsafe(24)
    link = SectionLink.objects.create(
        scope=Scope.objects.obtain(
            territory=campaign.territory, visibility=Visibility.AUTHORITY, authority=sheet.inventory.authority
        ),
        sheet=sheet, name=name[:120], token_hash=secrecy.token_hash(token), until=until, given_by_id=actor.person_id, given_at=clock.now(),
    )  # fmt: skip
    if email:
        mail.queue(
            to=email, subject=f"{actor.name} vous confie « {sheet.spec.short} »", kind="inventory_confided",
            text=letter(link, actor.name, f"{address}{token}/"), territory_id=campaign.territory_id,
        )  # fmt: skip
    journal.record(actor, registry.SECTION_CONFIDED, link, until=until, by_mail=bool(email))
    return link, token


def letter(link: SectionLink, giver: str, address: str) -> str:
    sheet = link.sheet
    return typography.typographie("\n\n".join([
        "Bonjour,",
        f"{giver}, à la mairie {sheet.inventory.of_commune}, vous demande de remplir « {sheet.spec.short} » dans l’inventaire de la "
        "commune. Aucun compte n’est nécessaire : ce lien ouvre cette seule section.",
        address,
        f"Il s’ouvre jusqu’au {typography.date_long(link.until)}. Vous pouvez vous arrêter et revenir. La mairie relira ce que vous "
        "aurez saisi avant que cela compte.",
        "Ce lien est pour vous : ne le transférez pas.",
    ]))  # fmt: skip


@service
def open_link(*, actor: Actor, link: SectionLink) -> SectionLink:
    """The button of the door was pressed on one more device."""
    link = SectionLink.objects.for_screen().select_for_update(of=("self",)).get(pk=link.pk)
    if not link.lasts:
        raise Problem("Ce lien ne s’ouvre plus.")
    link.opened_at = link.opened_at or clock.now()
    link.openings += 1
    link.save(update_fields=["opened_at", "openings"])
    journal.record(
        link.actor,
        registry.LINK_OPENED,
        link,
        for_authority_id=link.sheet.inventory.authority_id,
        openings=link.openings,
    )
    return link


@service
def finish_by_link(*, actor: Actor, link: SectionLink, address: str) -> SectionLink:
    """« J’ai terminé »: the giver is told, and has the last word."""
    link = SectionLink.objects.for_screen().select_for_update(of=("self",)).get(pk=link.pk)
    require(may_finish_by_link(actor, link))
    link.finished_at = clock.now()
    link.save(update_fields=["finished_at"])
    sheet = link.sheet
    count = Row.objects.kept().filter(by_link=link).count()
    lines = (
        "Aucune ligne n’est saisie."
        if not count
        else "Une ligne est saisie."
        if count == 1
        else f"{count} lignes sont saisies."
    )
    text = "\n\n".join([
        "Bonjour,",
        f"{link.name} a terminé « {sheet.spec.short} », que vous lui aviez confié par lien. {lines}",
        f"Relisez, puis confirmez : rien ne compte avant.\n{address}{sheet.get_absolute_url()}",
    ])  # fmt: skip
    mail.queue(
        to=link.given_by.email, subject=f"{link.name} a terminé « {sheet.spec.short} »", kind="inventory_link_finished",
        text=typography.typographie(text), person_id=link.given_by_id, territory_id=sheet.inventory.campaign.territory_id,
    )  # fmt: skip
    journal.record(
        actor, registry.LINK_FINISHED, link, for_authority_id=sheet.inventory.authority_id, lines=count
    )
    return link


@service
def take_back(*, actor: Actor, sheet: SectionSheet) -> SectionSheet:
    """The town hall takes the section back: the link opens nothing more; what was typed stays, to be confirmed."""
    sheet = SectionSheet.objects.for_screen().select_for_update(of=("self",)).get(pk=sheet.pk)
    require(may_confide(actor, sheet))
    for link in SectionLink.objects.open().filter(sheet=sheet):
        link.ended_at = clock.now()
        link.save(update_fields=["ended_at"])
        journal.record(actor, registry.SECTION_TAKEN_BACK, link)
    return sheet
