"""The nouns of the national reference, frozen and typed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ...kernel.typography import integer
from .. import naming

NATURES = {
    "CC": "communauté de communes",
    "CA": "communauté d’agglomération",
    "CU": "communauté urbaine",
    "METRO": "métropole",
    "MET69": "métropole de Lyon (collectivité à statut particulier)",
}
TAX_REGIMES = {"FPU": "fiscalité professionnelle unique", "FA": "fiscalité additionnelle"}


@dataclass(frozen=True, slots=True)
class Region:
    code: str
    name: str
    tncc: int


@dataclass(frozen=True, slots=True)
class Department:
    code: str
    name: str
    tncc: int
    region_code: str

    @property
    def label(self) -> str:
        """« Tarn (81) »."""
        return naming.with_code(self.name, self.code)

    @property
    def with_article(self) -> str:
        """« le Tarn », inside a sentence."""
        return naming.with_article(self.name, self.tncc)


@dataclass(frozen=True, slots=True)
class Commune:
    insee: str
    siren: str
    name: str
    tncc: int
    department_code: str
    epci_siren: str | None
    ept_siren: str | None
    municipal_population: int
    total_population: int
    population_year: int
    latitude: float
    longitude: float
    surface_km2: Decimal

    @property
    def of_name(self) -> str:
        """« d’Albi », « du Mans »: what follows « commune » or « maire »."""
        return naming.of(self.name, self.tncc)


@dataclass(frozen=True, slots=True)
class Epci:
    siren: str
    name: str
    nature: str
    tax_regime: str
    seat_department_code: str
    department_codes: tuple[str, ...]
    commune_count: int
    municipal_population: int
    total_population: int
    surface_km2: Decimal
    #: The most populated member, which is not always the seat (the seat is not in the reference).
    largest_commune_insee: str

    @property
    def nature_label(self) -> str:
        return NATURES[self.nature]

    @property
    def tax_label(self) -> str:
        return TAX_REGIMES[self.tax_regime]


@dataclass(frozen=True, slots=True)
class Ept:
    siren: str
    name: str


@dataclass(frozen=True, slots=True)
class OldCode:
    """What became of a code that no longer exists."""

    insee: str
    #: Present communes that carry on; more than one when the old commune was split.
    present: tuple[Commune, ...]
    former_name: str
    #: Date of the last change followed, ISO; empty when the code is still in use.
    since: str

    @property
    def commune(self) -> Commune | None:
        """The only successor, or None when nobody may choose in the place of the reader."""
        return self.present[0] if len(self.present) == 1 else None


@dataclass(frozen=True, slots=True)
class Hit:
    """One result of a search, and why it is there."""

    epci: Epci | None
    #: The commune by which the EPCI was found; None when found by its own name or SIREN.
    commune: Commune | None
    #: The name typed, when it is an older one of ``commune``.
    former_name: str | None
    #: How many more communes of this EPCI match.
    others: int
    departments: tuple[Department, ...]
    #: Département of ``commune``.
    commune_department: Department | None
    #: 0 exact, 1 beginning, 2 beginning of a word, 3 words anywhere.
    rank: int

    @property
    def department_label(self) -> str:
        """« Tarn (81) » or « Gard (30) et Lozère (48) »."""
        return naming.listed([d.label for d in self.departments])

    @property
    def why(self) -> str:
        """« par Saint-Grégoire, Tarn (81), 478 habitants », or the département(s) when found by its own name."""
        if self.commune is None or self.commune_department is None:
            return self.department_label
        people = self.commune.municipal_population
        unit = "habitant" if people < 2 else "habitants"
        now = naming.curly(self.commune.name)
        name = f"{naming.curly(self.former_name)}, aujourd’hui {now}" if self.former_name else now
        more = f" (et {self.others} autre{'s' if self.others > 1 else ''})" if self.others else ""
        return f"par {name}, {self.commune_department.label}, {integer(people)}\u00a0{unit}{more}"
