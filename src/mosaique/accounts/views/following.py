"""Invitations followed: one person's, the reminders in one act, an address put right."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mosaique.access.middleware import acting
from mosaique.access.models import Mandate
from mosaique.accounts import queries, services
from mosaique.accounts.forms import NewAddressForm
from mosaique.accounts.key_policies import may_lift_second_step
from mosaique.accounts.models import Invitation, PersonalCode
from mosaique.accounts.policies import (
    may_add_people,
    may_end_mandate,
    may_entrust,
    may_follow,
    may_manage_people,
    may_print_letter,
    may_renew_code,
)
from mosaique.accounts.services import second_step
from mosaique.accounts.tracking import PACE, standing
from mosaique.kernel import clock
from mosaique.kernel.screens import screen
from mosaique.kernel.typography import datetime_long
from mosaique.kernel.ui.forms import Form
from mosaique.kernel.ui.parts import Event
from mosaique.kernel.verdict import Problem, require
from mosaique.territory.models import Territory
from mosaique.territory.naming import in_words


@screen(Mandate, may=may_follow, methods=("GET",))
def person(request: HttpRequest, mandate: Mandate) -> HttpResponse:
    """One person: what was tried, where it stands, what can be done."""
    actor = acting(request)
    tried = queries.invitations_of(mandate)
    one = queries.follow(mandate, tried)
    waiting = one.invitation is not None and one.invitation.state == Invitation.State.SENT
    by_mail = waiting and one.invitation is not None and one.invitation.channel == Invitation.Channel.MAIL
    context = {
        "mandate": mandate, "one": one, "events": [_event(mandate, row) for row in reversed(tried)],
        "may_entrust": bool(may_entrust(actor, mandate)),
        "may_lift": bool(may_lift_second_step(actor, mandate)) and second_step.of(mandate.person) is not None,
        "may_end": bool(may_end_mandate(actor, mandate)), "may_letter": bool(may_print_letter(actor, mandate)),
        "may_bounce": by_mail and one.standing.code in ("sent", "never", "leaving"), "entered": mandate.person.last_login,
        "code": PersonalCode.objects.filter(person_id=mandate.person_id).first() if may_renew_code(actor, mandate) else None,
        "may_correct": mandate.person.last_login is None, "running": mandate.ends_on is None or mandate.ends_on > clock.today(),
    }  # fmt: skip
    return render(request, "accounts/person.html", context)


def _event(mandate: Mandate, row: Invitation) -> Event:
    kind = (
        "Lettre imprimée"
        if row.channel == Invitation.Channel.LETTER
        else "Rappel"
        if row.is_reminder
        else "Invitation"
    )
    by = (
        f", par {row.batch.sent_by.full_name}"
        if row.batch is not None and row.batch.sent_by is not None
        else ""
    )
    if row.state == Invitation.State.REPLACED:
        told = (
            "Remplacée par la suivante"
            if not row.is_refused
            else f"{standing_of(mandate, row)}. Remplacée par la suivante"
        )
    elif row.state == Invitation.State.ACCEPTED and row.accepted_at:
        told = f"Acceptée le {datetime_long(row.accepted_at)}"
    else:
        told = standing_of(mandate, row)
    return Event(
        f"{kind}, le {datetime_long(row.created_at)}{by}",
        told,
        here=row.state == Invitation.State.SENT,
        said="celle qui a cours",
    )


def standing_of(mandate: Mandate, row: Invitation) -> str:
    """The state of one invitation, in a sentence, as if it were the last."""
    state = row.state
    row.state = Invitation.State.SENT
    found = standing(mandate, row, clock.now())
    row.state = state
    return f"{found.word}. {found.detail}" if found.detail else found.word


@screen(Mandate, may=may_follow, methods=("POST",))
def mandate_bounced(request: HttpRequest, mandate: Mandate) -> HttpResponse:
    """« Le message est revenu »."""
    services.note_bounce(actor=acting(request), mandate=mandate)
    messages.success(
        request, "C’est noté : le message est revenu. Corrigez l’adresse, ou imprimez une lettre."
    )
    return redirect("person", pk=mandate.pk)


@screen(Mandate, may=may_follow)
def mandate_address(request: HttpRequest, mandate: Mandate) -> HttpResponse:
    """The address put right; the invitation leaves for it at once."""
    form = NewAddressForm(request.POST or None, initial={"email": mandate.person.email})
    if request.method == "POST" and form.is_valid():
        try:
            services.correct_address(actor=acting(request), mandate=mandate, **form.cleaned_data)
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(
                request,
                f"L’adresse est corrigée. Une invitation part vers {form.cleaned_data['email']} dans la minute.",
            )
            return redirect("person", pk=mandate.pk)
    return render(request, "accounts/mandate_address.html", {"form": form, "mandate": mandate})


@screen(may=may_manage_people)
def people_remind(request: HttpRequest) -> HttpResponse:
    """Who would receive a reminder, before any leaves."""
    actor = acting(request)
    territory = Territory.objects.select_related("epci").get(pk=actor.territory_id)
    require(may_add_people(actor, territory))
    form = Form(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        chosen = [
            int(n) for n in request.POST.getlist("personne") if n.isascii() and n.isdecimal() and len(n) < 18
        ]
        try:
            done = services.remind_people(actor=actor, territory=territory, mandates=chosen)
        except Problem as problem:
            form.refuse(problem)
        else:
            count = f"{done.sent} rappels partent" if done.sent > 1 else "Un rappel part"
            spared = " Les autres n’en avaient plus besoin." if done.spared else ""
            messages.success(request, f"{count} dans la minute.{spared}")
            return redirect("people")
    today = clock.today()
    every = queries.followed(territory.pk)
    due = [one for one in every if one.remind_on is not None and one.remind_on <= today]
    context = {
        "form": form, "due": due, "count": in_words(len(due), feminine=True).capitalize(), "pace": PACE,
        "later": [one for one in every if one.remind_on is not None and one.remind_on > today],
        "enough": [one for one in every if one.is_exhausted], "letters": [one for one in every if one.wants_letter],
        "refused": [one for one in every if one.standing.code == "refused" and not one.wants_letter],
    }  # fmt: skip
    return render(request, "accounts/people_remind.html", context)
