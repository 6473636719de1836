"""Verbs of a consultation: resulting state, exact journal lines, messages; impossible input told in French."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mosaique.access.models import Person
from mosaique.consultation import queries, services
from mosaique.consultation.facts import facts_of
from mosaique.consultation.models import Adoption, Channel, Consultation, CouncilFile, DatedFact, Opinion
from mosaique.consultation.opinion_state import StateKind
from mosaique.consultation.services.adoption import CommunityVote
from mosaique.consultation.services.opinions import Vote
from mosaique.consultation.tasks import note_tacit_opinions
from mosaique.demo.people import Company
from mosaique.journal.models import Line
from mosaique.kernel import clock
from mosaique.kernel.models import OutgoingMail
from mosaique.kernel.verdict import Problem, Refused
from mosaique.scheme.models import Version
from mosaique.territory.models import Authority, TerritoryMember

SENT, RECEIVED = DatedFact.Kind.SENT, DatedFact.Kind.RECEIVED
DAY = date(2026, 11, 26)  # the day of every test


def verbs() -> list[str]:
    return list(Line.objects.order_by("pk").values_list("verb", flat=True))


def row(council: CouncilFile) -> queries.CouncilRow:
    return queries.row_of(CouncilFile.objects.for_screen().get(pk=council.pk))


def favourable(day: date) -> Vote:
    return Vote("favourable", day, "2026-51", 9, 1, 0)


def test_opening_writes_a_file_per_council_and_one_message_per_mailbox(
    cast: Company, consultation: Consultation
) -> None:
    assert consultation.councils.count() == 4
    assert set(OutgoingMail.objects.values_list("to", flat=True)) == {
        "mairie-a@exemple.fr",
        "mairie-b@exemple.fr",
    }
    assert "L5211-39-1" in OutgoingMail.objects.first().text
    sent = {council.authority.name for council in consultation.councils.all() if facts_of(council).sent}
    assert sent == {"Saint-Cirgue", "Saussenac"}, "a town hall without a mailbox has been sent nothing"
    assert verbs()[-1] == "consultation_opened"
    assert consultation.version.scheme.__class__.objects.get().state == "consultation"
    assert all(
        queries.row_of(c).state.kind == StateKind.NOT_STARTED for c in CouncilFile.objects.for_screen()
    )


def test_a_letter_is_not_dated_before_someone_says_so(cast: Company, version: Version) -> None:
    opened = services.open_consultation(
        actor=cast.actor("presidente"), version=version, channels={cast.commune_a.pk: Channel.LETTER}
    )
    council = opened.councils.get(authority=cast.commune_a)
    assert facts_of(council).sent is None
    assert "mairie-a@exemple.fr" not in OutgoingMail.objects.values_list("to", flat=True)


def test_the_same_version_is_not_sent_twice(cast: Company, consultation: Consultation) -> None:
    before = OutgoingMail.objects.count()
    with pytest.raises(Problem, match="déjà soumise"):
        services.open_consultation(actor=cast.actor("cheffe-de-projet"), version=consultation.version)
    assert OutgoingMail.objects.count() == before


@pytest.mark.parametrize("slug", ["maire", "secretaire", "agent", "partenaire", "representante-du-personnel"])
def test_only_the_epci_opens(cast: Company, version: Version, slug: str) -> None:
    with pytest.raises(Refused):
        services.open_consultation(actor=cast.actor(slug), version=version)
    assert not Consultation.objects.exists()


def test_the_clock_starts_with_the_town_halls_own_act(cast: Company, council_a: CouncilFile) -> None:
    services.acknowledge(actor=cast.actor("secretaire"), council=council_a)
    again = services.acknowledge(actor=cast.actor("maire"), council=council_a)
    assert council_a.facts.filter(kind=RECEIVED).count() == 1
    assert again.on_date == DAY
    state = row(council_a).state
    assert state.kind == StateKind.PENDING
    assert state.deadline is not None and state.deadline.last_day == date(2027, 2, 26)
    with pytest.raises(Refused):
        services.acknowledge(actor=cast.actor("maire-b"), council=council_a)


@pytest.mark.parametrize(
    ("kind", "day", "word"),
    [
        (RECEIVED, DAY + timedelta(1), "pas encore arrivé"),
        (RECEIVED, DAY - timedelta(1), "parti le"),
        (SENT, DAY - timedelta(30), "a été figée"),
    ],
)
def test_impossible_dates_say_why(
    cast: Company, council_a: CouncilFile, kind: str, day: date, word: str
) -> None:
    if kind == SENT:
        council_a.facts.all().delete()
    with pytest.raises(Problem, match=word):
        services.enter_fact(
            actor=cast.actor("cheffe-de-projet"), council=council_a, kind=kind, on_date=day, channel="email"
        )


def test_a_correction_keeps_the_former_date_and_its_reason(cast: Company, council_a: CouncilFile) -> None:
    team = cast.actor("cheffe-de-projet")
    first = services.acknowledge(actor=cast.actor("maire"), council=council_a)
    with clock.at(DAY + timedelta(5)):
        values: dict[str, Any] = {
            "kind": RECEIVED,
            "on_date": DAY + timedelta(3),
            "channel": "hand",
            "seen": first.pk,
        }
        with pytest.raises(Problem, match="pourquoi"):
            services.correct_fact(actor=team, council=council_a, reason=" ", **values)
        services.correct_fact(actor=team, council=council_a, reason="Remis en mairie le 29.", **values)
        with pytest.raises(Problem, match="quelqu’un d’autre"):
            services.correct_fact(actor=team, council=council_a, reason="Encore.", **values)
    facts = facts_of(council_a)
    assert facts.received is not None and facts.received.on_date == DAY + timedelta(3)
    assert facts.received.corrects == first
    assert verbs()[-1] == "fact_corrected"


def test_an_opinion_on_time_then_its_correction(cast: Company, council_a: CouncilFile) -> None:
    mayor = cast.actor("maire")
    services.acknowledge(actor=mayor, council=council_a)
    with clock.at(DAY + timedelta(40)):
        day = clock.today() - timedelta(1)
        with pytest.raises(Problem, match="réserves"):
            services.give_opinion(actor=mayor, council=council_a, vote=Vote("reserves", day))
        given = services.give_opinion(actor=mayor, council=council_a, vote=favourable(day))
        assert row(council_a).state.kind == StateKind.FAVOURABLE
        with pytest.raises(Problem, match="déjà enregistré"):
            services.give_opinion(actor=mayor, council=council_a, vote=favourable(day))
        services.correct_opinion(
            actor=mayor, council=council_a, vote=Vote("reserves", day, reserves="Plafonner la part."),
            reason="Extrait relu.", seen=given.pk,
        )  # fmt: skip
        assert row(council_a).facts.opinion.answer == "reserves"  # type: ignore[union-attr]
    assert council_a.opinions.count() == 2
    assert verbs()[-2:] == ["opinion_given", "opinion_corrected"]


def test_what_comes_afterwards_completes_an_opinion_without_correcting_it(
    cast: Company, council_a: CouncilFile
) -> None:
    mayor = cast.actor("maire")
    services.acknowledge(actor=mayor, council=council_a)
    with clock.at(DAY + timedelta(40)):
        day = clock.today() - timedelta(1)
        given = services.give_opinion(actor=mayor, council=council_a, vote=Vote("favourable", day))
        change = {"actor": mayor, "council": council_a, "reason": ""}
        with pytest.raises(Problem, match="Rien n’est changé"):
            services.correct_opinion(**change, vote=Vote("favourable", day), seen=given.pk)
        with pytest.raises(Problem, match="Dites pourquoi"):
            services.correct_opinion(**change, vote=Vote("unfavourable", day), seen=given.pk)
        whole = Vote("favourable", day, number="2026-41", votes_for=9, votes_against=1, abstentions=0)
        done = services.correct_opinion(**change, vote=whole, seen=given.pk)
        with pytest.raises(Problem, match="Dites pourquoi"):
            services.correct_opinion(
                **change, vote=Vote("favourable", day, number="2026-42", votes_for=9), seen=done.pk
            )
    assert (done.number, done.reason) == ("2026-41", "Complété.")
    assert verbs()[-2:] == ["opinion_given", "opinion_completed"]


@pytest.mark.parametrize(
    ("vote", "word"),
    [
        (favourable(DAY - timedelta(1)), "reçu le"),
        (favourable(DAY + timedelta(1)), "pas encore arrivé"),
        (Vote("favourable", DAY, votes_for=0, votes_against=0), "zéro"),
    ],
)
def test_impossible_opinions_say_why(cast: Company, council_a: CouncilFile, vote: Vote, word: str) -> None:
    services.acknowledge(actor=cast.actor("maire"), council=council_a)
    with pytest.raises(Problem, match=word):
        services.give_opinion(actor=cast.actor("maire"), council=council_a, vote=vote)
    assert not Opinion.objects.exists()


def test_no_opinion_without_reception(cast: Company, council_a: CouncilFile) -> None:
    with pytest.raises(Problem, match="réception"):
        services.give_opinion(actor=cast.actor("maire"), council=council_a, vote=favourable(DAY))


def test_silence_is_noted_the_day_after_once_and_a_late_vote_stays_beside(
    cast: Company, council_a: CouncilFile
) -> None:
    services.acknowledge(actor=cast.actor("maire"), council=council_a)
    with clock.at(date(2027, 2, 26)):
        note_tacit_opinions.call()
        assert row(council_a).state.kind == StateKind.PENDING
    with clock.at(date(2027, 2, 27)):
        note_tacit_opinions.call()
        note_tacit_opinions.call()
        assert row(council_a).state.kind == StateKind.TACIT_FAVOURABLE
        assert verbs().count("opinion_tacit") == 1
    with clock.at(date(2027, 3, 5)):
        services.give_opinion(
            actor=cast.actor("maire"), council=council_a, vote=Vote("unfavourable", date(2027, 3, 4))
        )
        found = row(council_a)
        assert found.state.kind == StateKind.TACIT_FAVOURABLE
        assert found.late is not None and found.late.answer == "unfavourable"


def test_the_vote_warns_and_never_forbids_then_the_scheme_is_sent(
    cast: Company, council_a: CouncilFile
) -> None:
    team, consultation = cast.actor("cheffe-de-projet"), council_a.consultation
    services.acknowledge(actor=cast.actor("maire"), council=council_a)
    services.give_opinion(
        actor=cast.actor("maire"),
        council=council_a,
        vote=Vote("unfavourable", DAY, votes_for=1, votes_against=8),
    )
    contradictory = CommunityVote("adopted", DAY, "2026-90", 3, 20, 0)
    with pytest.raises(Problem, match="ne donnent pas"):
        services.record_vote(actor=team, consultation=consultation, vote=contradictory)
    adoption = services.record_vote(
        actor=team, consultation=consultation, vote=CommunityVote("adopted", DAY, "2026-90", 20, 3, 1)
    )
    assert adoption.warnings, "three councils have not answered: it is said, and the vote stands"
    assert Adoption.objects.count() == 1
    OutgoingMail.objects.all().delete()
    assert services.send_adopted(actor=team, adoption=adoption) == 2, "two town halls have a known mailbox"
    assert services.send_adopted(actor=team, adoption=adoption) == 0
    assert OutgoingMail.objects.count() == 2
    assert verbs()[-2:] == ["vote_recorded", "scheme_sent"]
    left = queries.unsent_councils(adoption)
    assert [body.name for body in left] == ["Courris", "Trébas"]
    values: dict[str, Any] = {"adoption": adoption, "authority_id": left[0].pk, "channel": "letter"}
    with pytest.raises(Problem, match="précéder"):
        services.note_sending(actor=team, on_date=DAY - timedelta(1), **values)
    services.note_sending(actor=team, on_date=DAY, reference="1A 204", **values)
    with pytest.raises(Problem, match="déjà noté"):
        services.note_sending(actor=team, on_date=DAY, **values)
    assert [body.name for body in queries.unsent_councils(adoption)] == ["Trébas"]
    # Of a commune that has left, nothing more is to be sent: nobody could note it either.
    TerritoryMember.objects.filter(authority__name="Trébas").update(left_on=DAY)
    assert queries.unsent_councils(adoption) == []
    # Nor to one that joined once the vote was held.
    late = Authority.objects.create(kind="commune", name="Courbelle", insee_code="81901", siren="219810901")
    TerritoryMember.objects.create(
        territory=cast.territory,
        authority=late,
        joined_on=DAY + timedelta(1),
        tile_drawing=1,
        tile_hue="ocre",
    )
    with clock.at(DAY + timedelta(2)):
        assert (
            queries.unsent_councils(adoption) == []
            and services.send_adopted(actor=team, adoption=adoption) == 0
        )


def test_a_town_hall_without_address_is_not_said_to_have_received_the_adopted_scheme(
    cast: Company, consultation: Consultation, client_for: Callable[..., Client]
) -> None:
    team, client = cast.actor("presidente"), client_for("presidente")
    adoption = services.record_vote(
        actor=team, consultation=consultation, vote=CommunityVote("adopted", DAY, "2026-90", 20, 3, 1)
    )
    address = f"/avis/consultation/{consultation.pk}"
    Person.objects.filter(mandates__authority__in=[cast.commune_a, cast.commune_b]).update(email="")
    page = client.post(f"{address}/adresser/", follow=True).content.decode()
    assert "Aucun message n’est parti" in page and not adoption.sendings.exists()
    assert f"{address}/adresser/{cast.commune_b.pk}/" in page, "it leaves by letter, and is noted"
    assert "Adresser le schéma aux conseils" not in page, "nothing would leave"
    Person.objects.filter(mandates__authority=cast.commune_a).update(email="mairie-a@exemple.fr")
    assert "Adresser le schéma aux conseils" in client.get(f"{address}/adoption/").content.decode()
    assert services.send_adopted(actor=team, adoption=adoption) == 1
    assert [row.authority for row in adoption.sendings.all()] == [cast.commune_a]
    assert cast.commune_b in queries.unsent_councils(adoption)


def test_a_rejected_scheme_is_sent_to_nobody(cast: Company, consultation: Consultation) -> None:
    adoption = services.record_vote(
        actor=cast.actor("presidente"),
        consultation=consultation,
        vote=CommunityVote("rejected", DAY, "2026-91", 3, 20, 0),
    )
    with pytest.raises(Problem, match="pas été adopté"):
        services.send_adopted(actor=cast.actor("presidente"), adoption=adoption)


def test_a_proof_is_checked_before_it_is_kept(
    cast: Company, council_a: CouncilFile, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    values: dict[str, Any] = {"kind": RECEIVED, "on_date": DAY, "channel": "letter"}
    with pytest.raises(Problem, match="contenu"):
        services.enter_fact(
            actor=cast.actor("dgs"),
            council=council_a,
            file=SimpleUploadedFile("avis.pdf", b"MZ..."),
            **values,
        )
    assert facts_of(council_a).received is None, (
        "the date is not kept without the proof that was given with it"
    )
    services.enter_fact(
        actor=cast.actor("dgs"), council=council_a, file=SimpleUploadedFile("avis.pdf", b"%PDF-1.7"), **values
    )
    assert facts_of(council_a).received.proof.name == "avis.pdf"  # type: ignore[union-attr]


def test_sittings_say_whether_the_council_can_still_meet(cast: Company, council_a: CouncilFile) -> None:
    services.acknowledge(actor=cast.actor("maire"), council=council_a)
    assert "Aucune séance connue" in row(council_a).window.sentence  # type: ignore[union-attr]
    sitting = services.set_sitting(
        actor=cast.actor("secretaire"), council=council_a, on_date=date(2027, 1, 20)
    )
    assert row(council_a).window.in_time is not None  # type: ignore[union-attr]
    services.cancel_sitting(actor=cast.actor("secretaire"), council=council_a, sitting_id=sitting.pk)
    assert row(council_a).window.in_time is None  # type: ignore[union-attr]
    with pytest.raises(Problem, match="passée"):
        services.set_sitting(actor=cast.actor("maire"), council=council_a, on_date=date(2026, 1, 1))


def newer(version: Version) -> Version:
    return Version.objects.create(
        scheme=version.scheme, scope=version.scope, number=version.number + 1, content=version.content,
        sha256="f" * 64, frozen_at=version.frozen_at, frozen_by=version.frozen_by,
    )  # fmt: skip


def test_an_older_version_is_not_sent(cast: Company, version: Version) -> None:
    newer(version)
    with pytest.raises(Problem, match="version plus récente"):
        services.open_consultation(actor=cast.actor("cheffe-de-projet"), version=version)
    assert not Consultation.objects.exists()


def test_a_vote_is_recorded_on_the_latest_consultation_only(
    cast: Company, consultation: Consultation
) -> None:
    team = cast.actor("cheffe-de-projet")
    services.open_consultation(actor=team, version=newer(consultation.version))
    with pytest.raises(Problem, match="plus récente"):
        services.record_vote(
            actor=team, consultation=consultation, vote=CommunityVote("adopted", DAY, "2026-92", 20, 3, 1)
        )
    assert not Adoption.objects.exists()
