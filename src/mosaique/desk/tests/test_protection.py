"""« Vos données »: who answers, what is kept, and a copy that holds all of one person and nothing of another."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from mosaique.access.actor import ANONYMOUS
from mosaique.accounts import services
from mosaique.accounts.models import SignInCode
from mosaique.accounts.services import codes
from mosaique.assistance import services as assistance
from mosaique.assistance.askers import Asker
from mosaique.demo.people import Company
from mosaique.desk import protection
from mosaique.desk.tests.test_home import plain
from mosaique.journal.models import Line
from mosaique.kernel import clock, personal
from mosaique.kernel.verdict import Problem, Refused

For = Callable[[str | None], Client]
CONTACT = {"contact": "Centre de gestion, délégué mutualisé", "email": "DPO@Cdg.Exemple.fr"}


def _opened(made: bytes) -> tuple[str, dict[str, Any]]:
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        return archive.read("vos-donnees.html").decode(), json.loads(archive.read("vos-donnees.json"))


def _ask(cast: Company, slug: str, words: str) -> None:
    assistance.ask(
        actor=cast.actor(slug),
        asker=Asker(cast.actor(slug), "", "", cast.territory.pk),
        words=words,
        address="https://exemple.fr",
    )


def test_the_copy_holds_what_one_wrote_and_nothing_of_the_others(cast: Company, client_for: For) -> None:
    _ask(cast, "maire", "Je ne trouve pas <la page>")
    _ask(cast, "maire-b", "Où est le rapport ?")
    answer = client_for("maire").get("/vos-donnees/copie.zip")
    assert answer["Content-Type"] == "application/zip" and answer["Cache-Control"] == "no-store"
    page, machine = _opened(answer.content)
    mayor, other = cast.people["maire"], cast.people["maire-b"]
    for text in (page, json.dumps(machine, ensure_ascii=False)):
        assert "Je ne trouve pas" in text and mayor.email in text and "Saint-Cirgue" in text
        assert "Où est le rapport" not in text and other.email not in text and other.family_name not in text
    assert "&lt;la page&gt;" in page, "what was typed is text, never markup"


def test_the_copy_says_every_kind_even_empty_and_both_files_agree(cast: Company) -> None:
    page, machine = _opened(protection.own_copy(cast.people["maire"].pk, demo=True))
    titles = [one["titre"] for one in machine["donnees"]]
    assert titles == [table.title for kind in personal.kinds() for table in kind.tables if table.columns]
    assert all(title in page for title in titles) and "contenus inventés" in page
    mine = Line.objects.filter(person=cast.people["maire"])
    acts = next(one for one in machine["donnees"] if one["titre"] == "Vos actes")
    assert len(acts["lignes"]) == mine.count()


def test_nobody_receives_a_copy_without_being_signed_in(client_for: For) -> None:
    assert client_for(None).get("/vos-donnees/copie.zip").status_code == 302


def test_the_page_says_who_answers_and_each_kind_with_its_length(cast: Company, client_for: For) -> None:
    text = plain(client_for("secretaire").get("/vos-donnees/"))
    assert cast.territory.epci.name.replace("'", "’") in text and "Saint-Cirgue" in text
    assert "n’est pas encore dit" in text and "Dire à qui écrire" in text
    assert "Non renseigné" in text, "an instance that does not say who hosts it says so"
    for kind in personal.kinds():
        assert kind.how_long.split(" ;")[0].replace("'", "’")[:30] in text, kind.identifier
    assert "Dire à qui écrire" not in plain(client_for("agent").get("/vos-donnees/"))
    assert "Recevoir mes données" not in plain(client_for(None).get("/vos-donnees/"))


def test_a_hall_says_to_whom_one_writes_and_the_notice_shows_it(cast: Company, client_for: For) -> None:
    answer = client_for("secretaire").post("/collectivites/81245/vos-donnees/", CONTACT, follow=True)
    assert "C’est enregistré" in plain(answer)
    cast.commune_a.refresh_from_db()
    assert cast.commune_a.protection_email == "dpo@cdg.exemple.fr"
    notice = plain(client_for(None).get(f"/territoires/{cast.territory.slug}/vos-donnees/"))
    assert "Centre de gestion, délégué mutualisé" in notice and "pas encore dit" in notice
    assert Line.objects.filter(verb="protection.contact_named").count() == 1


def test_half_a_contact_is_refused_and_what_was_typed_is_kept(cast: Company, client_for: For) -> None:
    answer = client_for("secretaire").post(
        "/collectivites/81245/vos-donnees/", {"contact": "Le secrétariat", "email": ""}
    )
    text = answer.content.decode()
    assert answer.status_code == 200 and "Il faut le nom du service et son adresse" in text
    assert "Le secrétariat" in text
    with pytest.raises(Problem):
        services.name_protection_contact(
            actor=cast.actor("secretaire"),
            territory=cast.territory,
            authority=cast.commune_a,
            contact=" ",
            email="a@b.fr",
        )
    cast.commune_a.refresh_from_db()
    assert cast.commune_a.protection_contact == ""


def test_a_partner_reads_of_no_inventory_of_their_body(client_for: For) -> None:
    text = plain(client_for("partenaire").get("/vos-donnees/"))
    assert "le déroulement de la démarche" in text and "choisit d’en partager" not in text


@pytest.mark.parametrize("slug", ["cheffe-de-projet", "maire-b", "agent", "partenaire"])
def test_nobody_says_it_for_another_body(cast: Company, slug: str) -> None:
    with pytest.raises(Refused):
        services.name_protection_contact(
            actor=cast.actor(slug), territory=cast.territory, authority=cast.commune_a, **CONTACT
        )


def test_codes_are_forgotten_after_a_week(db: None) -> None:
    now = clock.now()
    for age in (codes.KEPT - timedelta(hours=1), codes.KEPT + timedelta(hours=1)):
        SignInCode.objects.create(
            email="quelqu-un@exemple.fr",
            code_hash="a",
            token_hash=f"{age}"[:20],
            created_at=now - age,
            expires_at=now,
        )
    assert services.forget_old_codes(actor=ANONYMOUS) == 1
    assert SignInCode.objects.count() == 1


def test_a_page_reads_few_queries(cast: Company, client_for: For, django_assert_max_num_queries: Any) -> None:
    client = client_for("maire")
    with django_assert_max_num_queries(6):
        client.get("/vos-donnees/")
