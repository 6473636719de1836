"""What is waiting, for whom; the answer shown on the page where it was asked."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from mosaique.access.actor import Actor
from mosaique.assistance.askers import calls_of_session, guest_with
from mosaique.assistance.models import HelpCall
from mosaique.kernel import clock
from mosaique.kernel.typography import of_name
from mosaique.kernel.ui.parts import Todo


def todos(actor: Actor) -> list[Todo]:
    """One query: for the team those who wait, for the others an answer to read."""
    if actor.territory_id is None or not actor.person_id:
        return []
    today = clock.today()  # someone waits now
    if actor.is_team(actor.territory_id):
        calls = HelpCall.objects.visible_to(actor).waiting().filter(scope__territory_id=actor.territory_id)
        return [
            Todo(f"Répondre à la demande d’aide {of_name(call.who)}",
                 call.get_absolute_url(), f"Sur « {call.where} ».", today, "Lire et répondre")
            for call in calls.order_by("asked_at")[:5]
        ]  # fmt: skip
    answered = HelpCall.objects.filter(person_id=actor.person_id, state=HelpCall.State.ANSWERED)
    return [
        Todo("Lire la réponse à votre demande d’aide", call.get_absolute_url(), f"Sur « {call.where} ».", today, "Lire la réponse")
        for call in answered[:3]
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Notice:
    """On the page where help was asked: the last answer, or that it is still awaited."""

    url: str
    answer: str
    author: str


def notice_of(request: HttpRequest, actor: Actor) -> Notice | None:
    """No query unless this session asked from this very page."""
    pk = calls_of_session(request).get(request.path)
    if pk is None:
        return None
    reader = guest_with(pk) if actor.is_anonymous else actor
    call = HelpCall.objects.visible_to(reader).filter(pk=pk).exclude(state=HelpCall.State.CLOSED).first()
    if call is None:
        return None
    url = reverse("help_call_guest") if actor.is_anonymous else call.get_absolute_url()
    last = call.replies.filter(from_team=True).select_related("author").last()
    return Notice(url, last.body if last else "", last.who if last else "")
