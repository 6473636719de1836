"""The board of a collection, opening one, changing its dates, reminding those who owe."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from mosaique.access.middleware import acting
from mosaique.access.scoped import reads
from mosaique.accounts.queries import without_anyone
from mosaique.inventory import aggregates, policies, queries, registry, services, wording
from mosaique.inventory.forms import CampaignEditForm, CampaignForm, ReminderForm
from mosaique.inventory.models import Campaign, Return
from mosaique.inventory.services.campaigns import REMIND_AFTER, USED_FOR, reminder_text
from mosaique.kernel import clock
from mosaique.kernel.screens import screen
from mosaique.kernel.sent import whole
from mosaique.kernel.verdict import Problem
from mosaique.territory.models import Territory
from mosaique.territory.naming import in_words, listed


@screen(methods=("GET",))
def inventories(request: HttpRequest) -> HttpResponse:
    """« Inventaires »: their own for those who fill one in, the board for the others."""
    actor = acting(request)
    campaign = queries.current_campaign(actor.territory_id) if actor.territory_id else None
    if campaign is None or not reads(actor, campaign.scope):
        return render(request, "inventory/none.html", {
            "may_open": policies.may_run_campaign(actor), "campaign_new_url": reverse("inventory_campaign_new"),
        })  # fmt: skip
    if "tableau" not in request.GET:
        own = (
            Return.objects.visible_to(actor)
            .for_screen()
            .filter(campaign=campaign, authority_id=actor.authority_id)
            .first()
        )
        if own is not None and policies.is_ours(actor, own):
            return redirect(own)
    board = queries.board(actor, campaign)
    may_run = policies.may_change_campaign(actor, campaign)
    alone = without_anyone(campaign.territory_id) if may_run and not campaign.frozen else []
    joined = queries.joined_since(campaign) if may_run else []
    several = len(joined) > 1
    return render(
        request, "inventory/board.html",
        {
            "campaign": campaign, "board": board, "team": actor.is_team(campaign.territory_id),
            "alone": alone, "alone_names": listed([body.name for body in alone], 4), "alone_words": in_words(len(alone), feminine=True),
            "may_run": may_run, "joined": joined,
            "joined_title": f"{'Des communes sont arrivées' if several else 'Une commune est arrivée'} depuis l’ouverture",
            "statistics": aggregates.published(actor, campaign),
            "may_open": policies.may_run_campaign(actor), "until": wording.until(campaign.closes_on, campaign.frozen),
        },
    )  # fmt: skip


@screen(may=policies.may_run_campaign)
def inventory_campaign_new(request: HttpRequest) -> HttpResponse:
    """Open a collection for every commune."""
    actor = acting(request)
    today = clock.today()
    initial = {
        "reference_date": today.replace(month=1, day=1), "opens_on": today, "closes_on": today + timedelta(days=30),
        "used_for": USED_FOR, "sections": list(registry.USUAL),
    }  # fmt: skip
    form = CampaignForm(request.POST or None, initial=initial)
    if form.is_valid():
        territory = Territory.objects.select_related("epci").get(pk=actor.territory_id)
        try:
            campaign = services.open_campaign(actor=actor, territory=territory, **form.cleaned_data)
        except Problem as problem:
            form.refuse(problem)
        else:
            count = campaign.returns.count()
            messages.success(
                request,
                "La collecte est ouverte : "
                + (
                    "un inventaire attend sa commune."
                    if count == 1
                    else f"{count} inventaires attendent leur commune."
                ),
            )
            return redirect("inventories")
    return render(request, "inventory/campaign_new.html", {"form": form})


@screen(Campaign, may=policies.may_change_campaign)
def inventory_campaign(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    """Change the dates, open to communes that joined, or close for good."""
    actor = acting(request)
    if request.method == "POST" and request.POST.get("accueillir"):
        joined = services.open_to_joined(actor=actor, campaign=campaign)
        who = listed([body.name for body in joined], wording.SHOWN)
        messages.success(
            request,
            f"Un inventaire attend désormais {who}. Aucun message n’est parti : relancez quand vous voulez.",
        )
        return redirect("inventories")
    if request.method == "POST" and request.POST.get("clore"):
        if request.POST["clore"] != "oui":
            return render(request, "inventory/campaign_close.html", {"campaign": campaign})
        services.close_campaign(actor=actor, campaign=campaign)
        messages.success(
            request, "La collecte est close. Les inventaires restent lisibles ; ils ne changent plus."
        )
        return redirect("inventories")
    names = ("reference_date", "opens_on", "closes_on", "used_for")
    initial = {name: getattr(campaign, name) for name in names} | {"seen": campaign.version}
    form = CampaignEditForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            services.change_campaign(actor=actor, campaign=campaign, **form.cleaned_data)
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(
                request, "Les dates de la collecte sont changées. Chaque commune les voit sur son inventaire."
            )
            return redirect("inventories")
    return render(request, "inventory/campaign.html", {"form": form, "campaign": campaign})


@screen(Campaign, may=policies.may_change_campaign)
def inventory_reminders(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    """The messages as they will leave, to those who owe only."""
    actor = acting(request)
    board = queries.board(actor, campaign)
    owing, now = board.owing, clock.now()
    chosen = {row.inventory.pk for row in owing}
    if request.method == "POST":  # none ticked: none chosen
        chosen = {pk for sent in request.POST.getlist("communes") if (pk := whole(sent)) is not None}
    form = ReminderForm(request.POST or None)
    address = settings.PUBLIC_URL
    if request.method == "POST" and "envoyer" in request.POST and form.is_valid():
        try:
            reminded = services.remind(
                actor=actor, campaign=campaign, returns=sorted(chosen), address=address, **form.cleaned_data
            )
        except Problem as problem:
            form.refuse(problem)
        else:
            count = len(reminded.sent)
            plural = "s" if count > 1 else ""
            if count:
                messages.success(
                    request, f"{count} commune{plural} relancée{plural}. Les autres ne sont pas dérangées."
                )
            if reminded.unreached:
                names = listed([one.commune for one in reminded.unreached], wording.SHOWN)
                messages.warning(
                    request,
                    f"Aucune adresse connue pour {names} : invitez d’abord leur mairie, ou téléphonez.",
                )
            return redirect("inventories")
    recent = [r for r in owing if r.inventory.reminded_at and now - r.inventory.reminded_at < REMIND_AFTER]
    words = str(form.data.get("message", "")) if form.is_bound else ""
    context: dict[str, Any] = {
        "campaign": campaign, "board": board, "owing": owing, "form": form, "recent": recent, "chosen": chosen,
        "example": reminder_text(campaign, owing[0].inventory, address, words) if owing else "",
    }  # fmt: skip
    return render(request, "inventory/reminders.html", context)
