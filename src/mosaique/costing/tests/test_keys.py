"""Allocation keys: hand-computed cases, published figures, and every refusal with its place."""

from decimal import Decimal as D

import pytest

from mosaique.costing.engine.errors import CostingError
from mosaique.costing.engine.parties import Party, ordered
from mosaique.costing.registry import KEYS, key_for

CADIX = Party("81047", "Cadix")
ASSAC = Party("81017", "Assac")
CIRGUE = Party("81247", "Saint-Cirgue")
DOURN = Party("81081", "Le Dourn")


def plain(text):
    """Ordinary spaces, so that the expected sentences below can be read."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def shares(key, total, parties, data):
    key = key_for(key)
    return key.allocate(D(total), parties, key.read(data))


def pro_rata(values, **more):
    return {"criterion": "population municipale 2023", "unit": "hab.", "values": values, **more}


def hours(quantities, price="20.91", payer="la CC Val 81"):
    return {
        "tariffs": [{"id": "h", "unit": "heure", "price": price}],
        "quantities": {code: {"h": value} for code, value in quantities.items()},
        "payer": payer,
    }


def refusal(key, total, parties, data):
    with pytest.raises(CostingError) as caught:
        shares(key, total, parties, data)
    return plain(caught.value.message_fr), caught.value.path


# --- flat


def test_flat_gives_the_spare_cent_to_the_lowest_insee_code():
    # 100,00 ÷ 3 = 33,333… : 33,33 each, one cent left, equal remainders → lowest code, 81017 (Assac).
    result = shares("flat", "100.00", [CIRGUE, CADIX, ASSAC], {})
    assert result.shares == {"81017": D("33.34"), "81047": D("33.33"), "81247": D("33.33")}
    assert [line.lifted for line in result.formula.lines] == [True, False, False]
    assert plain(result.formula.lines[0].sentence) == "Part d’Assac = 100,00 € ÷ 3 collectivités = 33,34 €"
    assert result.formula.rounding == "plus fort reste, à égalité par code INSEE croissant"


def test_flat_of_a_receipt_is_the_mirror_of_flat_of_a_cost():
    # −100,00 ÷ 3: the same authority moves by one cent, downwards.
    result = shares("flat", "-100.00", [CADIX, ASSAC, CIRGUE], {})
    assert result.shares == {"81017": D("-33.34"), "81047": D("-33.33"), "81247": D("-33.33")}
    assert plain(result.statement) == "La somme des parts est égale au coût à couvrir : −100,00 €."


def test_flat_with_fewer_cents_than_parties():
    # 2 cents for 3: the two lowest codes get one cent each.
    assert shares("flat", "0.02", [CIRGUE, CADIX, ASSAC], {}).shares == {
        "81017": D("0.01"),
        "81047": D("0.01"),
        "81247": D("0.00"),
    }


def test_an_epci_comes_after_every_commune_in_ties():
    epci = Party("248100737", "CC Val 81")
    # 0,03 ÷ 2 = 0,015: the spare cent goes to the commune although « 2 » sorts before « 8 ».
    assert shares("flat", "0.03", [epci, CADIX], {}).shares == {"81047": D("0.02"), "248100737": D("0.01")}


# --- pro rata


def test_pro_rata_by_hand_with_its_formula():
    # 58 000 × 412 ÷ 5 566 = 23 896 000 ÷ 5 566 = 4 293,2088… ; 58 000 × 5 154 ÷ 5 566 = 53 706,7911…
    # Floors 4 293,20 and 53 706,79: one cent left; remainders 0,88 and 0,11 cent → Saint-Cirgue.
    result = shares("pro_rata", "58000", [CIRGUE, CADIX], pro_rata({"81247": "412", "81047": "5154"}))
    assert result.shares == {"81247": D("4293.21"), "81047": D("53706.79")}
    assert (
        plain(result.formula.lines[1].sentence)
        == "Part de Saint-Cirgue = 58 000,00 € × 412 hab. ÷ 5 566 hab. = 4 293,21 €"
    )
    assert result.formula.lines[1].lifted and not result.formula.lines[0].lifted
    assert result.left_over == 0 and sum(result.shares.values()) == D("58000.00")


def test_pro_rata_largest_remainder_goes_before_the_code():
    # 1,00 € over 1, 1, 4 (sum 6): 16,66…, 16,66…, 66,66… cents; floors 16, 16, 66 = 98; two cents left,
    # three equal remainders (2/3): codes 81017 and 81047.
    result = shares(
        "pro_rata", "1.00", [CADIX, ASSAC, CIRGUE], pro_rata({"81017": 1, "81047": 1, "81247": 4})
    )
    assert result.shares == {"81017": D("0.17"), "81047": D("0.17"), "81247": D("0.66")}
    # 1,00 € over 1, 3 (sum 4) is exact: nobody is lifted.
    exact = shares("pro_rata", "1.00", [CADIX, ASSAC], pro_rata({"81017": 1, "81047": 3}))
    assert [line.lifted for line in exact.formula.lines] == [False, False]


def test_a_criterion_of_zero_pays_nothing_and_is_not_unknown():
    result = shares("pro_rata", "10.01", [CADIX, ASSAC], pro_rata({"81017": 0, "81047": "12.5"}))
    assert result.shares == {"81017": D("0.00"), "81047": D("10.01")}
    assert (
        plain(result.formula.lines[1].sentence) == "Part de Cadix = 10,01 € × 12,5 hab. ÷ 12,5 hab. = 10,01 €"
    )


def test_values_outside_the_perimeter_are_said_not_counted():
    result = shares("pro_rata", "10", [CADIX], pro_rata({"81017": 3, "81047": 4}, source="Insee, 2023"))
    assert result.shares == {"81047": D("10.00")}
    assert [plain(remark) for remark in result.formula.remarks] == [
        "Source : Insee, 2023.",
        "Valeurs hors périmètre, non comptées : 1.",
    ]
    unsourced = shares("pro_rata", "10", [CADIX], pro_rata({"81047": 4}))
    assert [plain(remark) for remark in unsourced.formula.remarks] == ["Source : non indiquée."]


@pytest.mark.parametrize("values", [{"81017": 3}, {"81017": 3, "81047": None}])
def test_pro_rata_names_the_commune_whose_criterion_is_missing(values):
    message, path = refusal("pro_rata", "10", [CADIX, ASSAC], pro_rata(values))
    assert path == "values.81047"
    assert message == (
        "Le critère « population municipale 2023 » n’est pas connu pour Cadix : rien n’est réparti. "
        "Saisissez sa valeur, ou retirez cette collectivité du périmètre."
    )


def test_pro_rata_refuses_a_zero_denominator():
    message, path = refusal("pro_rata", "10", [CADIX, ASSAC], pro_rata({"81017": 0, "81047": 0}))
    assert path == "values" and message.startswith("La somme du critère est nulle")


# --- unit price


def test_published_hourly_price():
    # Published: 20,91 €/h, wage cost of shared secretaries, 6 to 30 hours per commune.
    # 30 × 20,91 = 627,30 ; 6 × 20,91 = 125,46 ; sum 752,76 ; 800,00 − 752,76 = 47,24 left.
    result = shares("unit_price", "800.00", [CADIX, ASSAC], hours({"81047": "30", "81017": "6"}))
    assert result.shares == {"81017": D("125.46"), "81047": D("627.30")}
    assert result.left_over == D("47.24") and sum(result.shares.values()) == D("752.76")
    assert plain(result.statement) == (
        "Les parts couvrent 752,76 € sur 800,00 €. Reste à la charge de la CC Val 81 : 47,24 €."
    )
    assert plain(result.formula.lines[1].sentence) == "Part de Cadix = 20,91 € × 30 heures = 627,30 €"


def test_published_grid_of_planning_acts():
    # Published grid: permis de construire 200 €, permis de démolir 40 €, permis d'aménager 300 €, certificat 120 €.
    # 7 × 200 + 2 × 40 + 1 × 300 + 12 × 120 = 1 400 + 80 + 300 + 1 440 = 3 220 €.
    data = {
        "tariffs": [
            {"id": "pc", "unit": "permis de construire", "price": "200"},
            {"id": "pd", "unit": "permis de démolir", "price": "40"},
            {"id": "pa", "unit": "permis d'aménager", "price": "300"},
            {"id": "cu", "unit": "certificat", "price": "120"},
        ],
        "quantities": {"81047": {"pc": 7, "pd": 2, "pa": 1, "cu": 12}},
        "payer": "Le Dourn",
    }
    result = shares("unit_price", "3220", [CADIX], data)
    assert result.shares == {"81047": D("3220.00")} and result.left_over == 0
    assert plain(result.statement) == "La somme des parts est égale au coût à couvrir : 3 220,00 €."
    assert result.formula.lines[0].inputs["certificat"] == "12"
    # The order of the grid is kept, that of the quantities is canonical.
    assert [row["id"] for row in result.formula.inputs["tariffs"]] == ["pc", "pd", "pa", "cu"]


def test_published_price_of_a_loan_and_a_surplus():
    # Published: tent 60 € a week-end. 3 + 2 week-ends = 300,00 €, for a cost of 250,00 €: 50,00 € too much.
    data = hours({"81047": 3, "81081": 2}, price="60", payer="Le Dourn")
    result = shares("unit_price", "250", [CADIX, DOURN], data)
    assert result.shares == {"81047": D("180.00"), "81081": D("120.00")}
    assert result.left_over == D("-50.00")
    assert plain(result.statement) == (
        "Les parts (300,00 €) dépassent le coût à couvrir (250,00 €) de 50,00 € : "
        "la différence est gardée par Le Dourn."
    )
    assert plain(result.formula.lines[1].sentence).startswith("Part du Dourn = 60,00 € × 2")


def test_each_line_rounds_its_half_cent_upwards():
    # 0,125 € × 1 = 0,125 → 0,13 ; 0,125 × 3 = 0,375 → 0,38 ; 0,1234 × 2 = 0,2468 → 0,25.
    result = shares("unit_price", "1", [CADIX, ASSAC], hours({"81047": 1, "81017": 3}, price="0.125"))
    assert result.shares == {"81017": D("0.38"), "81047": D("0.13")}
    assert "le demi-centime vers le haut" in result.formula.rounding
    assert shares("unit_price", "1", [CADIX], hours({"81047": 2}, price="0.1234")).shares == {
        "81047": D("0.25")
    }


def test_unit_price_names_the_commune_and_the_unit_missing():
    message, path = refusal("unit_price", "10", [CADIX, ASSAC], hours({"81047": 2}))
    assert path == "quantities.81017.h"
    assert message.startswith("Le nombre d’unités « heure » n’est pas connu pour Assac : rien n’est réparti.")


def test_a_share_beyond_any_budget_is_refused():
    message, path = refusal("unit_price", "10", [CADIX], hours({"81047": "999999999"}, price="999999999"))
    assert path == "quantities.81047.h" and "pas plausible" in message


# --- refusals common to all


@pytest.mark.parametrize("key", ["flat", "pro_rata", "unit_price"])
def test_an_empty_perimeter_is_refused(key):
    data = {"flat": {}, "pro_rata": pro_rata({}), "unit_price": hours({})}[key]
    message, path = refusal(key, "10", [], data)
    assert path == "parties" and message.startswith("Aucune collectivité dans le périmètre")


def test_an_authority_counted_twice_is_refused():
    message, path = refusal("flat", "10", [CADIX, ASSAC, CADIX], {})
    assert path == "parties" and message.startswith("Cadix (81047) figure deux fois")


@pytest.mark.parametrize(
    ("key", "data", "path", "words"),
    [
        ("pro_rata", pro_rata({"81047": -1}), "values.81047", "valeur négative"),
        ("pro_rata", pro_rata({"81047": 1.5}), "values.81047", "nombre exact"),
        ("pro_rata", pro_rata({"81047": True}), "values.81047", "nombre exact"),
        ("pro_rata", pro_rata({"81047": "douze"}), "values.81047", "« douze » n’est pas un nombre"),
        ("pro_rata", pro_rata({"81047": "NaN"}), "values.81047", "pas plausible"),
        ("pro_rata", pro_rata({"81047": "1e15"}), "values.81047", "pas plausible"),
        ("pro_rata", pro_rata({"81047": "0.12345"}), "values.81047", "4 chiffres au plus"),
        ("pro_rata", pro_rata([1, 2]), "values", "aucune saisie lisible"),
        ("pro_rata", {**pro_rata({"81047": 1}), "criterion": " "}, "criterion", "indiquez-le"),
        ("pro_rata", {**pro_rata({"81047": 1}), "unit": 3}, "unit", "200 caractères"),
        ("pro_rata", {**pro_rata({"81047": 1}), "source": "x" * 201}, "source", "200 caractères"),
        ("unit_price", {"quantities": {}, "payer": "CC"}, "tariffs", "au moins un prix"),
        ("unit_price", {**hours({}), "tariffs": []}, "tariffs", "au moins un prix"),
        ("unit_price", {**hours({}), "tariffs": ["x"]}, "tariffs.0", "aucune saisie lisible"),
        (
            "unit_price",
            {**hours({}), "tariffs": [{"id": "h", "unit": "", "price": 1}]},
            "tariffs.0.unit",
            "indiquez",
        ),
        (
            "unit_price",
            {**hours({}), "tariffs": [{"id": "h", "unit": "h"}]},
            "tariffs.0.price",
            "manque un nombre",
        ),
        ("unit_price", hours({"81047": 1}, price="-2"), "tariffs.0.price", "valeur négative"),
        ("unit_price", hours({"81047": "-1"}), "quantities.81047.h", "valeur négative"),
        (
            "unit_price",
            {**hours({}), "tariffs": 2 * [{"id": "h", "unit": "h", "price": 1}]},
            "tariffs",
            "même repère",
        ),
        (
            "unit_price",
            {**hours({}), "quantities": {"81047": 3}},
            "quantities.81047",
            "aucune saisie lisible",
        ),
        ("unit_price", {**hours({}), "payer": ""}, "payer", "indiquez-le"),
        ("unit_price", {**hours({}), "quantities": {"81047": None}}, "quantities.81047.h", "n’est pas connu"),
        (
            "unit_price",
            {**hours({}), "quantities": {"81047": {"h": None}}},
            "quantities.81047.h",
            "n’est pas connu",
        ),
    ],
)
def test_bad_inputs_say_where_and_what(key, data, path, words):
    message, where = refusal(key, "10", [CADIX], data)
    assert where == path
    assert words in message
    assert message.endswith(".")


@pytest.mark.parametrize("total", ["10.005", "1e13", "Infinity"])
def test_an_unusable_total_is_refused(total):
    message, path = refusal("flat", total, [CADIX], {})
    assert path == "total" and message.startswith("Coût à répartir :")


def test_a_grid_built_without_reading_json_is_checked_too():
    key = KEYS["unit_price"]
    inputs = key.read(hours({"81047": 1}))
    bare = type(inputs)(tariffs=(), quantities={}, payer="CC")
    with pytest.raises(CostingError, match="au moins un prix"):
        key.allocate(D(1), [CADIX], bare)


@pytest.mark.parametrize(
    ("code", "name"), [("8104", "Cadix"), ("2C004", "Cadix"), ("81047", " "), ("٨١٠٤٧", "Cadix")]
)
def test_a_party_needs_a_code_and_a_name(code, name):
    with pytest.raises(CostingError) as caught:
        Party(code, name)
    assert caught.value.path == "parties"


def test_insee_order_is_that_of_the_text():
    codes = [
        party.code
        for party in ordered([Party("2B033", "Bastia"), Party("29019", "Brest"), Party("01004", "A")])
    ]
    assert codes == ["01004", "29019", "2B033"]


def test_an_unlisted_key_is_refused():
    with pytest.raises(CostingError, match="choisissez-en une"):
        key_for("magie")
