"""The two impacts a report must state (CGCT L. 5211-39-1): staff (ETP) and running costs (euros).

Consolidates the lines of several action sheets by authority and year. Three rules hold everywhere:
- unknown propagates visibly: a total with an unknown part says so and never passes for exact;
- « sans effet » is a zero somebody stated; an authority of the perimeter without a line is « non renseigné »;
- a transfer between two members is an expense for one and a receipt for the other: it nets to zero in the
  consolidated total, even when its amount is unknown (income of one, expense of the other).

Shapes: every result is indexed by authority code and year. Units: ETP or euros, `Decimal` with two decimals.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from mosaique.costing.engine.errors import CostingError
from mosaique.costing.engine.figures import UNKNOWN_FR, ZERO, Figure, Unknown
from mosaique.costing.engine.parties import Party, is_commune, ordered
from mosaique.costing.engine.wording import plural
from mosaique.kernel.typography import etp, money, typographie


class Kind(StrEnum):
    """What is counted."""

    ETP = "etp"
    RUNNING_COSTS = "running_costs"


class Nature(StrEnum):
    """LEVEL: what there is or will be, never negative, so a partial total is a minimum (« au moins »).
    CHANGE: a difference with today; an unknown part may lower the total, so nothing is said of a minimum."""

    LEVEL = "level"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Line:
    """One forecast figure of a sheet, for one authority and one year. Several lines of a cell add up."""

    code: str
    year: int
    figure: Figure
    label: str = ""


@dataclass(frozen=True, slots=True)
class Transfer:
    """What `payer` gives to `payee` (participation, staff moved): + for the payer's costs, − for the payee's.

    For ETP read: posts leaving `payee` and arriving at `payer`.
    """

    payer: str
    payee: str
    year: int
    figure: Figure
    label: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One action sheet: `perimeter` is the set of codes of which a figure is expected every year."""

    ref: str
    label: str
    perimeter: frozenset[str]
    lines: tuple[Line, ...] = ()
    transfers: tuple[Transfer, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """A hole in a total. `reason` None means that nobody has filled the cell in yet.

    `can_lower`: once known, the figure might make the total smaller (a change, or a receipt).
    """

    code: str
    name: str
    sheet: str
    year: int
    reason: Unknown | None
    can_lower: bool


@dataclass(frozen=True, slots=True)
class Total:
    """A sum and what is missing from it. `stated` is the number of known figures behind `known`."""

    kind: Kind
    nature: Nature
    known: Decimal = ZERO
    stated: int = 0
    missing: tuple[Missing, ...] = ()

    @property
    def is_exact(self) -> bool:
        return not self.missing

    @property
    def is_minimum(self) -> bool:
        """Incomplete, and what is missing can only add."""
        return bool(self.missing) and not any(hole.can_lower for hole in self.missing)

    @property
    def is_no_effect(self) -> bool:
        """Somebody stated figures, nothing is missing, and the whole is zero."""
        return self.is_exact and self.stated > 0 and self.known == 0

    @property
    def text(self) -> str:
        """As shown: « 58 000,00 € », « sans effet », « au moins 1,20 ETP (2 communes non communiquées) »…"""
        if self.is_no_effect:
            return "sans effet"
        if self.is_exact:
            return self._figure() if self.stated else "sans objet"
        if not self.stated:
            return self._only_missing()
        if self.is_minimum:
            return typographie(f"au moins {self._figure()} ({self._holes()})")
        return typographie(f"{self._figure()} pour la partie connue ({self._holes()})")

    def _figure(self) -> str:
        show = etp if self.kind is Kind.ETP else money
        return show(self.known, signed=self.nature is Nature.CHANGE)

    def _only_missing(self) -> str:
        if len({hole.code for hole in self.missing}) > 1:
            return typographie(f"non connu ({self._holes()})")
        reasons = {hole.reason for hole in self.missing}
        return ", ".join(
            sorted("non renseigné" if reason is None else UNKNOWN_FR[reason] for reason in reasons)
        )

    def _holes(self) -> str:
        """« 3 communes non communiquées, 1 commune non renseignée »; an authority is counted once, as the
        first.
        """
        unknown = {hole.code for hole in self.missing if hole.reason is not None}
        unfilled = {hole.code for hole in self.missing if hole.reason is None} - unknown
        parts = []
        for codes, adjective in ((unknown, "non communiquée"), (unfilled, "non renseignée")):
            if codes:
                noun = "commune" if all(map(is_commune, codes)) else "collectivité"
                parts.append(plural(len(codes), f"{noun} {adjective}", f"{noun}s {adjective}s"))
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Consolidation:
    """The figures of every sheet, by authority and year.

    `cells`: (sheet ref, code, year) → Total; `by_authority`: (code, year) → Total over the sheets;
    `by_sheet`: (sheet ref, year) → Total over the authorities; `by_year`: year → Total of all, transfers
    netted.
    """

    kind: Kind
    nature: Nature
    parties: tuple[Party, ...]
    years: tuple[int, ...]
    cells: Mapping[tuple[str, str, int], Total]
    by_authority: Mapping[tuple[str, int], Total]
    by_sheet: Mapping[tuple[str, int], Total]
    by_year: Mapping[int, Total]

    def missing(self) -> tuple[Missing, ...]:
        """Every hole, by year, then by authority: what has to be asked for before the report is complete."""
        return tuple(
            hole
            for year in self.years
            for party in self.parties
            for hole in self.by_authority[party.code, year].missing
        )


_Figures = dict[tuple[str, int], list[tuple[Figure, int]]]


@dataclass(slots=True)
class _Sum:
    """A total being built."""

    known: Decimal = ZERO
    stated: int = 0
    missing: list[Missing] = field(default_factory=list)

    def add(self, other: "_Sum") -> None:
        self.known += other.known
        self.stated += other.stated
        if other.missing:
            self.missing.extend(other.missing)

    def total(self, kind: Kind, nature: Nature) -> Total:
        return Total(kind, nature, self.known, self.stated, tuple(self.missing))


def consolidate(
    *,
    kind: Kind,
    nature: Nature,
    sheets: Iterable[Sheet],
    parties: Iterable[Party],
    years: Iterable[int],
) -> Consolidation:
    """Add up the figures of `sheets` for `parties` over `years`.

    Raises `CostingError` for a figure about an authority or a year that is not in the table, and for a
    transfer that is not between two members: a figure is never dropped in silence.
    """
    members = ordered(parties)
    span = tuple(sorted(set(years)))
    if not span:
        raise CostingError("Aucune année à présenter : choisissez au moins une année.", "years")
    cells: dict[tuple[str, str, int], Total] = {}
    by_sheet: dict[tuple[str, int], Total] = {}
    by_authority = {(party.code, year): _Sum() for party in members for year in span}
    by_year = {year: _Sum() for year in span}
    seen: set[str] = set()
    for sheet in sheets:
        if sheet.ref in seen:
            raise CostingError(
                f"La fiche « {sheet.label} » est comptée deux fois : retirez-en une.", "sheets"
            )
        seen.add(sheet.ref)
        _check(sheet, frozenset(party.code for party in members), span, nature)
        lines, sides = _by_cell(sheet)
        for year in span:
            # Both sides of a transfer cancel out, so the whole needs its lines only; a transfer is still
            # something that somebody stated.
            whole = _Sum(stated=sum(transfer.year == year for transfer in sheet.transfers))
            for party in members:
                cell = (party.code, year)
                figures, moved = lines.get(cell), sides.get(cell)
                own = _Sum()
                if figures is not None:
                    _add(own, figures, party, sheet, year, nature)
                elif moved is None and party.code in sheet.perimeter:
                    own.missing.append(_hole(party, sheet, year, None, nature is Nature.CHANGE))
                whole.add(own)
                if moved is not None:
                    _add(own, moved, party, sheet, year, nature)
                cells[sheet.ref, party.code, year] = own.total(kind, nature)
                by_authority[party.code, year].add(own)
            by_sheet[sheet.ref, year] = whole.total(kind, nature)
            by_year[year].add(whole)
    return Consolidation(
        kind=kind,
        nature=nature,
        parties=members,
        years=span,
        cells=cells,
        by_authority={key: total.total(kind, nature) for key, total in by_authority.items()},
        by_sheet=by_sheet,
        by_year={year: total.total(kind, nature) for year, total in by_year.items()},
    )


def _by_cell(sheet: Sheet) -> tuple[_Figures, _Figures]:
    """The figures of a sheet by (code, year), each with its sign: its lines, then both sides of its transfers."""
    lines: _Figures = {}
    sides: _Figures = {}
    for line in sheet.lines:
        lines.setdefault((line.code, line.year), []).append((line.figure, 1))
    for transfer in sheet.transfers:
        sides.setdefault((transfer.payer, transfer.year), []).append((transfer.figure, 1))
        sides.setdefault((transfer.payee, transfer.year), []).append((transfer.figure, -1))
    return lines, sides


def _hole(party: Party, sheet: Sheet, year: int, reason: Unknown | None, can_lower: bool) -> Missing:
    return Missing(party.code, party.name, sheet.ref, year, reason, can_lower)


def _add(
    own: _Sum, figures: list[tuple[Figure, int]], party: Party, sheet: Sheet, year: int, nature: Nature
) -> None:
    """Add signed figures; « non concerné » is an answer, so it leaves neither a value nor a hole."""
    for figure, sign in figures:
        if figure.value is not None:
            own.known += sign * figure.value
            own.stated += 1
        elif figure.unknown is not Unknown.NON_CONCERNE:
            own.missing.append(_hole(party, sheet, year, figure.unknown, nature is Nature.CHANGE or sign < 0))


def _check(sheet: Sheet, codes: frozenset[str], span: tuple[int, ...], nature: Nature) -> None:
    path = f"sheets.{sheet.ref}"
    stranger = "n'est pas dans le tableau : ajoutez cette collectivité, ou retirez-la de la fiche."
    for code in sorted(sheet.perimeter - codes):
        raise CostingError(f"Fiche « {sheet.label} » : {code} {stranger}", f"{path}.perimeter")
    for place, code, year in _places(sheet):
        if code not in codes:
            raise CostingError(f"Fiche « {sheet.label} » : {code} {stranger}", f"{path}.{place}")
        if year not in span:
            raise CostingError(
                f"Fiche « {sheet.label} » : l'année {year} n'est pas dans le tableau. "
                "Ajoutez-la, ou corrigez la fiche.",
                f"{path}.{place}",
            )
    for index, line in enumerate(sheet.lines):
        if nature is Nature.LEVEL and line.figure.value is not None and line.figure.value < 0:
            raise CostingError(
                f"Fiche « {sheet.label} » : un niveau ne peut pas être négatif. "
                "Saisissez une variation si le chiffre est une baisse.",
                f"{path}.lines.{index}",
            )
    for index, transfer in enumerate(sheet.transfers):
        if transfer.payer == transfer.payee:
            raise CostingError(
                f"Fiche « {sheet.label} » : une collectivité ne se verse rien à elle-même. "
                "Indiquez qui paie et qui reçoit.",
                f"{path}.transfers.{index}",
            )


def _places(sheet: Sheet) -> Iterator[tuple[str, str, int]]:
    """Every (place, authority, year) a sheet speaks of."""
    for index, line in enumerate(sheet.lines):
        yield f"lines.{index}", line.code, line.year
    for index, transfer in enumerate(sheet.transfers):
        yield f"transfers.{index}", transfer.payer, transfer.year
        yield f"transfers.{index}", transfer.payee, transfer.year
