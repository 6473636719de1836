"""What ships is what was built, and it is the whole country."""

import gzip
import hashlib
import json
from collections import Counter
from decimal import Decimal

import pytest

from mosaique.territory.reference import competences, index, outlines, syndicates
from mosaique.territory.reference.build import SourceError, build
from mosaique.territory.reference.store import DATA, read_table, store


def test_shipped_files_match_the_manifest():
    manifest = json.loads((DATA / "manifest.json").read_text())
    present = {
        str(path.relative_to(DATA)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in DATA.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert present == manifest["files"]
    assert sum(path.stat().st_size for path in DATA.rglob("*") if path.is_file()) < 6_000_000


def test_known_totals_of_the_country():
    communes = [store().commune_at(i) for i in range(len(store().lines))]
    assert len(communes) == 34_875
    assert sum(c.municipal_population for c in communes) == 68_350_798
    assert sum(c.total_population for c in communes) == 69_557_000
    assert sum(c.municipal_population for c in communes if c.department_code == "976") == 256_518
    assert {c.population_year for c in communes if c.department_code == "976"} == {2017}
    assert [c.insee for c in communes] == sorted({c.insee for c in communes})
    assert {c.name for c in communes if c.epci_siren is None} == {
        "Île-de-Bréhat", "Île-de-Sein", "Ouessant", "L'Île-d'Yeu",
    }  # fmt: skip
    assert len({c.siren for c in communes}) == 34_875
    assert len(store().departments) == 101
    assert len(store().regions) == 18
    assert sum(1 for c in communes if c.ept_siren) == 129
    assert all(index.ept(c.ept_siren) for c in communes if c.ept_siren)


def test_known_totals_of_the_epci():
    epcis = index.epcis()
    assert len(epcis) == 1_255
    assert Counter(e.tax_regime for e in epcis) == {"FPU": 1_095, "FA": 160}
    assert Counter(e.nature for e in epcis) == {"CC": 989, "CA": 230, "METRO": 21, "CU": 14, "MET69": 1}
    declared = {row["siren"]: int(row["nb_membres_declare"]) for row in read_table("epci.csv.gz")}
    for body in epcis:
        members = index.communes_of(body.siren)
        assert len(members) == body.commune_count == declared[body.siren], body.name
        assert sum(m.municipal_population for m in members) == body.municipal_population, body.name
        assert {m.department_code for m in members} == set(body.department_codes), body.name
        assert body.largest_commune_insee in {m.insee for m in members}
        assert body.nature_label
        assert body.tax_label


def test_every_commune_has_an_outline():
    """101 files, every present code once, each in the file of its département."""
    drawn = []
    for path in (DATA / "outlines").iterdir():
        topology = json.loads(gzip.decompress(path.read_bytes()))
        codes = [g["id"] for g in topology["objects"]["communes"]["geometries"]]
        assert {outlines.department_of(code) for code in codes} == {path.name.split(".")[0]}
        drawn += codes
    assert sorted(drawn) == [line[:5] for line in store().lines]


def test_a_commune_and_its_epci_by_hand():
    place = index.commune("81308")
    assert (place.name, place.siren, place.municipal_population, place.population_year) == (
        "Valence-d'Albigeois", "218103083", 1_277, 2023,
    )  # fmt: skip
    assert place.surface_km2 == Decimal("20.68")
    body = index.epci(place.epci_siren)
    assert (body.name, body.tax_regime, body.commune_count, body.municipal_population) == (
        "CC Val 81",
        "FA",
        19,
        5_566,
    )
    assert [d.label for d in index.departments_of(body)] == ["Tarn (81)"]
    assert index.departments_of(body)[0].with_article == "le Tarn"
    assert index.region(index.department("81").region_code).name == "Occitanie"
    assert index.population_years(body.siren) == (2023,)


@pytest.mark.parametrize("unknown", ["", "00000", "81", "81308,", "99999", "zzzzz"])
def test_unknown_codes_are_none(unknown):
    assert index.commune(unknown) is None
    assert index.epci(unknown) is None
    assert index.communes_of(unknown) == ()
    assert index.resolve_old_code(unknown) is None


@pytest.mark.parametrize(
    ("old", "present", "former"),
    [
        ("49144", "44180", "Freigné"),  # changed département, then merged
        ("14011", "14581", "Aurseulles"),  # change of code
        ("75115", "75056", "Paris 15e Arrondissement"),
        ("81308", "81308", "Valence-d'Albigeois"),
    ],
)
def test_old_codes_lead_to_the_present_commune(old, present, former):
    resolved = index.resolve_old_code(old)
    assert resolved.commune.insee == present
    assert resolved.former_name == former


def test_every_old_code_since_2018_leads_somewhere():
    """No merged commune is lost: each old code of a merger has exactly one successor."""
    merged = {row["code_avant"] for row in read_table("mouvements.csv.gz") if row["mod"] == "32"}
    lost = [
        code for code in merged if not (index.resolve_old_code(code) and index.resolve_old_code(code).commune)
    ]
    assert lost == []


def test_competences_are_to_be_checked():
    held = competences.of("248100497")
    assert len(held) == 27
    assert {c.status for c in held} == {"à vérifier"}
    assert all(c.label for c in held)
    assert competences.of("000000000") == ()
    assert len(competences.classification()) == 118
    assert sum(1 for body in index.epcis() if competences.of(body.siren)) == 1_255


def _write(path, header, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    raw = "\n".join([header, *rows, ""]).encode()
    path.write_bytes(gzip.compress(raw) if path.suffix == ".gz" else raw)


def _country(folder, declared=30_000):
    """A made-up country of one EPCI: 30,000 square communes."""
    codes = [f"{n:05}" for n in range(1_001, 31_001)]
    _write(
        folder / "communes.csv",
        "code_insee,siren,nom,tncc,departement,epci_siren,ept_siren,pop_municipale,pop_totale,pop_millesime,"
        "lat_interieur,lon_interieur,surface_km2",
        [f"{code},2{code}000,N{code},0,01,1,,2,3,2023,46.5,5.5,1.00" for code in reversed(codes)],
    )
    _write(
        folder / "epci.csv",
        "siren,nom,nature_juridique,mode_financement,departement_siege,departements,nb_communes,nb_membres_declare,"
        "pop_municipale,pop_totale,surface_km2,commune_la_plus_peuplee",
        [f"1,CC,CC,FA,01,01,30000,{declared},60000,90000,1,01001"],
    )
    _write(
        folder / "mouvements_communes_depuis_2018.csv",
        "mod,date_effet,type_avant,code_avant,nom_avant,type_apres,code_apres,nom_apres",
        [],
    )
    _write(folder / "departements.csv", "code,region,chef_lieu,tncc,nom", ["01,84,01053,5,Ain"])
    _write(folder / "regions.csv", "code,chef_lieu,tncc,nom", [])
    _write(folder / "ept.csv", "siren_ept,nom", [])
    _write(folder / "arrondissements_municipaux.csv", "code_insee,nom,commune_parent", [])
    _write(
        folder / "competences/competences_groupements_2024.csv.gz", "siren,code_ancien", ["1,1502", "9,1502"]
    )
    _write(
        folder / "groupements/groupements_2023.csv.gz",
        "siren,nom,region,departement,nature,population",
        ["9,SI  de l'Eau,84,01,SIVU,3", "8,CC,84,01,CC,3"],
    )
    _write(folder / "competences/banatic_2025_nomenclature.csv", "code,categorie,intitule", [])
    _write(folder / "competences/banatic_ancienne_nomenclature.csv", "code,intitule,obsolete", [])
    _write(folder / "competences/banatic_ancien_2025_correspondance.csv", "code_ancien,code_2025,type", [])
    features = [
        {
            "properties": {"code": code},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[i, 0], [i + 1, 0], [i + 1, 1], [i, 1], [i, 0]]],
            },
        }
        for i, code in enumerate(codes)
    ]
    path = folder / "contours/communes/01.geojson.gz"
    path.parent.mkdir(parents=True)
    path.write_bytes(gzip.compress(json.dumps({"features": features}).encode(), 1))
    return folder


def test_building_twice_gives_the_same_bytes(tmp_path):
    source = _country(tmp_path / "source")
    manifests = [build(source, tmp_path / name) for name in ("a", "b")]
    assert manifests[0] == manifests[1]
    assert manifests[0]["totals"] == {
        "communes": 30_000,
        "epci": 1,
        "pop_municipale": 60_000,
        "tax": {"FA": 1},
    }
    for name in manifests[0]["files"]:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    assert (
        gzip.decompress((tmp_path / "a/communes.csv.gz").read_bytes()).splitlines()[1].startswith(b"01001,")
    )
    kept = gzip.decompress((tmp_path / "a/syndicats.csv.gz").read_bytes()).decode().splitlines()[1:]
    assert kept == ["9,01,SIVU,SI de l'Eau"], "no communauté, and spaces put right"
    assert gzip.decompress((tmp_path / "a/competences.csv.gz").read_bytes()) == b"siren,codes\n1,1502\n"


def test_a_member_missing_from_an_epci_is_refused(tmp_path):
    with pytest.raises(SourceError, match="30000 members found, 30001 declared"):
        build(_country(tmp_path / "source", declared=30_001), tmp_path / "out")


def test_a_wrong_source_is_refused(tmp_path):
    (tmp_path / "communes.csv").write_text("code_insee,epci_siren\n01001,1\n")
    (tmp_path / "epci.csv").write_text("siren,nom,nb_membres_declare\n1,CC,1\n")
    with pytest.raises(SourceError, match="not a national file"):
        build(tmp_path, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_syndicats_of_2023_are_there_without_any_epci():
    assert syndicates.count() == 8_871
    found, total = syndicates.search("eaux montagne noire", frozenset({"81"}))
    assert found[0].name == "SM des eaux de la montagne Noire" and total >= 1
    assert found[0].nature_label == "syndicat mixte fermé"
    assert syndicates.search("200 000 081")[0][0].department == "26"
    assert syndicates.search("248100497") == ([], 0), "a communauté is no syndicat"
    assert syndicates.search("  ") == ([], 0)
    most, total = syndicates.search("syndicat", most=5)
    assert len(most) == 5 < total
    assert [body.name for body in syndicates.quoting(["Saussenac", "Y"], frozenset({"81"}))] == [
        "SRPI Saint-Grégoire, Saussenac"
    ]
