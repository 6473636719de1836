"""Make the shipped reference data from a folder of official data.

    python -m mosaique.territory.reference.build SOURCE_DIR

SOURCE_DIR holds, in UTF-8 with commas: ``communes.csv``, ``epci.csv``, ``departements.csv``, ``regions.csv``,
``ept.csv``, ``arrondissements_municipaux.csv``, ``mouvements_communes_depuis_2018.csv``, the folder
``competences/``, ``groupements/groupements_2023.csv.gz`` and ``contours/communes/<département>.geojson.gz``.
The columns read are those named below;
a missing one stops the build.  The output is deterministic (sorted rows, gzip without date), so the same
source gives the same bytes on the same machine, and ``manifest.json`` holds the SHA-256 of each file and the
totals against which the tests check what ships.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from .topology import encode, quantise

DATA = Path(__file__).parent / "data"

COMMUNE_COLUMNS = (
    "code_insee", "siren", "nom", "tncc", "departement", "epci_siren", "ept_siren", "pop_municipale",
    "pop_totale", "pop_millesime", "lat_interieur", "lon_interieur", "surface_km2",
)  # fmt: skip
EPCI_COLUMNS = (
    "siren", "nom", "nature_juridique", "mode_financement", "departement_siege", "departements", "nb_communes",
    "nb_membres_declare", "pop_municipale", "pop_totale", "surface_km2", "commune_la_plus_peuplee",
)  # fmt: skip
#: Groupings without a tax of their own: communal and mixed syndicats, PETR, pôles métropolitains.
SYNDICATE_NATURES = frozenset({"SIVU", "SIVOM", "SMF", "SMO", "PETR", "POLEM"})
MOVE_COLUMNS = (
    "mod", "date_effet", "type_avant", "code_avant", "nom_avant", "type_apres", "code_apres", "nom_apres",
)  # fmt: skip


class SourceError(Exception):
    """The source folder does not hold what the reference needs."""


def _rows(path: Path) -> list[dict[str, str]]:
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def _csv(rows: Iterable[dict[str, str]], columns: Sequence[str]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for row in rows:
        missing = [c for c in columns if row.get(c) is None]
        if missing:
            raise SourceError(f"column(s) missing: {', '.join(missing)}")
        writer.writerow(row)
    return out.getvalue().encode()


def _check(communes: list[dict[str, str]], epcis: list[dict[str, str]]) -> None:
    """Refuse a source that would ship a wrong country."""
    if len(communes) < 30_000:
        raise SourceError(f"{len(communes)} communes: this is not a national file")
    codes = Counter(row["code_insee"] for row in communes)
    twice = [code for code, n in codes.items() if n > 1]
    if twice:
        raise SourceError(f"commune(s) present twice: {', '.join(twice[:10])}")
    members = Counter(row["epci_siren"] for row in communes if row["epci_siren"])
    for row in epcis:
        if members[row["siren"]] != int(row["nb_membres_declare"]):
            raise SourceError(
                f"{row['nom']}: {members[row['siren']]} members found, {row['nb_membres_declare']} declared"
            )
    unknown = set(members) - {row["siren"] for row in epcis}
    if unknown:
        raise SourceError(f"unknown EPCI: {', '.join(sorted(unknown)[:10])}")


def _competences(source: Path, sirens: set[str]) -> bytes:
    held: dict[str, set[str]] = {siren: set() for siren in sirens}
    for row in _rows(source / "competences" / "competences_groupements_2024.csv.gz"):
        if row["siren"] in held:
            held[row["siren"]].add(row["code_ancien"])
    rows = ({"siren": siren, "codes": " ".join(sorted(codes))} for siren, codes in sorted(held.items()))
    return _csv(rows, ("siren", "codes"))


def _syndicates(source: Path) -> bytes:
    """Official names, with spaces put right; members are not shipped: the list of 2021 holds one syndicat in seven."""
    rows = _rows(source / "groupements" / "groupements_2023.csv.gz")
    kept = [
        {
            "siren": row["siren"],
            "departement": row["departement"],
            "nature": row["nature"],
            "nom": _named(row["nom"]),
        }
        for row in rows
        if row["nature"] in SYNDICATE_NATURES
    ]
    return _csv(sorted(kept, key=lambda row: row["siren"]), ("siren", "departement", "nature", "nom"))


def _named(name: str) -> str:
    return " ".join(name.replace("''", '"').split())


def build(source: Path, target: Path = DATA) -> dict[str, object]:
    """Write every file of the reference under ``target`` and return its manifest."""
    communes = sorted(_rows(source / "communes.csv"), key=lambda r: r["code_insee"])
    epcis = sorted(_rows(source / "epci.csv"), key=lambda r: r["siren"])
    _check(communes, epcis)
    moves = sorted(
        _rows(source / "mouvements_communes_depuis_2018.csv"),
        key=lambda r: tuple(r[c] for c in ("date_effet", *MOVE_COLUMNS)),
    )
    tables = {
        "communes.csv.gz": _csv(communes, COMMUNE_COLUMNS),
        "epci.csv.gz": _csv(epcis, EPCI_COLUMNS),
        "mouvements.csv.gz": _csv(moves, MOVE_COLUMNS),
        "competences.csv.gz": _competences(source, {row["siren"] for row in epcis}),
        "syndicats.csv.gz": _syndicates(source),
        "departements.csv": _csv(
            _rows(source / "departements.csv"), ("code", "region", "chef_lieu", "tncc", "nom")
        ),
        "regions.csv": _csv(_rows(source / "regions.csv"), ("code", "chef_lieu", "tncc", "nom")),
        "ept.csv": _csv(_rows(source / "ept.csv"), ("siren_ept", "nom")),
        "arrondissements.csv": _csv(
            _rows(source / "arrondissements_municipaux.csv"), ("code_insee", "nom", "commune_parent")
        ),
        "competences_2025.csv": _csv(
            _rows(source / "competences" / "banatic_2025_nomenclature.csv"), ("code", "categorie", "intitule")
        ),
        "competences_anciennes.csv": _csv(
            _rows(source / "competences" / "banatic_ancienne_nomenclature.csv"),
            ("code", "intitule", "obsolete"),
        ),
        "competences_correspondance.csv": _csv(
            _rows(source / "competences" / "banatic_ancien_2025_correspondance.csv"),
            ("code_ancien", "code_2025", "type"),
        ),
    }
    files = {
        name: gzip.compress(raw, 9, mtime=0) if name.endswith(".gz") else raw for name, raw in tables.items()
    }
    outlined: set[str] = set()
    for path in sorted((source / "contours" / "communes").glob("*.geojson.gz")):
        features = json.loads(gzip.decompress(path.read_bytes()))["features"]
        shapes = {f["properties"]["code"]: quantise(f["geometry"]) for f in features}
        outlined |= set(shapes)
        topology = json.dumps(encode(shapes), separators=(",", ":")).encode()
        files[f"outlines/{path.name.split('.')[0]}.json.gz"] = gzip.compress(topology, 9, mtime=0)
    without = {row["code_insee"] for row in communes} - outlined
    if without:
        raise SourceError(f"{len(without)} commune(s) without outline, first {min(without)}")
    manifest: dict[str, object] = {
        "totals": {
            "communes": len(communes),
            "epci": len(epcis),
            "pop_municipale": sum(int(row["pop_municipale"]) for row in communes),
            "tax": dict(sorted(Counter(row["mode_financement"] for row in epcis).items())),
        },
        "files": {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)},
    }
    (target / "outlines").mkdir(parents=True, exist_ok=True)
    for name, raw in files.items():
        (target / name).write_bytes(raw)
    (target / "manifest.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n")
    return manifest


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m mosaique.territory.reference.build SOURCE_DIR")
    try:
        made = build(Path(sys.argv[1]))
    except (SourceError, OSError, KeyError) as error:
        sys.exit(f"not built: {error!r}")
    print(json.dumps(made["totals"], ensure_ascii=False))
