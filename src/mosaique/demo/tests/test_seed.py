"""The demonstration as a visitor finds it: counts, states, personas, the bar, the mail, the date."""

import html
import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.html import strip_tags

from mosaique.access.models import Mandate, Person
from mosaique.accounts.models import TerritoryParty
from mosaique.accounts.queries import followed
from mosaique.conftest import TODAY
from mosaique.consultation import queries as consultation
from mosaique.consultation.models import Consultation
from mosaique.costing.models import AllocationRun
from mosaique.demo.cast import CAST, RESIDENT
from mosaique.demo.seeding.stage import COMMUNE_A, Stage
from mosaique.discussions.models import Post, ReleveDelivery, Thread
from mosaique.inventory.models import Estimate, Release, Return, Row
from mosaique.kernel import clock
from mosaique.kernel.models import OutgoingMail
from mosaique.scheme.models import ActionSheet, Position, Scheme, Version
from mosaique.territory.models import Territory

pytestmark = pytest.mark.usefixtures("seeded", "db")


def test_the_territory_is_open_with_everyone_on_it(seeded: Stage) -> None:
    territory = Territory.objects.get()  # CC Val 81 stays absent: it is the walk's to create
    assert territory.state == Territory.State.OPEN
    assert territory.epci.tax_regime == "FPU"
    assert len(seeded.communes) == 48
    for role in ("mayor", "secretary"):
        assert Mandate.objects.filter(role=role).values("authority").distinct().count() == 48
    boxes = Counter(Person.objects.exclude(email="").values_list("email", flat=True))
    assert 20 <= sum(count > 1 for count in boxes.values()) <= 28
    assert all(address.endswith("@exemple.fr") for address in boxes)
    assert list(Person.objects.filter(is_operator=True).values_list("given_name", flat=True)) == ["Hélène"]


def test_nobody_holds_two_mandates_by_accident() -> None:
    held = Counter(Mandate.objects.filter(entrusted=[]).values_list("person", flat=True))
    assert max(held.values()) == 1
    given = Mandate.objects.exclude(entrusted=[]).get()
    assert "par délégation du maire" in given.title, "one mayor has entrusted a part of theirs"


def test_inventories_are_in_every_state() -> None:
    states = Counter((row.is_complete, row.is_begun) for row in Return.objects.all())
    assert states == {(True, True): 30, (False, True): 10, (False, False): 8}
    assert Release.objects.in_force().count() >= 80
    assert Estimate.objects.count() == 8
    waiting = [
        row for row in Row.objects.filter(sheet__inventory__authority__insee_code=COMMUNE_A) if row.to_confirm
    ]
    assert Counter(row.by_link_id is not None for row in waiting) == {False: 2, True: 2}


def test_debates_positions_and_one_moderation() -> None:
    assert Thread.objects.count() >= 12
    assert Post.objects.count() >= 80
    hidden = Post.objects.get(hidden_at__isnull=False)
    assert hidden.hidden_reason
    assert ReleveDelivery.objects.count() >= 1
    assert Post.objects.exclude(position="").exists()


def test_the_scheme_is_under_consultation_with_every_opinion() -> None:
    scheme = Scheme.objects.get()
    assert scheme.state == Scheme.State.CONSULTATION
    assert set(ActionSheet.objects.values_list("status", flat=True)) >= {
        "idea",
        "study",
        "building",
        "ready",
        "retained",
    }
    assert {"yes", "yes_if", "later", "no"} == set(Position.objects.values_list("answer", flat=True))
    board = consultation.board(Consultation.objects.for_screen().get())
    labels = Counter(row.state.label for row in board.rows)
    assert set(labels) == {
        "Favorable",
        "Favorable avec réserves",
        "Défavorable",
        "Tacite, favorable",
        "En cours",
        "Réception non notée",
    }
    assert sum(1 for row in board.rows if row.late) == 2
    reserves = [row for row in board.rows if row.facts.has_reserves]
    assert len(board.unanswered) == len(reserves) - 3 > 0, "some reserves have their answer, some wait for it"


def test_the_frozen_text_says_that_it_is_invented() -> None:
    version = Version.objects.get()
    assert json.loads(version.content)["notice"] == "Démonstration : contenu inventé"
    assert (TODAY - version.frozen_at.date()).days >= 100


def test_unknown_figures_are_there_and_are_not_zeros() -> None:
    missing = json.loads(Version.objects.get().content)["missing"]
    assert any("non communiqué" in row["what"] for row in missing)


def test_nothing_of_the_past_waits_for_the_worker() -> None:
    waiting = OutgoingMail.objects.exclude(state=OutgoingMail.State.SENT)
    assert not waiting.exclude(state=OutgoingMail.State.PARKED, kind="invitation").exists(), (
        "refused invitations aside"
    )


def test_a_second_start_changes_nothing(capsys: Any) -> None:
    before = Post.objects.count(), Person.objects.count()
    call_command("demo_seed")
    assert (Post.objects.count(), Person.objects.count()) == before


@pytest.mark.parametrize("persona", CAST, ids=lambda persona: persona.slug)
def test_each_persona_enters_and_reads_its_home(persona: Any, enter: Callable[[str], Client]) -> None:
    page = enter(persona.slug).get("/")
    assert page.status_code == 200
    html = page.content.decode()
    assert f"Vous êtes {persona.given_name} {persona.family_name}" in html
    assert "Démonstration\u00a0: contenu inventé" in html


@pytest.mark.parametrize(
    "path", ["/inventaires/", "/espaces/", "/fiches/", "/avis/", "/schema/", "/calendrier/", "/personnes/"]
)
def test_the_project_officer_opens_every_door(path: str, enter: Callable[[str], Client]) -> None:
    page = enter("cheffe-de-projet").get(path, follow=True)
    assert page.status_code == 200
    assert "contenu inventé" in page.content.decode()


def test_everything_that_is_written_can_be_read(enter: Callable[[str], Client]) -> None:
    """Every thread and every sheet, as someone who may read them, in the page's own words."""
    team, leader = enter("cheffe-de-projet"), enter("animateur")
    for thread in Thread.objects.select_related("space"):
        client = leader if thread.space.theme == "urbanisme" else team
        page = client.get(thread.get_absolute_url())
        assert page.status_code == 200, thread.title
        assert thread.title in page.content.decode()
    for sheet in ActionSheet.objects.all():
        assert team.get(sheet.get_absolute_url()).status_code == 200


def test_the_same_section_is_not_asked_of_the_team_and_of_the_town_hall(
    enter: Callable[[str], Client],
) -> None:
    def asked(slug: str) -> str:
        return html.unescape(enter(slug).get("/").content.decode())

    assert "Remplir « Besoins » pour Lautignac" in asked("dgs").replace("\u00a0", " ")
    assert "Remplir « Matériel »" not in asked("dgs").replace("\u00a0", " ")
    assert "Confirmer ce qui est saisi pour vous : Matériel" in asked("maire").replace("\u00a0", " ")


def test_a_sheet_says_why_it_takes_no_position_and_the_list_of_personas_where_to_give_one(
    enter: Callable[[str], Client],
) -> None:
    mayor = enter("maire")
    page = mayor.get(ActionSheet.objects.order_by("number")[0].get_absolute_url()).content.decode()
    assert "les positions des communes sont closes" in page
    assert "rouvre la rédaction" in page
    assert "Les positions des communes sont closes" in mayor.get("/demo/").content.decode()


def test_the_resident_reads_the_public_page(enter: Callable[[str], Client], seeded: Stage) -> None:
    client = enter("maire")
    answer = client.post("/demo/entrer/", {"persona": RESIDENT})
    assert answer.url == f"/territoires/{seeded.territory.slug}/"
    page = client.get(answer.url)
    assert page.status_code == 200
    assert "Vous visitez sans compte" in page.content.decode()
    assert client.get("/inventaires/").status_code == 302


def test_the_list_of_personas_says_for_whom_each_acts(in_demo: None) -> None:
    text = re.sub(r"\s+", " ", strip_tags(Client().get("/demo/").content.decode()))
    for persona in CAST:
        assert f"{persona.given_name} {persona.family_name}" in text
    assert "Lautignac" in text
    assert "Poucharramet" in text


def test_a_name_that_is_not_offered_is_explained(in_demo: None) -> None:
    page = Client().post("/demo/entrer/", {"persona": "roi"}, follow=True)
    assert "n’est pas dans la démonstration" in page.content.decode()


def test_the_date_moves_forward_only(in_demo: None) -> None:
    client = Client()
    now = clock.now()

    def say(day: Any) -> str:
        page = client.post("/demo/horloge/", {"date": str(day), "retour": "/demo/"}, follow=True)
        return page.content.decode().replace("\u00a0", " ").replace("\u202f", " ")

    # The page itself refuses nothing: a browser's bubble, where there is one, says it in its own words or not at all.
    bar = client.get("/demo/").content.decode()
    field = bar[bar.index('id="demo-date"') :]
    assert "min=" not in field[: field.index(">")]
    assert "sa date ne recule pas" in say(TODAY - timedelta(days=1))
    assert "n’est pas une date" in say("demain")
    assert "Aucune date" in say("")
    assert "plus de trois ans" in say(TODAY + timedelta(days=4000))
    assert "Nous sommes maintenant le" in say(TODAY + timedelta(days=60))
    assert clock.shift_days() == (TODAY + timedelta(days=60) - TODAY).days
    assert clock.now() == now  # tests hold their own clock


def test_moving_the_date_makes_silences_favourable() -> None:
    consulted = Consultation.objects.for_screen().get()
    running = {row.council.pk for row in consultation.board(consulted).rows if row.state.label == "En cours"}
    with clock.at(TODAY + timedelta(days=120)):
        later = consultation.board(consulted).rows
        assert {row.state.label for row in later if row.council.pk in running} == {"Tacite, favorable"}


def test_messages_are_read_here_with_links_to_here(in_demo: None) -> None:
    client = Client()
    page = client.get("/demo/courrier/", {"a": "mairie-a@exemple.fr"})
    assert page.status_code == 200
    rows = page.context["page"].object_list
    assert rows
    assert {row.to for row in rows} == {"mairie-a@exemple.fr"}
    asked = OutgoingMail.objects.filter(kind="council_asked").first()
    assert asked is not None
    html = client.get(f"/demo/courrier/{asked.pk}/").content.decode()
    assert re.search(r'href="/avis/\d+/"', html)


def test_a_sign_in_code_is_readable_there(in_demo: None) -> None:
    client = Client()
    client.post("/connexion/", {"email": "mairie-b@exemple.fr"})
    message = OutgoingMail.objects.filter(kind="code", to="mairie-b@exemple.fr").latest("pk")
    assert re.search(r"\d{3}.\d{3}", client.get(f"/demo/courrier/{message.pk}/").content.decode())


def test_outside_the_demonstration_none_of_this_exists(in_demo: None, settings: Any) -> None:
    settings.DEMO = False
    client = Client()
    for path in ("/demo/", "/demo/courrier/"):
        assert client.get(path).status_code == 404
    assert client.post("/demo/entrer/", {"persona": "maire"}).status_code == 404
    assert client.post("/demo/horloge/", {"date": "2027-01-01"}).status_code == 404
    assert "contenu inventé" not in client.get("/").content.decode()


def test_invitations_stand_in_every_state_a_list_can_show(seeded: Stage) -> None:
    with clock.at(seeded.moment(0, 10)):
        every = followed(seeded.territory.pk)
    codes = {one.standing.code for one in every}
    assert codes >= {
        "entered",
        "refused",
        "expired",
        "never",
        "opened",
        "sent",
        "letter",
        "no_address",
        "none",
    }
    assert sum(one.wants_letter for one in every) == 2, "one refused twice, one without address"


def test_bodies_other_than_communes_take_part_and_pay_to_the_cent(seeded: Stage) -> None:
    parties = {party.authority.name: party for party in TerritoryParty.objects.select_related("authority")}
    assert {party.kind for party in parties.values()} == {"syndicate", "social", "management", "association"}
    assert all("invent" in name or "démonstration" in name for name in parties), (
        "said to be invented by their very name"
    )
    sheet = ActionSheet.objects.get(title__startswith="Acheter l’électricité")
    run = AllocationRun.objects.filter(scenario=sheet.scenario).latest("pk")
    shares = {code: Decimal(share) for code, share in run.result["shares"].items()}
    assert (
        shares[seeded.bodies["cias"].code] == Decimal("60.00") and shares[seeded.bodies["syndicat"].code] > 0
    )
    assert sum(shares.values()) == run.total
    frozen = json.loads(Version.objects.earliest("pk").content)
    assert any(len(sheet["parties"]) == 2 for sheet in frozen["sheets"])
