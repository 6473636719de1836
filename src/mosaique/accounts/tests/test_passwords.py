"""An optional password: whose it is on a shared mailbox, what a wrong one tells (nothing), what a change closes."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import hashers
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from mosaique.access.actor import Actor
from mosaique.access.middleware import actor_of
from mosaique.access.models import Person
from mosaique.accounts import session
from mosaique.accounts.services import passwords
from mosaique.accounts.tests.test_sign_in import KNOWN, SHARED, STRANGER, code_in
from mosaique.demo.people import Company
from mosaique.journal.models import Line
from mosaique.kernel import clock
from mosaique.kernel.models import OutgoingMail
from mosaique.kernel.verdict import Problem, Refused

GOOD, OTHER = "quatre mots sans rapport", "encore cinq mots très calmes"


class CountingHasher(hashers.PBKDF2PasswordHasher):
    """A real digest, quick to compute, that tells how many were."""

    iterations = 100
    count = 0

    def encode(self, *args: Any, **kwargs: Any) -> str:
        CountingHasher.count += 1
        return super().encode(*args, **kwargs)


@pytest.fixture(autouse=True)
def _fresh_limits(db: None, settings: Any) -> Iterator[None]:
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    cache.clear()
    yield


def person(cast: Company, slug: str) -> Person:
    return Person.objects.get(pk=cast.people[slug].pk)


def acting_as(one: Person) -> Actor:
    return actor_of(one)


def give(cast: Company, slug: str, password: str = GOOD) -> Person:
    one = person(cast, slug)
    return passwords.set_password(actor=acting_as(one), person=one, password=password)


def just_in(client: Client, minutes: int = 0) -> Client:
    """Signed in so many minutes ago."""
    store = client.session
    store[session.ENTERED_KEY] = (clock.now() - timedelta(minutes=minutes)).isoformat()
    store.save()
    return client


def enter(client: Client, email: str, password: str, **more: str) -> Any:
    return client.post(reverse("sign_in_password"), {"email": email, "password": password, **more})


def test_address_and_password_come_in(cast: Company, client_for: Callable[..., Client]) -> None:
    one = give(cast, "cheffe-de-projet")
    client = client_for(None)
    answer = enter(client, KNOWN.upper(), GOOD, next="/espaces/")
    assert answer.status_code == 302 and answer.url == "/espaces/"
    assert client.session["_auth_user_id"] == str(one.pk)
    assert client.session["shared_mailbox"] is False


def test_a_password_never_leaves_in_clear_nor_in_a_line(cast: Company) -> None:
    one = give(cast, "cheffe-de-projet")
    assert GOOD not in one.password and hashers.identify_hasher(one.password)
    line = Line.objects.filter(verb="key.password_set").get()
    assert line.person_id == one.pk and line.kind == "mandate"
    mail = OutgoingMail.objects.get(kind="key")
    assert mail.to == KNOWN and "un mot de passe a été ajouté" in mail.text and GOOD not in mail.text
    assert reverse("account_ways") in mail.text


def test_one_answer_for_whatever_is_wrong(cast: Company, client_for: Callable[..., Client]) -> None:
    give(cast, "cheffe-de-projet")
    pages = []
    for email in (KNOWN, SHARED, STRANGER):  # a wrong password, no password at all, nobody
        answer = enter(client_for(None), email, "un autre essai")
        text = answer.content.decode().replace(email, "X")
        pages.append(f"{answer.status_code}" + re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text))
    assert pages[0] == pages[1] == pages[2]
    assert "ne vont pas ensemble" in pages[0] and 'value="X"' in pages[0] and "un autre essai" not in pages[0]


def digests(email: str, password: str) -> int:
    """How many digests a try computes: what its duration is made of."""
    CountingHasher.count = 0
    passwords.owners(email=email, password=password)
    return CountingHasher.count


def test_every_try_costs_the_same(cast: Company) -> None:
    give(cast, "cheffe-de-projet")
    give(cast, "maire")
    give(cast, "secretaire", OTHER)
    tries = [
        (KNOWN, GOOD),
        (KNOWN, "faux"),
        (SHARED, GOOD),
        (SHARED, "faux"),
        (STRANGER, GOOD),
        ("maire-b@exemple.fr", "faux"),
    ]
    assert [digests(*one) for one in tries] == [passwords.DIGESTS] * len(tries)


def test_on_a_shared_mailbox_the_password_says_who_one_is(
    cast: Company, client_for: Callable[..., Client]
) -> None:
    give(cast, "maire", OTHER)
    secretary = give(cast, "secretaire")
    client = client_for(None)
    assert enter(client, SHARED, GOOD).status_code == 302
    assert client.session["_auth_user_id"] == str(secretary.pk)
    assert client.session["shared_mailbox"] is True, "a colleague could have chosen it in their name"


def test_two_people_with_the_same_words_say_who_they_are_and_nobody_else_is_offered(
    cast: Company, client_for: Callable[..., Client]
) -> None:
    third = person(cast, "maire-b")
    Person.objects.filter(pk=third.pk).update(email=SHARED)
    give(cast, "maire")
    secretary = give(cast, "secretaire")
    client = client_for(None)
    assert enter(client, SHARED, GOOD).url == reverse("who_are_you")
    page = client.get(reverse("who_are_you")).content.decode()
    assert "Nadine Lacroix" in page and third.full_name not in page
    client.post(reverse("who_are_you"), {"qui": third.pk})
    assert "_auth_user_id" not in client.session
    client.post(reverse("who_are_you"), {"qui": secretary.pk})
    assert client.session["_auth_user_id"] == str(secretary.pk)


def test_tries_are_limited_whoever_is_asked_for(cast: Company, client_for: Callable[..., Client]) -> None:
    give(cast, "cheffe-de-projet")
    for email in (KNOWN, STRANGER):
        client = client_for(None)
        for _ in range(10):
            assert "ne vont pas ensemble" in enter(client, email, "faux").content.decode()
        page = enter(client, email, GOOD).content.decode()
        assert "Trop d’essais en peu de temps" in page and f'value="{email}"' in page
        assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("court", "trop court"), ("motdepasse123", "plus répandus"), ("948372615048", "que de chiffres"),
        ("mutualisation@exemple.fr", "ressemble trop"), ("é" * 201, "trop long"),
    ],
)  # fmt: skip
def test_a_weak_password_is_refused_in_plain_words(
    cast: Company, client_for: Callable[..., Client], typed: str, told: str
) -> None:
    client = just_in(client_for("cheffe-de-projet"))
    answer = client.post(reverse("password_edit"), {"password": typed, "again": typed})
    assert answer.status_code == 200 and told in answer.content.decode()
    assert not person(cast, "cheffe-de-projet").has_usable_password()


def test_a_short_password_is_not_said_to_resemble_a_name(
    cast: Company, client_for: Callable[..., Client]
) -> None:
    client = just_in(client_for("maire"))
    page = client.post(reverse("password_edit"), {"password": "court", "again": "court"}).content.decode()
    assert "trop court" in page and "ressemble" not in page


def test_choosing_one_keeps_this_session_and_closes_the_others(
    cast: Company, client_for: Callable[..., Client]
) -> None:
    here, elsewhere = just_in(client_for("cheffe-de-projet")), client_for("cheffe-de-projet")
    assert elsewhere.get(reverse("account")).status_code == 200
    wrong = here.post(reverse("password_edit"), {"password": GOOD, "again": OTHER})
    assert "ne sont pas les mêmes" in wrong.content.decode()
    assert here.post(reverse("password_edit"), {"password": GOOD, "again": GOOD}).status_code == 302
    page = here.get(reverse("account_ways")).content.decode()
    assert "Vous restez entré ici" in page and "Changer le mot de passe" in page
    assert elsewhere.get(reverse("account")).status_code == 302
    assert here.post(reverse("password_remove")).status_code == 302
    assert "Choisir un mot de passe" in here.get(reverse("account_ways")).content.decode()
    assert not person(cast, "cheffe-de-projet").has_usable_password()
    told = list(OutgoingMail.objects.filter(kind="key").order_by("pk").values_list("subject", flat=True))
    assert told == ["Un mot de passe a été ajouté à votre compte", "Votre mot de passe a été retiré"]
    assert enter(client_for(None), KNOWN, GOOD).status_code == 200


def test_an_old_session_confirms_first_with_a_code(cast: Company, client_for: Callable[..., Client]) -> None:
    client = just_in(client_for("cheffe-de-projet"), minutes=16)
    url = reverse("password_edit")
    answer = client.post(url, {"password": GOOD, "again": GOOD})
    confirm = answer.url
    assert (
        confirm.startswith(reverse("confirm_identity"))
        and not person(cast, "cheffe-de-projet").has_usable_password()
    )
    page = client.get(confirm).content.decode()
    assert "Rien n’a été changé encore" in page and "Recevoir un code" in page
    client.post(reverse("confirm_identity"), {"envoyer": "1", "next": url})
    code = code_in(OutgoingMail.objects.latest("pk"))
    wrong = "000000" if code != "000000" else "111111"
    assert (
        "pas ce code"
        in client.post(reverse("confirm_identity"), {"code": wrong, "next": url}).content.decode()
    )
    assert client.get(url).status_code == 302
    assert client.post(reverse("confirm_identity"), {"code": code, "next": url}).url == url
    assert client.get(url).status_code == 200
    assert client.post(reverse("password_remove")).url == reverse("account_ways")


def test_a_code_asked_elsewhere_confirms_nobody_else(
    cast: Company, client_for: Callable[..., Client]
) -> None:
    client = just_in(client_for("maire-b"), minutes=16)
    client.post(reverse("confirm_identity"), {"envoyer": "1"})
    other = client_for(None)
    other.post(reverse("sign_in"), {"email": KNOWN})
    code = code_in(OutgoingMail.objects.filter(to=KNOWN).latest("pk"))
    assert client.post(reverse("confirm_identity"), {"code": code}).status_code == 200
    assert client.get(reverse("password_edit")).status_code == 302


def test_one_keeps_ones_own_account_alone(cast: Company) -> None:
    secretary, mayor = person(cast, "secretaire"), person(cast, "maire")
    with pytest.raises(Refused):
        passwords.set_password(actor=acting_as(secretary), person=mayor, password=GOOD)
    with pytest.raises(Refused):
        passwords.remove_password(actor=acting_as(secretary), person=mayor)


def test_without_an_address_there_is_nothing_to_type_it_with(cast: Company) -> None:
    Person.objects.filter(pk=cast.people["maire-b"].pk).update(email="")
    with pytest.raises(Problem, match="votre compte n’en a pas"):
        give(cast, "maire-b")


def test_someone_put_aside_has_no_password(cast: Company, client_for: Callable[..., Client]) -> None:
    one = give(cast, "cheffe-de-projet")
    Person.objects.filter(pk=one.pk).update(is_active=False)
    client = client_for(None)
    assert enter(client, KNOWN, GOOD).status_code == 200 and "_auth_user_id" not in client.session
