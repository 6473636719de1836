"""The release door: what the report may hold of the inventories. Reads releases in force and estimates, nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mosaique.inventory.models import Estimate, Release
from mosaique.inventory.registry import SECTIONS
from mosaique.kernel import clock, typography
from mosaique.kernel.quantity import Unknown
from mosaique.territory.models import Territory
from mosaique.territory.naming import curly

_SINGULAR = {"locaux": "local", "repas": "repas"}
ESTIMATE = "estimation de l’EPCI, non confirmée par la commune"


@dataclass(frozen=True, slots=True)
class ReleasedFigure:
    """A figure the report may print: a commune's own, or the EPCI's estimate while the commune has released none."""

    authority_code: str
    authority_name: str
    section: str
    section_label: str
    name: str
    label: str
    value: Decimal | None
    unknown: str
    unit: str
    source: str
    as_of: date
    missing: int  # lines that gave no number: the value is without them
    is_estimate: bool

    @property
    def text(self) -> str:
        """The value with its unit, or the reason for having none."""
        return figure_text(self.value, self.unknown, self.unit)

    @property
    def note(self) -> str:
        return missing_note(self.value, self.missing)


def figure_text(value: Decimal | None, unknown: str, unit: str) -> str:
    """« 4,20 ETP », « 8 450,20 € », « 6 postes », « ne sait pas »."""
    if value is None:
        return Unknown(unknown).label if unknown else typography.UNKNOWN
    if unit == "€":
        return typography.money(value)
    if unit == "ETP":
        return typography.etp(value)
    number = (
        typography.integer(value)
        if value == value.to_integral_value()
        else typography.decimal_number(value, 2)
    )
    return (
        f"{number}{typography.NBSP}{_SINGULAR.get(unit, unit.removesuffix('s')) if abs(value) < 2 else unit}"
    )


def missing_note(value: Decimal | None, missing: int) -> str:
    """What the value leaves out: an unknown is never added as a zero."""
    if not missing or value is None:
        return ""
    plural = "s" if missing > 1 else ""
    return f"sans {missing} ligne{plural} non renseignée{plural}"


def released_figures(territory: Territory) -> list[ReleasedFigure]:
    """Sorted by section, commune, figure. Two queries."""
    found = list(_releases(territory))
    known = {(figure.authority_code, figure.section) for figure in found}
    found += [
        figure for figure in _estimates(territory) if (figure.authority_code, figure.section) not in known
    ]
    order = {name: rank for rank, name in enumerate(SECTIONS)}
    return sorted(
        found,
        key=lambda figure: (order.get(figure.section, 99), figure.authority_name, figure.authority_code),
    )


def _releases(territory: Territory) -> Iterator[ReleasedFigure]:
    rows = Release.objects.in_force().filter(sheet__inventory__campaign__territory=territory)
    last: dict[tuple[int, str], Release] = {}
    for row in rows.select_related("sheet__inventory__authority").order_by("released_at", "pk"):
        last[row.sheet.inventory.authority_id, row.sheet.section] = row
    for row in last.values():
        authority, section = row.sheet.inventory.authority, row.sheet.section
        for figure in row.figures:
            yield ReleasedFigure(
                authority.code, curly(authority.name), section, SECTIONS[section].short, figure["name"], figure["label"],
                None if figure["value"] is None else Decimal(figure["value"]), figure["unknown"], figure["unit"],
                f"commune, versé le {typography.date_long(clock.day_of(row.released_at, territory.zone))}", row.as_of,
                figure["missing"], False,
            )  # fmt: skip


def _estimates(territory: Territory) -> Iterator[ReleasedFigure]:
    rows = Estimate.objects.filter(inventory__campaign__territory=territory).select_related(
        "inventory__authority"
    )
    for row in rows.order_by("made_at", "pk"):
        authority = row.inventory.authority
        yield ReleasedFigure(
            authority.code, curly(authority.name), row.section, SECTIONS[row.section].short, row.name, row.title, row.value,
            row.unknown, row.unit, f"{ESTIMATE} ({row.source})", row.as_of, 0, True,
        )  # fmt: skip


def report_rows(territory: Territory) -> list[dict[str, str]]:
    """The same as plain rows, ready to be frozen in the report."""
    return [
        {
            "theme": figure.section_label, "authority": figure.authority_name, "code": figure.authority_code,
            "name": figure.name, "label": figure.label + (f" ({figure.note})" if figure.note else ""),
            "value": figure.text if figure.value is not None else "", "unknown": figure.unknown,
            "source": f"{figure.source} ; situation au {typography.date_long(figure.as_of)}",
        }
        for figure in released_figures(territory)
    ]  # fmt: skip
