"""The criteria of a territory: typed once with their source, reused by every sheet, never zero by default."""

from collections.abc import Callable
from decimal import Decimal as D

import pytest
from django.test import Client

from mosaique.costing import services
from mosaique.costing.criteria import CRITERIA
from mosaique.costing.models import CriterionValue, Scenario
from mosaique.costing.queries import criteria
from mosaique.demo.people import Company
from mosaique.journal.models import Line
from mosaique.kernel.verdict import Problem, Refused
from mosaique.territory.models import Authority

For = Callable[[str | None], Client]


def communes(cast: Company) -> list[Authority]:
    return list(
        Authority.objects.filter(kind="commune", memberships__territory=cast.territory).order_by("insee_code")
    )


def fill(cast: Company, year: int, *values: D | None) -> int:
    bodies = communes(cast)
    return services.set_criterion(
        actor=cast.actor("cheffe-de-projet"), territory=cast.territory, criterion="actes_ads", year=year,
        source=f"registre {year}", values={body.pk: value for body, value in zip(bodies, values, strict=True)},
    )  # fmt: skip


def test_values_are_kept_with_their_source_and_what_is_emptied_is_unknown_not_zero(cast: Company) -> None:
    assert fill(cast, 2025, D(1), D(2), D(3), None) == 3
    assert fill(cast, 2025, D(1), None, D(0), D(4)) == 3
    stored = {row.authority.insee_code: row.value for row in CriterionValue.objects.all()}
    assert stored == {"81068": D(1), "81283": D(0), "81292": D(4)}, "zero is a value, an empty cell is none"
    assert {row.source for row in CriterionValue.objects.all()} == {"registre 2025"}
    lines = Line.objects.filter(verb="criterion_set")
    assert [line.changes["known"] for line in lines.order_by("pk")] == [3, 3]


def test_only_who_leads_types_them_and_an_official_one_is_not_typed(cast: Company) -> None:
    with pytest.raises(Refused, match="équipe du projet"):
        services.set_criterion(
            actor=cast.actor("maire"),
            territory=cast.territory,
            criterion="voirie",
            year=2025,
            source="x",
            values={},
        )
    for criterion, source, said in (
        ("population_municipale", "x", "ne se saisit pas"),
        ("rien", "x", "ne se saisit pas"),
        ("voirie", " ", "D’où viennent|d’où viennent"),
    ):
        with pytest.raises(Problem, match=said):
            services.set_criterion(
                actor=cast.actor("cheffe-de-projet"),
                territory=cast.territory,
                criterion=criterion,
                year=2025,
                source=source,
                values={},
            )


def test_a_mean_is_of_every_one_of_its_years(cast: Company) -> None:
    fill(cast, 2023, D(1), D(10), D(0), D(5))
    fill(cast, 2024, D(2), D(11), D(0), None)
    fill(cast, 2025, D(2), D(12), D(0), D(5))
    book = criteria.read(cast.actor("maire"), cast.territory.pk, communes(cast))
    one = book.filling("actes_ads-2025")
    assert one is not None and one.values == {"81068": D(2), "81245": D(12), "81283": D(0), "81292": D(5)}
    three = book.filling("actes_ads-2025-3")
    assert three is not None and "moyenne 2023-2025" in three.name
    # 5/3 = 1,66666… → 1,6667; the commune that lacks a year has no mean.
    assert three.values == {"81068": D("1.6667"), "81245": D(11), "81283": D(0)}
    for wrong in (
        "actes_ads-2020",
        "rien-2025",
        "actes_ads",
        "actes_ads-2025-9",
        "actes_ads-x",
        "",
        "actes_ads-2025-1-1",
    ):
        assert book.filling(wrong) is None


def test_what_is_known_is_offered_the_mean_of_years_that_follow_one_another_too(cast: Company) -> None:
    fill(cast, 2022, D(1), D(1), D(1), D(1))
    fill(cast, 2024, D(2), D(11), D(0), None)
    fill(cast, 2025, D(2), D(12), D(0), D(5))
    book = criteria.read(cast.actor("maire"), cast.territory.pk, communes(cast))
    assert [(one.key, one.count) for one in book.known() if one.spec.slug == "actes_ads"] == [
        ("actes_ads-2025", 4), ("actes_ads-2025-2", 3), ("actes_ads-2024", 3), ("actes_ads-2022", 4),
    ]  # fmt: skip
    assert "moyenne 2024-2025" in next(one.name for one in book.known() if one.years == 2)


def test_population_is_known_from_the_reference(cast: Company) -> None:
    book = criteria.read(cast.actor("maire"), cast.territory.pk, communes(cast))
    assert [(one.spec.slug, one.year, one.count) for one in book.known()] == [
        ("population_municipale", 2023, 4)
    ]
    filled = book.filling("population_municipale-2023")
    assert filled is not None and filled.values["81245"] == D(204)
    assert filled.source == "Insee, populations de référence"


def test_three_populations_are_told_apart() -> None:
    labels = [one.label for one in CRITERIA.values() if "population" in one.label]
    assert len(labels) == len(set(labels)) == 3


def test_the_page_keeps_what_was_typed_when_one_cell_is_wrong(cast: Company, client_for: For) -> None:
    client = client_for("cheffe-de-projet")
    page = client.post(
        "/criteres/voirie/2025/", {"source": "IGN 2025", "values.81245": "douze", "values.81283": "7,5"}
    )
    assert page.status_code == 200 and b"douze" in page.content and CriterionValue.objects.count() == 0
    done = client.post(
        "/criteres/voirie/2025/", {"source": "IGN 2025", "values.81245": "12", "values.81283": "7,5"}
    )
    assert done.status_code == 302 and CriterionValue.objects.get(authority=cast.commune_b).value == D("7.5")
    assert "7,5" in client_for("maire").get("/criteres/voirie/2025/").content.decode()
    assert client_for("maire").post("/criteres/voirie/2025/", {"source": "x"}).status_code == 403
    assert (
        client.get("/criteres/saisir/?critere=voirie&annee=2025").headers["Location"]
        == "/criteres/voirie/2025/"
    )
    assert client.get("/criteres/saisir/?critere=rien&annee=3").headers["Location"] == "/criteres/"


def test_a_criterion_is_laid_in_the_form_as_it_is_typed(
    cast: Company, scenario: Scenario, client_for: For
) -> None:
    """In the first free row of a key of several, without losing the others; nothing is saved, and Enter takes nothing."""
    fill(cast, 2025, D(1), D(2), D(3), D(4))
    counted = [body for body in communes(cast) if body in scenario.parties.all()]
    client, url, code = client_for("dgs"), f"/couts/{scenario.pk}/cle/?cle=weighted", counted[0].code
    page = client.get(url).content.decode()
    assert page.index(">Garder la clé et calculer") < page.index('name="reprendre"')
    typed = {"seen": scenario.version, "criteria.0.name": "surface", "criteria.0.weight": "abc", f"values.{code}.t1": "12",
             "adjust.exempt": [counted[1].code], "reprendre": "actes_ads-2025"}  # fmt: skip
    form = client.post(url, typed).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    assert (shown["criteria.0.name"], shown["criteria.0.weight"], shown[f"values.{code}.t1"]) == (
        "surface",
        "abc",
        "12",
    )
    assert shown["criteria.1.name"].endswith("2025") and shown[f"values.{code}.t2"] and not form.errors
    assert shown["adjust.exempt"] == [counted[1].code]
    assert not Scenario.objects.get(pk=scenario.pk).allocation_key
    full = typed | {f"criteria.{n}.name": f"critère {n}" for n in range(4)}
    page = client.post(url, full)
    assert "Chaque ligne porte déjà un critère" in page.content.decode()
    assert [page.context["form"][f"criteria.{n}.name"].value() for n in range(4)] == [
        f"critère {n}" for n in range(4)
    ]
    # Four criteria that are kept are no fault: nothing is said when none is asked to be taken over.
    several = [
        {"id": f"t{n}", "name": f"critère {n}", "unit": "u", "source": "inventée", "weight": "25"}
        for n in range(1, 5)
    ]
    services.choose_key(
        actor=cast.actor("cheffe-de-projet"), scenario=Scenario.objects.get(pk=scenario.pk), key="weighted",
        inputs={"criteria": several, "values": {one.code: {f"t{n}": "1" for n in range(1, 5)} for one in counted}},
    )  # fmt: skip
    page = client.get(url)
    assert page.context["form"]["criteria.3.name"].value() == "critère 4"
    assert "Chaque ligne porte déjà" not in page.content.decode()
