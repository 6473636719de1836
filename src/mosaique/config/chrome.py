"""Fills what surrounds every page from the actor alone: no query."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, reverse

from mosaique.access.actor import Actor
from mosaique.access.roles import Role
from mosaique.accounts.claim_policies import may_prepare
from mosaique.accounts.policies import may_manage_people
from mosaique.assistance.policies import may_answer_calls
from mosaique.assistance.queries import notice_of
from mosaique.demo import bar
from mosaique.desk import tour as tours
from mosaique.kernel import clock
from mosaique.kernel.ui.chrome import Chrome, Switch, Tour
from mosaique.kernel.ui.parts import Link, Tile
from mosaique.territory.reference import sources

SOURCES = (
    f"Sources : Insee, code officiel géographique {sources.VINTAGE} et populations de référence {sources.POPULATION.vintage} ; "
    f"DGCL, Banatic, {sources.EPCI.vintage} ; {sources.OUTLINES_MENTION}. Licence Ouverte 2.0."
)
# URL names by profile: the secretary's menu is short, because her visits are.
_TEAM = [("Accueil", "home"), ("Inventaires", "inventories"), ("Échanges", "spaces"), ("Fiches action", "sheets"),
         ("Avis", "opinions"), ("Documents", "scheme")]  # fmt: skip
_MAYOR = [("Accueil", "home"), ("Notre commune", "authority"), ("Fiches action", "sheets"), ("Échanges", "spaces"),
          ("Documents", "scheme")]  # fmt: skip
_SECRETARY = [("À faire", "home"), ("Notre inventaire", "inventories"), ("Échanges", "spaces")]
_OTHERS = [("Accueil", "home"), ("Échanges", "spaces"), ("Fiches action", "sheets"), ("Documents", "scheme")]
_PARTNER = [("Accueil", "home"), ("Notre organisme", "authority"), ("Échanges", "spaces")]


def _url(name: str) -> str:
    return _address(name, settings.ROOT_URLCONF, get_script_prefix())


@lru_cache(maxsize=256)
def _address(name: str, urlconf: str, prefix: str) -> str:
    """Sixteen addresses without argument surround every page; a process finds each of them once."""
    try:
        return reverse(name, urlconf)
    except NoReverseMatch:
        return ""


@lru_cache(maxsize=4096)
def _body(code: str) -> str:
    """The home of a body: one address per commune, found once."""
    return reverse("authority", kwargs={"code": code}) if code else ""


def _entries(actor: Actor) -> list[tuple[str, str]]:
    held = actor.mandate
    if held is None or held.departed:
        return [("Accueil", "home")]
    if held.role == Role.PARTNER:
        return _PARTNER
    if actor.leads(held.territory_id):
        return _TEAM
    if held.role in (Role.MAYOR, Role.DEPUTY):
        return _MAYOR
    return _SECRETARY if held.role == Role.SECRETARY else _OTHERS


def _menu(actor: Actor, path: str) -> tuple[Link, ...]:
    held = actor.mandate
    ours = _body(held.authority_code) if held else ""
    links = [(label, ours if name == "authority" else _url(name)) for label, name in _entries(actor)]
    best = max(
        (url for _, url in links if url and path.startswith(url) and (url != "/" or path == "/")),
        key=len,
        default="",
    )
    return tuple(Link(label, url, current=url == best) for label, url in links if url)


def _account_links(actor: Actor, path: str) -> tuple[Link, ...]:
    """« Personnes » for who keeps the list, « Territoires » for who may prepare one: offered wherever one is."""
    found = []
    if may_manage_people(actor):
        found.append(("Personnes", "people"))
    if may_prepare(actor):
        found.append(("Territoires", "territories"))
    if may_answer_calls(actor):
        found.append(("Demandes d’aide", "help_calls"))
    links = [Link(label, _url(name), current=path == _url(name)) for label, name in found if _url(name)]
    held = actor.mandate
    if held and actor.takes_part_in(held.territory_id) and held.epci_code:
        url = _body(held.epci_code)
        links.insert(0, Link("Les communes", url, current=path == url))
    return tuple(links)


def _place(actor: Actor) -> str:
    held = actor.mandate
    if held is None:
        return ""
    return (
        held.territory_name
        if held.authority_kind == "epci"
        else f"{held.authority_name}, {held.territory_name}"
    )


def _tour(request: HttpRequest, actor: Actor) -> Tour | None:
    """The stop of the tour under way, from the session that the actor was read from."""
    if actor.is_anonymous or (rank := request.session.get(tours.KEY)) is None:
        return None
    stops = tours.stops_of(actor)
    if rank >= len(stops):  # another mandate, a shorter tour
        return None
    stop, url = stops[rank], tours.address_of(actor, stops[rank])
    here = request.path == url or (url != "/" and request.path.startswith(url))
    return Tour(_url("tour"), stop.title, stop.text, rank + 1, len(stops), here)


def _stuck(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    """« Bloqué ? » for who may ask (a mandate, or a section handed by a link), and the answer on the page it was asked from."""
    if actor.mandate is None and not (actor.is_anonymous and request.path == _url("confided")):
        return {}
    return {"help_url": _url("help_call_new"), "help_notice": notice_of(request, actor)}


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `chrome`."""
    actor: Actor = getattr(request, "actor", None) or Actor()
    held = actor.mandate
    footer = [
        Link(label, _url(name))
        for label, name in (("Aide et glossaire", "help"), ("Accessibilité", "accessibility"), ("Vos données", "your_data"),
                            ("Code source (EUPL-1.2)", "source_code"))
        if _url(name)
    ]  # fmt: skip
    return {
        "chrome": Chrome(
            home_url=_url("home") or "/",
            place=_place(actor),
            territory_name=held.territory_name if held else "",
            person_name=actor.name,
            person_key=str(actor.person_id or ""),
            role_label=held.title if held else "",
            acting_label=(held.authority_name if held.authority_kind != "epci" else actor.name)
            if held
            else "",
            acting_tile=Tile(held.tile_drawing, held.tile_hue) if held else None,
            menu=_menu(actor, request.path) if not actor.is_anonymous else (),
            switches=tuple(
                Switch(
                    str(other.id),
                    other.authority_name + (", par délégation" if other.is_delegation else ""),
                    Tile(other.tile_drawing, other.tile_hue),
                )
                for other in actor.mandates
                if held and other.id != held.id
            ),
            switch_url=_url("switch_mandate"),
            account_url=_url("account"),
            account_links=_account_links(actor, request.path),
            sign_in_url=_url("sign_in"),
            sign_out_url=_url("sign_out"),
            footer=tuple(footer),
            sources=SOURCES,
            demo=settings.DEMO,
            demo_date=clock.today() if settings.DEMO else None,
            demo_bar=bar.render(request, actor) if settings.DEMO else "",
            today=clock.today(),
            tour=_tour(request, actor),
            **_stuck(request, actor),
        )
    }
