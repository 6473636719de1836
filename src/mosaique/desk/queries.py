"""What the front hall reads of every room, composed for one person. Constant number of queries."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from mosaique.access.actor import ANONYMOUS, Actor
from mosaique.access.models import Space, TerritoryClaim
from mosaique.access.roles import Role
from mosaique.accounts import queries as people
from mosaique.accounts.policies import may_manage_people
from mosaique.assistance import queries as assistance
from mosaique.consultation import queries as consultation
from mosaique.consultation.backwards import latest_reception
from mosaique.consultation.models import Adoption, Consultation
from mosaique.consultation.policies import may_record_vote
from mosaique.desk import following, ours, process
from mosaique.desk.process import Standing
from mosaique.desk.remembered import State
from mosaique.desk.standing import latest_consultation, public_standing, standing_of
from mosaique.discussions import queries as discussions
from mosaique.inventory import queries as inventory
from mosaique.kernel import clock
from mosaique.kernel.ui.parts import Todo
from mosaique.notices import feed
from mosaique.scheme.models import VersionFile
from mosaique.scheme.queries import SheetLine
from mosaique.territory import queries as territories
from mosaique.territory.models import Territory
from mosaique.territory.naming import in_words
from mosaique.territory.tiles import Tile

_FAR = date.max
_PAGES = {
    "Recenser": "inventories", "Écouter": "spaces", "Identifier": "sheets", "Construire": "sheets", "Rédiger": "scheme",
    "Consulter": "opinions", "Adopter": "opinions",
}  # fmt: skip


def public_territories() -> list[Territory]:
    return list(Territory.objects.visible_to(ANONYMOUS).select_related("epci").order_by("epci__name"))


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
    if len(todos) == 1:
        return "C’est la seule chose attendue de vous."
    if todos:
        return "Prenez la première ; les autres peuvent attendre."
    return "Vous pouvez lire ce qui avance, ou fermer cette page l’esprit tranquille."


def home_of(actor: Actor, *, since: datetime | None = None, state: State = None) -> dict[str, Any]:
    """Everything a person's home shows, with no queryset left to be read later.

    `since`: their last visit, for the news; `state`: what the territory is known by (`remembered`).
    """
    assert actor.mandate is not None
    territory = Territory.objects.select_related("epci").get(pk=actor.mandate.territory_id)
    today = clock.today(territory.zone)
    if actor.role == Role.PARTNER:
        spaces = list(Space.objects.visible_to(actor).filter(pk__in=actor.space_ids))
        return {
            "greeting": f"Bonjour {actor.name.split(' ')[0]}", "spaces": spaces, "today": today,
            "todos": discussions.todos(actor),
            "news": feed.latest(actor, since=since),
        }  # fmt: skip
    lines = ours.open_lines(actor)
    laid = inventory.laid_tiles(territory)
    standing = standing_of(territory, actor, laid, state)
    todos = _todos(actor, territory, standing, lines)
    rows = ours.ours(actor, lines, state)
    decides = actor.decides_for(actor.mandate.authority_id)
    reception = (
        latest_reception(territory.adoption_target, departement=territory.epci.department)
        if territory.adoption_target
        else None
    )
    return {
        "territory": territory,
        "today": today,
        "news": feed.latest(actor, since=since),
        "todos": todos,
        "greeting": _greeting(actor, len(todos)),
        "summary": _summary(actor, todos, today),
        "ours": rows,
        "ours_heading": ours.heading(rows, actor.mandate.authority_name, decides=decides) if rows else "",
        "ours_position": "Votre position" if decides else "La position de votre commune",
        "standing": standing,
        "steps": process.steps(
            standing, {name: reverse(page) for name, page in _PAGES.items()}, _vote_page(actor, standing)
        ),
        "steps_heading": process.heading(standing),
        "deadlines": process.marks(standing, reception),
        **_tiles(laid),
        **_board(actor, territory, laid is not None),
        **_followed(actor),
        "may_manage_people": bool(may_manage_people(actor)),
    }


def _todos(actor: Actor, territory: Territory, standing: Standing, lines: list[SheetLine]) -> list[Todo]:
    """What is expected, by date; of two things due, or overdue, the council's one first: the law counts its days."""
    past = bool(standing.campaign_until and standing.campaign_until < standing.today)
    # Once the scheme is voted, a collection that is over, or was never held, is nothing to ask for.
    collecting = standing.adopted_on is None or (standing.campaign_from is not None and not past)
    inviting = standing.adopted_on is None and territory.state == Territory.State.OPEN
    todos = [
        *assistance.todos(actor),
        *discussions.todos(actor),
        *consultation.todos(actor),
        *_claims(actor),
        *(people.todos(actor) if inviting else []),
        *(inventory.todos(actor) if collecting else []),
        *ours.position_todos(actor, lines),
    ]
    return sorted(todos, key=lambda todo: max(todo.due, standing.today) if todo.due else _FAR)


def _vote_page(actor: Actor, standing: Standing) -> dict[str, str]:
    """« Adopter » leads to the vote for who records it, however many opinions are missing."""
    if standing.consulted_on is None:
        return {}
    current = consultation.current(actor)
    if current is None or not may_record_vote(actor, current):
        return {}
    return {"Adopter": reverse("adoption", kwargs={"pk": current.pk})}


def _followed(actor: Actor) -> dict[str, Any]:
    """Groups and the effect on agents, for those who have neither a commune nor a project to conduct."""
    if actor.role not in (Role.AGENT, Role.STAFF_REP, Role.COUNCILLOR, Role.DEPUTY):
        return {"groups": [], "employers": None}
    if actor.role not in (Role.AGENT, Role.STAFF_REP):
        return {"groups": following.groups(actor), "employers": None}
    employers = following.employers(actor)
    return {
        "groups": following.groups(actor),
        "employers": employers,
        "changed": [one for one in employers if one.effects],
        "unchanged": [one for one in employers if not one.effects],
    }


def _tiles(laid: tuple[list[Tile], int] | None) -> dict[str, Any]:
    if laid is None:
        return {"laid": None, "total": 0, "laid_sentence": "", "laid_told": ""}
    tiles, total = laid
    count = len(tiles)
    words = in_words(count, feminine=True).capitalize()
    laying = "communes sur {} ont posé leur carreau" if count > 1 else "commune sur {} a posé son carreau"
    sentence = f"{words} {laying.format(total)}"
    if not count:
        sentence = f"Aucune des {total} communes n’a encore posé son carreau"
    told = "il se pose quand l’inventaire est rendu" if not count else "leur inventaire est rendu"
    return {
        "laid": tiles,
        "total": total,
        "laid_sentence": sentence,
        "laid_told": told if count != 1 else "son inventaire est rendu",
    }


def _board(actor: Actor, territory: Territory, has_campaign: bool) -> dict[str, Any]:
    """The map of inventories, for those who follow all of them."""
    if not has_campaign or not actor.leads(territory.pk):
        return {"map": None, "legend": [], "map_heading": ""}
    picture = inventory.board_picture(actor, territory)
    if picture is None:
        return {"map": None, "legend": [], "map_heading": ""}
    return {"map": picture.map, "legend": picture.legend, "map_heading": picture.heading}


def public_page(territory: Territory) -> dict[str, Any]:
    """What a visitor may read of a territory: members, where the process stands, what was adopted."""
    members = territories.members(territory)
    standing = public_standing(territory, inventory.laid_tiles(territory))
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
        "adopted": _adopted(territory) if standing.adopted_on else None,
    }


@dataclass(frozen=True, slots=True)
class Adopted:
    """The vote of the community council, public as any deliberation, and the version voted."""

    adoption: Adoption
    consultation: Consultation
    files: list[
        VersionFile
    ]  # those a visitor may open: most often none, the scheme is asked for at a town hall


def _adopted(territory: Territory) -> Adopted | None:
    opened = latest_consultation(territory)
    adoption = consultation.adoption_of(opened) if opened else None
    if opened is None or adoption is None:
        return None
    files = VersionFile.objects.visible_to(ANONYMOUS).filter(version=opened.version, authority=None)
    return Adopted(adoption, opened, list(files))
