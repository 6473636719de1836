"""What is told of an EPCI before it has typed anything."""

import pytest

from mosaique.kernel.typography import typographie
from mosaique.territory.facts import already_known
from mosaique.territory.naming import in_words
from mosaique.territory.reference import index


def facts(name):
    return [
        typographie(line).replace("\u00a0", " ").replace("\u202f", " ")
        for line in already_known(index.search(name)[0].epci)
    ]


def test_val_81():
    assert facts("cc val 81") == [
        "SIREN 248 100 497 et codes Insee des 19 communes",
        "Fiscalité additionnelle : pas d’attribution de compensation, les communes remboursent sur titre",
        "Aucune commune de 3 500 habitants : la communication annuelle se fait au vote du budget",
        "Un seul département, le Tarn ; commune la plus peuplée : Valence-d’Albigeois",
    ]


def test_coeur_de_garonne():
    assert facts("coeur de garonne")[1:] == [
        "Fiscalité professionnelle unique : la part d’une commune peut être imputée sur son attribution de compensation",
        "Trois communes d’au moins 3 500 habitants : la communication annuelle se fait au débat d’orientation budgétaire",
        "Un seul département, la Haute-Garonne ; commune la plus peuplée : Cazères",
    ]


def test_several_departments():
    assert facts("redon agglomération")[3] == (
        "Trois départements, Ille-et-Vilaine (35), Loire-Atlantique (44) et Morbihan (56) ; "
        "commune la plus peuplée : Redon"
    )


def test_every_epci_can_be_told():
    """388 EPCI have no commune of 3,500 inhabitants; for nine of them the total population says otherwise."""
    lines = [already_known(body) for body in index.epcis()]
    assert all(len(line) == 4 for line in lines)
    assert sum("vote du budget" in line[2] for line in lines) == 379
    assert sum("à vérifier" in line[2] for line in lines) == 9


@pytest.mark.parametrize(
    ("number", "word"), [(0, "zéro"), (1, "un"), (16, "seize"), (17, "17"), (1_255, "1\u202f255")]
)
def test_in_words(number, word):
    assert in_words(number) == word
    assert in_words(1, feminine=True) == "une"
