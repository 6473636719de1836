"""Version 1 frozen and put to the councils: receptions, votes, silences, a corrected date, coming sittings."""

from datetime import time, timedelta

from django.core.files.base import ContentFile

from mosaique.access.actor import ANONYMOUS
from mosaique.consultation import services
from mosaique.consultation.deadlines import opinion_deadline
from mosaique.consultation.facts import facts_of
from mosaique.consultation.models import Channel, Consultation, CouncilFile, DatedFact
from mosaique.consultation.services.opinions import Vote
from mosaique.demo.content import opinions as said
from mosaique.demo.content.deliberation import deliberation
from mosaique.demo.seeding.stage import FREEZE, VOTE, Stage
from mosaique.kernel import clock
from mosaique.kernel.typography import typographie
from mosaique.scheme.freezing import freeze_version
from mosaique.scheme.models import Scheme

BY_LETTER = tuple(code for code in (*said.RUNNING, *said.NOT_RECEIVED) if code not in said.BY_LINK)


def consult(stage: Stage, scheme: Scheme) -> None:
    """Freeze, send, receive, vote."""
    lead = stage.actor("cheffe-de-projet")
    frozen = stage.working(FREEZE)
    with stage.at(frozen, 11):
        version = freeze_version(
            actor=lead, scheme=scheme, acknowledged=True, note="Première version soumise aux conseils"
        )
    channels = {stage.communes[code].pk: Channel.LETTER for code in BY_LETTER}
    channels |= {stage.communes[code].pk: Channel.HAND for code in said.UNFAVOURABLE}
    with stage.at(frozen, 15):
        consultation = services.open_consultation(
            actor=lead, version=version, channels=channels, planned_vote_on=stage.day(stage.working(VOTE))
        )
    councils = {row.authority.insee_code: row for row in _councils(consultation)}
    for code in sorted(councils):
        _receive(stage, code, councils[code])
    for code in sorted(councils):
        _vote(stage, code, councils[code])
    for code, words in said.ANSWERS.items():
        with stage.at(stage.working(8), 15, 20):
            services.answer_reserve(actor=lead, council=councils[code], text=typographie(words))
    for code, ahead in said.SITTINGS.items():
        with stage.at(stage.working(9), 10):
            services.set_sitting(
                actor=stage.secretary(code),
                council=councils[code],
                on_date=stage.day(stage.working(-ahead)),
                at_time=time(20, 30),
            )
    _note_silences(stage, consultation)


def _councils(consultation: Consultation) -> list[CouncilFile]:
    return list(CouncilFile.objects.for_screen().filter(consultation=consultation))


def _receive(stage: Stage, code: str, council: CouncilFile) -> None:
    lead = stage.actor("cheffe-de-projet")
    if council.channel in (Channel.LETTER, Channel.HAND):
        ago = said.RUNNING.get(code, FREEZE - 3) + 4 if code not in said.NOT_RECEIVED else 6
        draw = stage.draw.randrange
        number = f"2C {draw(100, 200)} {draw(100, 1000)} {draw(1000, 10000)} {draw(10)}"
        with stage.at(stage.working(min(ago, FREEZE - 2)), 15):
            services.enter_fact(
                actor=lead, council=council, kind=DatedFact.Kind.SENT, on_date=clock.today(), channel=council.channel,
                reference=number if council.channel == Channel.LETTER else "",
            )  # fmt: skip
    if code in said.NOT_RECEIVED:
        return
    if code in said.BY_LINK:
        with stage.at(stage.working(said.RUNNING[code]), 17):
            services.acknowledge(actor=stage.secretary(code), council=council)
        return
    if code in said.RUNNING:
        ago = stage.working(said.RUNNING[code])
        shift, reason = said.CORRECTED.get(code, (0, ""))
        with stage.at(ago - 5, 11):
            services.enter_fact(
                actor=lead, council=council, kind=DatedFact.Kind.RECEIVED, on_date=stage.day(ago), channel=council.channel,
                reference="accusé postal",
            )  # fmt: skip
        if reason:
            with stage.at(ago - 12, 9):
                current = facts_of(council).received
                assert current is not None
                services.correct_fact(
                    actor=lead, council=council, kind=DatedFact.Kind.RECEIVED, on_date=stage.day(ago - shift),
                    channel=council.channel, reason=typographie(reason), seen=current.pk,
                )  # fmt: skip
        return
    if council.channel == Channel.HAND:
        with stage.at(stage.working(FREEZE - 4), 16):
            services.enter_fact(
                actor=lead, council=council, kind=DatedFact.Kind.RECEIVED, on_date=clock.today(), channel=Channel.HAND,
                reference="récépissé signé",
            )  # fmt: skip
        return
    with stage.at(stage.working(FREEZE - 4) - stage.draw.randrange(4), stage.draw.randrange(9, 18)):
        who = stage.secretary(code) if stage.draw.randrange(3) else stage.mayor(code)
        services.acknowledge(actor=who, council=council)


def _vote(stage: Stage, code: str, council: CouncilFile) -> None:
    """The vote of one council, if it has voted, entered by its secretary some days later."""
    if (
        code in said.SILENT
        or code in said.NOT_RECEIVED
        or (code in said.RUNNING and code not in said.RUNNING_VOTED)
    ):
        return
    answer, words, ago = "favourable", "", 20 + stage.draw.randrange(60)
    if code in said.RESERVES:
        answer, words = "reserves", said.RESERVES[code]
    elif code in said.UNFAVOURABLE:
        answer = "unfavourable"
    elif code in said.LATE:
        (answer, words), ago = said.LATE[code], 4
    elif code in said.RUNNING_VOTED:
        answer, ago = said.RUNNING_VOTED[code], 10 + stage.draw.randrange(12)
    ago = stage.working(ago)
    seats = (
        7
        if (council.authority.population or 0) < 100
        else 11
        if (council.authority.population or 0) < 500
        else 19
    )
    against = seats - stage.draw.randrange(2) if answer == "unfavourable" else stage.draw.randrange(3)
    abstained = stage.draw.randrange(2) if answer != "unfavourable" else 0
    vote = Vote(
        answer=answer, voted_on=stage.day(ago), number=f"{stage.day(ago).year}-{stage.draw.randrange(21, 64)}",
        votes_for=max(seats - against - abstained, 0), votes_against=against, abstentions=abstained, reserves=typographie(words),
    )  # fmt: skip
    with stage.at(max(ago - 3, 1), 14):
        services.give_opinion(
            actor=stage.secretary(code), council=council, vote=vote,
            file=ContentFile(
                deliberation(council.authority.name, stage.territory.epci.name, vote), f"deliberation-{vote.number}.pdf"
            ),
        )  # fmt: skip


def _note_silences(stage: Stage, consultation: Consultation) -> None:
    """The nightly work of the days that have passed."""
    for council in _councils(consultation):
        received = facts_of(council).received
        if received is None:
            continue
        deadline = opinion_deadline(
            received.on_date, consultation.extend_if_non_working, departement=council.authority.department
        )
        if deadline.tacit_on <= stage.start:
            with clock.at(stage.moment((stage.start - deadline.tacit_on).days, 6, 0) - timedelta(hours=5)):
                services.note_tacit(actor=ANONYMOUS, council=council)
