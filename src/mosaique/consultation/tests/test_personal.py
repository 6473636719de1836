"""Opinions and votes given from a mailbox that several open: the person's own, or nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from mosaique.accounts import services as accounts
from mosaique.consultation import services
from mosaique.consultation.models import Adoption, Consultation, CouncilFile, Opinion
from mosaique.consultation.services.adoption import CommunityVote
from mosaique.consultation.services.opinions import Vote
from mosaique.consultation.tests.test_screens import plain
from mosaique.demo.people import Company
from mosaique.journal.models import Line
from mosaique.kernel.verdict import Problem

PIN, DAY = "4071", date(2026, 11, 26)
For = Callable[[str], Client]


def test_no_opinion_and_no_vote_without_confirmation(
    cast: Company, council_a: CouncilFile, consultation: Consultation
) -> None:
    mayor = replace(cast.actor("maire"), via_shared_mailbox=True)
    services.acknowledge(actor=mayor, council=council_a)  # a date, not a voice
    vote = Vote("favourable", DAY)
    with pytest.raises(Problem, match="boîte est partagée"):
        services.give_opinion(actor=mayor, council=council_a, vote=vote)
    given = services.give_opinion(actor=replace(mayor, is_confirmed=True), council=council_a, vote=vote)
    with pytest.raises(Problem, match="boîte est partagée"):
        services.correct_opinion(actor=mayor, council=council_a, vote=vote, reason="Coquille", seen=given.pk)
    lead = replace(cast.actor("cheffe-de-projet"), via_shared_mailbox=True)
    with pytest.raises(Problem, match="boîte est partagée"):
        services.record_vote(
            actor=lead, consultation=consultation, vote=CommunityVote("adopted", DAY, "12", 20, 2, 1)
        )
    assert Opinion.objects.count() == 1 and not Adoption.objects.exists()


def test_the_council_secretary_confirms_where_she_gives_the_opinion(
    cast: Company, council_a: CouncilFile, shared_client_for: For
) -> None:
    accounts.choose_pin(actor=cast.actor("secretaire"), pin=PIN)
    services.acknowledge(actor=cast.actor("secretaire"), council=council_a)
    client, url = shared_client_for("secretaire"), f"/avis/{council_a.pk}/donner/"
    assert 'id="id_pin"' in plain(client.get(url))
    typed = {
        "answer": "reserves",
        "voted_on": "2026-11-26",
        "reserves": "Une permanence par mois.",
        "number": "2026-12",
    }
    wrong = plain(client.post(url, {**typed, "pin": "9988"}))
    assert "il vous reste 4 essais" in wrong and "Une permanence par mois." in wrong and "2026-12" in wrong
    assert not Opinion.objects.exists()
    assert client.post(url, {**typed, "pin": PIN}).status_code == 302
    assert Opinion.objects.get().reserves == "Une permanence par mois."
    told = "par secrétaire générale de mairie, boîte partagée, code personnel vérifié"
    assert told in plain(client.get(council_a.get_absolute_url())), "who recorded it, and from where"
    assert Line.objects.get(verb="opinion_given").changes["confirmed"] is True


def test_the_vote_of_the_community_council_too(
    cast: Company, consultation: Consultation, shared_client_for: For
) -> None:
    accounts.choose_pin(actor=cast.actor("presidente"), pin=PIN)
    client, url = shared_client_for("presidente"), f"/avis/consultation/{consultation.pk}/adoption/"
    typed = {"outcome": "adopted", "voted_on": "2026-11-26", "number": "7", "votes_for": "30", "votes_against": "2",
             "abstentions": "1"}  # fmt: skip
    missing = plain(client.post(url, typed))
    assert "Votre code personnel manque" in missing and not Adoption.objects.exists()
    assert client.post(url, {**typed, "pin": PIN}).status_code == 302
    assert Adoption.objects.get().votes_for == 30
