"""Where each shipped figure comes from: producer, vintage and the sentence to print beside it."""

from __future__ import annotations

from dataclasses import dataclass

#: Of the shipped reference as a whole; stored on each territory made from it.
VINTAGE = "2026"
LICENCE = "Licence Ouverte 2.0 (Etalab)"


@dataclass(frozen=True, slots=True)
class Source:
    """Producer and vintage of a family of figures."""

    key: str
    producer: str
    title: str
    vintage: str
    licence: str = LICENCE

    @property
    def label(self) -> str:
        """The mention to print beside a figure: « INSEE, populations de référence 2023 »."""
        return f"{self.producer}, {self.title} {self.vintage}"


COMMUNES = Source("communes", "INSEE", "code officiel géographique au", "1er janvier 2026")
POPULATION = Source("population", "INSEE", "populations de référence", "2023")
POPULATION_MAYOTTE = Source("population_mayotte", "INSEE", "populations de référence de Mayotte", "2017")
EPCI = Source("epci", "DGCL/BANATIC", "périmètre des EPCI à fiscalité propre au", "1er janvier 2025")
COMPETENCES = Source(
    "competences", "DGCL/BANATIC", "compétences statutaires, ancienne nomenclature,", "octobre 2024"
)
SYNDICATES = Source("syndicates", "DGCL/BANATIC", "liste des groupements", "2023")
OUTLINES = Source("outlines", "IGN", "ADMIN EXPRESS (contours simplifiés à 100 m)", "2026")
#: Nine départements (SOURCES.md) come from an older release; mergers since then were applied to it.
OUTLINES_2018 = Source("outlines_2018", "IGN", "ADMIN EXPRESS (contours simplifiés)", "2018")

SOURCES: dict[str, Source] = {
    source.key: source
    for source in (
        COMMUNES,
        POPULATION,
        POPULATION_MAYOTTE,
        EPCI,
        COMPETENCES,
        SYNDICATES,
        OUTLINES,
        OUTLINES_2018,
    )
}


def population_source(year: int) -> Source:
    """The source of a population of that vintage."""
    return POPULATION_MAYOTTE if year == 2017 else POPULATION
