"""Who may do what: truth tables, on rows already loaded, at zero query."""

from typing import Any

import pytest

from mosaique.scheme import policies
from mosaique.scheme.models import ActionSheet, Scheme
from mosaique.scheme.tests.conftest import Scene

pytestmark = pytest.mark.django_db
EVERYONE = (
    "cheffe-de-projet",
    "dgs",
    "presidente",
    "maire",
    "maire-b",
    "secretaire",
    "agent",
    "representante-du-personnel",
    "animateur",
    "partenaire",
)
TABLE = {
    # act: who may while drafting
    "edit": {"cheffe-de-projet", "dgs", "presidente", "animateur"},
    "create": {"cheffe-de-projet", "dgs", "presidente", "animateur"},
    "scheme": {"cheffe-de-projet", "dgs", "presidente"},
    "answer": {"maire", "maire-b"},
    "freeze": {"cheffe-de-projet", "presidente"},
    "study": {"cheffe-de-projet", "dgs", "presidente", "animateur"},
    "drop": {"cheffe-de-projet", "dgs", "presidente"},
    "skip": set(),
}


def verdicts(actor: Any, sheet: ActionSheet) -> dict[str, Any]:
    return {
        "edit": policies.may_edit_sheet(actor, sheet),
        "create": policies.may_create_sheet(actor, sheet.scheme),
        "scheme": policies.may_edit_scheme(actor, sheet.scheme),
        "answer": policies.may_answer(actor, sheet),
        "freeze": policies.may_freeze(actor, sheet.scheme),
        "study": policies.may_set_status(actor, sheet, "study"),
        "drop": policies.may_set_status(actor, sheet, "dropped"),
        "skip": policies.may_set_status(actor, sheet, "retained"),
    }


@pytest.mark.parametrize("slug", EVERYONE)
def test_while_drafting(scene: Scene, django_assert_num_queries: Any, slug: str) -> None:
    actor, sheet = scene.company.actor(slug), scene.fresh()
    with django_assert_num_queries(0):
        for act, verdict in verdicts(actor, sheet).items():
            assert bool(verdict) is (slug in TABLE[act]), act
            assert verdict or verdict.reason.endswith(".")


@pytest.mark.parametrize("slug", EVERYONE)
@pytest.mark.parametrize("state", [Scheme.State.CONSULTATION, Scheme.State.ADOPTED])
def test_nothing_changes_once_sent(scene: Scene, slug: str, state: str) -> None:
    actor, sheet = scene.company.actor(slug), scene.fresh()
    sheet.scheme.state = state
    assert not any(verdicts(actor, sheet).values())
    reopens = state == Scheme.State.CONSULTATION and slug in TABLE["freeze"]
    assert bool(policies.may_reopen(actor, sheet.scheme)) is reopens


@pytest.mark.parametrize("status", ["retained", "dropped"])
def test_a_decided_sheet_waits_for_nobody(scene: Scene, status: str) -> None:
    sheet = scene.fresh()
    sheet.status = status
    assert not policies.may_answer(scene.company.actor("maire"), sheet)


@pytest.mark.parametrize(
    ("slug", "reads"),
    [
        ("maire-b", True),
        ("secretaire", True),
        ("cheffe-de-projet", True),
        ("animateur", True),
        ("agent", False),
        ("representante-du-personnel", False),
    ],
)
def test_who_reads_conditions(scene: Scene, slug: str, reads: bool) -> None:
    assert policies.may_read_conditions(scene.company.actor(slug), scene.fresh()) is reads
