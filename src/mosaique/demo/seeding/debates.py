"""Threads, posts, one moderation, relevés and where they were poured."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from mosaique.access.actor import ANONYMOUS
from mosaique.demo.content.debate import Debate, Said
from mosaique.demo.content.papers import PAPERS
from mosaique.demo.content.threads import DEBATES
from mosaique.demo.seeding.stage import Stage
from mosaique.discussions import services
from mosaique.discussions.destinations import all_destinations
from mosaique.discussions.models import Post, Thread
from mosaique.kernel import clock
from mosaique.kernel.typography import typographie
from mosaique.scheme.models import ActionSheet

#: Who leads each space: moderates, writes relevés, answers.
LEADS = {"urbanisme": "animateur"}


def hold_debates(stage: Stage) -> None:
    """Every debate, each message at its own hour."""
    for debate in DEBATES:
        _hold(stage, debate)
    _begin(stage)


def _begin(stage: Stage) -> None:
    """A reply begun and not sent: only its author finds it."""
    thread = Thread.objects.get(title=typographie("Quel logiciel pour déposer et suivre les dossiers ?"))
    with stage.at(1, 17):
        services.keep_draft(
            actor=stage.actor("animateur"), place=thread, seen=0,
            fields={"body": typographie("Merci pour la liste. Il reste à savoir qui tient le registre quand"), "position": ""},
        )  # fmt: skip


def _hold(stage: Stage, debate: Debate) -> None:
    lead = LEADS.get(debate.space, "cheffe-de-projet")
    moment = stage.moment(debate.ago, 9)
    first, *others = debate.said
    with clock.at(moment):
        thread = services.open_thread(
            actor=stage.actor(first.who), space=stage.spaces[debate.space], kind=debate.kind,
            title=typographie(debate.title), open_to_what=typographie(debate.open_to),
            until=stage.day(debate.until) if debate.until is not None else None,
            who_decides=typographie(debate.decides), outcome_promise=typographie(debate.promise),
            body=typographie(first.text), client_token=f"{debate.key}-1",
        )  # fmt: skip
    for number, said in enumerate(others, 2):
        moment = _waking(moment + timedelta(hours=said.hours, minutes=stage.draw.randrange(50)))
        with clock.at(moment):
            post = services.write_post(
                actor=stage.actor(said.who), thread=thread, body=typographie(_words(stage, said)), position=said.position,
                client_token=f"{debate.key}-{number}",
                attached=[SimpleUploadedFile(name, PAPERS[name]) for name in said.joined],
            )  # fmt: skip
            if said.cites:
                services.tell_mentioned(actor=ANONYMOUS, address=settings.PUBLIC_URL)
        if said.hidden:
            with clock.at(moment + timedelta(hours=3)):
                post = Post.objects.for_screen().get(pk=post.pk)
                services.hide_post(actor=stage.actor(lead), post=post, reason=typographie(said.hidden))
    _conclude(stage, debate, Thread.objects.for_screen().get(pk=thread.pk), lead)


def _words(stage: Stage, said: Said) -> str:
    return f"@{stage.people[said.cites].full_name}, {said.text}" if said.cites else said.text


def _waking(moment: datetime) -> datetime:
    """Nobody writes at three in the morning: such an hour becomes the next morning's."""
    local = moment.astimezone(clock.PARIS)
    if 7 <= local.hour < 22:
        return local
    morning = local if local.hour < 7 else local + timedelta(days=1)
    return morning.replace(hour=8)


def _conclude(stage: Stage, debate: Debate, thread: Thread, lead: str) -> None:
    if debate.agreed:
        with stage.at(debate.until or 0, 17):
            releve = services.write_releve(
                actor=stage.actor(lead), thread=thread, seen=0, agreed=typographie(debate.agreed),
                pending=typographie(debate.pending),
            )  # fmt: skip
            if debate.pour_into and "sheet" in all_destinations():
                sheet = ActionSheet.objects.get(scheme__territory=stage.territory, number=debate.pour_into)
                services.deliver_releve(
                    actor=stage.actor(lead), releve=releve, kind="sheet", target_id=sheet.pk
                )
    if debate.answer:
        with stage.at((debate.until or 0) - 1, 16):
            services.close_thread(actor=stage.actor(lead), thread=thread, answer=typographie(debate.answer))
