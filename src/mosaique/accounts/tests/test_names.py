"""One's own name: corrected by oneself, told to the mailbox, never that of somebody else who reads it."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from mosaique.access.middleware import actor_of
from mosaique.access.models import Person
from mosaique.accounts.services import names
from mosaique.demo.people import Company
from mosaique.journal.models import Line
from mosaique.kernel.models import OutgoingMail
from mosaique.kernel.verdict import Problem, Refused


def person(cast: Company, slug: str) -> Person:
    return Person.objects.get(pk=cast.people[slug].pk)


def test_a_lead_corrects_their_own_name(cast: Company, client_for: Callable[..., Client]) -> None:
    client, former = client_for("cheffe-de-projet"), person(cast, "cheffe-de-projet").full_name
    page = client.get(reverse("own_name")).content.decode()
    assert person(cast, "cheffe-de-projet").family_name in page
    sent = client.post(
        reverse("own_name"), {"given_name": " Ana  Lise ", "family_name": "Delmas"}, follow=True
    )
    assert "Ana Lise Delmas, votre compte" in sent.content.decode()
    told = OutgoingMail.objects.get(kind="key")
    assert f"« {former} » est devenu « Ana Lise Delmas »" in told.text
    assert Line.objects.get(verb="person.renamed").changes == {}, "the journal bears no name"
    client.post(reverse("own_name"), {"given_name": "Ana Lise", "family_name": "Delmas"})
    assert Line.objects.filter(verb="person.renamed").count() == 1


def test_nobody_takes_the_name_of_somebody_else_of_the_mailbox(cast: Company) -> None:
    one, other = person(cast, "maire"), person(cast, "secretaire")
    assert one.email == other.email
    with pytest.raises(Problem, match="porte déjà ce nom"):
        names.correct_own_name(
            actor=actor_of(one),
            person=one,
            given_name=other.given_name.upper(),
            family_name=other.family_name,
        )
    with pytest.raises(Refused):
        names.correct_own_name(actor=actor_of(one), person=other, given_name="A", family_name="B")


def test_on_a_shared_mailbox_the_personal_code_is_asked(
    cast: Company, client_for: Callable[..., Client]
) -> None:
    client, one = client_for("maire"), person(cast, "maire")
    store = client.session
    store["shared_mailbox"] = True
    store.save()
    sent = client.post(reverse("own_name"), {"given_name": "Autre", "family_name": "Personne"})
    assert sent.status_code == 200 and "code personnel manque" in sent.content.decode()
    assert person(cast, "maire").full_name == one.full_name
