"""Heavy reads: facts for a pasted list, people of a territory, who reads a mailbox."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When
from django.db.models.functions import Lower
from django.urls import reverse

from mosaique.access.actor import Actor
from mosaique.access.models import Mandate, Person
from mosaique.accounts.models import Invitation, PendingImport, TerritoryParty
from mosaique.accounts.roster import HEADS, Body, Entry, Facts, Known, Row, judge
from mosaique.accounts.tracking import Followed, standing
from mosaique.kernel import clock
from mosaique.kernel.ui.parts import Todo
from mosaique.territory import perimeter
from mosaique.territory.models import Authority, Territory
from mosaique.territory.naming import in_words
from mosaique.territory.queries import sort_key


def bodies_of(territory: Territory) -> QuerySet[Authority]:
    """Bodies one may act for: members of the territory, its EPCI, those that take part, those invited already."""
    present = Q(pk__in=perimeter.members(territory).values("authority_id"))
    invited = Q(kind=Authority.Kind.OTHER, mandates__territory=territory)
    return Authority.objects.filter(
        present | Q(pk=territory.epci_id) | invited | Q(pk__in=parties_of(territory).values("authority"))
    ).distinct()


def bodies_by_name(territory: Territory) -> list[Authority]:
    """The same, in the order of a French list: « Bérat » beside « Beaufort », whatever the accents and capitals."""
    return sorted(bodies_of(territory), key=lambda body: sort_key(body.name))


def names_of_bodies(territory: Territory) -> list[str]:
    return [body.name for body in bodies_by_name(territory)]


def parties_of(territory: Territory | int, day: date | None = None) -> QuerySet[TerritoryParty]:
    """Bodies that take part that day (today) or will, by name: what is prepared may name those to come. Known to all who take part."""
    rows = TerritoryParty.objects.filter(territory=territory).select_related("authority")
    return rows.filter(Q(until=None) | Q(until__gt=day or clock.today())).order_by("authority__name", "pk")


def facts_for(territory: Territory, emails: set[str]) -> Facts:
    """Three queries, whatever the length of the list. People of other territories are found by mailbox only."""
    # A neighbouring commune that takes part has no hall here: it is a partner like any other body.
    outside = Exists(parties_of(territory).filter(authority=OuterRef("pk")))
    bodies = [
        Body(a.pk, a.name, a.code, "other" if a.outside else a.kind)
        for a in bodies_of(territory).annotate(outside=outside)
    ]
    here = Mandate.objects.filter(territory=territory)
    emails = emails - {""}  # those who have no address share nothing
    people = Person.objects.filter(Q(email__in=emails) | Q(pk__in=here.values("person_id")), is_active=True)
    known = [Known(pk, f"{given} {family}", email) for pk, given, family, email in
             people.values_list("pk", "given_name", "family_name", "email")]  # fmt: skip
    held = here.not_over(clock.today())
    rows = list(held.values_list("person_id", "authority_id", "role", "substitute_of_id", "entrusted"))
    # Who stands in for a mayor, or was entrusted a part of the mandate, is not another mayor.
    own = frozenset(row[:3] for row in rows if row[3] is None and not row[4])
    return Facts(bodies, known, frozenset(row[:3] for row in rows), own)


@dataclass(frozen=True, slots=True)
class MailboxReader:
    """One of the persons behind a mailbox, as « Qui êtes-vous ? » shows them."""

    id: int
    name: str
    titles: str
    last_login: object


def readers_of(email: str) -> list[MailboxReader]:
    """Active persons of a mailbox with what they do now."""
    people = list(Person.objects.filter(email=email, is_active=True))
    titles: dict[int, list[str]] = {}
    running = Mandate.objects.held_on(clock.today()).filter(person__in=people).select_related("authority")
    for mandate in running:
        titles.setdefault(mandate.person_id, []).append(f"{mandate.title}, {mandate.authority.name}")
    return [
        MailboxReader(
            p.pk, p.full_name, " ; ".join(titles.get(p.pk, ["Aucun mandat en cours"])), p.last_login
        )
        for p in people
    ]


def people_of(
    territory_id: int, *, search: str = "", authority_id: int | None = None, role: str = ""
) -> QuerySet[Mandate]:
    """Mandates running or to come, body by body (the EPCI first, then by name)."""
    rows = (
        Mandate.objects.not_over(clock.today())
        .filter(territory_id=territory_id)
        .select_related("person", "authority", "substitute_of__person")
        .annotate(
            rank=Case(
                When(authority__kind="epci", then=0), When(authority__kind="commune", then=1), default=2
            )
        )
        .order_by("rank", Lower("authority__name"), "person__family_name", "pk")
    )
    if authority_id:
        rows = rows.filter(authority_id=authority_id)
    if role:
        rows = rows.filter(role=role)
    for word in search.split():
        rows = rows.filter(
            Q(person__given_name__icontains=word) | Q(person__family_name__icontains=word)
            | Q(title__icontains=word) | Q(authority__name__icontains=word) | Q(person__email__icontains=word)
        )  # fmt: skip
    return rows


def acting_for(territory_id: int, bodies: Iterable[Authority]) -> QuerySet[Mandate]:
    """Mandates running today for these bodies, of people whose account is open."""
    return (
        Mandate.objects.held_on(clock.today())
        .filter(territory=territory_id, authority__in=bodies, person__is_active=True)
        .select_related("person", "authority")
        .order_by("pk")
    )


def head_beside(mandate: Mandate) -> Mandate | None:
    """Who else is the mayor of that commune, or presides that body, that day: allowed, and often a slip."""
    if mandate.role not in HEADS or mandate.substitute_of_id is not None:
        return None
    held = Mandate.objects.held_on(mandate.starts_on).filter(
        territory=mandate.territory_id, authority=mandate.authority_id, role=mandate.role, substitute_of=None
    )
    return held.exclude(person=mandate.person_id).select_related("person", "authority").order_by("pk").first()


def without_anyone(territory_id: int) -> list[Authority]:
    """Member communes for which nobody acts or is invited to act."""
    represented = (
        Mandate.objects.not_over(clock.today()).filter(territory_id=territory_id).values("authority_id")
    )
    rows = perimeter.commune_bodies(territory_id).exclude(pk__in=represented)
    return sorted(rows, key=lambda body: sort_key(body.name))


def todos(actor: Actor) -> list[Todo]:
    """For the project team, while communes have nobody here: nothing can be asked of them. One query."""
    if actor.territory_id is None or not actor.is_team(actor.territory_id):
        return []
    alone = without_anyone(actor.territory_id)
    # Born of communes whose people are known: these are carried over before anyone is invited.
    carried = [
        Todo(
            f"Dire qui agit pour {commune.name}",
            reverse("perimeter"),
            "La commune nouvelle n’a encore personne ; les personnes des anciennes communes vous sont proposées.",
            None,
            "Voir le changement",
        )
        for commune in alone
        if commune.own_code
    ]
    communes = [commune for commune in alone if not commune.own_code]
    if not communes:
        return carried
    if len(communes) == 1:
        title, why = (
            f"Inviter la mairie {communes[0].of_name}",
            "Personne n’y est invité : elle ne reçoit rien.",
        )
    else:
        title = (
            f"Inviter les mairies : {in_words(len(communes), feminine=True)} communes n’ont encore personne"
        )
        names = ", ".join(commune.name for commune in communes[:3])
        why = f"{names}{'…' if len(communes) > 3 else ''} : elles ne reçoivent rien tant que personne n’y est invité."
    return [*carried, Todo(title, reverse("people_invite"), why, None, "Inviter les mairies")]


def followed(territory_id: int, **filters: Any) -> list[Followed]:
    """Mandates with where their invitation stands. Two queries, whatever their number (`filters`: those of `people_of`)."""
    ranks: dict[str, int] = {Authority.Kind.EPCI: 0, Authority.Kind.COMMUNE: 1}
    mandates = sorted(
        people_of(territory_id, **filters),
        key=lambda held: (ranks.get(held.authority.kind, 2), sort_key(held.authority.name), sort_key(held.person.family_name)),
    )  # fmt: skip
    tried: dict[int, list[Invitation]] = {}
    rows = (
        Invitation.objects.filter(mandate__territory_id=territory_id)
        .select_related("mail")
        .defer("mail__text")
    )
    for row in rows.order_by("pk"):
        tried.setdefault(row.mandate_id or 0, []).append(row)
    return [follow(mandate, tried.get(mandate.pk, [])) for mandate in mandates]


def follow(mandate: Mandate, tried: Sequence[Invitation]) -> Followed:
    """One mandate and its invitations, the oldest first."""
    mails = [one for one in tried if one.channel == Invitation.Channel.MAIL]
    last = tried[-1] if tried else None
    return Followed(
        mandate, last, len(mails), sum(one.is_refused for one in mails), standing(mandate, last, clock.now())
    )


def invitations_of(mandate: Mandate) -> list[Invitation]:
    """Everything tried for a mandate, the oldest first."""
    return list(
        Invitation.objects.filter(mandate=mandate)
        .select_related("mail", "batch__sent_by")
        .defer("mail__text")
        .order_by("pk")
    )


# --- People of a file -----------------------------------------------------------------------


def entries_of(pending: PendingImport) -> list[Entry]:
    """Its lines cut into named values: the file's, else the default, whatever was typed over them last."""
    entries = []
    for number, cells, notes in pending.lines:
        values = {name: text for name, text in pending.defaults.items() if text}
        values |= {name: cell for name, cell in zip(pending.choices, cells, strict=False) if name and cell}
        if "email" not in values and (other := values.pop("other_email", "")):
            values["email"] = other
        values |= pending.fixes.get(str(number), {})
        entries.append(Entry(number, " ; ".join(cell for cell in cells if cell)[:200], values, tuple(notes)))
    return entries


def typed(entry: Entry, row: Row) -> dict[str, str]:
    """What stands in the cells of a line, a whole name cut in two: what a page offers to correct."""
    values = entry.values
    whole = "name" in values or "family_given" in values
    parted = bool(values.get("given") and values.get("family")) or not whole
    names = {} if parted else {"given": row.given, "family": row.family}
    return {name: values.get(name, "") for name in ("given", "family", "email", "body", "role")} | names


def rows_of(pending: PendingImport) -> list[Row]:
    """Its lines, judged as a pasted list would be. Those set aside are judged too, but are nobody's duplicates."""
    entries = entries_of(pending)
    facts = facts_for(pending.territory, {e.values.get("email", "").strip("<> ").lower() for e in entries})
    aside = set(pending.skipped)
    kept = judge([e for e in entries if e.number not in aside], facts, clock.today())
    return sorted(
        [*kept, *judge([e for e in entries if e.number in aside], facts, clock.today())],
        key=lambda row: row.number,
    )


def open_imports(actor: Actor) -> QuerySet[PendingImport]:
    """Files still to send, the last received first."""
    return (
        PendingImport.objects.visible_to(actor)
        .for_screen()
        .filter(closed_at=None, territory_id=actor.territory_id)
    )
