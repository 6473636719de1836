"""Who reads a section, entry on behalf, release: the commune stays master of its data."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from mosaique.access.models import Scope
from mosaique.demo.people import Company
from mosaique.inventory import cells, released, services
from mosaique.inventory.models import Release, Row, SectionSheet, Summary
from mosaique.inventory.registry import SECTIONS
from mosaique.inventory.services.releasing import as_json, figures_of
from mosaique.journal.models import Line
from mosaique.kernel.verdict import Problem, Refused

Fill, SheetOf = Callable[..., list[Row]], Callable[[str], SectionSheet]
OTHERS = ["maire-b", "secretaire-b", "agent", "presidente", "representante-du-personnel", "partenaire"]


def again(sheet: SectionSheet) -> SectionSheet:
    return SectionSheet.objects.for_screen().get(pk=sheet.pk)


def verbs(sheet: SectionSheet) -> list[str]:
    return list(
        Line.objects.filter(kind="inventory_section", ref_id=sheet.pk)
        .order_by("pk")
        .values_list("verb", flat=True)
    )


def readers(cast: Company, sheet: SectionSheet) -> set[str]:
    return {
        slug
        for slug in cast.people
        if SectionSheet.objects.visible_to(cast.actor(slug)).filter(pk=sheet.pk).exists()
    }


def test_until_the_commune_chooses_it_alone_reads(cast: Company, staff: SectionSheet) -> None:
    assert staff.sharing == ""
    assert readers(cast, staff) == {"maire", "secretaire"}


@pytest.mark.parametrize(
    ("section", "sharing", "expected"),
    [
        ("staff", "team", {"maire", "secretaire", "cheffe-de-projet", "dgs"}),
        # Staff lines never go beyond the team, whatever is chosen.
        ("staff", "circle", {"maire", "secretaire", "cheffe-de-projet", "dgs"}),
        ("staff", "public", {"maire", "secretaire", "cheffe-de-projet", "dgs"}),
        (
            "equipment",
            "circle",
            {"maire", "secretaire", "cheffe-de-projet", "dgs", "maire-b", "secretaire-b", "presidente"},
        ),
        (
            "equipment",
            "public",
            {"maire", "secretaire", "cheffe-de-projet", "dgs", "maire-b", "secretaire-b", "presidente"},
        ),
    ],
)
def test_lines_are_read_by_those_chosen(
    cast: Company, sheet_of: SheetOf, section: str, sharing: str, expected: set[str]
) -> None:
    sheet = sheet_of(section)
    change = services.choose_sharing(actor=cast.actor("secretaire"), sheet=sheet, sharing=sharing)
    assert readers(cast, sheet) == expected
    assert "Hélène Carrière" in change.gained and change.lost == []
    assert verbs(sheet) == ["inventory_sharing_chosen"]


def test_narrowing_says_who_loses_and_erases_the_shared_sentence(
    cast: Company, staff: SectionSheet, fill: Fill
) -> None:
    fill(staff, [{"mission": f"Poste {n}", "filiere": "technique"} for n in range(6)])
    actor = cast.actor("maire")
    services.choose_sharing(actor=actor, sheet=staff, sharing="public")
    summary = Summary.objects.get(sheet=staff)
    assert summary.scope.visibility == "public"
    assert summary.text.startswith("Saint-Cirgue : 4 à 6 postes, surtout dans la filière technique")
    change = services.choose_sharing(actor=actor, sheet=staff, sharing="authority")
    assert set(change.lost) == {"Hélène Carrière", "Bruno Mazeran"}
    assert not Summary.objects.exists()


@pytest.mark.parametrize("slug", [*OTHERS, "cheffe-de-projet"])
def test_nobody_else_chooses(cast: Company, staff: SectionSheet, slug: str) -> None:
    before = Scope.objects.get(pk=staff.scope_id)
    with pytest.raises(Refused):
        services.choose_sharing(actor=cast.actor(slug), sheet=staff, sharing="public")
    assert again(staff).scope == before


def test_the_team_types_only_when_asked_and_it_counts_only_once_confirmed(
    cast: Company, staff: SectionSheet, fill: Fill
) -> None:
    with pytest.raises(Refused):
        fill(staff, [{"mission": "Accueil"}], slug="cheffe-de-projet")
    services.ask_help(actor=cast.actor("secretaire"), sheet=staff, note="Le classeur vert")
    assert again(staff).sharing == "team"
    rows = fill(staff, [{"mission": "Accueil", "etp_budget": "0,5"}], slug="cheffe-de-projet")
    assert rows[0].to_confirm and rows[0].entered_for_id == cast.territory.epci_id
    assert cells.counting(rows) == []
    with pytest.raises(Problem, match="attend votre confirmation"):
        services.give_back(actor=cast.actor("secretaire"), sheet=staff)
    with pytest.raises(Refused):
        services.confirm_entries(actor=cast.actor("cheffe-de-projet"), sheet=staff)
    assert services.confirm_entries(actor=cast.actor("maire"), sheet=staff) == 1
    assert [line.text("etp_budget") for line in cells.counting(Row.objects.filter(sheet=staff))] == ["0.50"]
    services.end_help(actor=cast.actor("secretaire"), sheet=staff)
    with pytest.raises(Refused):
        fill(staff, [{"mission": "Voirie"}], slug="cheffe-de-projet")
    assert verbs(staff) == [
        "inventory_sharing_chosen", "inventory_help_asked", "inventory_rows_entered", "inventory_entry_confirmed",
        "inventory_help_closed",
    ]  # fmt: skip


def test_a_line_corrected_by_the_team_is_to_confirm_again(
    cast: Company, staff: SectionSheet, fill: Fill
) -> None:
    row = fill(staff, [{"mission": "Accueil", "etp_budget": "0,5"}])[0]
    services.ask_help(actor=cast.actor("secretaire"), sheet=staff)
    services.apply_changes(
        actor=cast.actor("cheffe-de-projet"), sheet=staff,
        changes=[{"id": "t", "row": str(row.pk), "col": "etp_budget", "op": "set", "value": "0,6", "unknown": None, "seen": 1}],
    )  # fmt: skip
    row.refresh_from_db()
    assert row.to_confirm


def test_giving_back_asks_what_is_missing_then_closes_the_section(
    cast: Company, staff: SectionSheet, fill: Fill
) -> None:
    actor = cast.actor("secretaire")
    with pytest.raises(Problem, match="qui voit ces données"):
        services.give_back(actor=actor, sheet=staff)
    services.choose_sharing(actor=actor, sheet=staff, sharing="team")
    with pytest.raises(Problem, match="rien à déclarer"):
        services.give_back(actor=actor, sheet=staff)
    fill(staff, [{"mission": "Accueil", "etp_budget": "35"}])
    with pytest.raises(Problem, match="à revoir"):
        services.give_back(actor=actor, sheet=staff)
    row = Row.objects.get(sheet=staff)
    services.apply_changes(actor=actor, sheet=staff, changes=[
        {"id": "z", "row": str(row.pk), "col": "etp_budget", "op": "set", "value": "1", "unknown": None, "seen": 0}
    ])  # fmt: skip
    services.give_back(actor=actor, sheet=staff)
    assert again(staff).state == "done"
    with pytest.raises(Refused):
        fill(staff, [{"mission": "Voirie"}])
    services.reopen(actor=actor, sheet=staff)
    fill(staff, [{"mission": "Voirie"}])
    assert verbs(staff)[-2:] == [
        "inventory_section_done",
        "inventory_section_reopened",
    ] or "inventory_section_done" in verbs(staff)


def test_an_inventory_is_complete_when_every_section_is_given_back(
    cast: Company, sheet_of: SheetOf, inventory_a: object
) -> None:
    actor = cast.actor("maire")
    for name in SECTIONS:
        services.choose_sharing(actor=actor, sheet=sheet_of(name), sharing="team")
        services.give_back(actor=actor, sheet=sheet_of(name), nothing=True)
    inventory = sheet_of("staff").inventory
    assert inventory.is_complete and inventory.done_count == len(SECTIONS)
    assert Line.objects.filter(kind="inventory_return", verb="inventory_return_done").count() == 1


def release(cast: Company, sheet: SectionSheet, slug: str = "secretaire") -> Release:
    figures = [as_json(figure) for figure in figures_of(sheet)]
    return services.release_figures(
        actor=cast.actor(slug), sheet=sheet, names=[figure["name"] for figure in figures], seen=figures
    )


def test_the_report_holds_only_what_was_released_until_it_is_taken_back(
    cast: Company, sheet_of: SheetOf, fill: Fill
) -> None:
    sheet = sheet_of("contracts")
    fill(
        sheet,
        [
            {"objet": "Électricité", "montant": "8 450,20", "fin": "31/12/2027"},
            {"objet": "Copieur", "montant": "?"},
        ],
    )
    with pytest.raises(Refused):
        release(cast, sheet)
    services.choose_sharing(actor=cast.actor("secretaire"), sheet=sheet, sharing="team")
    services.give_back(actor=cast.actor("secretaire"), sheet=sheet)
    assert released.released_figures(cast.territory) == []
    for slug in ("cheffe-de-projet", "maire-b"):
        with pytest.raises(Refused):
            release(cast, sheet, slug)
    kept = release(cast, sheet)
    found = {figure.name: figure for figure in released.released_figures(cast.territory)}
    assert (found["montant"].value, found["montant"].missing) == (Decimal("8450.20"), 1)
    assert found["montant"].authority_name == "Saint-Cirgue" and found["montant"].source.startswith(
        "commune, versé le"
    )
    assert kept.scope.visibility == "territory"
    services.revoke_release(actor=cast.actor("maire"), sheet=sheet)
    assert released.released_figures(cast.territory) == []


def test_figures_that_moved_since_the_page_are_not_released(
    cast: Company, sheet_of: SheetOf, fill: Fill
) -> None:
    sheet = sheet_of("equipment")
    fill(sheet, [{"designation": "Podium"}])
    services.choose_sharing(actor=cast.actor("maire"), sheet=sheet, sharing="team")
    services.give_back(actor=cast.actor("maire"), sheet=sheet)
    stale = [{**as_json(figure), "value": "99"} for figure in figures_of(sheet)]
    with pytest.raises(Problem, match="ont changé"):
        services.release_figures(actor=cast.actor("maire"), sheet=sheet, names=["materiels"], seen=stale)
    assert not Release.objects.exists()


def test_an_estimate_is_marked_and_gives_way_to_the_commune(
    cast: Company, staff: SectionSheet, fill: Fill
) -> None:
    lead, day = cast.actor("cheffe-de-projet"), staff.inventory.campaign.reference_date
    services.set_estimate(
        actor=lead, inventory=staff.inventory, section="staff", name="etp_budget", value=Decimal("4.2"), source="Budget 2025",
        as_of=day,
    )  # fmt: skip
    only = released.released_figures(cast.territory)
    assert [(f.text, f.is_estimate) for f in only] == [("4,20\u00a0ETP", True)]
    assert "estimation de l’EPCI, non confirmée par la commune" in only[0].source
    fill(staff, [{"mission": "Accueil", "etp_budget": "0,5"}])
    services.choose_sharing(actor=cast.actor("maire"), sheet=staff, sharing="authority")
    services.give_back(actor=cast.actor("maire"), sheet=staff)
    release(cast, again(staff))
    assert not any(f.is_estimate for f in released.released_figures(cast.territory))


def test_small_fields_of_staff_are_never_told_apart(staff: SectionSheet, fill: Fill) -> None:
    lines = [{"mission": f"T{n}", "filiere": "technique", "etp_budget": "1"} for n in range(6)]
    lines += [{"mission": f"A{n}", "filiere": "administrative", "etp_budget": "1"} for n in range(5)]
    lines += [{"mission": "P", "filiere": "police", "etp_budget": "1"}]
    fill(staff, lines)
    names = {figure.name: figure.value for figure in figures_of(staff)}
    # Police alone (one post) would be the total less the two others: the smallest other field joins it.
    assert "etp_filiere_police" not in names and "etp_filiere_administrative" not in names
    assert names["etp_filiere_autres"] == Decimal("6.00")
    assert names["etp_filiere_technique"] == Decimal("6.00")
