"""The shipped tables in memory, read once per process at first use.

The 34,875 communes stay as text lines (about 6 MB) and become objects one at a time: cheaper than a database
file, with nothing to build, to lock or to invalidate.
"""

from __future__ import annotations

import csv
import gzip
import io
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

from .entities import Commune, Department, Epci, Ept, Region

DATA = Path(__file__).parent / "data"


def read_table(name: str) -> list[dict[str, str]]:
    """Rows of a shipped table."""
    raw = (DATA / name).read_bytes()
    text = (gzip.decompress(raw) if name.endswith(".gz") else raw).decode()
    return list(csv.DictReader(io.StringIO(text)))


def _commune(line: str) -> Commune:
    insee, siren, name, tncc, department, epci, ept, municipal, total, year, lat, lon, surface = line.split(
        ","
    )
    return Commune(
        insee, siren, name, int(tncc), department, epci or None, ept or None, int(municipal), int(total), int(year),
        float(lat), float(lon), Decimal(surface),
    )  # fmt: skip


def _epci(row: dict[str, str]) -> Epci:
    return Epci(
        siren=row["siren"],
        # The register writes « Coeur » for want of the letter; Insee, for communes, writes « œ ».
        name=row["nom"].replace("Coeur", "Cœur").replace("coeur", "cœur"),
        nature=row["nature_juridique"],
        tax_regime=row["mode_financement"],
        seat_department_code=row["departement_siege"],
        department_codes=tuple(row["departements"].split("|")),
        commune_count=int(row["nb_communes"]),
        municipal_population=int(row["pop_municipale"]),
        total_population=int(row["pop_totale"]),
        surface_km2=Decimal(row["surface_km2"]),
        largest_commune_insee=row["commune_la_plus_peuplee"],
    )


class Store:
    """All tables but the outlines."""

    def __init__(self) -> None:
        text = gzip.decompress((DATA / "communes.csv.gz").read_bytes()).decode()
        # Sorted by INSEE code when built; no name of a commune holds a comma or a quote (tested).
        self.lines = text.splitlines()[1:]
        self.epcis = {row["siren"]: _epci(row) for row in read_table("epci.csv.gz")}
        self.departments = {
            row["code"]: Department(row["code"], row["nom"], int(row["tncc"]), row["region"])
            for row in read_table("departements.csv")
        }
        self.regions = {
            r["code"]: Region(r["code"], r["nom"], int(r["tncc"])) for r in read_table("regions.csv")
        }
        self.epts = {row["siren_ept"]: Ept(row["siren_ept"], row["nom"]) for row in read_table("ept.csv")}
        self._members: dict[str, array[int]] = {siren: array("H") for siren in self.epcis}
        for i, line in enumerate(self.lines):
            siren = line.split(",", 6)[5]
            if siren:
                self._members[siren].append(i)

    def position(self, insee: str) -> int | None:
        """Line of a commune, by halving: the code is the beginning of the line."""
        i = bisect_left(self.lines, insee + ",")
        return i if i < len(self.lines) and self.lines[i].startswith(insee + ",") else None

    def commune_at(self, position: int) -> Commune:
        return _commune(self.lines[position])

    def commune(self, insee: str) -> Commune | None:
        i = self.position(insee)
        return None if i is None else self.commune_at(i)

    def members(self, siren: str) -> Iterator[Commune]:
        """Communes of an EPCI in the order of their codes."""
        return (self.commune_at(i) for i in self._members.get(siren, ()))


@cache
def store() -> Store:
    """The one copy of this process."""
    return Store()
