"""On a shared mailbox, what changes the ways in is confirmed by the personal code: those who read the box could otherwise do it."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from mosaique.access.middleware import SHARED_KEY, actor_of
from mosaique.access.models import Mandate, Person
from mosaique.accounts import services
from mosaique.accounts.models import Passkey, SecondStep
from mosaique.accounts.services import passkeys, passwords, second_step
from mosaique.accounts.tests.device import Device
from mosaique.accounts.tests.test_passwords import CountingHasher, just_in
from mosaique.accounts.tests.test_second_step import SECRET, person, protect, shown
from mosaique.demo.people import Company
from mosaique.kernel.models import OutgoingMail
from mosaique.kernel.verdict import Problem

PIN = "7294"


@pytest.fixture(autouse=True)
def _fresh_limits(db: None, settings: Any) -> Iterator[None]:
    settings.PASSWORD_HASHERS = [f"{CountingHasher.__module__}.CountingHasher"]
    cache.clear()
    yield


def by_the_box(client: Client) -> Client:
    """Just come in, by a code sent to the mailbox that others read."""
    just_in(client)
    store = client.session
    store[SHARED_KEY] = True
    store.save()
    return client


def keys_of(one: Person) -> tuple[bool, bool, bool]:
    fresh = Person.objects.get(pk=one.pk)
    return (
        fresh.has_usable_password(),
        SecondStep.objects.filter(person=one).exists(),
        Passkey.objects.filter(person=one).exists(),
    )


def test_the_mailbox_alone_changes_nothing(cast: Company) -> None:
    one = person(cast, "maire")
    colleague = actor_of(one, shared=True)  # whoever reads the box and says to be the mayor
    options, state = passkeys.begin_adding(one)
    answer = Device().make(options)
    for act in (
        lambda: passwords.set_password(actor=colleague, person=one, password="quatre mots sans rapport"),
        lambda: passwords.remove_password(actor=colleague, person=one),
        lambda: second_step.add_second_step(actor=colleague, person=one, secret=SECRET, code=shown()),
        lambda: passkeys.add_passkey(actor=colleague, person=one, name="Clé", state=state, answer=answer),
    ):
        with pytest.raises(Problem, match="Cette boîte est partagée"):
            act()
    assert keys_of(one) == (False, False, False)
    oneself = actor_of(one, shared=True, confirmed=True)
    passwords.set_password(actor=oneself, person=one, password="quatre mots sans rapport")
    assert keys_of(one) == (True, False, False)


def test_the_personal_code_is_asked_not_a_code_by_mail(
    cast: Company, client_for: Callable[..., Client]
) -> None:
    one = person(cast, "maire")
    services.choose_pin(actor=actor_of(one), pin=PIN)
    client, url = by_the_box(client_for("maire")), reverse("password_edit")
    before = OutgoingMail.objects.count()
    confirm = client.get(url).url
    page = client.get(confirm).content.decode()
    assert "D’autres lisent votre boîte" in page and "Votre code personnel" in page
    client.post(confirm, {"envoyer": "1", "next": url})
    assert OutgoingMail.objects.count() == before
    assert "pas ce code" in client.post(confirm, {"pin": "1357", "next": url}).content.decode()
    assert (
        client.post(
            url, {"password": "quatre mots sans rapport", "again": "quatre mots sans rapport"}
        ).status_code
        == 302
    )
    answer = client.post(reverse("passkey_add"), json.dumps({"name": "Clé"}), content_type="application/json")
    assert answer.status_code == 422 and keys_of(one) == (False, False, False)
    assert client.post(confirm, {"pin": PIN, "next": url}).url == url
    assert client.get(url).status_code == 200
    assert client.get(confirm).status_code == 302
    client.post(url, {"password": "quatre mots sans rapport", "again": "quatre mots sans rapport"})
    assert keys_of(one) == (True, False, False)


def test_whoever_reads_the_same_mailbox_lifts_nothing(cast: Company) -> None:
    protect(cast, "maire")
    mayor, leader = person(cast, "maire"), person(cast, "cheffe-de-projet")
    mandate = Mandate.objects.filter(person=mayor).get()
    with pytest.raises(Problem, match="Cette boîte est partagée"):
        second_step.lift_second_step(actor=actor_of(leader, shared=True), mandate=mandate)
    Person.objects.filter(pk=leader.pk).update(email=mayor.email)
    with pytest.raises(Problem, match="la même boîte"):
        second_step.lift_second_step(actor=actor_of(leader, shared=True, confirmed=True), mandate=mandate)
    assert keys_of(mayor) == (False, True, False)


def test_a_second_step_is_proof_once_it_is_given(cast: Company, client_for: Callable[..., Client]) -> None:
    protect(cast, "maire")
    client = by_the_box(client_for("maire"))  # as a session opened before the step was set up
    assert client.post(reverse("second_step_remove")).url.startswith(reverse("confirm_identity"))
    assert keys_of(person(cast, "maire")) == (False, True, False)
    assert client.post(reverse("confirm_identity"), {"code": shown()}).url == reverse("account_ways")
    assert client.post(reverse("second_step_remove")).url == reverse("account_ways")
    assert keys_of(person(cast, "maire")) == (False, False, False)
