"""Maps and charts of the report, drawn from the frozen content: each says its result in words and where its table is.

Positions are intentions: what is drawn is what the text beside already says, never a condition. What is unknown is hatched and
named; it has no length. Contents frozen before figures existed are drawn without (`content["figures"]`).
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from mosaique.kernel.docgen.drawing import Fill
from mosaique.kernel.docgen.model import (
    Area,
    Bar,
    BarRow,
    Bars,
    Illustration,
    Key,
    Map,
    Panel,
    Share,
    Shares,
    Timeline,
    TimelineRow,
)
from mosaique.kernel.typography import etp, integer, money, percent
from mosaique.scheme.outline import plain_day

Content = dict[str, Any]
T = TypeVar("T")
PER_PAGE = 34  # bars of one figure: a page, with its title and the words under it
NAMED = 60  # beyond, a map carries numbers, and its table the names
SMALL_NAMED = 12
SOURCE = "fiches du schéma"
#: Lower bounds of the classes of population, and their patterns from the lightest to the darkest.
CLASSES: tuple[tuple[int, Fill], ...] = (
    (0, "clair"), (500, "lignes"), (1000, "points"), (2000, "raies"), (5000, "damier"), (20000, "plein"),
)  # fmt: skip
ANSWERS: dict[str, tuple[Fill, str]] = {
    "yes": ("plein", "Oui"),
    "yes_if": ("raies", "Oui, si"),
    "later": ("points", "Plus tard"),
    "no": ("croix", "Non"),
    "none": ("blanc", "Sans réponse"),
}
STEPS = (("study_on", "Étude"), ("test_on", "Essai"), ("start_on", "Démarrage"), ("review_on", "Bilan"))


def _members(content: Content) -> list[dict[str, Any]]:
    return [m for m in content["territory"]["members"] if m["kind"] == "commune"]


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def map_of(
    content: Content,
    fills: dict[str, Fill],
    keys: Sequence[Key],
    *,
    named: set[str],
    width_mm: int = 170,
    numbers: bool = False,
    strong: str = "",
) -> Map:
    """The communes by code; names of the most populated first, which find room before the others."""
    members = _members(content)
    names = {m["code"]: m["name"].replace("'", "’") for m in members}
    ranks = {m["code"]: str(rank) for rank, m in enumerate(members, 1)}
    peopled = {m["code"]: -(m["population"] or 0) for m in members}
    shapes = sorted(content["map"]["areas"], key=lambda a: (peopled.get(a["code"], 0), a["code"]))
    return Map(
        content["map"]["width"],
        content["map"]["height"],
        tuple(
            Area(
                a["path"], fills.get(a["code"], "clair"), a["x"], a["y"],
                names.get(a["code"], "") if a["code"] in named else "",
                ranks.get(a["code"], "") if numbers else "",
                strong=a["code"] == strong,
            )
            for a in shapes
        ),
        tuple(keys),
        width_mm,
    )  # fmt: skip


def _largest(content: Content, count: int) -> set[str]:
    ranked = sorted(_members(content), key=lambda m: (-(m["population"] or 0), m["code"]))
    return {m["code"] for m in ranked[:count]}


# --- The territory -----------------------------------------------------------------------------------------


def _class_word(rank: int) -> str:
    low = CLASSES[rank][0]
    if rank == len(CLASSES) - 1:
        return f"{integer(low)} habitants et plus"
    high = CLASSES[rank + 1][0]
    return f"moins de {integer(high)} habitants" if rank == 0 else f"de {integer(low)} à {integer(high - 1)}"


def territory(content: Content) -> Iterator[Illustration]:
    """Every commune by its population; the numbers are those of the table that follows."""
    if not content["figures"] or content["map"] is None:
        return
    members = _members(content)
    fills: dict[str, Fill] = {}
    counts = [0] * len(CLASSES)
    unknown = 0
    for m in members:
        if m["population"] is None:
            fills[m["code"]], unknown = "hachures", unknown + 1
            continue
        rank = max(i for i, (low, _) in enumerate(CLASSES) if m["population"] >= low)
        fills[m["code"]] = CLASSES[rank][1]
        counts[rank] += 1
    used = [rank for rank, count in enumerate(counts) if count]
    keys = [
        Key(CLASSES[rank][1], f"{_class_word(rank)} : {_count(counts[rank], 'commune')}") for rank in used
    ]
    if unknown:
        keys.append(Key("hachures", f"population non communiquée : {_count(unknown, 'commune')}"))
    said = ", ".join(f"{_count(counts[rank], 'commune')} ({_class_word(rank)})" for rank in used)
    known = sorted(
        (m for m in members if m["population"] is not None), key=lambda m: (m["population"], m["code"])
    )
    alt = f"Carte {_of_communes(len(members))} de {content['territory']['name']}, selon leur population : {said}"
    alt += f", {_count(unknown, 'commune')} dont la population n’est pas communiquée." if unknown else "."
    if len(known) > 1:
        alt += (
            f" La plus peuplée est {known[-1]['name']} ({integer(known[-1]['population'])} habitants), "
            f"la moins peuplée {known[0]['name']} ({integer(known[0]['population'])})."
        )
    years = sorted({m["population_year"] for m in members if m["population_year"]})
    named = {m["code"] for m in members} if len(members) <= NAMED else set()
    where = (
        "Les numéros renvoient"
        if not named
        else "Un numéro remplace un nom qui n’a pas la place ; il renvoie"
    )
    yield Illustration(
        (map_of(content, fills, keys, named=named, numbers=True),),
        "Les communes du territoire, selon leur population municipale",
        alt,
        f"{where} au tableau qui suit.",
        "Insee, populations de référence ; contours IGN et Insee",
        ", ".join(map(str, years)),
    )


def _of_communes(count: int) -> str:
    return "de la commune" if count == 1 else f"des {count} communes"


# --- A sheet -----------------------------------------------------------------------------------------------


def positions(content: Content, sheet: dict[str, Any]) -> Iterator[Illustration]:
    """What the communes say of a sheet: intentions, by commune, without a word of their conditions."""
    if not content["figures"] or content["map"] is None:
        return
    groups = [group for group in sheet["positions"] if group["codes"]]
    if not any(group["kind"] != "none" for group in groups):
        return  # nobody has answered: the sentence above says it
    fills = {code: ANSWERS[group["kind"]][0] for group in groups for code in group["codes"]}
    keys = [
        Key(ANSWERS[group["kind"]][0], f"{group['answer']} : {_count(len(group['codes']), 'commune')}")
        for group in groups
    ]
    said = ", ".join(
        f"{group['answer'].lower()} : {_count(len(group['codes']), 'commune')}" for group in groups
    )
    yield Illustration(
        (map_of(content, fills, keys, named=_largest(content, SMALL_NAMED), width_mm=88),),
        f"Intentions des communes sur la fiche {sheet['number']} (elles ne valent pas délibération)",
        f"Carte des intentions des communes sur la fiche {sheet['number']}. {said}. "
        "Leurs noms sont écrits juste avant la carte.",
        "Les noms de toutes les communes sont dans la liste qui précède.",
        f"positions données sur la fiche {sheet['number']}",
    )  # fmt: skip


def staff(content: Content, sheet: dict[str, Any]) -> Iterator[Illustration]:
    """Before and after, employer by employer, when both are known of two of them at least."""
    rows = [r for r in sheet["staff"]["rows"] if r["before"] is not None or r["after"] is not None]
    if not content["figures"] or sum(r["before"] is not None and r["after"] is not None for r in rows) < 2:
        return
    for part, name in _parts(rows, PER_PAGE // 2):
        yield Illustration(
            (
                Bars(
                    (Panel("Effectifs (ETP)", ("Aujourd’hui", "Prévu")),),
                    tuple(BarRow(r["authority"], (_etp(r["before"]), _etp(r["after"]))) for r in part),
                ),
            ),
            f"Effectifs avant et après, fiche {sheet['number']}{name}",
            "Effectifs d’aujourd’hui et effectifs prévus. "
            + " ; ".join(
                f"{r['authority']} : {_etp_words(r['before'])} aujourd’hui, {_etp_words(r['after'])} ensuite"
                for r in part
            )
            + ".",
            "Les mêmes chiffres sont dans le tableau qui précède.",
            f"fiche {sheet['number']}",
            str(sheet["staff"]["year"]),
        )


def _etp(value: str | None) -> Bar:
    if value is None:
        return Bar("non communiqué", kind="unknown")
    return Bar(etp(Decimal(value)), Decimal(value))


def _etp_words(value: str | None) -> str:
    return "non communiqué" if value is None else etp(Decimal(value))


def shares(content: Content, sheet: dict[str, Any]) -> Iterator[Illustration]:
    """Who pays which part: one bar cut in parts when they are few, one bar each when they are many."""
    share = sheet["costs"]["share"]
    rows = [(row["name"], Decimal(row["share"])) for row in share["rows"]]
    total = sum((value for _, value in rows), Decimal(0))
    if not content["figures"] or len(rows) < 2 or total <= 0 or any(value < 0 for _, value in rows):
        return
    if max(rows, key=_second)[1] - min(rows, key=_second)[1] < 1:
        return  # equal parts: a drawing of them would say nothing
    ranked = sorted(rows, key=lambda row: -row[1])
    alt = (
        f"Partage de {money(total)} entre {_count(len(rows), 'collectivité')} : la plus grande part est celle de "
        f"{ranked[0][0]} ({money(ranked[0][1])}, {percent(ranked[0][1] * 100 / total)}), la plus petite celle de "
        f"{ranked[-1][0]} ({money(ranked[-1][1])})."
    )
    table = "Les mêmes chiffres, avec le calcul de chacun, sont dans le tableau qui suit."
    year = str(share["year"])
    if len(rows) <= 8:
        parts = tuple(
            Share(f"{name} : {money(value)}, {percent(value * 100 / total)}", value) for name, value in ranked
        )
        yield Illustration(
            (Shares(parts),),
            f"Part de chacun dans le coût de la fiche {sheet['number']}",
            alt,
            table,
            SOURCE,
            year,
        )
        return
    high = ranked[0][1]
    for part, name in _parts(ranked, PER_PAGE):
        yield Illustration(
            (
                Bars(
                    (
                        Panel(
                            "Part de chaque collectivité, de la plus grande à la plus petite", (), None, high
                        ),
                    ),
                    tuple(
                        BarRow(who, (Bar(money(value), value) if value else Bar("0,00 €", kind="none"),))
                        for who, value in part
                    ),
                ),
            ),
            f"Part de chacun dans le coût de la fiche {sheet['number']}{name}",
            alt,
            table,
            SOURCE,
            year,
        )


def _second(row: tuple[str, Decimal]) -> Decimal:
    return row[1]


def _parts(rows: Sequence[T], most: int) -> list[tuple[Sequence[T], str]]:
    """All of them, in figures of equal size; « (2 sur 4) » when there are several."""
    count = -(-len(rows) // most)
    size = -(-len(rows) // count) if count else 0
    if count <= 1:
        return [(rows, "")] if rows else []
    return [(rows[n * size : (n + 1) * size], f" ({n + 1} sur {count})") for n in range(count)]


# --- The two impacts ---------------------------------------------------------------------------------------


def _bar(total: dict[str, Any], *, staff: bool) -> Bar:
    """The same words as in the tables; a length only for what is known."""
    if total["value"] is not None:
        value = Decimal(total["value"])
        return Bar(_amount(value, staff=staff), value) if value else Bar("sans effet", kind="none")
    if total["partial"] is not None:
        known = Decimal(total["partial"])
        return Bar(f"{_amount(known, staff=staff)} (partiel)", known, "partial")
    return Bar("sans objet", kind="none") if total["stated"] else Bar("non communiqué", kind="unknown")


def _amount(value: Decimal, *, staff: bool) -> str:
    return etp(value, signed=True, unit=False) if staff else money(value, signed=True)


def _highest(bars: Sequence[Bar]) -> Decimal:
    return max((abs(bar.value) for bar in bars if bar.value is not None), default=Decimal(0))


def impacts(content: Content) -> Iterator[Illustration]:
    """Both impacts of every authority in the last year; the intercommunality apart when its bar would crush the others."""
    years = content["impacts"]["years"]
    authorities = [a for a in content["impacts"]["authorities"] if a["concerned"]]
    if not authorities:
        return
    rows = [(a, _bar(a["etp"][-1], staff=True), _bar(a["running"][-1], staff=False)) for a in authorities]
    communes = [row for row in rows if row[0]["kind"] == "commune"]
    others = [row for row in rows if row[0]["kind"] != "commune"]
    crushed = bool(communes) and any(
        _highest([row[n] for row in others])
        > 4 * max(_highest([row[n] for row in communes]), Decimal("0.01"))
        for n in (1, 2)
    )
    groups = [(others, ", hors communes"), (communes, ", communes")] if others and crushed else [(rows, "")]
    left = len(content["impacts"]["authorities"]) - len(authorities)
    unconcerned = ""
    if left:
        unconcerned = (
            f"{_count(left, 'collectivité')} que ne concerne aucune fiche "
            f"{'n’est pas dessinée' if left == 1 else 'ne sont pas dessinées'}."
        )
    for group, which in groups:
        scales = [_scale([row[n] for row in group]) for n in (1, 2)]
        for part, name in _parts(group, PER_PAGE):
            yield Illustration(
                (
                    Bars(
                        (
                            Panel("Effectifs (ETP)", (), *scales[0]),
                            Panel("Dépenses de fonctionnement", (), *scales[1]),
                        ),
                        tuple(BarRow(a["name"], (first, second)) for a, first, second in part),
                    ),
                ),
                f"Les deux impacts prévisionnels en {years[-1]}{which}{name}",
                f"Effectifs : {_tally([(a['name'], bar) for a, bar, _ in part])} "
                f"Dépenses de fonctionnement : {_tally([(a['name'], bar) for a, _, bar in part])}",
                "Les mêmes chiffres sont dans le tableau de la page {page}.",
                SOURCE,
                str(years[-1]),
                "essentiel",
                unconcerned if which != ", hors communes" else "",
            )


def _scale(bars: Sequence[Bar]) -> tuple[Decimal, Decimal]:
    known = [bar.value for bar in bars if bar.value is not None]
    return min([*known, Decimal(0)]), max([*known, Decimal(0)])


def _tally(rows: Sequence[tuple[str, Bar]]) -> str:
    """« hausse pour 3, baisse pour 2, sans effet pour 1, non communiqué pour 4. La plus forte hausse : … »"""
    up = [row for row in rows if row[1].value is not None and row[1].value > 0]
    down = [row for row in rows if row[1].value is not None and row[1].value < 0]
    flat = sum(bar.kind == "none" for _, bar in rows)
    unknown = sum(bar.kind == "unknown" for _, bar in rows)
    partial = sum(bar.kind == "partial" for _, bar in rows)
    counts = [
        f"{word} pour {number}"
        for word, number in (
            ("hausse", len(up)), ("baisse", len(down)), ("sans effet", flat), ("non communiqué", unknown),
        )
        if number
    ]  # fmt: skip
    said = ", ".join(counts) + (f", dont {partial} en partie" if partial else "") + "."
    if up:
        name, bar = max(up, key=lambda row: row[1].value or Decimal(0))
        said += f" La plus forte hausse : {name} ({bar.text})."
    if down:
        name, bar = min(down, key=lambda row: row[1].value or Decimal(0))
        said += f" La plus forte baisse : {name} ({bar.text})."
    return said


# --- Dates -------------------------------------------------------------------------------------------------


def calendar(content: Content) -> Iterator[Illustration]:
    """The dates aimed at, sheet by sheet; what has none says « à fixer »."""
    if not content["figures"]:
        return
    rows = [
        (
            f"{s['number']}. {s['title']}",
            tuple(date.fromisoformat(s["dates"][k]) if s["dates"][k] else None for k, _ in STEPS),
        )
        for s in content["sheets"]
    ]
    for part, name in _parts(rows, 20):
        known = [day for _, days in part for day in days if day]
        if not known:
            continue
        starts = [(days[2], label) for label, days in part if days[2]]
        first, last = min(known).year, max(known).year
        span = f"en {first}" if first == last else f"de {first} à {last}"
        said = f"Calendrier de {_count(len(part), 'fiche')}, {span}."
        if starts:
            (day, label), (end, other) = min(starts), max(starts)
            said += f" Premier démarrage visé : {plain_day(day.isoformat())} ({label})"
            said += f" ; dernier : {plain_day(end.isoformat())} ({other})." if end != day else "."
        missing = sum(1 for _, days in part for day in days if day is None)
        if missing:
            said += f" {_count(missing, 'date reste', 'dates restent')} à fixer."
        yield Illustration(
            (Timeline(tuple(word for _, word in STEPS), tuple(TimelineRow(*row) for row in part)),),
            f"Le calendrier des fiches{name}",
            said,
            "Les mêmes dates sont dans le tableau qui suit.",
            SOURCE,
        )


# --- One commune -------------------------------------------------------------------------------------------


def commune(content: Content, authority: dict[str, Any]) -> Iterator[Illustration]:
    """Where it is, and what each sheet changes for it."""
    if not content["figures"]:
        return
    year = content["impacts"]["years"][-1]
    rows = [
        BarRow(f"{s['sheet']}. {s['title']}", (_bar(s["etp"], staff=True), _bar(s["running"], staff=False)))
        for s in authority["sheets"]
    ]
    whole = (_bar(authority["etp"][-1], staff=True), _bar(authority["running"][-1], staff=False))
    rows.append(BarRow("Ensemble", whole, strong=True))
    known = content["map"] is not None and any(
        a["code"] == authority["code"] for a in content["map"]["areas"]
    )
    spot = (
        map_of(content, {authority["code"]: "plein"}, (), named=set(), width_mm=52,
             strong=authority["code"])
        if known else None
    )  # fmt: skip
    panels = (Panel("Effectifs (ETP)"), Panel("Fonctionnement"))
    said = (
        f"Pour {authority['name']}, en {year}. Effectifs : {whole[0].text}. "
        f"Dépenses de fonctionnement : {whole[1].text}. "
        + " ".join(f"Fiche {r.label} : {r.bars[0].text} et {r.bars[1].text}." for r in rows[:-1])
    )
    caption = f"{authority['name']} : les deux impacts, fiche par fiche, en {year}"
    table = "Les mêmes chiffres sont dans le tableau qui suit."
    if spot is not None and len(rows) <= 14:
        bars = Bars(panels, tuple(rows), 112)
        yield Illustration(
            (spot, bars), f"{authority['name']} dans le territoire, et ses deux impacts, fiche par fiche, en {year}",
            f"Carte qui situe {authority['name']} parmi {_count(len(_members(content)), 'commune')}, et barres. {said}",
            table, SOURCE, str(year),
        )  # fmt: skip
        return
    for part, name in _parts(rows, PER_PAGE):
        yield Illustration((Bars(panels, tuple(part)),), caption + name, said, table, SOURCE, str(year))
