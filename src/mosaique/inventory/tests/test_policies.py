"""Who may do what: truth tables at zero query."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from mosaique.demo.people import Company
from mosaique.inventory import policies
from mosaique.inventory.models import Campaign, SectionSheet
from mosaique.kernel import clock

HALL, TEAM = {"maire", "secretaire"}, {"cheffe-de-projet", "dgs"}
# policy → who may, on an empty section of commune A while the collection runs
EXPECTED: dict[str, set[str]] = {
    "may_edit_sheet": HALL, "may_share": HALL, "may_give_back": HALL, "may_ask_help": HALL, "may_confirm": HALL, "may_confide": HALL,
    "may_reopen": set(), "may_release": set(), "may_revoke": HALL,
}  # fmt: skip


def who(cast: Company, policy: Callable[..., Any], row: Any, queries: Any) -> set[str]:
    actors = {slug: cast.actor(slug) for slug in cast.people}
    with queries(0):
        return {slug for slug, actor in actors.items() if policy(actor, row)}


@pytest.mark.parametrize("name", EXPECTED)
def test_on_an_empty_section(
    cast: Company, staff: SectionSheet, django_assert_num_queries: Any, name: str
) -> None:
    assert who(cast, getattr(policies, name), staff, django_assert_num_queries) == EXPECTED[name]


def test_on_a_section_given_back(cast: Company, staff: SectionSheet, django_assert_num_queries: Any) -> None:
    staff.state = "done"
    q = django_assert_num_queries
    assert who(cast, policies.may_edit_sheet, staff, q) == set()
    assert who(cast, policies.may_reopen, staff, q) == HALL
    assert who(cast, policies.may_release, staff, q) == HALL
    assert "reprendre" in policies.may_edit_sheet(cast.actor("maire"), staff).reason


def test_on_a_section_where_help_was_asked(
    cast: Company, staff: SectionSheet, django_assert_num_queries: Any
) -> None:
    staff.help_open = True
    assert who(cast, policies.may_edit_sheet, staff, django_assert_num_queries) == HALL | TEAM
    assert who(cast, policies.may_share, staff, django_assert_num_queries) == HALL


def test_late_is_still_taken_closed_is_not(cast: Company, staff: SectionSheet, campaign: Campaign) -> None:
    mayor = cast.actor("maire")
    with clock.at(campaign.closes_on.replace(year=2027)):
        assert staff.inventory.campaign.late
        assert policies.may_edit_sheet(mayor, staff)
    with clock.at(campaign.opens_on.replace(month=10)):
        assert "ouvre le" in policies.may_edit_sheet(mayor, staff).reason
    staff.inventory.campaign.closed_at = timezone.now()
    assert "close" in policies.may_edit_sheet(mayor, staff).reason
    assert policies.may_share(mayor, staff)


def test_the_collection_and_estimates_are_the_team_s(
    cast: Company, staff: SectionSheet, campaign: Campaign, django_assert_num_queries: Any
) -> None:
    q = django_assert_num_queries
    assert who(cast, policies.may_run_campaign, campaign, q) == TEAM
    assert who(cast, policies.may_change_campaign, campaign, q) == TEAM
    assert who(cast, policies.may_estimate, staff.inventory, q) == TEAM
    assert who(cast, policies.may_import, staff.inventory, q) == HALL | TEAM
