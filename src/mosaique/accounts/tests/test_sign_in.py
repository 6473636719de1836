"""Coming in: codes, links, shared mailboxes; nothing tells a known address from an unknown one."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from mosaique.access.actor import ANONYMOUS
from mosaique.access.models import Person
from mosaique.accounts import services
from mosaique.accounts.models import SignInCode
from mosaique.accounts.services import Answer
from mosaique.demo.people import Company
from mosaique.kernel import clock
from mosaique.kernel.models import OutgoingMail

KNOWN, SHARED, STRANGER = "mutualisation@exemple.fr", "mairie-a@exemple.fr", "personne@ailleurs.fr"


@pytest.fixture(autouse=True)
def _fresh_limits(db: None) -> None:
    cache.clear()


def code_in(mail: OutgoingMail) -> str:
    found = re.search(r"^(\d{3}) (\d{3})$", mail.text, re.M)
    assert found
    return found.group(1) + found.group(2)


def link_in(mail: OutgoingMail) -> str:
    found = re.search(r"https?://[^/\s]+(/\S+)", mail.text)
    assert found
    return found.group(1)


def ask(client: Client, email: str, **more: str) -> OutgoingMail:
    answer = client.post(reverse("sign_in"), {"email": email, **more})
    assert answer.status_code == 302 and answer.url == reverse("sign_in_code"), answer.content.decode()
    return OutgoingMail.objects.latest("pk")


def test_a_known_address_comes_in_with_its_code(cast: Company, client_for: Callable[..., Client]) -> None:
    client = client_for(None)
    mail = ask(client, KNOWN.upper(), next="/espaces/")
    assert mail.to == KNOWN
    page = client.get(reverse("sign_in_code")).content.decode()
    assert "Un code vous attend" in page and KNOWN in page
    code = code_in(mail)
    answer = client.post(reverse("sign_in_code"), {"code": f"{code[:3]} {code[3:]}"})
    assert answer.status_code == 302 and answer.url == "/espaces/"
    assert client.session["_auth_user_id"] == str(cast.people["cheffe-de-projet"].pk)
    assert client.session["shared_mailbox"] is False


def test_known_and_unknown_addresses_get_the_same_answers(
    cast: Company, client_for: Callable[..., Client]
) -> None:
    pages = []
    for email in (KNOWN, STRANGER):
        client = client_for(None)
        ask(client, email)
        shown = [client.get(reverse("sign_in_code")).content.decode()]
        for _ in range(6):
            answer = client.post(reverse("sign_in_code"), {"code": "000000"})
            shown.append(f"{answer.status_code}" + answer.content.decode())
        pages.append(
            [
                re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.replace(email, "X"))
                for page in shown
            ]
        )
    assert pages[0] == pages[1]
    assert "il vous reste 4 essais" in pages[0][1] and "ce code est annulé" in pages[0][5]


def test_an_unknown_address_is_told_once_a_day(cast: Company, client_for: Callable[..., Client]) -> None:
    ask(client_for(None), STRANGER)
    ask(client_for(None), STRANGER)
    mails = list(OutgoingMail.objects.all())
    assert [mail.to for mail in mails] == [STRANGER]
    assert "Aucune personne n’y est inscrite" in mails[0].text and not re.search(
        r"\d{3} \d{3}", mails[0].text
    )


def test_the_code_is_stored_as_a_digest_only(cast: Company, client_for: Callable[..., Client]) -> None:
    mail = ask(client_for(None), KNOWN)
    row = SignInCode.objects.get()
    kept = f"{row.code_hash} {row.token_hash}"
    assert code_in(mail) not in kept and link_in(mail).split("/")[-2] not in kept


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Le code manque"), ("407 21", "Il manque un chiffre. Votre saisie est gardée"), ("1234567", "trop de chiffres"),
        ("12", "Il manque 4 chiffres"), ("abcdef", "que des chiffres"),
    ],
)  # fmt: skip
def test_a_mistyped_code_is_kept_and_costs_no_try(
    cast: Company, client_for: Callable[..., Client], typed: str, told: str
) -> None:
    client = client_for(None)
    ask(client, KNOWN)
    page = client.post(reverse("sign_in_code"), {"code": typed}).content.decode()
    assert told in page and f'value="{typed}"' in page or not typed
    assert SignInCode.objects.get().tries == 0


def test_five_wrong_codes_close_the_right_one(cast: Company) -> None:
    asked = services.request_code(actor=ANONYMOUS, email=KNOWN).pk
    code = code_in(OutgoingMail.objects.get())
    wrong = "000000" if code != "000000" else "111111"
    answers = [
        services.check_code(actor=ANONYMOUS, email=KNOWN, code=wrong, asked=asked).answer for _ in range(5)
    ]
    assert answers == [Answer.WRONG] * 4 + [Answer.TOO_MANY]
    assert services.check_code(actor=ANONYMOUS, email=KNOWN, code=code, asked=asked).answer is Answer.TOO_MANY


def test_a_code_serves_once_and_for_fifteen_minutes(cast: Company) -> None:
    asked = services.request_code(actor=ANONYMOUS, email=KNOWN).pk
    code = code_in(OutgoingMail.objects.get())
    with clock.at(clock.now() + timedelta(minutes=15)):
        assert (
            services.check_code(actor=ANONYMOUS, email=KNOWN, code=code, asked=asked).answer is Answer.EXPIRED
        )
    assert services.check_code(actor=ANONYMOUS, email=KNOWN, code=code, asked=asked).answer is Answer.GOOD
    assert services.check_code(actor=ANONYMOUS, email=KNOWN, code=code, asked=asked).answer is Answer.USED


def test_a_newer_code_replaces_the_older_of_the_same_window(cast: Company) -> None:
    first = services.request_code(actor=ANONYMOUS, email=KNOWN)
    old = OutgoingMail.objects.latest("pk")
    second = services.request_code(actor=ANONYMOUS, email=KNOWN, replaces=first.pk)
    new = OutgoingMail.objects.latest("pk")
    assert services.consume_link(actor=ANONYMOUS, token=link_in(old).split("/")[-2]).answer is Answer.EXPIRED
    check = {"actor": ANONYMOUS, "email": KNOWN, "asked": second.pk}
    assert services.check_code(code=code_in(old), **check).answer is Answer.WRONG
    assert services.check_code(code=code_in(new), **check).answer is Answer.GOOD


def test_a_stranger_who_knows_an_address_keeps_nobody_out(
    cast: Company, client_for: Callable[..., Client]
) -> None:
    owner, stranger = client_for(None), client_for(None)
    message = ask(owner, KNOWN)
    ask(stranger, KNOWN)
    wrong = "000000" if code_in(message) != "000000" else "111111"
    for _ in range(5):
        page = stranger.post(reverse("sign_in_code"), {"code": wrong}).content.decode()
    assert "Cinq essais ont échoué" in page
    assert owner.post(reverse("sign_in_code"), {"code": code_in(message)}).status_code == 302
    assert owner.session["_auth_user_id"] == str(cast.people["cheffe-de-projet"].pk)


def test_wrong_codes_do_not_close_the_link(cast: Company) -> None:
    asked = services.request_code(actor=ANONYMOUS, email=KNOWN).pk
    message = OutgoingMail.objects.get()
    wrong = "000000" if code_in(message) != "000000" else "111111"
    for _ in range(6):
        services.check_code(actor=ANONYMOUS, email=KNOWN, code=wrong, asked=asked)
    assert services.consume_link(actor=ANONYMOUS, token=link_in(message).split("/")[-2]).answer is Answer.GOOD


def test_the_link_shows_a_button_and_only_the_button_consumes(
    cast: Company, client_for: Callable[..., Client]
) -> None:
    link = link_in(ask(client_for(None), KNOWN))
    elsewhere = client_for(None)
    assert "Pressez le bouton" in elsewhere.get(link).content.decode()
    assert elsewhere.get(link).status_code == 200
    assert elsewhere.post(link).status_code == 302
    assert elsewhere.session["_auth_user_id"] == str(cast.people["cheffe-de-projet"].pk)
    again = client_for(None).post(link)
    assert again.status_code == 410 and "Ce lien a déjà servi" in again.content.decode()
    broken = client_for(None).post(link.rstrip("/")[:-4] + "/")
    assert broken.status_code == 410 and "une seule ligne" in broken.content.decode()


def test_a_shared_mailbox_says_who_one_is(cast: Company, client_for: Callable[..., Client]) -> None:
    client = client_for(None)
    code = code_in(ask(client, SHARED, next="/espaces/"))
    answer = client.post(reverse("sign_in_code"), {"code": code})
    assert answer.url == reverse("who_are_you")
    page = client.get(reverse("who_are_you")).content.decode()
    assert "Deux personnes lisent" in page and "Nadine Lacroix" in page and "Alain Roucou" in page
    assert "Hélène" not in page
    # Someone of another mailbox cannot be chosen.
    client.post(reverse("who_are_you"), {"qui": cast.people["maire-b"].pk})
    assert "_auth_user_id" not in client.session
    answer = client.post(reverse("who_are_you"), {"qui": cast.people["secretaire"].pk})
    assert answer.url == "/espaces/"
    assert client.session["shared_mailbox"] is True
    assert client.session["_auth_user_id"] == str(cast.people["secretaire"].pk)


def test_choosing_needs_a_fresh_proof(cast: Company, client_for: Callable[..., Client]) -> None:
    client = client_for(None)
    assert client.get(reverse("who_are_you")).url == reverse("sign_in")
    code = code_in(ask(client, SHARED))
    client.post(reverse("sign_in_code"), {"code": code})
    with clock.at(clock.now() + timedelta(minutes=16)):
        assert client.post(reverse("who_are_you"), {"qui": cast.people["maire"].pk}).url == reverse("sign_in")
    assert "Je ne suis pas dans la liste" in client.get(reverse("who_are_you")).content.decode()
    absent = client.get(reverse("not_listed")).content.decode()
    assert "Hélène Carrière" in absent


@pytest.mark.parametrize(
    "url", ["https://mal.example/", "//mal.example/", "javascript:alert(1)", "/\\mal.example"]
)
def test_a_foreign_next_is_ignored(cast: Company, client_for: Callable[..., Client], url: str) -> None:
    client = client_for(None)
    code = code_in(ask(client, KNOWN, next=url))
    assert client.post(reverse("sign_in_code"), {"code": code}).url == "/"


def test_too_many_codes_are_refused_for_a_while_whoever_asks(
    cast: Company, client_for: Callable[..., Client]
) -> None:
    client = client_for(None)
    for email in (KNOWN, STRANGER):
        for _ in range(6):
            ask(client, email)
        page = client.post(reverse("sign_in"), {"email": email})
        assert page.status_code == 200 and "Trop de codes ont été demandés" in page.content.decode()
        assert f'value="{email}"' in page.content.decode()


def test_an_unfinished_address_is_kept(client_for: Callable[..., Client]) -> None:
    page = client_for(None).post(reverse("sign_in"), {"email": "mairie@"}).content.decode()
    assert "Cette adresse n’est pas complète" in page and 'value="mairie@"' in page


def test_someone_put_aside_has_no_door(cast: Company, client_for: Callable[..., Client]) -> None:
    client = client_for(None)
    code = code_in(ask(client, KNOWN))
    Person.objects.filter(email=KNOWN).update(is_active=False)
    answer = client.post(reverse("sign_in_code"), {"code": code})
    assert answer.url == reverse("not_listed")
    assert "Votre adresse est vérifiée" in client.get(reverse("not_listed")).content.decode()
    assert "_auth_user_id" not in client.session


def test_signing_out_is_a_post(client_for: Callable[..., Client]) -> None:
    client = client_for("maire")
    assert client.get(reverse("sign_out")).status_code == 405
    assert client.post(reverse("sign_out")).status_code == 302
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(("typed", "told"), [("x", "n’est pas complète"), ("", "L’adresse manque")])
def test_a_refused_address_is_told_in_a_summary_that_leads_to_it(
    client_for: Callable[..., Client], typed: str, told: str
) -> None:
    answer = client_for(None).post(reverse("sign_in"), {"email": typed, "next": "/"})
    summary = answer.content.decode().partition("data-erreurs")[2].partition("</ul>")[0]
    assert '<a href="#id_email">Votre adresse de courriel</a>' in summary and told in summary


def test_a_null_sign_is_no_text_wherever_it_is_sent(
    cast: Company, client_for: Callable[[str | None], Client]
) -> None:
    lead = client_for("cheffe-de-projet")
    assert "Carrière" in lead.get("/personnes/", {"q": "Carri\0ère"}).content.decode()
    lead.post("/compte/nom/", {"given_name": "Hé\0lène", "family_name": "Carrière-Roux"})
    assert Person.objects.get(email=KNOWN).full_name == "Hélène Carrière-Roux"
    sent = client_for(None).post(reverse("sign_in"), {"email": KNOWN, "next": "/fiches/\0"})
    assert sent.status_code == 302 and SignInCode.objects.get().next_url == "/fiches/"
