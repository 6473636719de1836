"""« Depuis votre visite »: journal lines the actor may read, put into words with what they may see today."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from django.db.models import QuerySet

from mosaique.access.actor import Actor
from mosaique.access.roles import Role
from mosaique.access.scoped import Readable
from mosaique.journal.models import Line
from mosaique.journal.verbs import all_verbs
from mosaique.kernel import ref
from mosaique.territory.tiles import Tile

LIMIT, FEW = 8, 4
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


class Sources(Protocol):
    """Where the feed finds what it shows of an object, and whose tile an act bears: a page that remembers asks little."""

    def objects(self, kind: str, pks: frozenset[int]) -> dict[int, ref.Shown]:
        """Those of this kind that the actor may see today (`ref.resolve_kind`)."""

    def tiles(self) -> dict[int, Tile]:
        """Authority → its tile, in the actor's territory."""


def latest(actor: Actor, *, since: datetime | None, sources: Sources) -> list[News]:
    """What changed since a visit, newest first; when nothing did, the last few things that had. One's own acts are not news."""
    lines = _lines(actor)
    new = [line for line in lines if since is None or line.at > since]
    return _told(new, LIMIT, sources) or (_told(lines, FEW, sources) if since else [])


#: Where one speaks for oneself, and those whose words are never their employer's.
_SPOKEN = ("post", "thread", "releve")
_OWN_VOICE = (Role.AGENT, Role.STAFF_REP)


class Act(NamedTuple):
    """A line of the journal as the feed needs it: plain values (sixty are read to show four)."""

    at: datetime
    verb: str
    kind: str
    ref_id: int
    authority_id: int | None
    authority: str | None
    title: str | None
    role: str | None


def _told_to(lines: QuerySet[Any], territory: Any, person: Any) -> QuerySet[Any, Any]:
    told = [code for code, verb in all_verbs().items() if verb.in_feed]
    return (
        lines.filter(verb__in=told, territory_id=territory)
        .exclude(person_id=person)
        .order_by("-at", "-pk")
        .values_list(
            "at",
            "verb",
            "kind",
            "ref_id",
            "authority_id",
            "authority__name",
            "mandate__title",
            "mandate__role",
        )[:READ_AHEAD]
    )


_ACTS = Readable(lambda: Line, _told_to)


def _lines(actor: Actor) -> list[Act]:
    """The last acts of others that are told and that the actor may read, several on one object counting once."""
    if actor.is_anonymous or actor.territory_id is None:
        return []
    kept: dict[tuple[str, str, int, int | None], Act] = {}
    for row in _ACTS.rows(actor, actor.territory_id, actor.person_id or 0):
        act = Act(*row)
        kept.setdefault((act.verb, act.kind, act.ref_id, act.authority_id), act)
    return list(kept.values())


def _told(lines: list[Act], limit: int, sources: Sources) -> list[News]:
    """Those whose object may still be seen, in words."""
    wanted: dict[str, set[int]] = {}
    for line in lines:
        wanted.setdefault(line.kind, set()).add(line.ref_id)
    shown = {kind: sources.objects(kind, frozenset(pks)) for kind, pks in wanted.items()}
    kept = [line for line in lines if line.ref_id in shown[line.kind]][:limit]
    if not kept:
        return []
    verbs, tiles = all_verbs(), sources.tiles()
    return [_news(line, verbs[line.verb].phrase, shown[line.kind][line.ref_id], tiles) for line in kept]


def in_sentence(before: str, label: str, noun: str) -> tuple[str, str]:
    """« a figé » « la version 1 », « a changé l’état du » « schéma… »: a label that is only a noun takes its article."""
    article, bare = (
        ("l’", noun[2:]) if noun.startswith("l’") else (noun.partition(" ")[0] + " ", noun.partition(" ")[2])
    )
    if not bare or not label.casefold().startswith(bare.casefold()):
        return before, label
    label = label[:1].lower() + label[1:]
    for preposition, joined in (("de", "du"), ("à", "au")):
        if article == "le " and before.split()[-1:] == [preposition]:
            return f"{before[: -len(preposition)]}{joined}", label
    return before, article + label


def _news(line: Act, phrase: str, shown: ref.Shown, tiles: dict[int, Tile]) -> News:
    before, _, after = phrase.partition("{object}")
    who, by = line.authority or "Mosaïque", line.title or ""
    if line.kind in _SPOKEN and line.role in _OWN_VOICE and line.authority and line.title:
        who, by = f"{line.title[:1].upper()}{line.title[1:]}, {line.authority}", ""
    label = shown.label if "{object}" in phrase else ""
    before, label = in_sentence(before.strip(), label, ref.kinds()[line.kind].noun)
    return News(
        at=line.at,
        who=who,
        before=before,
        label=label,
        after=after,
        url=shown.url,
        by=by,
        tile=tiles.get(line.authority_id) if line.authority_id else None,
    )
