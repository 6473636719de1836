"""Asking, answering, closing; forgetting what was typed."""

from datetime import timedelta

from django.urls import Resolver404, resolve

from mosaique import journal
from mosaique.access.actor import Actor
from mosaique.access.models import Scope, Visibility
from mosaique.accounts.secrecy import allow
from mosaique.assistance import registry
from mosaique.assistance.askers import Asker, team
from mosaique.assistance.models import HelpCall, HelpReply
from mosaique.assistance.policies import is_asker, may_close, may_reply
from mosaique.kernel import clock, mail, typography
from mosaique.kernel.service import service
from mosaique.kernel.typography import of_name
from mosaique.kernel.verdict import Problem, require
from mosaique.territory.models import Territory

KEEP = timedelta(days=30)  # what was typed, after the call is closed
AN_HOUR, LIMIT = 3600, 10
MAX_WORDS, MAX_TYPED = 3000, 8000


def safe_path(path: str) -> str:
    """The page's address without what it may hide: no query, no address that is itself a key, nothing outside Mosaïque."""
    path = path.split("?")[0].split("#")[0]
    if not path.startswith("/") or path.startswith("//") or "\\" in path or len(path) > 300:
        return ""
    try:
        found = resolve(path)
    except Resolver404:
        return path  # an address that shows nothing: being lost is a reason to ask
    return "" if "token" in found.kwargs else path


@service
def ask(
    *, actor: Actor, asker: Asker, words: str, address: str, path: str = "", title: str = "", typed: str = ""
) -> HelpCall:
    """Send the page, the words and what was typed there to the project team. `address`: of the instance."""
    words, typed = words.strip(), typed.strip()
    if not words:
        raise Problem("Dites en quelques mots ce qui vous bloque. Rien n’est encore parti.", "words")
    who = f"p{actor.person_id}" if actor.person_id else f"g{asker.name}"
    if not allow("help_call", who, limit=LIMIT, seconds=AN_HOUR):
        raise Problem(
            "Beaucoup de demandes sont parties en peu de temps. Celle-ci est restée ici : renvoyez-la dans une heure.",
            "words",
        )
    territory = Territory.objects.get(pk=asker.territory_id)
    call = HelpCall.objects.create(
        scope=Scope.objects.obtain(territory=territory, visibility=Visibility.TEAM), person_id=actor.person_id or None,
        guest_name="" if actor.person_id else asker.name[:120], asker_title=asker.title[:250],
        page_path=safe_path(path), page_title=title.strip()[:200],
        words=words[:MAX_WORDS], typed=typed[:MAX_TYPED], asked_at=clock.now(),
    )  # fmt: skip
    boxes: dict[str, int] = {}
    for mandate in team(territory.pk):
        boxes.setdefault(mandate.person.email, mandate.person_id)
    for box, person_id in boxes.items():
        _write(
            box, person_id, territory.pk, f"Demande d’aide {of_name(asker.name)}",
            f"{asker.name} ({asker.title}) demande de l’aide sur « {call.where} ».",
            f"Lire et répondre :\n{address}{call.get_absolute_url()}",
        )  # fmt: skip
    journal.record(actor, registry.HELP_CALLED, call)
    return call


def _write(box: str, person_id: int, territory_id: int, subject: str, *parts: str) -> None:
    mail.queue(
        to=box, subject=subject, kind="help_call", text=typography.typographie("\n\n".join(("Bonjour,", *parts))),
        person_id=person_id, territory_id=territory_id,
    )  # fmt: skip


@service
def reply(*, actor: Actor, call: HelpCall, body: str, address: str) -> HelpReply:
    """Answer in writing. The team's answer is told to who asked, by a message and on their home."""
    call = HelpCall.objects.for_screen().select_for_update(of=("self",)).get(pk=call.pk)
    require(may_reply(actor, call))
    if not body.strip():
        raise Problem("La réponse est vide : rien n’est parti.", "body")
    ours = not is_asker(actor, call)
    said = HelpReply.objects.create(
        call=call, author_id=actor.person_id or None, from_team=ours,
        body=body.strip()[:MAX_WORDS], at=clock.now(),
    )  # fmt: skip
    call.state = HelpCall.State.ANSWERED if ours else HelpCall.State.OPEN
    call.save(update_fields=["state"])
    if ours and call.person is not None and call.person_id is not None:
        _write(
            call.person.email, call.person_id, call.scope.territory_id, "Une réponse à votre demande d’aide",
            f"{actor.name} vous a répondu au sujet de « {call.where} ».",
            f"Lire la réponse :\n{address}{call.get_absolute_url()}",
        )  # fmt: skip
    journal.record(actor, registry.HELP_REPLIED, call)
    return said


@service
def close(*, actor: Actor, call: HelpCall) -> HelpCall:
    """« C’est réglé »."""
    call = HelpCall.objects.for_screen().select_for_update(of=("self",)).get(pk=call.pk)
    require(may_close(actor, call))
    call.state, call.closed_at = HelpCall.State.CLOSED, clock.now()
    call.save(update_fields=["state", "closed_at"])
    journal.record(actor, registry.HELP_SETTLED, call)
    return call


@service
def forget_typed(*, actor: Actor) -> int:
    """Thirty days after a call is closed, what was typed on the page is erased; the question and its answers stay."""
    old = HelpCall.objects.filter(closed_at__lt=clock.now() - KEEP, purged_at=None)
    for call in old:
        call.typed, call.purged_at = "", clock.now()
        call.save(update_fields=["typed", "purged_at"])
        journal.record(actor, registry.HELP_PURGED, call)
    return len(old)
