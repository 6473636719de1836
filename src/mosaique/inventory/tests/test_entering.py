"""Typing: what is kept, refused, told apart; sent twice it is taken once."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mosaique.demo.people import Company
from mosaique.inventory import cells, registry, services
from mosaique.inventory.models import AppliedChange, Return, Row, SectionSheet
from mosaique.journal.models import Line
from mosaique.kernel.verdict import Problem, Refused

Fill, Change = Callable[..., list[Row]], Callable[..., dict[str, Any]]


def test_a_value_is_stored_canonical_and_answered_in_french(
    cast: Company, staff: SectionSheet, fill: Fill, change: Change
) -> None:
    row = fill(staff, [{"mission": "Accueil"}])[0]
    answer = services.apply_changes(
        actor=cast.actor("secretaire"), sheet=staff, changes=[change(row, "etp_budget", "0.5")]
    )
    assert answer["results"][0] == {
        "id": answer["results"][0]["id"], "row": str(row.pk), "col": "etp_budget", "status": "saved", "version": 1, "value": "0,50",
    }  # fmt: skip
    assert answer["saved_at"] == "12\u00a0h\u00a000"
    assert answer["totals"]["etp_budget"] == "0,50"
    row.refresh_from_db()
    assert row.cells["etp_budget"]["v"] == "0.50"


@pytest.mark.parametrize(
    ("col", "typed", "words"),
    [
        ("etp_budget", "-1", "négatif"),
        ("etp_budget", "un demi", "n’est pas un nombre"),
        ("etp_budget", "35", "avez-vous saisi des heures"),
        ("etp_budget", "=A1+1", "n’est pas un nombre"),
        ("filiere", "Plomberie", "ne fait pas partie des choix"),
        ("mission", "Accueil, Mme Durand", "nom d’une personne"),
        ("mission", "?", "nomme la ligne"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_reason_and_kept(
    cast: Company, staff: SectionSheet, fill: Fill, change: Change, col: str, typed: str, words: str
) -> None:
    row = fill(staff, [{"mission": "Accueil", "etp_budget": "0,60"}])[0]
    seen = row.cells.get(col, {}).get("n", 0)
    answer = services.apply_changes(
        actor=cast.actor("secretaire"), sheet=staff, changes=[change(row, col, typed, seen=seen)]
    )
    assert answer["results"][0]["status"] == "refused"
    assert words in answer["results"][0]["reason"]
    row.refresh_from_db()
    assert row.cells[col]["r"] in (typed, "Ne sait pas")
    assert col not in cells.line_of(row.cells).values


def test_a_text_too_long_for_its_cell_is_kept_whole_or_said_not_to_be(
    cast: Company, staff: SectionSheet, fill: Fill, change: Change
) -> None:
    row = fill(staff, [{"mission": "Accueil"}])[0]
    mayor = cast.actor("maire")
    long, longer = "mot " * 2_000, "mot " * 6_000
    kept = services.apply_changes(actor=mayor, sheet=staff, changes=[change(row, "mission", long, seen=1)])
    assert kept["results"][0]["status"] == "refused"
    assert "Raccourcissez-le" in kept["results"][0]["reason"]
    row.refresh_from_db()
    assert row.cells["mission"]["r"] == long
    answer = services.apply_changes(
        actor=mayor, sheet=staff,
        changes=[change(row, "mission", longer, seen=1), change(row, "etp_budget", "0,5")],
    )  # fmt: skip
    assert [(r["status"], r.get("kept", True)) for r in answer["results"]] == [
        ("refused", False),
        ("saved", True),
    ]
    row.refresh_from_db()
    assert row.cells["mission"]["r"] == long


@pytest.mark.parametrize("typed", ["0", "19", "1789", "20260"])
def test_a_year_is_a_year(typed: str) -> None:
    column = registry.SECTIONS["equipment"].column("annee")
    assert column is not None
    assert "faute de frappe" in cells.judge(column, typed, None).reason
    assert cells.judge(column, "2019", None).value == "2019"


def test_a_refused_number_leaves_the_total(
    cast: Company, staff: SectionSheet, fill: Fill, change: Change
) -> None:
    rows = fill(
        staff, [{"mission": "Accueil", "etp_budget": "0,60"}, {"mission": "Voirie", "etp_budget": "1"}]
    )
    answer = services.apply_changes(
        actor=cast.actor("secretaire"), sheet=staff, changes=[change(rows[1], "etp_budget", "35", seen=1)]
    )
    assert answer["totals"] == {"etp_budget": "0,60", "etp_pourvu": "", "_titre": "Total, sans la ligne 2"}


def test_saying_that_a_line_is_a_group_answers_the_question_about_hours(
    cast: Company, staff: SectionSheet, fill: Fill, change: Change
) -> None:
    row = fill(staff, [{"mission": "Cantine"}])[0]
    actor = cast.actor("secretaire")
    answer = services.apply_changes(
        actor=actor, sheet=staff, changes=[change(row, "etp_budget", "4,5 groupe")]
    )
    assert answer["results"][0]["value"] == "4,50"
    again = services.apply_changes(
        actor=actor, sheet=staff, changes=[change(row, "etp_budget", "4,50", seen=1)]
    )
    assert again["results"][0]["status"] == "saved"


def test_unknown_is_not_zero(cast: Company, staff: SectionSheet, fill: Fill, change: Change) -> None:
    rows = fill(staff, [{"mission": "Accueil", "etp_budget": "0,60"}, {"mission": "Voirie"}])
    answer = services.apply_changes(
        actor=cast.actor("secretaire"), sheet=staff,
        changes=[change(rows[1], "etp_budget", None, unknown="inconnu"), change(rows[1], "statut", "?")],
    )  # fmt: skip
    assert [r["status"] for r in answer["results"]] == ["saved", "saved"]
    figure = next(
        f
        for f in staff.spec.figures(cells.counting(Row.objects.filter(sheet=staff)))
        if f.name == "etp_budget"
    )
    assert (str(figure.value), figure.missing) == ("0.60", 1)


def test_two_people_on_one_cell_are_shown_both_values(
    cast: Company, staff: SectionSheet, fill: Fill, change: Change
) -> None:
    row = fill(staff, [{"mission": "Accueil", "etp_budget": "0,60"}])[0]
    mayor = cast.actor("maire")
    late = services.apply_changes(
        actor=mayor, sheet=staff, changes=[change(row, "etp_budget", "0,80", seen=0)]
    )
    result = late["results"][0]
    assert (result["status"], result["version"], result["theirs"]) == ("conflict", 1, "0,60")
    row.refresh_from_db()
    assert row.cells["etp_budget"]["v"] == "0.60"
    kept = services.apply_changes(
        actor=mayor, sheet=staff, changes=[change(row, "etp_budget", "0,80", seen=1)]
    )
    assert kept["results"][0]["status"] == "saved"


@pytest.mark.parametrize(("window", "status"), [("aaaa1111", "saved"), ("bbbb2222", "conflict")])
def test_two_windows_of_one_person_are_two_people_for_one_cell(
    cast: Company, staff: SectionSheet, fill: Fill, change: Change, window: str, status: str
) -> None:
    row = fill(staff, [{"mission": "Accueil"}])[0]
    mayor = cast.actor("maire")

    def type_in(where: str, value: str) -> dict[str, Any]:
        typed = change(row, "etp_budget", value, seen=0) | {"id": f"{where}.{value}"}
        found: dict[str, Any] = services.apply_changes(actor=mayor, sheet=staff, changes=[typed])["results"][
            0
        ]
        return found

    assert type_in("aaaa1111", "0,60")["status"] == "saved"
    # The same window may type again before it has heard of its first value; another one is shown both.
    assert type_in(window, "0,80")["status"] == status
    row.refresh_from_db()
    assert row.cells["etp_budget"]["v"] == ("0.80" if status == "saved" else "0.60")


def test_a_line_removed_by_another_refuses_what_is_typed_in_it(
    cast: Company, staff: SectionSheet, fill: Fill, change: Change
) -> None:
    row = fill(staff, [{"mission": "Accueil"}])[0]
    services.apply_changes(
        actor=cast.actor("maire"), sheet=staff, changes=[{"id": "x", "row": str(row.pk), "op": "remove"}]
    )
    answer = services.apply_changes(
        actor=cast.actor("secretaire"), sheet=staff, changes=[change(row, "mission", "Voirie", seen=1)]
    )
    assert "retirée" in answer["results"][0]["reason"]
    services.apply_changes(
        actor=cast.actor("maire"), sheet=staff, changes=[{"id": "y", "row": str(row.pk), "op": "restore"}]
    )
    row.refresh_from_db()
    assert row.removed_at is None


def test_a_row_known_by_its_temporary_name_is_found_again(
    cast: Company, staff: SectionSheet, change: Change
) -> None:
    actor = cast.actor("secretaire")
    first = services.apply_changes(
        actor=actor,
        sheet=staff,
        changes=[{"id": "a1", "row": "n-1", "op": "add"}, change("n-1", "mission", "Accueil")],
    )
    assert first["results"][1]["row"] == first["results"][0]["row"] != "n-1"
    again = services.apply_changes(
        actor=actor, sheet=staff, changes=[{"id": "a1", "row": "n-1", "op": "add"}]
    )
    assert again["results"][0] == first["results"][0]
    assert Row.objects.filter(sheet=staff).count() == 1


def test_formula_text_is_kept_as_text(cast: Company, staff: SectionSheet, fill: Fill) -> None:
    row = fill(staff, [{"mission": "=HYPERLINK(1)"}])[0]
    assert row.cells["mission"]["v"] == "=HYPERLINK(1)"


def test_one_journal_line_per_sitting(cast: Company, staff: SectionSheet, fill: Fill) -> None:
    fill(staff, [{"mission": "Accueil"}])
    fill(staff, [{"mission": "Voirie"}])
    lines = Line.objects.filter(kind="inventory_section", ref_id=staff.pk)
    assert [line.verb for line in lines] == ["inventory_rows_entered"]
    inventory = Return.objects.get(pk=staff.inventory_id)
    assert inventory.states["staff"] == "draft"


@pytest.mark.parametrize(
    "slug", ["maire-b", "secretaire-b", "agent", "cheffe-de-projet", "presidente", "partenaire"]
)
def test_nobody_else_types(cast: Company, staff: SectionSheet, slug: str) -> None:
    with pytest.raises(Refused):
        services.apply_changes(
            actor=cast.actor(slug), sheet=staff, changes=[{"id": "a", "row": "n-1", "op": "add"}]
        )


@pytest.mark.parametrize("broken", [{}, {"id": "", "row": "1", "op": "set"}, {"id": "a", "row": "1", "op": "drop"},
                                    {"id": "a", "row": "1", "op": "set", "col": "mission", "value": 3}, "text"])  # fmt: skip
def test_a_broken_change_is_refused_whole(cast: Company, staff: SectionSheet, broken: Any) -> None:
    with pytest.raises(Problem):
        services.apply_changes(actor=cast.actor("secretaire"), sheet=staff, changes=[broken])
    assert not AppliedChange.objects.exists()


_texts = st.one_of(
    st.sampled_from(["", "0,5", "1", "35", "-2", "?", "Technique", "=1+1", "A", "Ne sait pas"]),
    st.text(max_size=12),
)
_ops = st.lists(
    st.tuples(
        st.sampled_from(["set", "set", "set", "add", "remove", "restore"]), st.integers(0, 3),
        st.sampled_from(["mission", "filiere", "etp_budget", "depart"]), _texts,
        st.sampled_from([None, None, None, "inconnu", "nimporte"]), st.integers(0, 3), st.sampled_from(["secretaire", "maire"]),
    ),
    max_size=12,
)  # fmt: skip


def _state(sheet: SectionSheet) -> list[Any]:
    rows = Row.objects.filter(sheet=sheet).order_by("pk")
    return [(r.client_id, r.removed_at is None, r.cells) for r in rows]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(script=_ops, replays=st.lists(st.integers(0, 11), max_size=6))
def test_any_sequence_replayed_gives_the_same_state(
    cast: Company, staff: SectionSheet, script: list[Any], replays: list[int]
) -> None:
    """Whatever is typed, by whom, in what order: never an exception; what was answered for good, sent again, changes nothing."""
    Row.objects.filter(sheet=staff).delete()
    AppliedChange.objects.filter(sheet=staff).delete()
    actors = {slug: cast.actor(slug) for slug in ("secretaire", "maire")}
    sent: list[tuple[str, dict[str, Any], dict[str, Any]]] = []
    for number, (op, row, col, text, unknown, seen, slug) in enumerate(script):
        one = {"id": f"h-{number}", "row": f"n-{row}", "op": op, "col": col if op == "set" else None,
               "value": text, "unknown": unknown, "seen": seen}  # fmt: skip
        answer = services.apply_changes(actor=actors[slug], sheet=staff, changes=[one])["results"][0]
        assert answer["status"] in ("saved", "refused", "conflict")
        sent.append((slug, one, answer))
    final = [
        item for item in sent if AppliedChange.objects.filter(sheet=staff, change_id=item[1]["id"]).exists()
    ]
    before = _state(staff)
    for index in replays:
        if index < len(final):
            slug, one, answer = final[index]
            assert (
                services.apply_changes(actor=actors[slug], sheet=staff, changes=[one])["results"][0] == answer
            )
    assert _state(staff) == before
    for row in Row.objects.filter(sheet=staff):
        for cell in row.cells.values():
            assert not ("v" in cell and "u" in cell)
