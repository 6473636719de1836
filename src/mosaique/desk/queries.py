"""What the front hall reads of every room, composed for one person. Constant number of queries."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
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
from mosaique.consultation.pictures import board_map, legend_of
from mosaique.consultation.policies import may_record_vote
from mosaique.consultation.wording import board_heading, settled_heading
from mosaique.desk import following, ours, process
from mosaique.desk.process import Standing
from mosaique.desk.remembered import CONTENT, Memory
from mosaique.desk.standing import latest_consultation, public_standing, standing_of
from mosaique.discussions import queries as discussions
from mosaique.inventory import queries as inventory
from mosaique.inventory.models import Campaign
from mosaique.kernel import clock, ref
from mosaique.kernel.typography import date_long
from mosaique.kernel.ui.parts import Todo
from mosaique.notices import feed
from mosaique.scheme.models import VersionFile
from mosaique.scheme.queries import SheetLine
from mosaique.territory import queries as territories
from mosaique.territory.models import Territory, TerritoryMember
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


@dataclass(frozen=True, slots=True)
class _Sources:
    """What the news show of an object is found again until something happens in its room."""

    actor: Actor
    memory: Memory

    def objects(self, kind: str, pks: frozenset[int]) -> dict[int, ref.Shown]:
        spec = ref.kinds().get(kind)
        room = spec.model()._meta.app_label if spec else ""
        rooms = (room,) if room in CONTENT else CONTENT
        return self.memory.own(
            f"news {kind} {sorted(pks)}", rooms, lambda: ref.resolve_kind(self.actor, kind, pks)
        )

    def members(self) -> dict[int, TerritoryMember]:
        return self.memory.common("members", (), lambda: inventory.memberships(self.actor.territory_id or 0))

    def tiles(self) -> dict[int, Tile]:
        return {pk: Tile(row.tile_drawing, row.tile_hue) for pk, row in self.members().items()}


def home_of(actor: Actor, memory: Memory, *, since: datetime | None = None) -> dict[str, Any]:
    """Everything a person's home shows, with no queryset left to be read later.

    `since`: their last visit, for the news; `memory`: each part says which rooms it reads, and is found there again until
    something happens in one of them.
    """
    assert actor.mandate is not None
    pk = actor.mandate.territory_id
    territory = memory.common("territory", (), lambda: Territory.objects.select_related("epci").get(pk=pk))
    today = clock.today(territory.zone)
    sources = _Sources(actor, memory)
    news = memory.own("news", CONTENT, lambda: feed.latest(actor, since=since, sources=sources))
    if actor.role == Role.PARTNER:
        spaces = list(Space.objects.visible_to(actor).filter(pk__in=actor.space_ids))
        return {
            "greeting": f"Bonjour {actor.name.split(' ')[0]}", "spaces": spaces, "today": today, "news": news,
            "territory": territory,
            "todos": memory.own("cited", ("discussions",), lambda: discussions.todos(actor)),
        }  # fmt: skip
    # Read at most once, and only when what is told of them is made again: the sheets themselves are not kept.
    lines = cache(lambda: ours.open_lines(actor))
    campaign = memory.common("campaign", ("inventory",), lambda: inventory.current_campaign(territory))
    laid = memory.common("laid", ("inventory",), lambda: inventory.laid_tiles(campaign, sources.members()))
    standing = standing_of(territory, actor, campaign, laid, memory)
    todos = _todos(actor, territory, standing, campaign, lines, memory)
    rows = memory.own("ours", ("scheme", "costing"), lambda: ours.ours(actor, lines(), memory))
    decides = actor.decides_for(actor.mandate.authority_id)
    reception = (
        latest_reception(territory.adoption_target, departement=territory.epci.department)
        if territory.adoption_target
        else None
    )
    return {
        "territory": territory,
        "today": today,
        "news": news,
        "todos": todos,
        "greeting": _greeting(actor, len(todos)),
        "summary": _summary(actor, todos, today),
        "ours": rows,
        "ours_heading": ours.heading(rows, actor.mandate.authority_name, decides=decides) if rows else "",
        "ours_position": "Votre position" if decides else "La position de votre commune",
        "standing": standing,
        "steps": process.steps(
            standing,
            {name: reverse(page) for name, page in _PAGES.items()},
            _vote_page(actor, standing, memory),
        ),
        "steps_heading": process.heading(standing),
        "deadlines": process.marks(standing, reception),
        **_tiles(laid),
        **memory.own(
            "board",
            ("inventory", "consultation", "scheme"),
            lambda: _board(actor, standing, campaign, sources, memory),
        ),
        **_followed(actor, memory),
        "may_manage_people": bool(may_manage_people(actor)),
    }


def too_soon(actor: Actor, territory: Territory) -> str:
    """What a day aimed at leaves no time for: councils whose delay ends after it, or a report that should have arrived."""
    day = territory.adoption_target
    if day is None:
        return ""
    opened = consultation.current(actor)
    if opened is not None and consultation.adoption_of(opened) is None:
        missing = consultation.board(opened).without_time(day)
        if not missing:
            return ""
        one = len(missing) == 1
        return (
            f"{'Un conseil a' if one else f'{in_words(len(missing)).capitalize()} conseils ont'} encore du temps après le "
            f"{date_long(day)}, ou {'n’a' if one else 'n’ont'} pas de réception notée : {'son' if one else 'leur'} avis manquerait "
            "ce jour-là. Rien n’empêche de voter ; une date plus tardive les attendrait."
        )
    last = latest_reception(day, departement=territory.epci.department)
    if last < clock.today(territory.zone):
        return (
            f"Pour laisser trois mois à chaque conseil, le rapport aurait dû arriver partout avant le {date_long(last)}. "
            "Une date plus tardive leur laisserait ce temps."
        )
    return ""


def _todos(
    actor: Actor, territory: Territory, standing: Standing, campaign: Campaign | None,
    lines: Callable[[], list[SheetLine]], memory: Memory,
) -> list[Todo]:  # fmt: skip
    """What is expected, by date; of two things due, or overdue, the council's one first: the law counts its days."""
    past = bool(standing.campaign_until and standing.campaign_until < standing.today)
    # Once the scheme is voted, a collection that is over, or was never held, is nothing to ask for.
    collecting = standing.adopted_on is None or (standing.campaign_from is not None and not past)
    inviting = standing.adopted_on is None and territory.state == Territory.State.OPEN
    own = memory.own
    todos = [
        *own("help", (), lambda: assistance.todos(actor)),
        *own("cited", ("discussions",), lambda: discussions.todos(actor)),
        *own("councils", ("consultation", "scheme"), lambda: consultation.todos(actor)),
        *_claims(actor),
        *(own("invite", (), lambda: people.todos(actor)) if inviting else []),
        *(own("collect", ("inventory",), lambda: inventory.todos(actor, campaign)) if collecting else []),
        *own("positions", ("scheme", "costing"), lambda: ours.position_todos(actor, lines())),
    ]
    return sorted(todos, key=lambda todo: max(todo.due, standing.today) if todo.due else _FAR)


def _opened(actor: Actor, memory: Memory) -> Consultation | None:
    return memory.own("current", ("consultation", "scheme"), lambda: consultation.current(actor))


def _vote_page(actor: Actor, standing: Standing, memory: Memory) -> dict[str, str]:
    """« Adopter » leads to the vote for who records it, however many opinions are missing."""
    if standing.consulted_on is None:
        return {}
    current = _opened(actor, memory)
    if current is None or not may_record_vote(actor, current):
        return {}
    return {"Adopter": reverse("adoption", kwargs={"pk": current.pk})}


def _followed(actor: Actor, memory: Memory) -> dict[str, Any]:
    """Groups and the effect on agents, for those who have neither a commune nor a project to conduct."""
    if actor.role not in (Role.AGENT, Role.STAFF_REP, Role.COUNCILLOR, Role.DEPUTY):
        return {"groups": [], "employers": None}
    spaces = memory.own("spaces", (), lambda: following.open_spaces(actor))
    groups = memory.own("groups", ("discussions",), lambda: following.groups(actor, spaces))
    if actor.role not in (Role.AGENT, Role.STAFF_REP):
        return {"groups": groups, "employers": None}
    employers = memory.own("employers", ("scheme", "costing"), lambda: following.employers(actor))
    return {
        "groups": groups,
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


def _board(
    actor: Actor, standing: Standing, campaign: Campaign | None, sources: _Sources, memory: Memory
) -> dict[str, Any]:
    """The map of what is under way, for those who follow every commune: the councils' opinions, else the inventories."""
    if actor.territory_id is None or not actor.leads(actor.territory_id):
        return {"map": None}
    # Once the councils are asked, and after the vote, a missing inventory is no longer what matters most.
    opened = _opened(actor, memory) if standing.consulted_on and not standing.rejected_on else None
    if opened is not None:
        councils, adopted = consultation.board(opened), standing.adopted_on is not None
        return {
            "map": board_map(councils), "legend": legend_of(councils), "map_url": opened.get_absolute_url(),
            "map_heading": "Les avis des conseils sur le schéma adopté" if adopted else board_heading(councils),
            "map_told": f"{settled_heading(councils)}.",
            "map_action": "Lire les avis" if adopted else "Suivre les avis",
        }  # fmt: skip
    if campaign is None:
        return {"map": None}
    picture = inventory.board(actor, campaign, sources.members())
    return {
        "map": picture.map, "legend": picture.legend, "map_heading": picture.heading, "map_told": "",
        "map_action": "Suivre les inventaires", "map_url": reverse("inventories"),
    }  # fmt: skip


def public_page(territory: Territory) -> dict[str, Any]:
    """What a visitor may read of a territory: members, where the process stands, what was adopted."""
    members = territories.members(territory)
    campaign = inventory.current_campaign(territory)
    standing = public_standing(territory, campaign, inventory.laid_tiles(campaign))
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
