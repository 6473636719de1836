"""Names inside French sentences."""

import pytest

from mosaique.territory.naming import listed, of, to, with_article, with_code
from mosaique.territory.reference import index
from mosaique.territory.reference.store import store


@pytest.mark.parametrize(
    ("insee", "expected"),
    [
        ("81004", "d’Albi"),
        ("72181", "du Mans"),
        ("85194", "des Sables-d’Olonne"),
        ("94038", "de L’Haÿ-les-Roses"),
        ("17300", "de La Rochelle"),
        ("81308", "de Valence-d’Albigeois"),
        ("60703", "des Marais"),
        ("66104", "de Los Masos"),
        ("76351", "du Havre"),
    ],
)
def test_of(insee, expected):
    place = index.commune(insee)
    assert place.of_name == expected
    assert of(place.name, place.tncc) == expected


@pytest.mark.parametrize(
    ("insee", "expected"),
    [("81004", "à Albi"), ("72181", "au Mans"), ("85194", "aux Sables-d’Olonne"), ("17300", "à La Rochelle")],
)
def test_to(insee, expected):
    place = index.commune(insee)
    assert to(place.name, place.tncc) == expected


@pytest.mark.parametrize(
    ("code", "article", "genitive"),
    [
        ("81", "le Tarn", "du Tarn"),
        ("33", "la Gironde", "de la Gironde"),
        ("01", "l’Ain", "de l’Ain"),
        ("40", "les Landes", "des Landes"),
        ("49", "Maine-et-Loire", "de Maine-et-Loire"),
        ("35", "Ille-et-Vilaine", "d’Ille-et-Vilaine"),
    ],
)
def test_departments(code, article, genitive):
    dep = index.department(code)
    assert dep.with_article == with_article(dep.name, dep.tncc) == article
    assert of(dep.name, dep.tncc) == genitive


def test_every_commune_can_be_named():
    for position in range(len(store().lines)):
        place = store().commune_at(position)
        assert place.of_name.startswith(("de ", "du ", "des ", "d’")), place
        assert "'" not in place.of_name


def test_labels():
    assert with_code("Côtes-d'Armor", "22") == "Côtes-d’Armor (22)"
    assert listed([]) == ""
    assert listed(["Tarn (81)"]) == "Tarn (81)"
    assert listed(["a", "b", "c"]) == "a, b et c"
    assert listed(["a", "b", "c"], 2) == "a, b et 1 autre"
    assert listed(["a", "b", "c"], 3) == "a, b et c"
    assert listed(["a", "b", "c", "d"], 2) == "a, b et 2 autres"
