"""What the front hall reads of every room, composed for one person. Constant number of queries."""

from datetime import date
from typing import Any

from django.urls import reverse

from mosaique.access.actor import ANONYMOUS, Actor
from mosaique.access.models import Space, TerritoryClaim
from mosaique.access.roles import Role
from mosaique.consultation import queries as consultation
from mosaique.consultation.backwards import latest_reception
from mosaique.consultation.models import Adoption, Consultation
from mosaique.desk import ours, process
from mosaique.desk.process import Standing
from mosaique.discussions.models import Thread
from mosaique.inventory import queries as inventory
from mosaique.kernel import clock
from mosaique.kernel.ui.parts import Todo
from mosaique.scheme.models import ActionSheet, Version
from mosaique.territory import queries as territories
from mosaique.territory.models import Territory
from mosaique.territory.naming import in_words
from mosaique.territory.tiles import Tile

_BUILT = (ActionSheet.Status.BUILDING, ActionSheet.Status.READY, ActionSheet.Status.RETAINED)
_FAR = date.max
_PAGES = {
    "Recenser": "inventories", "Écouter": "spaces", "Identifier": "sheets", "Construire": "sheets", "Rédiger": "scheme",
    "Consulter": "opinions", "Adopter": "opinions",
}  # fmt: skip


def public_territories() -> list[Territory]:
    return list(Territory.objects.visible_to(ANONYMOUS).select_related("epci").order_by("epci__name"))


def standing_of(territory: Territory, actor: Actor) -> Standing:
    """Facts of the process as the actor may know them (a public page is composed for the anonymous actor)."""
    today = clock.today(territory.zone)
    campaign = inventory.current_campaign(territory)
    sheets = list(
        ActionSheet.objects.visible_to(actor)
        .filter(scheme__territory=territory)
        .values_list("status", flat=True)
    )
    version = (
        Version.objects.visible_to(actor).filter(scheme__territory=territory).order_by("-number").first()
    )
    opened = (
        Consultation.objects.visible_to(actor)
        .filter(territory=territory)
        .select_related("territory__epci")
        .first()
    )
    adoption = Adoption.objects.visible_to(actor).filter(consultation__territory=territory).first()
    settled = bool(
        opened and adoption is None and not any(row.state.is_open for row in consultation.board(opened).rows)
    )
    return Standing(
        today=today,
        opened_on=clock.day_of(territory.opened_at, territory.zone) if territory.opened_at else None,
        campaign_from=campaign.opens_on if campaign else None,
        campaign_until=campaign.closes_on if campaign else None,
        threads=Thread.objects.visible_to(actor).filter(scope__territory=territory).count(),
        sheets=len(sheets),
        sheets_built=sum(status in _BUILT for status in sheets),
        frozen_on=clock.day_of(version.frozen_at, territory.zone) if version else None,
        consulted_on=clock.day_of(opened.opened_at, territory.zone) if opened else None,
        settled=settled,
        adopted_on=adoption.voted_on if adoption and adoption.outcome == Adoption.Outcome.ADOPTED else None,
        target=territory.adoption_target,
    )


def _claims(actor: Actor) -> list[Todo]:
    if not actor.is_operator:
        return []
    waiting = TerritoryClaim.objects.filter(confirmed_at=None).count()
    if not waiting:
        return []
    return [Todo(f"Ouvrir {in_words(waiting)} territoire{'s' if waiting > 1 else ''} en préparation", "/territoires/a-ouvrir/",
                 "Vérifiez qui le demande, puis ouvrez-le.", None, "Voir la demande")]  # fmt: skip


def _greeting(actor: Actor, count: int) -> str:
    """« Bonjour Hélène, cinq choses vous attendent. »"""
    first = actor.name.split(" ")[0]
    if not count:
        return f"Bonjour {first}, rien ne vous attend aujourd’hui"
    if count == 1:
        return f"Bonjour {first}, une chose vous attend"
    return f"Bonjour {first}, {in_words(count)} choses vous attendent"


def _summary(actor: Actor, todos: list[Todo], today: date) -> str:
    held = actor.mandate
    due = [todo.due for todo in todos if todo.due]
    if due and min(due) <= today:
        return "La première est pour aujourd’hui, ou déjà passée."
    if held and held.role == Role.SECRETARY and todos:
        return "Comptez dix minutes ; vous pouvez vous arrêter quand vous voulez, tout est gardé."
    if todos:
        return "Prenez la première ; les autres peuvent attendre."
    return "Vous pouvez lire ce qui avance, ou fermer cette page l’esprit tranquille."


def home_of(actor: Actor) -> dict[str, Any]:
    """Everything a person's home shows, apart from the news."""
    assert actor.mandate is not None
    territory = Territory.objects.select_related("epci").get(pk=actor.mandate.territory_id)
    today = clock.today(territory.zone)
    if actor.role == Role.PARTNER:
        spaces = Space.objects.visible_to(actor).filter(pk__in=actor.space_ids)
        return {"greeting": f"Bonjour {actor.name.split(' ')[0]}", "spaces": spaces}
    lines = ours.open_lines(actor)
    todos = [
        *_claims(actor),
        *inventory.todos(actor),
        *consultation.todos(actor),
        *ours.position_todos(actor, lines),
    ]
    todos.sort(key=lambda todo: todo.due or _FAR)
    rows = ours.ours(actor, lines)
    standing = standing_of(territory, actor)
    reception = (
        latest_reception(territory.adoption_target, departement=territory.epci.department)
        if territory.adoption_target
        else None
    )
    laid = inventory.laid_tiles(territory)
    return {
        "territory": territory,
        "todos": todos,
        "greeting": _greeting(actor, len(todos)),
        "summary": _summary(actor, todos, today),
        "ours": rows,
        "ours_heading": ours.heading(rows, actor.mandate.authority_name) if rows else "",
        "standing": standing,
        "steps": process.steps(standing, {name: reverse(page) for name, page in _PAGES.items()}),
        "steps_heading": process.heading(standing),
        "deadlines": process.marks(standing, reception),
        **_tiles(laid),
        **_board(actor, territory, laid is not None),
    }


def _tiles(laid: tuple[list[Tile], int] | None) -> dict[str, Any]:
    if laid is None:
        return {"laid": None, "total": 0, "laid_sentence": ""}
    tiles, total = laid
    count = len(tiles)
    words = in_words(count, feminine=True).capitalize()
    laying = "communes sur {} ont posé leur carreau" if count > 1 else "commune sur {} a posé son carreau"
    sentence = f"{words} {laying.format(total)}"
    if not count:
        sentence = f"Aucune des {total} communes n’a encore posé son carreau"
    return {"laid": tiles, "total": total, "laid_sentence": sentence}


def _board(actor: Actor, territory: Territory, has_campaign: bool) -> dict[str, Any]:
    """The map of inventories, for those who follow all of them."""
    if not has_campaign or not (actor.is_team(territory.pk) or actor.role == Role.PRESIDENT):
        return {"map": None, "legend": [], "map_heading": ""}
    picture = inventory.board_picture(actor, territory)
    if picture is None:
        return {"map": None, "legend": [], "map_heading": ""}
    return {"map": picture.map, "legend": picture.legend, "map_heading": picture.heading}


def public_page(territory: Territory) -> dict[str, Any]:
    """What a visitor may read of a territory: members, where the process stands, what was adopted."""
    members = territories.members(territory)
    standing = standing_of(territory, ANONYMOUS)
    version = (
        Version.objects.visible_to(ANONYMOUS)
        .filter(scheme__territory=territory, consultation__adoption__isnull=False)
        .first()
    )
    return {
        "territory": territory,
        "members": members,
        "tiles": [member.tile for member in members],
        "population": sum(member.population or 0 for member in members),
        "map": territories.identity_map(members),
        "steps": process.steps(standing),
        "steps_heading": process.heading(standing),
        "sentence": "Chaque commune reste libre : le schéma dit ce que l’on partagera pendant le mandat, fiche par fiche, et n’engage "
        "qu’au moment où une convention est votée.",
        "version": version,
    }
