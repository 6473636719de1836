"""Changes of who is a member, as acts: who announced them, who is told, whose cards change on the day, who is carried over."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.conf import settings

from mosaique import journal
from mosaique.access import cards
from mosaique.access.actor import Actor
from mosaique.access.models import Mandate, Person, Scope, Visibility
from mosaique.access.roles import Role
from mosaique.accounts import queries
from mosaique.accounts.policies import may_add_people, may_change_perimeter
from mosaique.accounts.registry import (
    PEOPLE_CARRIED,
    PERIMETER_ANNOUNCED,
    PERIMETER_CANCELLED,
    PERIMETER_CORRECTED,
    PERIMETER_ENACTED,
    PERIMETER_ORDER_NOTED,
)
from mosaique.accounts.services.mandates import end_mandate, team_scope, write_mandate
from mosaique.kernel import clock, mail
from mosaique.kernel.service import service
from mosaique.kernel.typography import date_long
from mosaique.kernel.verdict import Problem, require
from mosaique.territory import services as places
from mosaique.territory.models import Authority, PerimeterChange, Territory

#: How somebody of a former commune is carried over: choice → its words, and the role it gives (none: nobody is carried).
WAYS: dict[str, tuple[str, Role | None]] = {
    "no": ("Ne pas reporter", None),
    "mayor": ("Maire de la commune nouvelle", Role.MAYOR),
    "delegate": ("Maire de l’ancienne commune (commune déléguée)", Role.DEPUTY),
    "deputy": ("Adjointe ou adjoint", Role.DEPUTY),
    "councillor": ("Conseil municipal", Role.COUNCILLOR),
    "secretary": ("Secrétariat général de mairie", Role.SECRETARY),
    "agent": ("Agent", Role.AGENT),
}


def _everyone(territory: Territory) -> Scope:
    return Scope.objects.obtain(territory=territory, visibility=Visibility.TERRITORY)


def _concerned(change: PerimeterChange) -> Iterable[Mandate]:
    """Those of the communes that join, leave or gather."""
    return queries.acting_for(change.territory_id, change.communes.all())


def _tell(change: PerimeterChange, subject: str, text: str) -> None:
    """Each town hall that leaves or gathers, once per mailbox."""
    if not change.takes_away:
        return
    told: set[str] = set()
    for mandate in _concerned(change):
        address = mandate.person.email
        if mandate.role in (Role.MAYOR, Role.SECRETARY) and address and address not in told:
            told.add(address)
            mail.queue(
                to=address, subject=subject, kind="perimeter", person_id=mandate.person_id,
                territory_id=change.territory_id,
                text=f"Bonjour,\n\n{text}\n\n{settings.PUBLIC_URL}/\n\nMosaïque\n",
            )  # fmt: skip


_KEPT = (
    "Rien n’est effacé : ce que votre commune a saisi, ses positions et l’avis de son conseil restent à leur date. Vous pouvez "
    "emporter ses données en une archive, avant et après, depuis la page de votre commune."
)


def _carried(change: PerimeterChange) -> str:
    if change.successor is None:
        return ""
    return f" Vous agissez pour {change.successor.name} ? L’équipe du projet reporte les mandats un à un : dites-lui votre nouveau rôle."


@service
def announce_change(*, actor: Actor, territory: Territory, draft: places.Draft) -> PerimeterChange:
    """Say that the perimeter will change, or that it has: enacted at once when its day has come already."""
    require(may_change_perimeter(actor, territory))
    change: PerimeterChange = places.announce(actor=actor, territory=territory, draft=draft)
    journal.record(
        actor, PERIMETER_ANNOUNCED, change, scope=_everyone(territory), kind=change.kind,
        takes_effect_on=change.takes_effect_on,
    )  # fmt: skip
    if not _enact(actor, change):  # which tells them itself
        _tell(
            change, f"Un changement de périmètre est annoncé : {change.title}",
            f"L’intercommunalité {territory.epci.name} a inscrit dans Mosaïque : {change.title}, avec effet au "
            f"{date_long(change.takes_effect_on)}.\n\n{_KEPT}",
        )  # fmt: skip
    return change


@service
def correct_change(
    *, actor: Actor, change: PerimeterChange, draft: places.Draft, seen: int
) -> PerimeterChange:
    """Before its day only."""
    require(may_change_perimeter(actor, change.territory))
    found: PerimeterChange = places.correct(actor=actor, change=change, draft=draft, seen=seen)
    journal.record(
        actor, PERIMETER_CORRECTED, found, scope=_everyone(found.territory), takes_effect_on=found.takes_effect_on
    )  # fmt: skip
    if not _enact(actor, found):
        _tell(
            found, f"Un changement de périmètre est corrigé : {found.title}",
            f"Ce qui était annoncé a été corrigé. C’est maintenant : {found.title}, avec effet au "
            f"{date_long(found.takes_effect_on)}.\n\n{_KEPT}",
        )  # fmt: skip
    return found


@service
def note_change(
    *, actor: Actor, change: PerimeterChange, order_reference: str, note: str, seen: int
) -> PerimeterChange:
    """Complete the reference of the arrêté and the note."""
    require(may_change_perimeter(actor, change.territory))
    found: PerimeterChange = places.note_order(
        actor=actor, change=change, order_reference=order_reference, note=note, seen=seen
    )
    journal.record(actor, PERIMETER_ORDER_NOTED, found, scope=_everyone(found.territory))
    return found


@service
def cancel_change(*, actor: Actor, change: PerimeterChange) -> PerimeterChange:
    """Before its day only. The town halls told of it are told that it is given up."""
    require(may_change_perimeter(actor, change.territory))
    found: PerimeterChange = places.cancel(actor=actor, change=change)
    journal.record(actor, PERIMETER_CANCELLED, found, scope=_everyone(found.territory))
    _tell(
        found, f"Un changement de périmètre est annulé : {found.title}",
        f"Ce qui était annoncé n’aura pas lieu : {found.title}. Rien ne change pour votre commune.",
    )  # fmt: skip
    return found


def _enact(actor: Actor, change: PerimeterChange) -> bool:
    """Move the members if the day has come, then rewrite the cards of those whom it moves."""
    if not places.enact(actor=actor, change=change):
        return False
    change.refresh_from_db()
    concerned = list(_concerned(change))
    cards.rewrite({mandate.person_id: mandate.person for mandate in concerned}.values())
    journal.record(
        actor, PERIMETER_ENACTED, change, scope=_everyone(change.territory), kind=change.kind,
        takes_effect_on=change.takes_effect_on, successor=change.successor_id,
    )  # fmt: skip
    _tell(
        change, f"Le changement de périmètre a pris effet : {change.title}",
        f"{change.title} : effet au {date_long(change.takes_effect_on)}. Votre commune n’est plus comptée dans ce qui "
        f"s’ouvre ici à partir de ce jour ; vous gardez la lecture de ce qui était à elle.{_carried(change)}\n\n{_KEPT}",
    )  # fmt: skip
    return True


@service
def enact_change(*, actor: Actor, change: PerimeterChange) -> bool:
    """Called by the worker on the day, as often as one likes: it moves once."""
    return _enact(actor, change)


@service
def carry_over(*, actor: Actor, change: PerimeterChange, choices: Mapping[int, str]) -> int:
    """Give people of the communes gathered a mandate for the commune nouvelle, one by one, as chosen (mandate id → `WAYS`).

    Their mandate for the former commune ends: they read what was its own by the new one.
    """
    change = PerimeterChange.objects.for_screen().select_for_update(of=("self",)).get(pk=change.pk)
    require(may_change_perimeter(actor, change.territory) & may_add_people(actor, change.territory))
    if change.successor is None:
        raise Problem(
            "La commune nouvelle n’existe pas encore ici : attendez sa date d’effet. Rien n’a été enregistré."
        )
    _one_mayor(change.successor, choices)
    people: list[Person] = []
    for mandate in _concerned(change):
        _, role = WAYS.get(choices.get(mandate.pk, "no"), WAYS["no"])
        if role is None or mandate.entrusted:  # a delegation ends with the mandate it comes from
            continue
        title = mandate.title
        if choices[mandate.pk] == "delegate":
            title = f"Maire de la commune déléguée {mandate.authority.of_name}"
        elif role != mandate.role:
            title = ""
        today = clock.today()
        write_mandate(
            actor=actor, person=mandate.person, territory=change.territory, authority=change.successor, role=role,
            title=title[:120], themes=mandate.themes, starts_on=today,
        )  # fmt: skip
        # Held since today, it ends tomorrow: a mandate lasts a day at least.
        end_mandate(actor=actor, mandate=mandate, ends_on=max(today, mandate.starts_on + timedelta(days=1)))
        people.append(mandate.person)
    if not people:
        raise Problem(
            "Personne n’a été choisi : rien n’a été enregistré. Dites pour chaque personne comment la reporter, ou revenez plus "
            "tard."
        )
    cards.rewrite(people)
    journal.record(actor, PEOPLE_CARRIED, change, scope=team_scope(change.territory), people=len(people))
    return len(people)


def _one_mayor(commune: Authority, choices: Mapping[int, str]) -> None:
    """A commune has one mayor: two choices, or one beside the mayor it has, are a slip."""
    chosen = [pk for pk, way in choices.items() if way == "mayor"]
    held = Mandate.objects.held_on(clock.today()).filter(
        authority=commune, role=Role.MAYOR, substitute_of=None
    )
    if chosen and (present := held.select_related("person").first()) is not None:
        raise Problem(
            f"{present.person.full_name} est déjà maire de {commune.name}. Rien n’a été enregistré : choisissez autre chose pour cette "
            "personne, ou mettez d’abord fin à ce mandat.",
            f"m{chosen[0]}",
        )
    if len(chosen) > 1:
        raise Problem(
            "Une commune n’a qu’un maire, et vous en avez choisi deux. Rien n’a été enregistré : gardez-en un, et dites comment les "
            "autres sont reportés.",
            f"m{chosen[1]}",
        )
