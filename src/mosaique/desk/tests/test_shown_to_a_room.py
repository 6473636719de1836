"""What is shown to more than its reader: the wall of a meeting room, the door of a town hall."""

import io
from collections.abc import Callable

import pikepdf
import pypdfium2
import pytest
from django.test import Client

from mosaique.access.actor import taking_part
from mosaique.demo.people import Company
from mosaique.desk import poster as posters
from mosaique.desk import projection
from mosaique.desk.tests.test_home import plain
from mosaique.scheme import services as scheme
from mosaique.scheme.models import ActionSheet, Scheme

For = Callable[[str | None], Client]


@pytest.fixture
def two_sheets(cast: Company) -> tuple[ActionSheet, ActionSheet]:
    """One that everyone reads, one that a working group prepares apart."""
    lead = cast.actor("cheffe-de-projet")
    plan = scheme.open_scheme(actor=lead, territory=cast.territory)
    assert isinstance(plan, Scheme)
    axis = scheme.add_axis(actor=lead, scheme=plan, title="Services")
    shared = scheme.create_sheet(actor=lead, scheme=plan, axis=axis, title="Balayeuse partagée")
    apart = scheme.create_sheet(
        actor=cast.actor("animateur"),
        scheme=plan,
        axis=axis,
        title="Instruction secrète",
        space=cast.spaces["urbanisme"],
        visibility="space",
    )
    return shared, apart


def test_the_wall_shows_what_everyone_reads_whoever_holds_the_keyboard(
    cast: Company, two_sheets: tuple[ActionSheet, ActionSheet], client_for: For
) -> None:
    shared, apart = two_sheets
    for slug in ("animateur", "cheffe-de-projet", "maire"):
        assert (
            slug != "animateur"
            or ActionSheet.objects.visible_to(cast.actor(slug)).filter(pk=apart.pk).exists()
        )
        page = plain(client_for(slug).get("/projection/"))
        assert "Balayeuse partagée" in page and "Instruction secrète" not in page, slug
        asked = client_for(slug).get(f"/projection/1/?ecran=fiche-{apart.pk}")
        assert "Instruction secrète" not in asked.content.decode(), slug
    assert "Balayeuse partagée" in plain(client_for("maire").get(f"/projection/1/?ecran=fiche-{shared.pk}"))


def test_nobody_in_particular_reads_no_hall_no_team_and_no_group(cast: Company) -> None:
    room = taking_part(cast.territory.pk)
    assert (
        room.hall_authority_ids
        == room.team_territory_ids
        == room.circle_territory_ids
        == room.space_ids
        == ()
    )
    assert (
        not room.leads(cast.territory.pk) and not room.may("decide") and not room.acts_for(cast.commune_a.pk)
    )


def test_screens_follow_each_other_and_an_unknown_one_goes_back(
    cast: Company, two_sheets: tuple[ActionSheet, ActionSheet], client_for: For
) -> None:
    client = client_for("presidente")
    found = projection.choices(cast.territory)
    assert [one.key for one in found] == ["etapes", f"fiche-{two_sheets[0].pk}"]
    first = client.get("/projection/1/").content.decode()
    assert 'rel="next" href="/projection/2/"' in first and 'rel="prev"' not in first
    narrowed = client.get("/projection/1/?ecran=etapes").content.decode()
    assert 'rel="next"' not in narrowed and "1 sur 1" in narrowed.replace("\u00a0", " ")
    assert client.get("/projection/9/").headers["Location"] == "/projection/"
    assert client_for("partenaire").get("/projection/").status_code == 403


@pytest.mark.parametrize(("paper", "size"), [("a3", (842, 1191)), ("a4", (595, 842))])
def test_the_poster_is_one_tagged_page_of_public_facts(
    cast: Company,
    two_sheets: tuple[ActionSheet, ActionSheet],
    client_for: For,
    paper: str,
    size: tuple[int, int],
) -> None:
    answer = client_for(None).get(f"/territoires/cc-val-81/affiche-{paper}.pdf")
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert len(pdf.pages) == 1
        assert tuple(round(float(side)) for side in pdf.pages[0].MediaBox[2:]) == size
        assert bool(pdf.Root.MarkInfo.Marked) and str(pdf.Root.Lang).startswith("fr")
    text = pypdfium2.PdfDocument(answer.content)[0].get_textpage().get_text_bounded()
    for said in ("CC Val 81", "Les neuf étapes", "Suivre", "facultatif depuis", "/territoires/cc-val-81/"):
        assert said in text.replace("\u00a0", " "), said
    assert "Balayeuse" not in text


def test_the_poster_of_a_territory_in_preparation_or_on_another_paper_does_not_exist(
    cast: Company, client_for: For
) -> None:
    assert client_for(None).get("/territoires/cc-val-81/affiche-a5.pdf").status_code == 404
    cast.territory.state = "prepared"
    cast.territory.save()
    assert client_for(None).get("/territoires/cc-val-81/affiche-a4.pdf").status_code == 404


def test_every_step_is_explained_to_who_passes_by(cast: Company) -> None:
    steps = posters.content(cast.territory, address="https://exemple.fr/", demo=True)["steps"]
    assert len(steps) == 9 and all(step["what"] for step in steps)
