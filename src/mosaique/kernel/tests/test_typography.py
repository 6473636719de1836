"""French typography: what a reader expects, and that passing twice changes nothing."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mosaique.kernel import typography as t

N, F = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("L'avis de l'\"Union\"", f"L’avis de l’«{N}Union{N}»"),
        ("Qui décide ?", f"Qui décide{F}?"),
        ("Qui décide?", f"Qui décide{F}?"),
        ("oui ; non !", f"oui{F}; non{F}!"),
        ("Quoi ?!", f"Quoi{F}?!"),
        ("Total : 12 €", f"Total{N}: 12{N}€"),
        ("Total: 12€", f"Total{N}: 12{N}€"),
        ("dit « oui » hier", f"dit «{N}oui{N}» hier"),
        ("« Qui peut voir ceci ? »", f"«{N}Qui peut voir ceci{F}?{N}»"),
        ("1 234,56 €", f"1{F}234,56{N}€"),
        ("12 345 678 habitants", f"12{F}345{F}678{N}habitants"),
        ("en 2026 100 communes", "en 2026 100 communes"),
        ("2,50 ETP et 30 %", f"2,50{N}ETP et 30{N}%"),
        ("le 26 août 2027", f"le 26{N}août 2027"),
        ("le 1er décembre", f"le 1er{N}décembre"),
        ("article L. 5211-39-1", f"article{N}L.{N}5211-39-1"),
        ("n° 3", f"n°{N}3"),
        ("à 14h32", f"à 14{N}h{N}32"),
        ("à 14 h", f"à 14{N}h"),
        ("à 14:32", "à 14:32"),
        ("écart de -320 €", f"écart de −320{N}€"),
        ("2027-2032, Saint-Julien", "2027-2032, Saint-Julien"),
        ("attendez...", "attendez…"),
        ("À l'Étang", "À l’Étang"),
        ("Mme Aubert", f"Mme{N}Aubert"),
        ("Code 7f3a 91c2 e05b 4d18", "Code 7f3a 91c2 e05b 4d18"),
        (
            "voir https://a.fr/verifier/?code=7f3a;b=1 : lien",
            f"voir https://a.fr/verifier/?code=7f3a;b=1{N}: lien",
        ),
        ("mairie@exemple.fr ?", f"mairie@exemple.fr{F}?"),
        ("(?)", "(?)"),
        ("a;b;c", "a;b;c"),
        ("", ""),
    ],
)
def test_what_is_typed_and_what_is_printed(typed, printed):
    assert t.typographie(typed) == printed
    assert t.typographie(printed) == printed


FRENCH = st.text(alphabet=" \u00a0\u202f.,;:?!'’\"«»-−()[]/&=+@%€°…aàéEhLnN0123459\nMmp<>#", max_size=40)
SAMPLES = """l'eau ; ? ! : 12 345 67 € % ETP 14h 14 h 32 « » " article L. R. 5211-1 n° 1er août
  janvier -3 −4 https://x.fr/?a=1; a@b.fr M. Mme Aubert fiche 3 ... … (oui) &amp; 2026 100 km habitants"""
WORDS = st.lists(st.sampled_from(SAMPLES.split()), max_size=14).map(" ".join)


@given(st.one_of(FRENCH, WORDS, st.text(max_size=40)))
def test_passing_twice_changes_nothing(text):
    once = t.typographie(text)
    assert t.typographie(once) == once


@given(st.one_of(FRENCH, WORDS))
def test_only_spaces_and_signs_change(text):
    def bones(value):
        return "".join(c for c in value if c.isalnum())

    assert bones(t.typographie(text)) == bones(text)


@given(st.one_of(FRENCH, WORDS))
def test_html_passing_twice_changes_nothing(text):
    once = t.typographie_html(f'<p class="a?">{text}</p>')
    assert t.typographie_html(once) == once


def test_html_leaves_tags_and_code():
    html = '<a href="/a?b=1;c" title="l\'eau ?">l&#x27;eau</a> : <code>a = "b" ;</code> <b>oui</b> ?'
    assert t.typographie_html(html) == (
        f'<a href="/a?b=1;c" title="l\'eau ?">l’eau</a>{N}: <code>a = "b" ;</code> <b>oui</b>{F}?'
    )


def test_quantities():
    assert t.money(Decimal("1234.56")) == f"1{F}234,56{N}€"
    assert t.money(Decimal("-1234567.005")) == f"−1{F}234{F}567,01{N}€"
    assert t.money(Decimal("0.00"), signed=True) == f"0,00{N}€"
    assert t.money(Decimal("-0.001")) == f"0,00{N}€"
    assert t.money(58000, cents=False) == f"58{F}000{N}€"
    assert t.money(None) == "non communiqué"
    assert t.etp(Decimal("2.5")) == f"2,50{N}ETP"
    assert t.etp(Decimal("1.2"), signed=True, unit=False) == "+1,20"
    assert t.integer(34875) == f"34{F}875"
    assert t.percent(Decimal("12.5")) == f"12,5{N}%"
    assert t.percent(Decimal("30.0")) == f"30{N}%"
    assert t.decimal_number(Decimal("3.14159"), 3) == "3,142"
    with pytest.raises(TypeError):
        t.money(1.5)


def test_dates():
    assert t.date_long(date(2026, 12, 1)) == f"1er{N}décembre{N}2026"
    assert t.date_with_weekday(date(2026, 12, 1)) == f"mardi 1er{N}décembre{N}2026"
    assert t.month_year(date(2027, 8, 26)) == f"août{N}2027"
    assert t.datetime_long(datetime(2027, 8, 26, 9, 5)) == f"26{N}août{N}2027 à 9{N}h{N}05"


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=2))
def test_printed_money_is_already_french(amount):
    assert t.typographie(t.money(amount)) == t.money(amount)
