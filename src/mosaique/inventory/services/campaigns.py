"""A collection of inventories: opened for every commune at once, changed, reminded, closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mosaique import journal
from mosaique.access.actor import Actor
from mosaique.access.models import Mandate, Scope, Visibility
from mosaique.access.roles import Role
from mosaique.inventory import queries, registry
from mosaique.inventory.models import Campaign, Return, SectionSheet
from mosaique.inventory.policies import may_change_campaign, may_run_campaign
from mosaique.kernel import clock, mail, typography
from mosaique.kernel.service import service
from mosaique.kernel.verdict import Problem, Stale, require
from mosaique.territory import perimeter
from mosaique.territory.models import Authority, Territory
from mosaique.territory.naming import listed

# A second reminder within these days asks for an explicit yes: town halls are not to be harassed.
REMIND_AFTER = timedelta(days=7)
USED_FOR = (
    "L’équipe du projet s’en sert pour chercher ce qui peut être partagé. N’entre dans le rapport que ce que chaque "
    "commune y verse elle-même."
)


@dataclass(frozen=True, slots=True)
class Reminded:
    """Communes written to, and those for which nobody is known: they are to be invited, or telephoned."""

    sent: list[Return]
    unreached: list[Return]


def _check_dates(reference_date: date, opens_on: date, closes_on: date) -> None:
    if closes_on < opens_on:
        raise Problem("La collecte fermerait avant d’ouvrir. Corrigez l’une des deux dates.", "closes_on")
    if (closes_on - opens_on).days > 366 * 2:
        raise Problem(
            "Une collecte de plus de deux ans vieillit avant d’être lue : rapprochez la date de fin.",
            "closes_on",
        )
    if abs((reference_date - opens_on).days) > 366 * 3:
        raise Problem(
            "La date de situation est à plus de trois ans de l’ouverture : vérifiez l’année.",
            "reference_date",
        )


def _check_sections(sections: Sequence[str]) -> list[str]:
    chosen = [name for name in registry.SECTIONS if name in sections]
    if not chosen:
        raise Problem("Choisissez au moins une section.", "sections")
    return chosen


@service
def open_campaign(
    *, actor: Actor, territory: Territory, reference_date: date, opens_on: date, closes_on: date, sections: Sequence[str],
    used_for: str = USED_FOR,
) -> Campaign:  # fmt: skip
    """Open a collection: one inventory per member commune, every section empty and read by that commune alone."""
    require(may_run_campaign(actor, Campaign(territory=territory)))
    _check_dates(reference_date, opens_on, closes_on)
    chosen = _check_sections(sections)
    Territory.objects.select_for_update().get(
        pk=territory.pk
    )  # two openings at once: the second sees the first
    running = Campaign.objects.filter(territory=territory, closed_at=None).first()
    if running:
        raise Problem(
            "Une collecte est déjà ouverte. Fermez-la avant d’en ouvrir une autre ; rien n’a été créé."
        )
    everyone = Scope.objects.obtain(territory=territory, visibility=Visibility.TERRITORY)
    campaign = Campaign.objects.create(
        scope=everyone, territory=territory, reference_date=reference_date, opens_on=opens_on, closes_on=closes_on,
        sections=chosen, asked_for=_asked(chosen), decided_by="Chaque commune, section par section, décide de ce qu’elle partage.",
        used_for=used_for, created_at=clock.now(),
    )  # fmt: skip
    members = perimeter.communes(territory)
    add_returns(campaign, [member.authority for member in members])
    journal.record(actor, registry.CAMPAIGN_OPENED, campaign, communes=len(members), sections=chosen)
    return campaign


def _asked(sections: Sequence[str]) -> str:
    names = [registry.SECTIONS[name].short.lower() for name in sections]
    return typography.typographie(f"L’inventaire de chaque commune : {listed(names)}.")


def add_returns(campaign: Campaign, communes: Sequence[Authority]) -> None:
    """An empty inventory for each commune. Sections belong to their commune alone until it chooses."""
    everyone = Scope.objects.obtain(territory=campaign.territory, visibility=Visibility.TERRITORY)
    states = dict.fromkeys(campaign.sections, SectionSheet.State.EMPTY.value)
    returns = Return.objects.bulk_create(
        [Return(scope=everyone, campaign=campaign, authority=commune, states=states) for commune in communes]
    )
    sheets = []
    for inventory in returns:
        own = Scope.objects.obtain(
            territory=campaign.territory, visibility=Visibility.AUTHORITY, authority=inventory.authority
        )
        sheets += [SectionSheet(scope=own, inventory=inventory, section=name) for name in campaign.sections]
    SectionSheet.objects.bulk_create(sheets)


@service
def change_campaign(
    *,
    actor: Actor,
    campaign: Campaign,
    reference_date: date,
    opens_on: date,
    closes_on: date,
    used_for: str,
    seen: int,
) -> Campaign:
    """Change dates or what it is for. Sections are fixed once communes may have begun."""
    campaign = Campaign.objects.for_screen().select_for_update(of=("self",)).get(pk=campaign.pk)
    require(may_change_campaign(actor, campaign))
    _check_dates(reference_date, opens_on, closes_on)
    if seen != campaign.version:
        raise Stale(
            version=campaign.version,
            fields=[
                (
                    "Fin de la collecte",
                    typography.date_long(campaign.closes_on),
                    typography.date_long(closes_on),
                ),
                (
                    "Situation au",
                    typography.date_long(campaign.reference_date),
                    typography.date_long(reference_date),
                ),
                ("Ce qui en sera fait", campaign.used_for, used_for),
            ],
        )
    campaign.reference_date, campaign.opens_on, campaign.closes_on = reference_date, opens_on, closes_on
    campaign.used_for = used_for
    campaign.version += 1
    campaign.save(update_fields=["reference_date", "opens_on", "closes_on", "used_for", "version"])
    journal.record(actor, registry.CAMPAIGN_CHANGED, campaign, closes_on=closes_on)
    return campaign


@service
def open_to_joined(*, actor: Actor, campaign: Campaign) -> list[Authority]:
    """An inventory for each commune that became a member once the collection was open. Returns these communes."""
    campaign = Campaign.objects.for_screen().select_for_update(of=("self",)).get(pk=campaign.pk)
    require(may_change_campaign(actor, campaign))
    joined = queries.joined_since(campaign)
    if not joined:
        raise Problem("Chaque commune membre a déjà son inventaire. Rien n’a changé.")
    add_returns(campaign, joined)
    journal.record(actor, registry.CAMPAIGN_WIDENED, campaign, communes=[body.code for body in joined])
    return joined


@service
def close_campaign(*, actor: Actor, campaign: Campaign) -> Campaign:
    """Close for good: inventories stay readable, nothing moves any more."""
    campaign = Campaign.objects.for_screen().select_for_update(of=("self",)).get(pk=campaign.pk)
    require(may_change_campaign(actor, campaign))
    campaign.closed_at = clock.now()
    campaign.save(update_fields=["closed_at"])
    journal.record(actor, registry.CAMPAIGN_CLOSED, campaign)
    return campaign


@service
def remind(
    *,
    actor: Actor,
    campaign: Campaign,
    returns: Sequence[int],
    address: str,
    message: str = "",
    again: bool = False,
) -> Reminded:
    """Write to those who owe, and to nobody else. `address`: where the inventory is filled in."""
    campaign = Campaign.objects.for_screen().select_for_update(of=("self",)).get(pk=campaign.pk)
    require(may_change_campaign(actor, campaign))
    if not returns:
        raise Problem("Aucune commune n’est cochée : aucun message n’est parti. Cochez celles à relancer.")
    now = clock.now()
    owing = list(
        Return.objects.filter(
            campaign=campaign,
            pk__in=returns,
            completed_at=None,
            authority__in=perimeter.members(campaign.territory).values("authority_id"),
        ).select_related("authority", "scope")
    )
    if not owing:
        raise Problem(
            "Toutes les communes choisies ont rendu leur inventaire, ou ont quitté l’intercommunalité : aucun message n’est parti."
        )
    recent = [i for i in owing if i.reminded_at is not None and now - i.reminded_at < REMIND_AFTER]
    if recent and not again:
        names = ", ".join(i.commune for i in recent[:5])
        raise Problem(
            f"{names} : un message est déjà parti il y a moins de {REMIND_AFTER.days} jours. "
            "Cochez « Relancer quand même » si c’est voulu ; aucun message n’est parti.",
            "again",
        )
    mandates = Mandate.objects.held_on(clock.today()).filter(
        territory=campaign.territory, authority__in=[i.authority_id for i in owing], role__in=(Role.SECRETARY, Role.MAYOR)
    ).exclude(person__email="").select_related("person").order_by("pk")  # fmt: skip
    sent, unreached = [], []
    for inventory in owing:
        boxes: dict[str, int] = {}
        for mandate in mandates:
            if mandate.authority_id == inventory.authority_id:
                boxes.setdefault(mandate.person.email, mandate.person_id)  # a shared mailbox receives it once
        for box, person_id in boxes.items():
            mail.queue(
                to=box, subject=f"L’inventaire {inventory.of_commune} est attendu", kind="inventory_reminder",
                text=reminder_text(campaign, inventory, address, message), person_id=person_id, territory_id=campaign.territory_id,
            )  # fmt: skip
        if not boxes:
            unreached.append(inventory)
            continue
        sent.append(inventory)
        inventory.reminded_at = now
        journal.record(actor, registry.REMINDED, inventory, letters=len(boxes))
    Return.objects.bulk_update(sent, ["reminded_at"])
    Campaign.objects.filter(pk=campaign.pk).update(reminded_at=now)
    return Reminded(sent, unreached)


def reminder_text(campaign: Campaign, inventory: Return, address: str, message: str = "") -> str:
    """The message as it leaves; the preview shows the same words."""
    done, total = inventory.done_count, len(campaign.sections)
    if not inventory.is_begun:
        state = "Il n’est pas encore commencé. Comptez une dizaine de minutes par section."
    elif done:
        state = f"{done} section{'s' if done > 1 else ''} sur {total} {'sont rendues' if done > 1 else 'est rendue'}."
    else:
        state = "Il est commencé ; aucune section n’est encore rendue."
    until = typography.date_with_weekday(campaign.closes_on)
    date_line = (
        f"La date prévue, le {until}, est passée : votre réponse reste la bienvenue."
        if campaign.late else f"Votre réponse est attendue avant le {until}."
    )  # fmt: skip
    parts = [
        "Bonjour,",
        f"L’inventaire {inventory.of_commune} nous aidera à préparer le rapport sur les mutualisations. {state}",
        date_line,
        *([message.strip()] if message.strip() else []),
        f"Pour le remplir, en plusieurs fois si vous voulez :\n{address}{inventory.get_absolute_url()}",
        "Vous manquez de temps ? Depuis cette page, vous pouvez demander à l’équipe du projet de remplir une section pour vous.",
        f"L’équipe du projet, {campaign.territory.epci.name}",
    ]
    return typography.typographie("\n\n".join(parts))
