"""Passkeys: made and signed by a device written here, then by whoever would like to pass for it."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from mosaique.access.middleware import actor_of
from mosaique.access.models import Person
from mosaique.accounts.models import Passkey
from mosaique.accounts.services import passkeys, passwords, second_step
from mosaique.accounts.tests.device import Device
from mosaique.accounts.tests.test_passwords import CountingHasher, just_in
from mosaique.accounts.tests.test_second_step import person, protect
from mosaique.accounts.tests.test_sign_in import KNOWN
from mosaique.demo.people import Company
from mosaique.journal.models import Line
from mosaique.kernel import clock
from mosaique.kernel.models import OutgoingMail
from mosaique.kernel.verdict import Problem, Refused


@pytest.fixture(autouse=True)
def _fresh_limits(db: None, settings: Any) -> Iterator[None]:
    settings.PASSWORD_HASHERS = [f"{CountingHasher.__module__}.CountingHasher"]
    cache.clear()
    yield


def said(client: Client, name: str, body: Any) -> Any:
    return client.post(reverse(name), json.dumps(body), content_type="application/json")


def give(cast: Company, slug: str, device: Device, name: str = "Mon téléphone") -> Passkey:
    one = person(cast, slug)
    options, state = passkeys.begin_adding(one)
    answer = device.make(options)
    return passkeys.add_passkey(actor=actor_of(one), person=one, name=name, state=state, answer=answer)


def enter(client: Client, device: Device, **more: Any) -> Any:
    options = said(client, "sign_in_passkey", {}).json()
    return said(client, "sign_in_passkey", {"credential": device.sign(options), **more})


def is_in(client: Client, one: Person) -> bool:
    return client.session.get("_auth_user_id") == str(one.pk)


def test_a_key_is_added_listed_used_and_removed(cast: Company, client_for: Callable[..., Client]) -> None:
    device, one = Device(), person(cast, "cheffe-de-projet")
    here = just_in(client_for("cheffe-de-projet"))
    assert "Ajouter cet appareil" in here.get(reverse("passkey_new")).content.decode()
    options = said(here, "passkey_add", {"name": "Clé"}).json()
    user = options["publicKey"]["user"]
    assert KNOWN not in json.dumps(options) and user["name"] == one.full_name
    answer = said(here, "passkey_add", {"name": " Mon  téléphone ", "credential": device.make(options)})
    assert answer.json() == {"url": reverse("account_ways")}
    page = here.get(reverse("account_ways")).content.decode()
    assert "Mon téléphone" in page and "N’a pas encore servi" in page
    told = OutgoingMail.objects.get(kind="key")
    assert told.to == KNOWN and "« Mon téléphone », a été ajoutée" in told.text
    assert Line.objects.get(verb="key.passkey_added").person_id == one.pk
    client = client_for(None)
    assert enter(client, device, next="/espaces/").json() == {"url": "/espaces/"}
    assert is_in(client, one) and client.session["shared_mailbox"] is False
    assert "A servi le" in here.get(reverse("account_ways")).content.decode()
    key = Passkey.objects.get()
    rename = reverse("passkey_rename", kwargs={"pk": key.pk})
    assert here.post(rename, {"name": "  "}).context["form"].errors
    assert here.post(rename, {"name": " Le portable  de la mairie "}).status_code == 302
    assert "<b>Le portable de la mairie</b>" in here.get(reverse("account_ways")).content.decode()
    assert client_for("maire-b").post(rename, {"name": "à moi"}).status_code == 404
    assert here.post(reverse("passkey_remove", kwargs={"pk": key.pk})).status_code == 302
    assert not Passkey.objects.exists()
    assert here.get(reverse("account_ways")).status_code == 200, "one's own session goes on"
    assert client.get(reverse("account")).status_code == 302, "those opened elsewhere do not"
    answer = enter(client_for(None), device)
    assert answer.status_code == 422 and "n’est plus, connue ici" in answer.json()["reason"]
    assert OutgoingMail.objects.filter(kind="key").count() == 2
    assert Line.objects.filter(verb="key.passkey_removed").count() == 1


def test_it_counts_as_both_steps(cast: Company, client_for: Callable[..., Client]) -> None:
    protect(cast, "cheffe-de-projet")
    device, client = Device(), client_for(None)
    give(cast, "cheffe-de-projet", device)
    assert enter(client, device).json() == {"url": "/"}
    assert is_in(client, person(cast, "cheffe-de-projet"))
    assert client.post(reverse("second_step_remove")).status_code == 302
    assert second_step.of(person(cast, "cheffe-de-projet")) is None, "and as a recent proof"


def test_on_a_shared_mailbox_acts_keep_the_mention(cast: Company, client_for: Callable[..., Client]) -> None:
    device, client = Device(), client_for(None)
    give(cast, "secretaire", device)
    enter(client, device)
    assert is_in(client, person(cast, "secretaire")) and client.session["shared_mailbox"] is True


def test_a_device_that_does_not_check_its_owner_is_refused(
    cast: Company, client_for: Callable[..., Client]
) -> None:
    with pytest.raises(Problem, match="n’a pas pu être vérifiée"):
        give(cast, "cheffe-de-projet", Device(verifies=False))
    device, client = Device(), client_for(None)
    give(cast, "cheffe-de-projet", device)
    device.verifies = False
    assert enter(client, device).status_code == 422 and "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "origin",
    ["https://mal.example", "http://localhost.mal.example", "http://localhost:1", "https://localhost:8000"],
)
def test_another_site_gets_nothing(cast: Company, client_for: Callable[..., Client], origin: str) -> None:
    with pytest.raises(Problem):
        give(cast, "cheffe-de-projet", Device(origin=origin))
    device, client = Device(), client_for(None)
    give(cast, "cheffe-de-projet", device)
    device.origin = origin
    assert enter(client, device).status_code == 422 and "_auth_user_id" not in client.session


def test_a_challenge_serves_once_and_for_one_purpose(
    cast: Company, client_for: Callable[..., Client]
) -> None:
    device, client = Device(), client_for(None)
    give(cast, "cheffe-de-projet", device)
    options = said(client, "sign_in_passkey", {}).json()
    signed = device.sign(options)
    stranger = client_for(None)
    assert said(stranger, "sign_in_passkey", {"credential": signed}).status_code == 422, (
        "asked by nobody there"
    )
    said(stranger, "sign_in_passkey", {})
    assert said(stranger, "sign_in_passkey", {"credential": signed}).status_code == 422, "another challenge"
    with clock.at(clock.now() + timedelta(minutes=6)):
        assert "a expiré" in said(client, "sign_in_passkey", {"credential": signed}).json()["reason"]
    options = said(client, "sign_in_passkey", {}).json()
    signed = device.sign(options)
    assert said(client, "sign_in_passkey", {"credential": signed}).status_code == 200
    assert said(client, "sign_in_passkey", {"credential": signed}).status_code == 422
    here = just_in(client_for("maire-b"))
    added = said(here, "passkey_add", {"name": "Clé"}).json()
    assert said(here, "sign_in_passkey", {"credential": device.sign(added)}).status_code == 422


def test_a_copied_key_is_refused_and_told(cast: Company, client_for: Callable[..., Client]) -> None:
    device, client = Device(counter=40), client_for(None)
    give(cast, "cheffe-de-projet", device)
    assert enter(client, device).status_code == 200
    copy = Device(counter=12, private=device.private, handle=device.handle)
    client = client_for(None)
    answer = enter(client, copy)
    assert (
        answer.status_code == 422
        and "copiée" in answer.json()["reason"]
        and "_auth_user_id" not in client.session
    )
    assert "semble avoir été copiée" in OutgoingMail.objects.latest("pk").text
    assert Line.objects.get(verb="key.passkey_doubted").person_id == person(cast, "cheffe-de-projet").pk


def test_a_device_that_does_not_count_is_taken(cast: Company, client_for: Callable[..., Client]) -> None:
    """Those kept by an account of the maker always say zero."""
    device = Device()
    give(cast, "cheffe-de-projet", device)
    for _ in range(2):
        device.counter = -1
        assert enter(client_for(None), device).status_code == 200


def test_another_signature_or_another_name_opens_nothing(
    cast: Company, client_for: Callable[..., Client]
) -> None:
    device = Device()
    give(cast, "cheffe-de-projet", device)
    forged = Device(handle=device.handle)  # the same identifier, another private half
    assert enter(client_for(None), forged).status_code == 422
    elsewhere = Device(private=device.private, handle=person(cast, "maire-b").handle.encode())
    assert enter(client_for(None), elsewhere).status_code == 422
    Person.objects.filter(email=KNOWN).update(is_active=False)
    assert enter(client_for(None), device).status_code == 422


@pytest.mark.parametrize(
    "nonsense",
    [
        None, [], "x", 3, {}, {"id": "a"}, {"rawId": "AA", "response": 3}, {"rawId": "é", "response": {}}, {"rawId": [1], "response": {}},
        {"rawId": "AA", "response": {"clientDataJSON": "W10", "authenticatorData": "A" * 60, "signature": "AA", "userHandle": "AA"}},
        {"rawId": "AA", "response": {"clientDataJSON": "e30", "authenticatorData": "AA", "attestationObject": "oA", "signature": "AA"}},
    ],
    ids=range(11),
)  # fmt: skip
def test_nonsense_is_refused_in_a_sentence(
    cast: Company, client_for: Callable[..., Client], nonsense: Any
) -> None:
    client, here = client_for(None), just_in(client_for("maire-b"))
    said(client, "sign_in_passkey", {})
    said(here, "passkey_add", {"name": "Clé"})
    for answer in (
        said(client, "sign_in_passkey", {"credential": nonsense, "next": 3}),
        said(here, "passkey_add", {"credential": nonsense, "name": "Clé"}),
    ):
        assert answer.status_code == 422 and answer.json()["reason"]
    assert (
        client.post(reverse("sign_in_passkey"), "[" * 5000, content_type="application/json").status_code
        == 200
    )
    assert (
        client.post(reverse("sign_in_passkey"), b"\xff\xfe", content_type="application/json").status_code
        == 200
    )


@pytest.mark.parametrize(("name", "says"), [("  ", "Donnez un nom"), ("x" * 61, "trop long")])
def test_a_key_has_a_short_name_before_the_device_makes_it(
    cast: Company, client_for: Callable[..., Client], name: str, says: str
) -> None:
    answer = said(just_in(client_for("maire-b")), "passkey_add", {"name": name})
    assert answer.status_code == 422 and says in answer.json()["reason"]
    with pytest.raises(Problem, match=says):
        give(cast, "maire-b", Device(), name=name)


def test_a_key_is_known_once_and_ten_at_most(cast: Company) -> None:
    device = Device()
    give(cast, "maire-b", device)
    for slug in ("maire-b", "maire"):
        with pytest.raises(Problem, match="déjà connue"):
            give(cast, slug, device)
    options, _ = passkeys.begin_adding(person(cast, "maire-b"))
    assert len(options["publicKey"]["excludeCredentials"]) == 1
    for rank in range(9):
        give(cast, "maire-b", Device(credential_id=b"another" + bytes([rank])))
    with pytest.raises(Problem, match="déjà 10 clés"):
        give(cast, "maire-b", Device(credential_id=b"eleventh"))


def test_one_keeps_ones_own_keys_alone(cast: Company, client_for: Callable[..., Client]) -> None:
    key = give(cast, "maire", Device())
    secretary = person(cast, "secretaire")
    with pytest.raises(Refused):
        passkeys.remove_passkey(actor=actor_of(secretary), passkey=key)
    client = just_in(client_for("secretaire"))
    assert client.post(reverse("passkey_remove", kwargs={"pk": key.pk})).status_code == 404
    assert "Mon téléphone" not in client.get(reverse("account_ways")).content.decode()
    options, state = passkeys.begin_adding(person(cast, "maire"))
    with pytest.raises(Refused):
        passkeys.add_passkey(
            actor=actor_of(secretary),
            person=person(cast, "maire"),
            name="Clé",
            state=state,
            answer=Device().make(options),
        )


def test_an_old_session_adds_and_removes_nothing(cast: Company, client_for: Callable[..., Client]) -> None:
    key = give(cast, "maire-b", Device())
    client = just_in(client_for("maire-b"), minutes=16)
    assert client.get(reverse("passkey_new")).url.startswith(reverse("confirm_identity"))
    answer = said(client, "passkey_add", {"name": "Clé"})
    assert answer.status_code == 422 and "rechargez la page" in answer.json()["reason"]
    assert client.post(reverse("passkey_remove", kwargs={"pk": key.pk})).url.startswith(
        reverse("confirm_identity")
    )
    assert Passkey.objects.count() == 1


def test_with_a_password_removing_a_key_closes_the_sessions_open_elsewhere_as_well(
    cast: Company, client_for: Callable[..., Client]
) -> None:
    one = person(cast, "maire-b")
    passwords.set_password(actor=actor_of(one), person=one, password="quatre mots sans rapport")
    key = give(cast, "maire-b", Device())
    client, elsewhere = just_in(client_for("maire-b")), client_for("maire-b")
    client.post(reverse("passkey_remove", kwargs={"pk": key.pk}))
    assert "ouvertes ailleurs sont fermées" in client.get(reverse("account_ways")).content.decode()
    assert elsewhere.get(reverse("account")).status_code == 302
    assert person(cast, "maire-b").has_usable_password()


def test_without_an_address_a_key_replaces_the_letter(
    cast: Company, client_for: Callable[..., Client]
) -> None:
    Person.objects.filter(pk=person(cast, "maire-b").pk).update(email="")
    device, client = Device(), client_for(None)
    give(cast, "maire-b", device)
    assert enter(client, device).status_code == 200
    assert is_in(client, person(cast, "maire-b")) and client.session["shared_mailbox"] is False


@pytest.mark.parametrize(
    ("url", "secure", "possible"),
    [
        ("http://localhost:8000", False, True), ("https://mutualisation.exemple.fr", True, True),
        ("http://mutualisation.exemple.fr", False, False), ("https://192.0.2.7", True, False), ("http://127.0.0.1:8000", False, False),
    ],
)  # fmt: skip
def test_where_keys_are_possible(
    cast: Company, client_for: Callable[..., Client], settings: Any, url: str, secure: bool, possible: bool
) -> None:
    settings.PUBLIC_URL, settings.SECURE = url, secure
    assert passkeys.are_possible() is possible
    page = just_in(client_for("maire-b")).get(reverse("passkey_new"), secure=secure).content.decode()
    assert ("Ajouter cet appareil" in page) is possible


def test_a_key_is_not_renamed_by_a_colleague_of_the_mailbox(
    cast: Company, client_for: Callable[..., Client]
) -> None:
    key = give(cast, "secretaire", Device())
    client = client_for("secretaire")
    store = client.session
    store["shared_mailbox"] = True
    store.save()
    sent = client.post(reverse("passkey_rename", kwargs={"pk": key.pk}), {"name": "La mienne"})
    assert sent.status_code == 302 and reverse("confirm_identity") in sent["Location"]
    key.refresh_from_db()
    assert key.name == "Mon téléphone"


def test_a_form_sent_in_place_of_the_script_s_words_is_answered(db: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    token = strict.get(reverse("sign_in")).context["csrf_token"]
    answer = strict.post(reverse("sign_in_passkey"), {"csrfmiddlewaretoken": str(token), "next": "/"})
    assert answer.status_code == 200 and "publicKey" in answer.json()
