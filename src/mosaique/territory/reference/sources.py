"""Where each shipped figure comes from: producer, title, vintage. What pages print beside figures and maps is read here."""

from __future__ import annotations

from dataclasses import dataclass

#: Of the shipped reference as a whole; stored on each territory made from it.
VINTAGE = "2026"


@dataclass(frozen=True, slots=True)
class Source:
    """A family of figures, under the Licence Ouverte 2.0."""

    producer: str
    title: str
    vintage: str


POPULATION = Source("Insee", "populations de référence", "2023")  # of Mayotte: 2017
EPCI = Source("DGCL, Banatic", "périmètre des EPCI à fiscalité propre au", "1er janvier 2025")
COMPETENCES = Source("DGCL, Banatic", "compétences statutaires, ancienne nomenclature", "octobre 2024")
SYNDICATES = Source("DGCL, Banatic", "liste des groupements", "2023")
OUTLINES = Source("IGN", "Admin Express (contours simplifiés à 100 m)", "2026")
#: Nine départements (SOURCES.md) come from an older release; mergers since then were applied to it.
OUTLINES_2018 = Source("IGN", "Admin Express (contours simplifiés)", "2018")
#: Beside a map.
OUTLINES_MENTION = (
    f"IGN, Admin Express {OUTLINES.vintage}, ou {OUTLINES_2018.vintage} dans quelques départements"
)
