"""Look-ups and search in the national reference: « valence albi », « st gregoire 81 », « 248100497 »."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

from .entities import Commune, Department, Epci, Ept, Hit, OldCode, Region
from .moves import former_names, successors
from .store import read_table, store
from .text import core, fold

_INSEE = re.compile(r"(?:\d{2}|2[ab])\d{3}")
_SIREN = re.compile(r"\d{9}")
#: Longer than any name of the country (60 letters): what follows is not part of a name.
MAX_QUERY = 100

EXACT, BEGINNING, WORD_BEGINNING, WORDS = range(4)


# --- Look-ups -----------------------------------------------------------------------------------------------


def epci(siren: str) -> Epci | None:
    """The EPCI of that SIREN."""
    return store().epcis.get(siren)


def epcis() -> tuple[Epci, ...]:
    """All of them, in the order of their SIREN."""
    return tuple(store().epcis.values())


def commune(insee: str) -> Commune | None:
    """The present commune of that INSEE code."""
    return store().commune(insee)


def communes_of(siren: str) -> tuple[Commune, ...]:
    """Members of an EPCI, in the order of their INSEE codes; empty for an unknown SIREN."""
    return tuple(store().members(siren))


def department(code: str) -> Department | None:
    """The département of that code (« 2A », « 971 »)."""
    return store().departments.get(code)


def departments_of(body: Epci) -> tuple[Department, ...]:
    """Départements of an EPCI, the seat's first."""
    codes = sorted(body.department_codes, key=lambda code: (code != body.seat_department_code, code))
    return tuple(store().departments[code] for code in codes)


def region(code: str) -> Region | None:
    """The region of that code."""
    return store().regions.get(code)


def ept(siren: str) -> Ept | None:
    """The établissement public territorial (Grand Paris) of that SIREN."""
    return store().epts.get(siren)


def population_years(siren: str) -> tuple[int, ...]:
    """Vintages of the populations of an EPCI's members: one year, two if Mayotte were ever mixed."""
    return tuple(sorted({member.population_year for member in store().members(siren)}, reverse=True))


def resolve_old_code(insee: str) -> OldCode | None:
    """The present commune(s) behind a code of 2018 or later; None when nothing is known of it."""
    code = insee.strip().upper()
    present = store().commune(code)
    if present is not None:
        return OldCode(code, (present,), present.name, "")
    parent = _arrondissements().get(code)
    if parent is not None:
        town = store().commune(parent[1])
        return OldCode(code, (town,) if town else (), parent[0], "")
    followed = successors(code)
    if followed is None:
        return None
    name, since, codes = followed
    found = tuple(c for c in (store().commune(c) for c in codes) if c is not None)
    return OldCode(code, found, name, since) if found else None


@cache
def _arrondissements() -> dict[str, tuple[str, str]]:
    """Municipal arrondissements of Paris, Lyon and Marseille: name and commune."""
    return {r["code_insee"]: (r["nom"], r["commune_parent"]) for r in read_table("arrondissements.csv")}


# --- Search -------------------------------------------------------------------------------------------------


class _Names:
    """Every name of the country folded into one text: finding a word is one pass of C over 700 kB."""

    def __init__(self) -> None:
        data = store()
        self.sirens = list(data.epcis)
        #: (former name, line of the present commune)
        self.formers = [
            (name, position)
            for name, code in former_names()
            if (position := data.position(code)) is not None
        ]  # fmt: skip
        folded = [fold(data.epcis[siren].name) for siren in self.sirens]
        self.first_commune = len(folded)
        folded += [fold(line.split(",", 3)[2]) for line in data.lines]
        self.first_former = len(folded)
        folded += [fold(name) for name, _ in self.formers]
        # Each word is preceded by a space, so that " al" finds words that begin with « al ».
        self.text = "\n".join(" " + name for name in folded) + "\n"
        self.starts = array("I", [0])
        #: How many letters to skip in each name to reach what tells it from others.
        self.skips = array("B")
        position = 0
        for name in folded:
            position += len(name) + 2
            self.starts.append(position)
            self.skips.append(len(name) - len(core(name)))

    def name(self, line: int) -> str:
        return self.text[self.starts[line] + 1 : self.starts[line + 1] - 1]

    def with_word(self, word: str) -> Iterator[int]:
        """Lines holding a word that begins so; each once."""
        text, starts, needle = self.text, self.starts, " " + word
        at = text.find(needle)
        while at >= 0:
            line = bisect_right(starts, at) - 1
            yield line
            at = text.find(needle, starts[line + 1])

    def glued(self, letters: str) -> Iterator[int]:
        """Lines that begin with these letters when spaces are forgotten (« lhay », « leshaies »)."""
        text = "\n" + self.text.replace(" ", "")
        at, line, seen = text.find("\n" + letters), 0, 0
        while at >= 0:
            line += text.count("\n", seen, at)
            seen = at
            yield line
            at = text.find("\n" + letters, at + 1)


@cache
def _names() -> _Names:
    return _Names()


def _grade(name: str, skip: int, query: str, query_core: str) -> int:
    own = name[skip:]
    if query in (name, own) or query_core == own:
        return EXACT
    for start in (name, own):
        for typed in (query, query_core):
            if start.startswith(typed):
                return BEGINNING if start[len(typed)] == " " else WORD_BEGINNING
    return WORDS


def _lines(query: str) -> dict[int, int]:
    """Lines whose name answers the folded query, with their grade."""
    words, query_core, names = query.split(), core(query), _names()
    if not words:
        return {}

    def scan(wanted: list[str]) -> dict[int, int]:
        rarest = max(wanted, key=len)
        needles = [" " + word for word in wanted]
        found = {}
        for line in names.with_word(rarest):
            name = names.name(line)
            if all(needle in " " + name for needle in needles):
                found[line] = _grade(name, names.skips[line], query, query_core)
        return found

    if len(query) == 1:  # the commune of Y: a single letter only counts as a whole name
        at = names.text.find(f"\n {query}\n")
        return {} if at < 0 else {bisect_right(names.starts, at + 1) - 1: EXACT}
    found = scan(words)
    if not found and query_core != query:
        found = scan(query_core.split())
    if not found and len(query) > 2:
        found = dict.fromkeys(names.glued("".join(words)), WORD_BEGINNING)
    return found


def _department_in(query: str) -> tuple[str, str] | None:
    """« saint cirgue 81 » or « saint cirgue tarn »: the query without the département, and its code."""
    for dep in store().departments.values():
        for ending in (dep.code.lower(), fold(dep.name)):
            if query.endswith(" " + ending):
                return query[: -len(ending) - 1], dep.code
    return None


def _by_epci(body: Epci, rank: int) -> Hit:
    return Hit(body, None, None, 0, departments_of(body), None, rank)


def _by_commune(place: Commune, rank: int, former: str | None = None, others: int = 0) -> Hit:
    body = store().epcis.get(place.epci_siren or "")
    own = store().departments[place.department_code]
    return Hit(body, place, former, others, departments_of(body) if body else (own,), own, rank)


def _by_code(text: str) -> Hit | None:
    compact = "".join(text.split()).lower()
    if _SIREN.fullmatch(compact):
        body = epci(compact)
        if body:
            return _by_epci(body, EXACT)
        line = next((line for line in store().lines if f",{compact}," in line[:16]), None)
        if line is not None:
            place = store().commune(line[:5])
            return _by_commune(place, EXACT) if place else None
    if _INSEE.fullmatch(compact):
        old = resolve_old_code(compact)
        if old and old.commune:
            renamed = fold(old.former_name) != fold(old.commune.name)
            return _by_commune(old.commune, EXACT, old.former_name if old.since and renamed else None)
    return None


def search(text: str, limit: int = 20) -> list[Hit]:
    """EPCI found by their own name or by that of a commune, present or former; best first.

    Accents, hyphens, apostrophes and case do not matter, « st » is « saint », words may be cut short, a
    département may follow (« Saint-Cirgue 81 », « Saint-Cirgue (Tarn) »), and SIREN and INSEE codes are
    understood.  Each EPCI comes once, with the commune that led to it; a commune outside any EPCI (four
    islands) comes by itself.  Order: exact name, beginning of the name, words; a name of today before a former
    one, an EPCI's own name before a commune's; then population.
    """
    text = text[:MAX_QUERY]
    by_code = _by_code(text)
    if by_code is not None:
        return [by_code]
    query = fold(text)
    lines, only = _lines(query), None
    narrowed = None if lines else _department_in(query)
    if narrowed:
        query, only = narrowed
        lines = _lines(query)
    return _hits(lines, only, limit)


def communes_named(text: str) -> list[Commune]:
    """Present communes that bear exactly this name (accents, hyphens and articles apart), the most populated first."""
    query = fold(text[:MAX_QUERY])
    names, data = _names(), store()
    found = [
        data.commune_at(line - names.first_commune)
        for line, rank in _lines(query).items()
        if rank == EXACT and names.first_commune <= line < names.first_former
    ]
    return sorted(found, key=lambda place: (-place.municipal_population, place.insee))


def _hits(lines: dict[int, int], only: str | None, limit: int) -> list[Hit]:
    """Group by EPCI and sort on bare lines; only the few results shown become objects."""
    names, data = _names(), store()
    best: dict[str, tuple[tuple[int, bool, bool, int, str], int]] = {}
    places: dict[str, set[int]] = {}
    for line, rank in lines.items():
        if line < names.first_commune:
            body = data.epcis[names.sirens[line]]
            if only is not None and only not in body.department_codes:
                continue
            key, order = body.siren, (rank, False, False, -body.municipal_population, body.name)
        else:
            is_former = line >= names.first_former
            position = (
                names.formers[line - names.first_former][1] if is_former else line - names.first_commune
            )
            insee, _, name, _, department_code, siren, _, people, _ = data.lines[position].split(",", 8)
            if only is not None and only != department_code:
                continue
            key, order = siren or insee, (rank, is_former, True, -int(people), name)
            places.setdefault(key, set()).add(position)
        if key not in best or order < best[key][0]:
            best[key] = (order, line)
    ranked = sorted(best.items(), key=lambda item: item[1][0])[:limit]
    return [_hit(line, order[0], len(places.get(key, ())) - 1) for key, (order, line) in ranked]


def _hit(line: int, rank: int, others: int) -> Hit:
    names, data = _names(), store()
    if line < names.first_commune:
        return _by_epci(data.epcis[names.sirens[line]], rank)
    if line < names.first_former:
        return _by_commune(data.commune_at(line - names.first_commune), rank, None, others)
    former, position = names.formers[line - names.first_former]
    return _by_commune(data.commune_at(position), rank, former, others)
