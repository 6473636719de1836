"""« Depuis votre visite »: journal lines the actor may read, put into words with what they may see today."""

from dataclasses import dataclass
from datetime import datetime

from mosaique.access.actor import Actor
from mosaique.journal.models import Line
from mosaique.journal.verbs import all_verbs
from mosaique.kernel import ref
from mosaique.territory.models import TerritoryMember
from mosaique.territory.tiles import Tile

LIMIT = 8
# Several acts of one authority on one object within a visit are one piece of news.
READ_AHEAD = 60


@dataclass(frozen=True, slots=True)
class News:
    """« Faussergues a rendu son inventaire complet », hier, par la secrétaire de mairie."""

    at: datetime
    who: str
    before: str  # « a rendu »
    label: str  # the object, linked; empty when the phrase names none
    after: str
    url: str | None
    by: str
    tile: Tile | None


def changes(actor: Actor, *, since: datetime | None = None, limit: int = LIMIT) -> list[News]:
    """The latest news for the actor, newest first; their own acts are not news to them. Constant number of queries."""
    if actor.is_anonymous:
        return []
    told = {code: verb for code, verb in all_verbs().items() if verb.in_feed}
    lines = (
        Line.objects.visible_to(actor)
        .filter(verb__in=list(told), scope__territory_id=actor.territory_id)
        .select_related("authority", "mandate")
        .order_by("-at", "-pk")
    )
    if actor.person_id is not None:
        lines = lines.exclude(person_id=actor.person_id)
    if since is not None:
        lines = lines.filter(at__gt=since)
    kept: list[Line] = []
    seen: set[tuple[str, str, int, int | None]] = set()
    for line in lines[:READ_AHEAD]:
        key = (line.verb, line.kind, line.ref_id, line.authority_id)
        if key not in seen:
            seen.add(key)
            kept.append(line)
    shown = ref.resolve(actor, {(line.kind, line.ref_id) for line in kept})
    kept = [line for line in kept if (line.kind, line.ref_id) in shown][:limit]
    tiles = {
        member.authority_id: Tile(member.tile_drawing, member.tile_hue)
        for member in TerritoryMember.objects.filter(
            territory_id=actor.territory_id, authority_id__in={line.authority_id for line in kept}
        )
    }
    return [_news(line, told[line.verb].phrase, shown[(line.kind, line.ref_id)], tiles) for line in kept]


def latest(actor: Actor, *, since: datetime | None, at_least: int = 4) -> list[News]:
    """What changed since a visit; when nothing did, the last few things that had."""
    return changes(actor, since=since) or (changes(actor, limit=at_least) if since is not None else [])


def _news(line: Line, phrase: str, shown: ref.Shown, tiles: dict[int, Tile]) -> News:
    before, _, after = phrase.partition("{object}")
    return News(
        at=line.at,
        who=line.authority.name if line.authority else "Mosaïque",
        before=before.strip(),
        label=shown.label if "{object}" in phrase else "",
        after=after,
        url=shown.url,
        by=line.mandate.title if line.mandate else "",
        tile=tiles.get(line.authority_id) if line.authority_id else None,
    )
