"""Components say what they must, escape what they are given, and never need a variable they were not passed."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils.safestring import mark_safe

from mosaique.kernel.ui.gallery import example_context
from mosaique.kernel.ui.parts import Figure, Step, Tile, Todo
from mosaique.kernel.ui.tags import COMPONENT_TAGS, register

NB, NN = "\u00a0", "\u202f"
TODAY = date(2026, 11, 26)


def made(source: str, **context: object) -> str:
    return engines["django"].from_string(source).render(context, RequestFactory().get("/?filtre=eau&page=2"))


def test_every_component_is_in_the_gallery_and_known_to_the_loader(show: Callable[..., str]) -> None:
    html = show("ui/gallery.html", path="/composants/", **example_context())
    from pathlib import Path

    source = (Path(__file__).resolve().parents[1] / "templates" / "ui" / "gallery.html").read_text(
        encoding="utf-8"
    )
    elsewhere = {
        "field",
        "champ_id",
        "ephe",
        "icon",
        "tile",
        "grille_etat",
        "asset",
        "around",
    }  # used by the components above them
    shown = {name for name in register.tags if f"{{% {name} " in source}
    assert set(register.tags) - shown - elsewhere == set()
    assert set(register.tags) >= COMPONENT_TAGS
    assert "<h1" in html


def test_text_given_by_people_is_escaped() -> None:
    evil = "<img src=x>"
    assert evil not in made('{% message "bon" evil %}{{ evil }}{% endmessage %}', evil=evil)
    assert evil not in made('{% etat "fait" evil %}{% tile_name None evil %}{% fil evil %}', evil=evil)
    assert evil not in made("{% afaire todos today %}", todos=[Todo(evil, "/", evil)], today=TODAY)
    assert evil not in made(
        '{% parole "m1" evil %}x{% endparole %}{% quatre evil evil evil evil %}', evil=evil
    )


def test_a_tile_is_never_read_aloud_and_a_missing_one_is_dashed() -> None:
    assert 'class="carreau k-prune grand"' in made('{% tile t "grand" %}', t=Tile(1, "prune"))
    assert "aria-hidden" in made("{% tile t %}", t=Tile(1, "prune"))
    assert "carreau vide" in made("{% tile None %}")
    with pytest.raises(ValueError, match="no such tile"):
        Tile(8, "bv")


@pytest.mark.parametrize(
    ("days", "soon"), [(date(2026, 12, 4), True), (date(2026, 12, 5), False), (date(2026, 11, 20), True)]
)
def test_a_date_turns_ochre_at_eight_days(days: date, soon: bool) -> None:
    assert ("bientot" in made("{% ephe day today %}", day=days, today=TODAY)) is soon


def test_a_far_date_shows_its_year_and_an_unknown_one_a_question_mark() -> None:
    assert "<i>2028</i>" in made("{% ephe day today %}", day=date(2028, 1, 1), today=TODAY)
    assert "1<sup>er</sup>" in made("{% ephe day today %}", day=date(2028, 1, 1), today=TODAY)
    unknown = made("{% ephe None today %}", today=TODAY)
    assert "?" in unknown and "pas encore connue" in unknown


def test_only_the_first_thing_to_do_has_a_full_button() -> None:
    todos = [Todo("Un", "/1", due=TODAY, action="Répondre"), Todo("Deux", "/2", action="Répondre")]
    html = made("{% afaire todos today %}", todos=todos, today=TODAY)
    assert html.count("btn plein") == 1
    assert 'href="/2">Deux' in html


def test_steps_say_their_state_in_words() -> None:
    html = made(
        "{% frise steps %}",
        steps=[Step("A", "fait", "juin"), Step("B", "encours", "déc."), Step("C", "avenir", "mars")],
    )
    assert "<em>Fait</em>" in html and "<em>En cours</em>" in html and ", à venir" in html
    assert html.count('aria-current="step"') == 1


def test_figures_may_hold_safe_html_only() -> None:
    html = made("{% trois figures %}", figures=[Figure(mark_safe("1<sup>er</sup>"), "a"), Figure("<b>", "c")])
    assert "1<sup>er</sup>" in html and "<dd>&lt;b&gt;</dd>" in html


def test_pages_keep_the_rest_of_the_address() -> None:
    html = made("{% pages page %}", page=Paginator(range(158), 25).page(2))
    assert 'href="?filtre=eau&amp;page=3"' in html
    assert 'aria-label="Page 7, dernière"' in html
    assert html.count('aria-current="page"') == 1
    assert made("{% pages page %}", page=Paginator(range(3), 25).page(1)).strip() == ""


def test_breadcrumb_ends_with_this_page() -> None:
    html = made('{% fil "Fiches" "/f/" "Fiche 7" %}')
    assert '<a href="/f/">Fiches</a>' in html and '<span aria-current="page">Fiche' in html
    with pytest.raises(ValueError, match="fil"):
        made('{% fil "Fiches" "/f/" %}')


def test_numbers_and_unknowns() -> None:
    assert (
        made("{{ v|money }}", v=Decimal("2270.13"))
        == f'<span class="nw">2{NN}270<span class="c">,13</span>{NB}€</span>'
    )
    assert made('{{ v|money:"rond" }}', v=Decimal("58000")) == f"58{NN}000{NB}€"
    assert "non communiqué" in made("{{ v|money }}", v=None)
    assert made("{{ v|etp }}", v=Decimal("1.2")) == f"1,20{NB}ETP"
    assert made("{{ v|integer }}", v=None) == "non communiqué"
    assert made("{{ v|percent }}", v=Decimal("12.5")) == f"12,5{NB}%"


def test_dates_are_machine_readable() -> None:
    assert made("{{ d|date_fr }}", d=date(2028, 1, 1)) == (
        f'<time datetime="2028-01-01">1<sup>er</sup>{NB}janvier{NB}2028</time>'
    )
    assert "jeudi 26" in made('{{ d|date_fr:"jour" }}', d=TODAY)
    assert "non connue" in made("{{ d|date_fr }}", d=None)
    moment = datetime(2026, 11, 26, 13, 32, tzinfo=ZoneInfo("UTC"))
    assert f"14{NB}h{NB}32" in made("{{ m|moment_fr }}", m=moment), "local time of the territory"


def test_a_person_s_text_gets_typography_and_stays_escaped() -> None:
    assert made("{{ t|typographie }}", t="l'eau <b>") == "l’eau &lt;b&gt;"


def test_a_message_without_title_and_a_heading_of_the_right_level() -> None:
    assert "<h3>Vu</h3>" in made('{% message "bon" "Vu" level=3 %}x{% endmessage %}')
    assert "<h" not in made('{% message "bon" %}x{% endmessage %}')
    with pytest.raises(ValueError, match="level"):
        made('{% message "bon" "Vu" level=1 %}x{% endmessage %}')


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 fiche"), (1, "1 fiche"), (2, "2 fiches"), (None, "None fiche")]
)
def test_a_noun_agrees_from_two_on(count: int | None, said: str) -> None:
    written = engines["django"].from_string("{{ n }} fiche{{ n|pluriel }}").render({"n": count})
    assert written == said


@pytest.mark.parametrize(
    ("name", "said"),
    [("Anne", "d’Anne"), ("Paul", "de Paul"), ("Élise", "d’Élise"), ("Hélène", "d’Hélène"), ("Hassan", "de Hassan"),
     ("Yves", "d’Yves"), ("Yann", "de Yann"), ("", "de ")],
)  # fmt: skip
def test_of_a_person_is_written_as_it_is_said(name: str, said: str) -> None:
    assert made("{{ n|de }}", n=name) == said
