"""« Créer mon territoire » as a person meets it: search, choose, see, create, be told."""

import re
from collections.abc import Callable
from time import process_time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mosaique.access.models import Mandate, TerritoryClaim
from mosaique.accounts import services
from mosaique.accounts.tests.test_claims import acting, person, prepare
from mosaique.conftest import ReadOnlyGet
from mosaique.demo.people import Company
from mosaique.kernel.models import OutgoingMail
from mosaique.kernel.verdict import Refused
from mosaique.territory.models import Territory

pytestmark = pytest.mark.django_db
NEW = "/territoires/nouveau/"


def signed(given: str = "Rosa", **extra: bool) -> Client:
    client = ReadOnlyGet()
    client.force_login(person(given, **extra), backend="mosaique.access.auth.MailboxBackend")
    return client


def page(client: Client, **query: str) -> str:
    response = client.get(NEW, query)
    assert response.status_code == 200
    return response.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def heading(html: str) -> list[str]:
    return [re.sub("<[^>]+>", "", text) for text in re.findall(r"<h[12][^>]*>(.*?)</h[12]>", html)]


@pytest.mark.parametrize("url", [NEW, "/territoires/", "/territoires/a-ouvrir/"])
def test_a_visitor_is_sent_to_sign_in(url: str, db: None) -> None:
    response = Client().get(url)
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("sign_in"))


def test_the_empty_page_asks_one_thing(db: None) -> None:
    html = page(signed())
    assert "Créer mon territoire" in html
    assert 'name="q"' in html
    assert 'name="epci"' not in html
    assert "btn plein" not in html


def test_homonyms_are_told_apart_and_none_is_chosen_for_you(db: None) -> None:
    html = page(signed(), q="saint gregoire")
    assert "Quatre intercommunalités ont une commune de ce nom" in heading(html)
    assert "par Saint-Grégoire, Tarn (81), 478 habitants" in html
    assert "par Saint-Grégoire, Ille-et-Vilaine (35), 9 957 habitants" in html
    assert "checked" not in html
    assert "Voir la carte et les communes" in html


def test_one_result_is_shown_at_once(db: None) -> None:
    html = page(signed(), q="Valence d'Albigeois")
    assert "Une intercommunalité a une commune de ce nom" in heading(html)
    assert "CC Val 81 : 19 communes, 5 566 habitants" in heading(html)
    assert html.count("btn plein") == 1
    assert "Créer le territoire CC Val 81" in html
    assert 'viewBox="-3 -3 806 607"' in html
    assert "Valence-d’Albigeois" in html
    assert "commune la plus peuplée : Valence-d’Albigeois" in html
    assert "Insee, populations 2023." in html
    assert "à vérifier" in html


def test_an_epci_found_by_its_name(db: None) -> None:
    html = page(signed(), q="pays basque")
    assert "Une intercommunalité répond à « pays basque »" in heading(html)
    assert html.count('class="carreau') >= 158


def test_too_many_nothing_and_islands(db: None) -> None:
    client = signed()
    assert "Seules les 20 premières sont ici" in page(client, q="saint")
    assert "Aucune intercommunalité ni commune ne porte ce nom" in page(client, q="zzzz")
    html = page(client, q="Ouessant")
    assert "n’appartient à aucune intercommunalité" in html
    assert "Aucune intercommunalité ni commune" not in html


@pytest.mark.parametrize(
    "query", [{"epci": "123456789"}, {"q": "val 81", "epci": "../etc"}, {"epci": "12\x00"}]
)
def test_an_unknown_number_is_said(query: dict[str, str], db: None) -> None:
    assert "Cette intercommunalité n’est pas dans la liste" in page(signed(), **query)


def test_the_158_communes_page_is_light_and_quick(db: None) -> None:
    client = signed()
    page(client, q="pays basque")
    start = process_time()
    with CaptureQueriesContext(connection) as context:
        html = page(client, q="pays basque")
    assert process_time() - start < 0.5
    assert len(context) <= 6
    assert len(html.encode()) < 150_000


def test_creating_opens_the_prepared_page_and_acts_for_it(db: None) -> None:
    client = signed()
    response = client.post(NEW, {"epci": "248100497", "q": "val 81", "date": "2027-12-14"})
    territory = Territory.objects.get()
    assert response.status_code == 302
    assert response["Location"] == reverse("territory_prepared", kwargs={"pk": territory.pk})
    html = client.get(response["Location"]).content.decode()
    assert "CC Val 81 est prêt, il attend d’être ouvert" in html
    assert "14\u00a0décembre\u00a02027" in html
    assert html.count('class="carreau k-') >= 19
    assert "CC Val 81" in client.get("/territoires/").content.decode()


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2026-01-01", "Cette date est passée"),
        ("2126-01-01", "après la fin du mandat"),
        ("31/02/2027", "Cette date n’existe pas"),
        ("bientôt", "Cette date n’existe pas"),
    ],
)
def test_an_impossible_date_is_kept_and_explained(day: str, sentence: str, db: None) -> None:
    response = signed().post(NEW, {"epci": "248100497", "date": day})
    html = response.content.decode()
    assert response.status_code == 200
    assert sentence in html
    assert f'value="{day}"' in html
    assert not Territory.objects.exists()


@pytest.mark.parametrize("siren", ["", "999999999"])
def test_creating_nothing_is_explained(siren: str, db: None) -> None:
    html = signed().post(NEW, {"epci": siren, "q": "val 81"}).content.decode()
    assert "Rien n’a été créé" in html
    assert not Territory.objects.exists()


def test_a_second_claimant_sees_who_to_ask_and_asks(db: None) -> None:
    prepare(person("Rosa"))
    client = signed("Paul")
    html = page(client, q="val 81")
    assert "déjà en préparation ici" in html
    assert "Quelqu’un prépare déjà ce territoire" in heading(html)
    assert "<b>Rosa Delmas</b>" in html
    assert "rosa@exemple.fr" not in html
    assert "Créer le territoire" not in html
    response = client.post(
        "/territoires/nouveau/248100497/demander/", {"words": "Je travaille à Assac."}, follow=True
    )
    assert "Votre demande part à Rosa Delmas" in response.content.decode()
    assert OutgoingMail.objects.get(kind="territory_join").to == "rosa@exemple.fr"
    again = client.post("/territoires/nouveau/248100497/demander/", {}, follow=True)
    assert "déjà partie aujourd’hui" in again.content.decode()
    long = client.post("/territoires/nouveau/248100497/demander/", {"words": "a" * 601}, follow=True)
    assert "dépasse 600" in long.content.decode()
    assert client.post("/territoires/nouveau/123456789/demander/").status_code == 404


def test_two_people_at_once_the_second_keeps_the_page(db: None) -> None:
    client = signed("Paul")
    page(client, q="val 81")
    prepare(person("Rosa"))
    response = client.post(NEW, {"epci": "248100497"})
    assert response.status_code == 409
    assert "a déjà son territoire ici" in response.content.decode()
    assert TerritoryClaim.objects.count() == 1


def test_the_claimant_coming_back_is_led_to_the_territory(db: None) -> None:
    rosa = person("Rosa")
    prepare(rosa)
    client = ReadOnlyGet()
    client.force_login(rosa, backend="mosaique.access.auth.MailboxBackend")
    assert "Vous participez déjà à ce territoire" in heading(page(client, q="val 81"))


def test_the_administrator_opens_or_turns_down(db: None) -> None:
    claim = prepare(person("Rosa"))
    client = signed("Odile", operator=True)
    assert "Un territoire attend que vous l’ouvriez" in client.get("/territoires/").content.decode()
    html = client.get("/territoires/a-ouvrir/").content.decode()
    assert "Un territoire attend d’être ouvert" in html
    assert "rosa@exemple.fr" in html
    refused = client.post(f"/territoires/a-ouvrir/{claim.pk}/ecarter/", {f"c{claim.pk}-reason": ""})
    assert "Écrivez pourquoi" in refused.content.decode()
    opened = client.post(f"/territoires/a-ouvrir/{claim.pk}/ouvrir/", follow=True).content.decode()
    assert "CC Val 81 est ouvert" in opened
    assert "Aucun territoire n’attend d’être ouvert" in opened
    assert Territory.objects.get().state == "open"
    twice = client.post(f"/territoires/a-ouvrir/{claim.pk}/ouvrir/", follow=True).content.decode()
    assert "déjà reçu sa réponse" in twice


def test_turning_down_by_the_screen(db: None) -> None:
    rosa = person("Rosa")
    claim = prepare(rosa)
    client = signed("Odile", operator=True)
    done = client.post(
        f"/territoires/a-ouvrir/{claim.pk}/ecarter/",
        {f"c{claim.pk}-reason": "Inconnue du standard."},
        follow=True,
    )
    assert "Demande écartée" in done.content.decode()
    assert not acting(rosa).territory_ids
    assert client.post(f"/territoires/a-ouvrir/{claim.pk}/ecarter/", follow=True).status_code == 200


@pytest.mark.parametrize("slug", ["cheffe-de-projet", "maire", "agent", "partenaire"])
def test_the_others_may_neither_see_nor_open(
    slug: str, cast: Company, client_for: Callable[[str], Client]
) -> None:
    claim = prepare(person("Rosa"), "200068815")  # the cast already works on CC Val 81
    client = client_for(slug)
    refused = client.get("/territoires/a-ouvrir/")
    assert refused.status_code == 403
    assert "Seule l’administration" in refused.content.decode()
    assert client.post(f"/territoires/a-ouvrir/{claim.pk}/ouvrir/").status_code == 403
    assert client.get(reverse("territory_prepared", kwargs={"pk": claim.territory_id})).status_code == 404
    assert client.get(reverse("territory_prepared", kwargs={"pk": cast.territory.pk})).status_code == 200


def test_nobody_is_added_nor_looked_up_before_the_territory_opens(
    cast: Company, client_for: Callable[..., Client]
) -> None:
    cast.territory.state = "prepared"
    cast.territory.save()
    client = client_for("cheffe-de-projet")
    before = Mandate.objects.count()
    liste = {"people": "Mireille Dupouy;mairie-b@exemple.fr;Saussenac;maire"}
    for name, data in (
        ("person_add", {}),
        ("people_invite", liste),
        ("people_invite", {**liste, "envoyer": "1"}),
    ):
        page = client.post(reverse(name), data)
        assert page.status_code == 403
        text = page.content.decode()
        assert "pas encore ouvert" in text and "Boîte partagée" not in text
    with pytest.raises(Refused, match="pas encore ouvert"):
        services.add_person(
            actor=cast.actor("cheffe-de-projet"), territory=cast.territory, email="mairie-b@exemple.fr", given_name="Mireille",
            family_name="Dupouy", authority=cast.commune_a, role="mayor",
        )  # fmt: skip
    assert Mandate.objects.count() == before
