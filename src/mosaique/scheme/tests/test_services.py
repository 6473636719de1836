"""Verbs: resulting state, exact journal lines, and nothing lost."""

from datetime import UTC, date, datetime

import pytest

from mosaique.journal.models import Line
from mosaique.kernel import clock
from mosaique.kernel.verdict import Problem, Refused, Stale
from mosaique.scheme import queries, services
from mosaique.scheme.models import Position
from mosaique.scheme.tests.conftest import Scene
from mosaique.territory.models import Authority

pytestmark = pytest.mark.django_db


def verbs(since: int) -> list[str]:
    return list(Line.objects.filter(pk__gt=since).order_by("pk").values_list("verb", flat=True))


def mark() -> int:
    return Line.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def test_positions_are_kept_and_the_last_one_counts(scene: Scene) -> None:
    mayor, start = scene.company.actor("maire"), mark()
    services.give_position(actor=mayor, sheet=scene.sheet, answer="no")
    last = services.give_position(
        actor=mayor, sheet=scene.sheet, answer="yes_if", condition=" si le maire signe "
    )
    assert Position.objects.count() == 2 and last.condition == "si le maire signe"
    assert last.on_version == scene.fresh().version and last.voice == "mayor"
    assert verbs(start) == ["position_given", "position_given"]
    for attempt in (
        lambda: Position.objects.all().update(answer="yes"),
        lambda: Position.objects.all().delete(),
    ):
        with pytest.raises(TypeError):
            attempt()


def test_a_council_speaks_with_its_date(scene: Scene) -> None:
    mayor = scene.company.actor("maire")
    said = services.give_position(actor=mayor, sheet=scene.sheet, answer="yes", council_on=date(2026, 11, 20))
    assert said.voice == "council"
    with pytest.raises(Problem):
        services.give_position(actor=mayor, sheet=scene.sheet, answer="yes", council_on=date(2026, 12, 20))
    with pytest.raises(Refused):
        services.give_position(actor=scene.company.actor("secretaire"), sheet=scene.sheet, answer="yes")


def test_a_stale_edit_carries_both_texts_and_changes_nothing(scene: Scene) -> None:
    lead, animator = scene.company.actor("cheffe-de-projet"), scene.company.actor("animateur")
    seen, start = scene.sheet.version, mark()
    seen = scene.fresh().version
    services.edit_sheet(actor=lead, sheet=scene.sheet, seen=seen, changes={"context": "Texte de la cheffe"})
    with pytest.raises(Stale) as caught:
        services.edit_sheet(
            actor=animator, sheet=scene.sheet, seen=seen, changes={"context": "Texte de l’animateur"}
        )
    assert caught.value.fields == [("Pourquoi cette fiche", "Texte de la cheffe", "Texte de l’animateur")]
    assert "cheffe" in scene.fresh().context_html
    assert verbs(start) == ["sheet_edited"]


def test_the_html_is_written_with_the_text(scene: Scene) -> None:
    lead = scene.company.actor("cheffe-de-projet")
    sheet = services.edit_sheet(
        actor=lead,
        sheet=scene.sheet,
        seen=scene.fresh().version,
        changes={"content": "<script>x</script>\n\n- un\n- deux"},
    )
    assert "<script>" not in sheet.content_html and "<li>" in sheet.content_html


def test_dates_follow_one_another(scene: Scene) -> None:
    lead = scene.company.actor("cheffe-de-projet")
    with pytest.raises(Problem) as caught:
        services.edit_sheet(
            actor=lead,
            sheet=scene.sheet,
            seen=scene.fresh().version,
            changes={"start_on": date(2028, 7, 1), "review_on": date(2028, 1, 1)},
        )
    assert caught.value.field == "review_on"


def test_under_fpu_the_ac_may_be_chosen_for_a_form_that_foresees_it(scene: Scene) -> None:
    lead = scene.company.actor("cheffe-de-projet")
    changes = {"legal_form": "service_commun", "payment": "ac"}
    with pytest.raises(Problem):
        services.edit_sheet(actor=lead, sheet=scene.sheet, seen=scene.fresh().version, changes=changes)
    epci = scene.company.territory.epci
    epci.tax_regime = "FPU"
    epci.save()
    assert (
        services.edit_sheet(
            actor=lead, sheet=scene.sheet, seen=scene.fresh().version, changes=changes
        ).payment
        == "ac"
    )
    with pytest.raises(Problem):
        services.edit_sheet(
            actor=lead,
            sheet=scene.sheet,
            seen=scene.fresh().version,
            changes={"legal_form": "informal", "payment": "ac"},
        )


def test_documents_follow_the_legal_form(scene: Scene) -> None:
    lead, start = scene.company.actor("cheffe-de-projet"), mark()
    services.set_document(actor=lead, sheet=scene.sheet, kind="convention", present=True)
    assert scene.fresh().documents == {"convention": {"on": "2026-11-26", "note": ""}}
    services.set_document(actor=lead, sheet=scene.sheet, kind="convention", present=False)
    assert scene.fresh().documents == {} and verbs(start) == ["sheet_document", "sheet_document"]
    with pytest.raises(Problem):
        services.set_document(actor=lead, sheet=scene.sheet, kind="autre", present=True)


def test_a_sheet_moved_takes_its_figures_along(scene: Scene) -> None:
    lead, space = scene.company.actor("cheffe-de-projet"), scene.company.spaces["urbanisme"]
    services.move_sheet(actor=lead, sheet=scene.sheet, visibility="space", space=space)
    sheet = scene.fresh()
    assert sheet.scope.visibility == "space" and sheet.scenario.scope_id == sheet.scope_id
    with pytest.raises(Problem):
        services.move_sheet(actor=lead, sheet=scene.sheet, visibility="space", space=None)


def test_opening_twice_gives_the_same_scheme(scene: Scene) -> None:
    start = mark()
    again = services.open_scheme(actor=scene.company.actor("presidente"), territory=scene.company.territory)
    assert again == scene.scheme and verbs(start) == []


def test_a_decision_is_not_in_the_future(scene: Scene) -> None:
    lead, start = scene.company.actor("cheffe-de-projet"), mark()
    with pytest.raises(Problem):
        services.record_decision(
            actor=lead, sheet=scene.sheet, decided_on=date(2027, 1, 1), by="Bureau", text="x"
        )
    services.record_decision(
        actor=lead, sheet=scene.sheet, decided_on=date(2026, 11, 25), by="Bureau", text="Retenu."
    )
    assert verbs(start) == ["decision_recorded"]


def test_a_releve_enters_the_log_of_a_sheet(scene: Scene) -> None:
    from mosaique.discussions.destinations import all_destinations

    destination = all_destinations()["sheet"]
    animator, space = scene.company.actor("animateur"), scene.company.spaces["urbanisme"]
    assert [pk for pk, _ in destination.choices(animator, space)] == [scene.sheet.pk]
    assert destination.choices(scene.company.actor("maire"), space) == []


@pytest.mark.parametrize(
    ("openness", "by"),
    [
        ("secret", "Relevé d’un groupe de travail"),
        ("listed", "Relevé du groupe Urbanisme"),
    ],
)
def test_a_releve_names_its_group_only_when_all_may_know_it(scene: Scene, openness: str, by: str) -> None:
    from mosaique.discussions import services as discussions
    from mosaique.discussions.destinations import all_destinations
    from mosaique.spaces import services as spaces

    animator, space = scene.company.actor("animateur"), scene.company.spaces["urbanisme"]
    spaces.change_openness(actor=animator, space=space, openness="territory")
    spaces.change_openness(actor=animator, space=space, openness=openness)
    animator = scene.company.actor("animateur")
    space.refresh_from_db()
    thread = discussions.open_thread(
        actor=animator, space=space, title="Qui instruit ?", body="Un.", client_token="a" * 16, open_to_what="Les actes",
        who_decides="Chaque conseil", outcome_promise="Une fiche",
    )  # fmt: skip
    releve = discussions.write_releve(actor=animator, thread=thread, seen=0, agreed="Acquis.", pending="")
    for _ in range(2):  # sent twice: written once
        discussions.deliver_releve(actor=animator, releve=releve, kind="sheet", target_id=scene.sheet.pk)
    assert "sheet" in all_destinations()
    assert list(scene.sheet.decisions.values_list("by", flat=True)) == [by]


def test_a_form_left_and_chosen_again_says_why_again(scene: Scene) -> None:
    lead = scene.company.actor("dgs")
    for form in ("entente", "informal", "entente"):
        sheet = scene.fresh()
        services.choose_form(
            actor=lead,
            sheet=sheet,
            seen=sheet.version,
            changes={"legal_form": form},
            by="Bureau",
            why="Au plus simple.",
        )
    page = queries.sheet_page(lead, scene.fresh())
    assert scene.sheet.decisions.count() == 3 and page.form_choice is not None
    assert page.form_choice.legal_form == "entente"


def test_overseas_the_day_is_that_of_the_territory(scene: Scene) -> None:
    """After midnight in Réunion it is still yesterday in Paris: what is decided today is not refused as a day to come."""
    Authority.objects.filter(pk=scene.company.territory.epci_id).update(department="974")
    lead, sheet = scene.company.actor("dgs"), scene.fresh()
    with clock.at(datetime(2026, 11, 26, 22, 30, tzinfo=UTC)):
        services.choose_form(
            actor=lead, sheet=sheet, seen=sheet.version, changes={"legal_form": "entente"}, by="Bureau"
        )
        said = services.give_position(
            actor=scene.company.actor("maire"), sheet=sheet, answer="yes", council_on=date(2026, 11, 27)
        )
    assert sheet.decisions.get().decided_on == said.council_on == date(2026, 11, 27)


def test_a_decision_sent_twice_is_written_once(scene: Scene) -> None:
    line = {"sheet": scene.sheet, "decided_on": date(2026, 11, 25), "by": "Bureau", "text": "Retenu."}
    lead = scene.company.actor("cheffe-de-projet")
    first, again = (services.record_decision(actor=lead, **line) for _ in range(2))
    assert first.pk == again.pk
    services.record_decision(actor=lead, **{**line, "text": "Retenu, sous condition."})
    assert scene.sheet.decisions.count() == 2


def test_readers_changed_from_an_old_page_are_not_overwritten(scene: Scene) -> None:
    lead = scene.company.actor("cheffe-de-projet")
    seen = scene.fresh().version
    services.move_sheet(actor=lead, sheet=scene.sheet, visibility="public", space=None, seen=seen)
    with pytest.raises(Stale) as stale:
        services.move_sheet(actor=lead, sheet=scene.sheet, visibility="territory", space=None, seen=seen)
    assert [name for name, *_ in stale.value.fields] == ["Qui lit la fiche"]
    assert scene.fresh().scope.visibility == "public"


def test_a_position_clicked_six_times_is_said_once(scene: Scene) -> None:
    mayor, start = scene.company.actor("maire"), mark()
    for _ in range(6):
        services.give_position(actor=mayor, sheet=scene.sheet, answer="yes_if", condition="si le maire signe")
    assert Position.objects.count() == 1 and verbs(start) == ["position_given"]
    services.give_position(actor=mayor, sheet=scene.sheet, answer="no")
    services.give_position(actor=mayor, sheet=scene.sheet, answer="yes_if", condition="si le maire signe")
    assert Position.objects.count() == 3  # to come back to a position is to say it again


def test_who_leads_a_group_does_not_take_a_sheet_from_those_who_arbitrate(scene: Scene) -> None:
    animator, spaces = scene.company.actor("animateur"), scene.company.spaces
    with pytest.raises(Refused, match="groupe que vous animez"):
        services.move_sheet(actor=animator, sheet=scene.sheet, visibility="space", space=spaces["copil"])
    lead = scene.company.actor("cheffe-de-projet")
    for step in ("study", "building", "ready"):
        services.set_status(actor=lead, sheet=scene.sheet, to=step)
    with pytest.raises(Refused, match="retirerait du rapport"):
        services.move_sheet(actor=animator, sheet=scene.sheet, visibility="space", space=spaces["urbanisme"])
    services.move_sheet(actor=lead, sheet=scene.sheet, visibility="space", space=spaces["urbanisme"])
    assert scene.fresh().scope.visibility == "space"
