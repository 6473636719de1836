"""The bodies that take part beside the communes: the list, and the page of one of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from mosaique.access.actor import Actor
from mosaique.access.models import Mandate, Space
from mosaique.accounts.models import TerritoryParty
from mosaique.costing.models import Scenario
from mosaique.desk import authorities
from mosaique.kernel import clock
from mosaique.kernel.ui.parts import Link
from mosaique.scheme.models import ActionSheet
from mosaique.territory.models import Authority, Territory
from mosaique.territory.queries import members, sort_key
from mosaique.territory.reference import syndicates
from mosaique.territory.reference.syndicates import Syndicate

#: Kind → how an address names it, and what its tab bears.
_TABS = {
    TerritoryParty.Kind.SYNDICATE: ("syndicats", "Syndicats"), TerritoryParty.Kind.SOCIAL: ("action-sociale", "CCAS et CIAS"),
    TerritoryParty.Kind.MANAGEMENT: ("centres-de-gestion", "Centres de gestion"),
    TerritoryParty.Kind.ASSOCIATION: ("associations", "Associations"), TerritoryParty.Kind.OTHER: ("autres", "Autres organismes"),
}  # fmt: skip


@dataclass(slots=True)
class PartyLine:
    """One body in the list: what it takes part in, as far as the reader may know."""

    party: TerritoryParty
    sheets: list[Link] = field(default_factory=list)
    scenarios: list[Link] = field(default_factory=list)
    people: int = 0


@dataclass(frozen=True, slots=True)
class Parties:
    lines: list[PartyLine]
    ended: list[PartyLine]
    tabs: list[Link]
    total: int
    outside: list[Authority]  # bodies for which somebody acts, and that are not in the list


def _sheets(actor: Actor, bodies: Iterable[int]) -> dict[int, list[Link]]:
    """Authority id → the sheets that name it, among those the reader may read. One query."""
    found: dict[int, list[Link]] = {}
    rows = (
        ActionSheet.objects.visible_to(actor)
        .filter(parties__in=list(bodies))
        .exclude(status=ActionSheet.Status.DROPPED)
    )
    for pk, number, title, body in rows.order_by("number").values_list("pk", "number", "title", "parties"):
        found.setdefault(body, []).append(
            Link(f"Fiche {number}, {title}", ActionSheet(pk=pk).get_absolute_url())
        )
    return found


def _scenarios(actor: Actor, bodies: Iterable[int]) -> dict[int, list[Link]]:
    """Authority id → the calculations that count it."""
    found: dict[int, list[Link]] = {}
    rows = Scenario.objects.visible_to(actor).filter(parties__in=list(bodies)).order_by("label", "pk")
    for pk, label, body in rows.values_list("pk", "label", "parties"):
        found.setdefault(body, []).append(Link(label, Scenario(pk=pk).get_absolute_url()))
    return found


def listed(actor: Actor, territory: Territory, asked: str) -> Parties:
    """Five queries, however many bodies. `asked`: a kind as an address names it; none of these, all of them."""
    today = clock.today(territory.zone)
    every = list(TerritoryParty.objects.visible_to(actor).for_screen().filter(territory=territory))
    ids = [party.authority_id for party in every]
    sheets, scenarios = _sheets(actor, ids), _scenarios(actor, ids)
    here = (
        Mandate.objects.visible_to(actor).held_on(today).filter(territory=territory, person__is_active=True)
    )
    # A neighbouring commune in the list counts its people too; those of the members are elsewhere.
    beside = Q(authority__kind=Authority.Kind.OTHER) | Q(authority__in=ids)
    people = Counter(here.filter(beside).values_list("authority_id", flat=True))
    lines = [
        PartyLine(
            one,
            sheets.get(one.authority_id, []),
            scenarios.get(one.authority_id, []),
            people[one.authority_id],
        )
        for one in sorted(every, key=lambda one: sort_key(one.authority.name))
    ]
    now = [line for line in lines if not line.party.is_over(today)]
    kinds = Counter(line.party.kind for line in now)
    kind = next((str(one) for one, (slug, _) in _TABS.items() if slug == asked and kinds[one]), "")
    tabs = [Link(f"Tous ({len(now)})", "?", not kind)]
    tabs += [
        Link(f"{label} ({kinds[one]})", f"?nature={slug}", kind == one)
        for one, (slug, label) in _TABS.items()
        if kinds[one]
    ]
    outside = [pk for pk in people if pk not in ids] if actor.leads(territory.pk) else []
    return Parties(
        [line for line in now if not kind or line.party.kind == kind],
        [line for line in lines if line.party.is_over(today)],
        tabs if len(kinds) > 1 else [], len(now),
        list(Authority.objects.filter(pk__in=outside)) if outside else [],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """What the official list answers: to words, or, without any, to the names of the communes."""

    asked: str
    bodies: list[Syndicate]
    total: int
    listed: int = field(default_factory=syndicates.count)


def proposed(territory: Territory, asked: str) -> Found:
    """Without words: those of the département whose name quotes a commune of the territory."""
    here = frozenset({territory.epci.department})
    if asked:
        return Found(asked, *syndicates.search(asked, here))
    near = syndicates.quoting([member.name for member in members(territory)], here)
    return Found("", near[:12], len(near))


# --- One body -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Body:
    """A body that is no member: in the list of parties, or the one the reader acts for."""

    territory: Territory
    authority: Authority
    party: TerritoryParty | None


def body_of(actor: Actor, code: str) -> Body | None:
    """By its SIREN or its code of here. Those who only have a space read the page of their own body alone."""
    if actor.territory_id is None:
        return None
    by_code = (
        Q(authority__own_code=code)
        | Q(authority__own_code=None, authority__siren=code)
        | Q(authority__insee_code=code)
    )
    parties = (
        TerritoryParty.objects.visible_to(actor).for_screen().filter(by_code, territory_id=actor.territory_id)
    )
    if (party := parties.first()) is not None:
        return Body(party.territory, party.authority, party)
    held = actor.mandate
    if held is None or held.authority_kind != Authority.Kind.OTHER or held.authority_code != code:
        return None
    territory = Territory.objects.select_related("epci").get(pk=actor.territory_id)
    return Body(territory, Authority.objects.get(pk=held.authority_id), None)


def body_page(actor: Actor, body: Body) -> dict[str, Any]:
    """Who acts for it, what names it, what counts it: each through the reader's own rights."""
    territory, authority = body.territory, body.authority
    today: date = clock.today(territory.zone)
    mine = actor.mandate is not None and actor.mandate.authority_id == authority.pk
    spaces = (
        Space.objects.visible_to(actor).filter(territory=territory, closed_at=None)
        if mine
        else Space.objects.none()
    )
    return {
        "territory": territory, "authority": authority, "party": body.party, "today": today, "mine": mine,
        "leads": actor.leads(territory.pk), "over": body.party is not None and body.party.is_over(today),
        "sheets": _sheets(actor, [authority.pk]).get(authority.pk, []),
        "scenarios": _scenarios(actor, [authority.pk]).get(authority.pk, []),
        "people": authorities.speakers(actor, territory, authority, today),
        "spaces": list(spaces.order_by("kind", "name", "pk")),
    }  # fmt: skip
