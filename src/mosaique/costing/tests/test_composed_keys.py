"""Weighted criteria, fixed and variable, tiers, percentages, and what is laid over any key. Calculations by hand."""

from decimal import Decimal as D

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mosaique.costing.engine import adjustments
from mosaique.costing.engine.adjustments import Adjustments
from mosaique.costing.engine.errors import CostingError
from mosaique.costing.engine.parties import Party
from mosaique.costing.engine.results import canonical_json
from mosaique.costing.registry import KEYS

A, B, C = Party("81001", "Albine"), Party("81002", "Brens"), Party("81003", "Cadix")
ABC = [A, B, C]
PARTIES = [Party(f"810{n:02}", f"Commune {n}") for n in range(1, 8)]


def plain(text):
    """Ordinary spaces, so that expected sentences can be read."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def shared(key, total, parties, inputs):
    made = KEYS[key]
    return made.allocate(D(total), parties, made.read(inputs))


def weighted(**weights):
    return [
        {"id": f"t{n}", "name": name, "unit": "u.", "source": "essai, 2026", "weight": weight}
        for n, (name, weight) in enumerate(weights.items(), 1)
    ]


# --- weighted criteria


def test_half_population_half_acts():
    # 1 000 €: 500 by population (100, 300, 600 of 1 000), 500 by acts (10, 0, 30 of 40).
    # A: 50 + 125 = 175; B: 150 + 0 = 150; C: 300 + 375 = 675.
    inputs = {
        "criteria": weighted(population="50", actes="50"),
        "values": {
            "81001": {"t1": "100", "t2": "10"},
            "81002": {"t1": "300", "t2": "0"},
            "81003": {"t1": "600", "t2": "30"},
        },
    }
    result = shared("weighted", "1000", ABC, inputs)
    assert result.shares == {"81001": D("175.00"), "81002": D("150.00"), "81003": D("675.00")}
    assert "50 % × 100 u. ÷ 1 000 u." in result.formula.lines[0].sentence.replace("\u00a0", " ").replace(
        "\u202f", " "
    )
    assert [remark.replace("\u00a0", " ") for remark in result.formula.remarks] == [
        "Source (population) : essai, 2026.", "Source (actes) : essai, 2026."]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "path", "said"),
    [
        ({"criteria": weighted(population="60", actes="50")}, "criteria.1.weight", "elle doit faire 100"),
        ({"criteria": weighted(population="120")}, "criteria.0.weight", "ne dépasse pas 100"),
        ({"criteria": weighted(population=None)}, "criteria.0.weight", "il manque un nombre"),
        ({"criteria": []}, "criteria", "au moins un"),
        ({"criteria": weighted(population="100") + weighted(actes="0")}, "criteria", "même repère"),
        ({"values": {"81001": {"t1": "1"}}}, "values.81001.t2", "n’est pas connu pour Albine"),
        ({"values": {c.code: {"t1": "1", "t2": "0"} for c in ABC}}, "criteria.1.weight", "est nulle"),
        ({"values": {c.code: {"t1": "-1", "t2": "2"} for c in ABC}}, "values.81001.t1", "négative"),
    ],
)  # fmt: skip
def test_what_weighted_criteria_refuse(change, path, said):
    good = {
        "criteria": weighted(population="50", actes="50"),
        "values": {c.code: {"t1": "1", "t2": "2"} for c in ABC},
    }
    with pytest.raises(CostingError) as refused:
        shared("weighted", "100", ABC, {**good, **change})
    assert refused.value.path == path and said in str(refused.value)


def test_a_criterion_of_no_weight_may_be_all_zero():
    inputs = {
        "criteria": weighted(population="100", actes="0"),
        "values": {c.code: {"t1": "1", "t2": "0"} for c in ABC},
    }
    assert set(shared("weighted", "30", ABC, inputs).shares.values()) == {D("10.00")}


# --- fixed and variable


def test_a_fixed_part_then_use():
    # 900 €, a third fixed (300: 100 each), 600 by acts 0, 10, 20 of 30: A 100, B 300, C 500. Fixed 33,33 % is 299,97 €.
    inputs = {
        "fixed": "40",
        "criterion": "actes",
        "unit": "actes",
        "values": {"81001": "0", "81002": "10", "81003": "20"},
    }
    # 40 % = 360 (120 each), 540 by acts: 0, 180, 360.
    assert shared("fixed_variable", "900", ABC, inputs).shares == {
        "81001": D("120.00"),
        "81002": D("300.00"),
        "81003": D("480.00"),
    }
    everyone = shared("fixed_variable", "0.05", ABC, {**inputs, "fixed": "100"})
    assert everyone.shares == {"81001": D("0.02"), "81002": D("0.02"), "81003": D("0.01")}


@pytest.mark.parametrize(
    ("change", "path", "said"),
    [
        ({"fixed": "101"}, "fixed", "ne dépasse pas 100"),
        ({"fixed": None}, "fixed", "manque un nombre"),
        ({"values": {"81001": "1", "81002": "2"}}, "values.81003", "n’est pas connu pour Cadix"),
        ({"values": {c.code: "0" for c in ABC}}, "fixed", "est nulle"),
    ],
)  # fmt: skip
def test_what_fixed_and_variable_refuse(change, path, said):
    good = {"fixed": "40", "criterion": "actes", "unit": "actes", "values": {c.code: "1" for c in ABC}}
    with pytest.raises(CostingError) as refused:
        shared("fixed_variable", "100", ABC, {**good, **change})
    assert refused.value.path == path and said in str(refused.value)


# --- tiers


def tier(number, up_to, rate):
    return {"id": f"t{number}", "up_to": up_to, "rate": rate}


TARIFF = [tier(1, "999", "5"), tier(2, "4999", "2"), tier(3, "9999", "1"), tier(4, None, "0.1")]
PUBLISHED = [
    tier(1, "999", "5"),
    tier(2, "4999", "2"),
    tier(3, "9999", "1"),
    tier(4, "49999", "0.1"),
    tier(5, None, "0.01"),
]


def test_a_published_tariff_gives_its_published_sum():
    # 2 500 inhabitants: 999 × 5 € + 1 501 × 2 € = 4 995 + 3 002 = 7 997 €.
    inputs = {
        "criterion": "population",
        "unit": "hab.",
        "tiers": PUBLISHED,
        "payer": "la CC Val 81",
        "values": {"81001": "2500"},
    }
    result = shared("tiers", "10000", [A], inputs)
    assert result.shares == {"81001": D("7997.00")} and result.left_over == D("2003.00")
    assert "999 hab. × 5,00 € + 1 501 hab. × 2,00 €" in result.formula.lines[0].sentence.replace(
        "\u00a0", " "
    ).replace("\u202f", " ")
    assert "Reste à la charge de la CC Val 81" in result.statement


@pytest.mark.parametrize(
    ("value", "share"), [("0", "0.00"), ("999", "4995.00"), ("1000", "4997.00"), ("12000", "18196.10")]
)
def test_the_edges_of_tiers(value, share):
    # 12 000: 999×5 + 4 000×2 + 5 000×1 + 2 001×0,1 = 4 995 + 8 000 + 5 000 + 200,10 = 18 195,10 … plus nothing.
    inputs = {"criterion": "p", "unit": "hab.", "tiers": TARIFF, "payer": "X", "values": {"81001": value}}
    expected = {"12000": D("18195.10")}.get(value, D(share))
    assert shared("tiers", "0", [A], inputs).shares["81001"] == expected


@pytest.mark.parametrize(
    ("way", "value", "share", "said"),
    [
        # 2 500 falls in the second tier: all at 2 € = 5 000 €; or 2 € in all.
        ("class", "2500", "5000.00", "2 500 hab. × 2,00 € = 5 000,00 €"),
        ("class", "999", "4995.00", "999 hab. × 5,00 €"),
        ("class", "1000", "2000.00", "1 000 hab. × 2,00 €"),
        ("class", "0", "0.00", "0 hab. × 5,00 €"),
        ("lump", "2500", "2.00", "somme de la tranche pour 2 500 hab. = 2,00 €"),
        ("lump", "0", "5.00", "somme de la tranche pour 0 hab."),
        ("lump", "20000", "0.10", "somme de la tranche pour 20 000 hab."),
    ],
)  # fmt: skip
def test_the_other_two_ways_of_counting_tiers(way, value, share, said):
    inputs = {
        "criterion": "p",
        "unit": "hab.",
        "tiers": TARIFF,
        "payer": "X",
        "way": way,
        "values": {"81001": value},
    }
    result = shared("tiers", "0", [A], inputs)
    assert result.shares["81001"] == D(share) and said in plain(result.formula.lines[0].sentence)


def test_a_way_of_counting_that_does_not_exist_is_refused():
    with pytest.raises(CostingError, match="une des trois façons") as refused:
        shared(
            "tiers",
            "0",
            [A],
            {"criterion": "p", "unit": "u", "tiers": TARIFF, "payer": "X", "way": "?", "values": {}},
        )
    assert refused.value.path == "way"


@pytest.mark.parametrize(
    ("tiers", "path", "said"),
    [
        ([], "tiers", "au moins une tranche"),
        ([tier(1, "100", "5")], "tiers.0.up_to", "dernière tranche n’a pas de limite"),
        ([tier(1, None, "5"), tier(2, None, "2")], "tiers.0.up_to", "seule la dernière"),
        ([tier(1, "100", "5"), tier(2, "100", "2"), tier(3, None, "1")], "tiers.1.up_to", "ne se recouvrent pas"),
        ([tier(1, "0", "5"), tier(2, None, "2")], "tiers.0.up_to", "dépasser celle d’avant"),
        ([tier(1, None, "-5")], "tiers.0.rate", "négative"),
    ],
)  # fmt: skip
def test_what_tiers_refuse(tiers, path, said):
    with pytest.raises(CostingError) as refused:
        shared(
            "tiers",
            "10",
            [A],
            {"criterion": "p", "unit": "u", "tiers": tiers, "payer": "X", "values": {"81001": "1"}},
        )
    assert refused.value.path == path and said in str(refused.value)


def test_a_tier_without_a_value_waits():
    with pytest.raises(CostingError, match="n’est pas connu pour Albine"):
        shared(
            "tiers", "10", [A], {"criterion": "p", "unit": "u", "tiers": TARIFF, "payer": "X", "values": {}}
        )


# --- percentages


def test_agreed_percentages():
    inputs = {
        "reason": "accord de 2025",
        "values": {"81001": "33.3333", "81002": "33.3333", "81003": "33.3334"},
    }
    assert sum(shared("percentages", "100.01", ABC, inputs).shares.values()) == D("100.01")
    for values, path, said in (
        ({"81001": "50", "81002": "40", "81003": "5"}, "values.81003", "doit faire 100"),
        ({"81001": "50", "81002": "50"}, "values.81003", "n’est pas dit pour Cadix"),
    ):
        with pytest.raises(CostingError) as refused:
            shared("percentages", "100", ABC, {**inputs, "values": values})
        assert refused.value.path == path and said in str(refused.value)


# --- laid over any key


def over(key, total, parties, inputs, **adjust):
    made = KEYS[key]
    data = {**inputs, "adjust": adjust} if adjust else inputs
    return adjustments.allocate(made, D(total), parties, made.read(data), adjustments.read(data))


POPULATION = {
    "criterion": "population",
    "unit": "hab.",
    "values": {"81001": "100", "81002": "300", "81003": "600"},
}


def test_the_intercommunality_keeps_its_part_first():
    # 1 000 €: 25 % kept (250), 750 by population: 75, 225, 450.
    result = over("pro_rata", "1000", ABC, POPULATION, first="25", keeper="CC Val 81")
    assert result.shares == {"81001": D("75.00"), "81002": D("225.00"), "81003": D("450.00")}
    assert result.left_over == D("250.00")
    assert "CC Val 81 garde 25 % du coût" in " ".join(result.formula.remarks).replace("\u00a0", " ")
    assert "font le coût à couvrir" in result.statement.replace("\u00a0", " ")
    assert over("flat", "0.05", ABC, {}, first="50").left_over == D("0.03"), "the half cent away from zero"
    assert over("flat", "-0.05", ABC, {}, first="50").left_over == D("-0.03"), "the same for a receipt"


def test_who_is_exempt_pays_nothing_and_the_others_share_it():
    result = over("pro_rata", "1000", ABC, POPULATION, exempt=["81003"])
    assert result.shares == {"81001": D("250.00"), "81002": D("750.00"), "81003": D("0.00")}
    assert [line.code for line in result.formula.lines] == ["81001", "81002", "81003"]
    assert "exonérée" in result.formula.lines[2].sentence


def test_a_minimum_and_a_maximum_move_the_rest_by_the_same_key():
    # By population 100, 300, 600. At least 150: A takes 150; 850 by 300 and 600: 283,33 and 566,67.
    low = over("pro_rata", "1000", ABC, POPULATION, minimum="150")
    assert low.shares == {"81001": D("150.00"), "81002": D("283.33"), "81003": D("566.67")}
    assert "minimum" in low.formula.lines[0].sentence and "le calcul donnait" in low.formula.lines[0].sentence
    # The sentence makes it again: B was given 300 of the 900 of those left.
    assert plain(low.formula.lines[1].sentence).endswith(
        "= 300,00 € ; puis 850,00 € × 300,00 € ÷ 900,00 € = 283,33 €"
    )
    assert "en proportion de la part que la clé leur donnait" in plain(low.formula.remarks[-1])
    # At most 500: C takes 500; 500 by 100 and 300: 125 and 375.
    high = over("pro_rata", "1000", ABC, POPULATION, maximum="500")
    assert high.shares == {"81001": D("125.00"), "81002": D("375.00"), "81003": D("500.00")}
    # A tariff is clamped, its difference stays with who keeps it.
    tariff = over(
        "tiers",
        "9000",
        [A],
        {"criterion": "p", "unit": "u", "tiers": TARIFF, "payer": "X", "values": {"81001": "2500"}},
        maximum="7000",
    )
    assert tariff.shares == {"81001": D("7000.00")} and tariff.left_over == D("2000.00")


def test_an_amount_kept_first():
    # 1 000 €: 250 kept, 750 by population, as with 25 %.
    result = over("pro_rata", "1000", ABC, POPULATION, first_amount="250", keeper="CC Val 81")
    assert result.shares == {"81001": D("75.00"), "81002": D("225.00"), "81003": D("450.00")}
    assert plain(result.formula.remarks[-1]) == "D’abord, CC Val 81 garde 250,00 €."
    assert result.formula.inputs["adjust"]["first_amount"] == "250.00"
    assert "first_amount" not in over("pro_rata", "1", ABC, POPULATION, first="25").formula.inputs["adjust"]


def test_bounds_hold_where_the_key_gives_nothing_to_those_who_are_left():
    # Percentages 100, 0, 0 and at most 40: A pays 40; B and C, who were to pay nothing, share 60 alike.
    inputs = {"reason": "accord", "values": {"81001": "100", "81002": "0", "81003": "0"}}
    result = over("percentages", "100", ABC, inputs, maximum="40")
    assert result.shares == {"81001": D("40.00"), "81002": D("30.00"), "81003": D("30.00")}
    assert plain(result.formula.lines[1].sentence).endswith("; puis 60,00 € ÷ 2 collectivités = 30,00 €")
    # Half by acts that only C has: C at most 40, and A and B still share what is left, by population.
    criteria = {
        "criteria": weighted(population="50", actes="50"),
        "values": {
            "81001": {"t1": "1", "t2": "0"},
            "81002": {"t1": "2", "t2": "0"},
            "81003": {"t1": "3", "t2": "9"},
        },
    }
    result = over("weighted", "100", ABC, criteria, maximum="40")
    assert result.shares == {"81001": D("20.00"), "81002": D("40.00"), "81003": D("40.00")}
    # Every share on its bound: nothing is left to move.
    assert set(over("pro_rata", "30", ABC, POPULATION, minimum="10").shares.values()) == {D("10.00")}


@pytest.mark.parametrize(
    ("adjust", "path", "said"),
    [
        ({"minimum": "400"}, "adjust.minimum", "dépasse le coût à partager"),
        ({"maximum": "300"}, "adjust.maximum", "ne couvre pas le coût"),
        ({"minimum": "300", "maximum": "200"}, "adjust.minimum", "aucune part ne peut convenir"),
        ({"minimum": "-1"}, "adjust.minimum", "négative"),
        ({"first": "101"}, "adjust.first", "ne dépasse pas 100"),
        ({"first": "10", "first_amount": "10"}, "adjust.first_amount", "pas les deux"),
        ({"first_amount": "1000.01"}, "adjust.first_amount", "dépasse le coût à couvrir"),
        ({"first_amount": "-1"}, "adjust.first_amount", "négative"),
        ({"exempt": ["81001", "81002", "81003"]}, "adjust.exempt", "personne pour payer"),
        ({"exempt": "81001"}, "adjust.exempt", "pas lisible"),
    ],
)  # fmt: skip
def test_what_adjustments_refuse(adjust, path, said):
    with pytest.raises(CostingError) as refused:
        over("pro_rata", "1000", ABC, POPULATION, **adjust)
    assert refused.value.path == path and said in str(refused.value)


def test_bounds_do_not_apply_to_a_receipt():
    with pytest.raises(CostingError, match="recette à partager"):
        over("pro_rata", "-1000", ABC, POPULATION, minimum="10")


def test_without_adjustments_a_key_is_stored_and_calculated_as_it_always_was():
    made = KEYS["pro_rata"]
    assert adjustments.write(Adjustments()) == {} and adjustments.read(POPULATION).is_empty
    alone = made.allocate(D("1000"), ABC, made.read(POPULATION))
    assert canonical_json(over("pro_rata", "1000", ABC, POPULATION).as_json()) == canonical_json(
        alone.as_json()
    )


@settings(deadline=None)
@given(
    total=st.decimals(0, 10**6, places=2),
    values=st.lists(st.integers(0, 10**5), min_size=7, max_size=7),
    first=st.decimals(0, 100, places=2),
    low=st.none() | st.decimals(0, 2000, places=2),
    high=st.none() | st.decimals(0, 10**5, places=2),
    exempt=st.sets(st.sampled_from([party.code for party in PARTIES]), max_size=5),
    order=st.permutations(PARTIES),
    name=st.sampled_from(["flat", "pro_rata", "fixed_variable"]),
)
def test_whatever_is_laid_over_the_whole_adds_up_and_no_bound_is_broken(
    total, values, first, low, high, exempt, order, name
):
    inputs = {
        "criterion": "c",
        "unit": "u",
        "fixed": "20",
        "values": {p.code: str(v) for p, v in zip(PARTIES, values, strict=True)},
    }
    adjust = {"first": str(first), "keeper": "EPCI", "exempt": sorted(exempt),
              "minimum": None if low is None else str(low), "maximum": None if high is None else str(high)}  # fmt: skip
    try:
        result = over(name, total, PARTIES, inputs, **adjust)
    except CostingError:
        assume(False)
    assert sum(result.shares.values()) + result.left_over == total
    for party in PARTIES:
        share = result.shares[party.code]
        if party.code in exempt:
            assert share == 0
        else:
            assert (low is None or share >= low) and (high is None or share <= high)
    again = over(name, total, order, inputs, **adjust)
    assert again == result, "the order of the communes changes nothing"
    # The stored inputs are enough to make the calculation again.
    stored = result.formula.inputs
    made = KEYS[name]
    assert adjustments.allocate(made, total, PARTIES, made.read(stored), adjustments.read(stored)) == result


# --- bodies that are no commune

WATER, SOCIAL, CLUB = (
    Party("258100439", "SIVOM des eaux"),
    Party("P000012", "CIAS"),
    Party("W811000123", "Le lavoir"),
)
MIXED = [A, B, C, WATER, SOCIAL, CLUB]


@pytest.mark.parametrize("code", ["P12345", "W81100012", "p000012", "X000012", "81A01", "25810043"])
def test_a_code_that_names_no_body_is_refused(code):
    with pytest.raises(CostingError, match="ni un numéro SIREN"):
        Party(code, "Quelqu’un")


def test_a_body_that_has_no_criterion_is_said_so_with_a_way_out():
    with pytest.raises(CostingError, match="n’est pas connu pour SIVOM des eaux") as refused:
        over("pro_rata", "1000", [*ABC, WATER], POPULATION)
    assert "convenez de sa part" in str(refused.value) and refused.value.path == "values.258100439"
    with pytest.raises(CostingError, match="convenez de sa part"):
        over("weighted", "1000", [*ABC, WATER], {
            "criteria": weighted(p="100"), "values": {c.code: {"t1": "1"} for c in ABC},
        })  # fmt: skip
    with pytest.raises(CostingError, match="retirez cette collectivité"):
        over("pro_rata", "1000", [*ABC, Party("81004", "Dourgne")], POPULATION)


def test_agreed_parts_are_set_apart_and_the_key_shares_the_rest():
    # 1 000 €: 100 € for the SIVOM, 10 % for the CIAS (100 €), 800 by population 100, 300, 600: 80, 240, 480.
    result = over(
        "pro_rata",
        "1000",
        [*ABC, WATER, SOCIAL],
        POPULATION,
        agreed_amount={WATER.code: "100"},
        agreed_percent={SOCIAL.code: "10"},
    )
    assert result.shares == {
        "81001": D("80.00"), "81002": D("240.00"), "81003": D("480.00"), WATER.code: D("100.00"), SOCIAL.code: D("100.00"),
    }  # fmt: skip
    said = {line.code: plain(line.sentence) for line in result.formula.lines}
    assert said[WATER.code] == "Part du SIVOM des eaux = somme convenue = 100,00 €"
    assert said[SOCIAL.code] == "Part du CIAS = 1 000,00 € × 10 %, part convenue = 100,00 €"
    assert said["81001"] == "Part d’Albine = 800,00 € × 100 hab. ÷ 1 000 hab. = 80,00 €"
    assert (
        plain(result.formula.remarks[-1])
        == "À part : 2 parts convenues d’avance, 200,00 € ; la clé partage le reste, 800,00 €."
    )
    assert result.left_over == 0 and "est égale au coût" in plain(result.statement)


def test_agreed_parts_come_after_what_is_kept_and_no_bound_moves_them():
    # 1 000 €: 20 % kept; 10 % of the whole for the CIAS (100); 700 in three: at least 240 each is refused, 300 at most holds.
    result = over(
        "flat",
        "1000",
        [*ABC, SOCIAL],
        {},
        first="20",
        agreed_percent={SOCIAL.code: "10"},
        minimum="200",
        maximum="300",
    )
    assert result.left_over == D("200.00") and result.shares[SOCIAL.code] == D("100.00")
    assert [result.shares[c.code] for c in ABC] == [D("233.34"), D("233.33"), D("233.33")]
    with pytest.raises(CostingError, match="dépasse le coût à partager"):
        over(
            "flat", "1000", [*ABC, SOCIAL], {}, first="20", agreed_percent={SOCIAL.code: "10"}, minimum="240"
        )


@pytest.mark.parametrize(
    ("total", "adjust", "shares", "kept"),
    [
        # 50 % of 100,01 € is 50,005 €: two half cents would make 100,02 €. The last code pays one cent less.
        ("100.01", {"agreed_percent": {WATER.code: "50", SOCIAL.code: "50"}}, {WATER.code: "50.01", SOCIAL.code: "50.00"}, "0"),
        ("-100.01", {"agreed_percent": {WATER.code: "50", SOCIAL.code: "50"}}, {WATER.code: "-50.01", SOCIAL.code: "-50.00"}, "0"),
        ("100.01", {"agreed_percent": {SOCIAL.code: "50"}, "first": "50"}, {SOCIAL.code: "50.00"}, "50.01"),
        # 33,34 % of 0,05 € is 1,667 cent, 33,33 % is 1,6665: rounding added most to the lower one.
        ("0.05", {"agreed_percent": {WATER.code: "33.34", SOCIAL.code: "33.33"}, "first": "33.33"},
         {SOCIAL.code: "0.01", WATER.code: "0.02"}, "0.02"),
    ],
)  # fmt: skip
def test_parts_that_make_the_whole_cost_never_exceed_it_by_a_cent(total, adjust, shares, kept):
    result = over("flat", total, [*ABC, WATER, SOCIAL], {}, **adjust)
    found = {code: share for code, share in result.shares.items() if share}
    assert found == {code: D(share) for code, share in shares.items()} and result.left_over == D(kept)
    assert sum(result.shares.values()) + result.left_over == D(total)
    said = [plain(line.sentence) for line in result.formula.lines if "part convenue" in line.sentence]
    assert sum("un centime de moins" in one for one in said) == 1


def test_a_weight_typed_for_a_body_counts_like_any_other():
    values = {**POPULATION["values"], WATER.code: "1000"}
    assert over("pro_rata", "1000", [*ABC, WATER], {**POPULATION, "values": values}).shares[WATER.code] == D(
        "500.00"
    )


@pytest.mark.parametrize(
    ("adjust", "path", "said"),
    [
        ({"agreed_amount": {"P000012": "5"}, "agreed_percent": {"P000012": "5"}}, "adjust.agreed_percent.P000012", "pas les deux"),
        ({"agreed_amount": {"P000012": "-5"}}, "adjust.agreed_amount.P000012", "négative"),
        ({"agreed_amount": {"P000012": "1000.01"}}, "adjust.agreed_amount.P000012", "dépassent le coût"),
        ({"agreed_percent": {"P000012": "60", "258100439": "50"}}, "adjust.agreed_percent.P000012", "110 %"),
        ({"agreed_percent": {"P000012": "90"}, "first": "20"}, "adjust.agreed_percent.P000012", "gardé d’abord"),
        ({"agreed_percent": {"P000012": "9"}, "exempt": ["P000012"]}, "adjust.agreed_percent.P000012", "ne vont pas ensemble"),
        ({"agreed_amount": ["P000012"]}, "adjust.agreed_amount", "aucune saisie lisible"),
    ],
)  # fmt: skip
def test_what_agreed_parts_refuse(adjust, path, said):
    with pytest.raises(CostingError) as refused:
        over("flat", "1000", [*ABC, WATER, SOCIAL], {}, **adjust)
    assert refused.value.path == path and said in plain(str(refused.value))


def test_somebody_is_left_for_the_key():
    with pytest.raises(CostingError, match="plus rien à partager"):
        over("flat", "100", [WATER, SOCIAL], {}, agreed_percent={WATER.code: "50", SOCIAL.code: "50"})


def test_a_receipt_is_agreed_in_percent_alone():
    result = over("flat", "-90", [*ABC, SOCIAL], {}, agreed_percent={SOCIAL.code: "10"})
    assert result.shares[SOCIAL.code] == D("-9.00") and result.shares["81001"] == D("-27.00")
    with pytest.raises(CostingError, match="recette à partager"):
        over("flat", "-90", [*ABC, SOCIAL], {}, agreed_amount={SOCIAL.code: "10"})


def test_a_part_agreed_for_who_is_no_longer_counted_goes_with_it():
    agreed = {SOCIAL.code: "10"}
    assert over("flat", "90", ABC, {}, agreed_amount=agreed).shares["81001"] == D("30.00")
    assert adjustments.read({"adjust": {"agreed_amount": agreed}}).agreed == {SOCIAL.code}, (
        "kept, if it comes back"
    )


@settings(deadline=None)
@given(
    total=st.decimals(-(10**5), 10**6, places=2),
    values=st.lists(st.integers(1, 10**5), min_size=3, max_size=3),
    first=st.decimals(0, 40, places=2),
    amounts=st.dictionaries(st.sampled_from([WATER.code, CLUB.code]), st.decimals(0, 5000, places=2)),
    percents=st.dictionaries(st.sampled_from([SOCIAL.code]), st.decimals(0, 60, places=4)),
    low=st.none() | st.decimals(0, 500, places=2),
    order=st.permutations(MIXED),
    name=st.sampled_from(["flat", "pro_rata", "fixed_variable", "tiers"]),
)  # fmt: skip
def test_agreed_parts_are_kept_to_the_cent_and_the_whole_adds_up(
    total, values, first, amounts, percents, low, order, name
):
    typed = {party.code: str(value) for party, value in zip(ABC, values, strict=True)}
    weights = dict.fromkeys(
        (WATER.code, SOCIAL.code, CLUB.code), "7"
    )  # who has no agreed part is counted by the key
    inputs = {
        "criterion": "c", "unit": "u", "fixed": "20", "values": {**typed, **weights}, "tiers": TARIFF, "payer": "X",
    }  # fmt: skip
    adjust = {
        "first": str(first), "keeper": "EPCI", "minimum": None if low is None else str(low),
        "agreed_amount": {code: str(part) for code, part in amounts.items()},
        "agreed_percent": {code: str(part) for code, part in percents.items()},
    }  # fmt: skip
    try:
        result = over(name, total, MIXED, inputs, **adjust)
    except CostingError:
        assume(False)
    assert sum(result.shares.values()) + result.left_over == total, "to the cent"
    for code, part in amounts.items():
        assert result.shares[code] == part
    for code, part in percents.items():
        assert abs(result.shares[code] - total * part / 100) <= D("0.005")
    if KEYS[name].shares_whole:
        assert all(share * total >= 0 for share in result.shares.values()), "nobody is paid by a cost"
    made, stored = KEYS[name], result.formula.inputs
    assert over(name, total, order, inputs, **adjust) == result, "the order of the parties changes nothing"
    assert adjustments.allocate(made, total, MIXED, made.read(stored), adjustments.read(stored)) == result
    plan = adjustments.plan(made, MIXED, made.read(inputs), adjustments.read({"adjust": adjust}))
    assert plan.shares(total) == result.shares, "numbers alone are those of the formula"
