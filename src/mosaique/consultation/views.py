"""Screens of a consultation: the board, one council's file, its dates, its opinion, its sittings, the vote."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from mosaique.access.middleware import acting
from mosaique.accounts import confirming
from mosaique.consultation import adopted, documents, exports, queries, services
from mosaique.consultation.annex import compile_annex
from mosaique.consultation.deadlines import opinion_deadline
from mosaique.consultation.facts import corrections, facts_of
from mosaique.consultation.forms import (
    AdoptionForm,
    ChannelForm,
    CorrectionForm,
    FactForm,
    OpenForm,
    OpinionForm,
    ReserveAnswerForm,
    SendingForm,
    SittingForm,
)
from mosaique.consultation.models import Consultation, CouncilFile, DatedFact, ReserveAnswer, Sitting
from mosaique.consultation.pictures import board_map, legend_of
from mosaique.consultation.policies import (
    may_acknowledge,
    may_answer_reserve,
    may_give_opinion,
    may_keep_dates,
    may_open,
    may_record_vote,
    may_set_sittings,
)
from mosaique.consultation.procedures.registry import PROCEDURES
from mosaique.consultation.services.opening import councils_of, departures, mailboxes
from mosaique.consultation.wording import (
    board_heading,
    decides,
    departure_told,
    done_with_opinions,
    follow_heading,
    next_step,
    no_clock,
    settled_groups,
    settled_heading,
    until,
    without_title,
)
from mosaique.kernel import clock, docgen
from mosaique.kernel.screens import screen
from mosaique.kernel.sent import whole
from mosaique.kernel.verdict import Problem, require
from mosaique.scheme import preparing, preview
from mosaique.scheme.models import Preparation, Version


@screen(methods=("GET",))
def opinions(request: HttpRequest) -> HttpResponse:
    """« Avis »: the present consultation, or what will happen when there is one."""
    actor = acting(request)
    waiting = queries.waiting_version(actor)
    found = queries.current(actor)
    if found and waiting is None:
        return redirect(found)
    may = may_open(actor, actor.territory_id) if actor.territory_id and waiting else None
    return render(request, "consultation/none.html", {"waiting": waiting, "may": may, "former": found})


@screen(Consultation, methods=("GET",))
def consultation(request: HttpRequest, found: Consultation) -> HttpResponse:
    """The board of the councils."""
    actor = acting(request)
    board = queries.board(found)
    adopted = queries.adoption_of(found)
    mine = next((row for row in board.rows if row.council.authority_id == actor.authority_id), None)
    adoption_url, step = reverse("adoption", kwargs={"pk": found.pk}), next_step(board, mine, found)
    may_keep = bool(may_record_vote(actor, found))
    return render(
        request,
        "consultation/board.html",
        {
            **step,
            "consultation": found,
            "board": board,
            "heading": board_heading(board, after_vote=adopted is not None),
            "follow_heading": follow_heading(board),
            "settled_heading": settled_heading(board),
            "settled": settled_groups(board),
            "map": board_map(board),
            "legend": legend_of(board),
            "procedure": PROCEDURES[found.procedure],
            "adoption": adopted,
            "adoption_url": adoption_url,
            # Opinions are consultative: a reception that is missing never hides the vote.
            "offer_vote": may_keep and adopted is None and step["next_url"] != adoption_url,
            "unanswered": board.unanswered,
            "unanswered_title": f"Réserve{'s' if len(board.unanswered) > 1 else ''} sans réponse : {len(board.unanswered)}",
            "no_clock": no_clock(board),
            "decides": decides(found),
            "closed": adopted is not None,
            "done_with": done_with_opinions(board, adopted is not None),
            "mine": mine if mine and actor.acts_for(mine.council.authority_id) else None,
            "may_keep": may_keep,
            "next_sittings": [row for row in board.to_follow if row.window][:4],
        },
    )


@screen(Version)
def open_consultation(request: HttpRequest, version: Version) -> HttpResponse:
    """Choose, council by council, how the report leaves; then send."""
    actor = acting(request)
    territory = version.scheme.territory
    require(may_open(actor, territory.pk))
    councils = councils_of(territory.pk)
    reached = mailboxes([council.pk for council in councils], territory.pk)
    without = [council for council in councils if council.pk not in reached]
    target, today = territory.adoption_target, clock.today(territory.zone)
    form = OpenForm(
        request.POST or None, initial={"planned_vote_on": target if target and target > today else None}
    )
    first = opinion_deadline(today, False, departement=territory.epci.department)
    channels = [
        (council, ChannelForm(request.POST or None, prefix=str(council.pk), reached=council.pk in reached))
        for council in councils
    ]
    if request.method == "POST" and form.is_valid() and all(channel.is_valid() for _, channel in channels):
        try:
            opened = services.open_consultation(
                actor=actor,
                version=version,
                channels={council.pk: channel.cleaned_data["channel"] for council, channel in channels},
                **form.cleaned_data,
            )
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(request, departure_told(*departures(opened)))
            return redirect(opened)
    return render(
        request,
        "consultation/open.html",
        {
            "version": version,
            "form": form,
            "channels": channels,
            "count": len(councils),
            "without": without,
            "first_deadline": first.last_day,
            "too_soon": target is not None and today < target <= first.last_day,
            "target": target,
            "without_title": without_title(len(without), len(councils)),
        },
    )


@screen(CouncilFile, methods=("GET",))
def council_file(request: HttpRequest, council: CouncilFile) -> HttpResponse:
    """One council: what it received, until when, what it said, when it sits."""
    actor = acting(request)
    row = queries.row_of(council)
    return render(
        request,
        "consultation/council.html",
        {
            "council": council,
            "row": row,
            "procedure": PROCEDURES[council.consultation.procedure],
            "fact_corrections": corrections(council.facts.select_related("entered_by")),
            "opinion_corrections": corrections(council.opinions.select_related("entered_by")),
            "answer_corrections": corrections(ReserveAnswer.objects.filter(opinion__council=council)),
            "may_answer": may_answer_reserve(actor, council),
            "opinion_from": queries.opinion_entered_from(row),
            "sittings": Sitting.objects.filter(
                authority_id=council.authority_id, cancelled_at=None, on_date__gte=clock.today()
            ),
            "until": until(row),
            "closed": not row.state.is_open,
            "give_url": reverse("council_opinion", kwargs={"pk": council.pk}),
            "ours": actor.acts_for(council.authority_id),
            "may_keep": may_keep_dates(actor, council),
            "may_acknowledge": may_acknowledge(actor, council),
            "may_give": may_give_opinion(actor, council),
            "may_sit": may_set_sittings(actor, council),
        },
    )


@screen(CouncilFile, may=may_acknowledge, methods=("POST",))
def acknowledge(request: HttpRequest, council: CouncilFile) -> HttpResponse:
    try:
        services.acknowledge(actor=acting(request), council=council)
    except Problem as problem:
        messages.error(request, problem.message)
    else:
        messages.success(
            request,
            "La réception est enregistrée, à la date d’aujourd’hui. Le délai de votre conseil commence.",
        )
    return redirect(council)


@screen(CouncilFile, may=may_keep_dates)
def fact(request: HttpRequest, council: CouncilFile, kind: str) -> HttpResponse:
    """A date of sending or reception: entered the first time, corrected with a reason afterwards."""
    if kind not in DatedFact.Kind.values:
        raise Http404
    known = facts_of(council)
    current = known.sent if kind == DatedFact.Kind.SENT else known.received
    data = (request.POST or None, request.FILES or None)
    initial: dict[str, Any] = {"channel": current.channel if current else council.channel}
    if current:
        initial |= {"on_date": current.on_date, "reference": current.reference, "seen": current.pk}
        form: FactForm = CorrectionForm(*data, kind=kind, initial=initial)
    else:
        form = FactForm(*data, kind=kind, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = {**form.cleaned_data, "file": form.cleaned_data["proof"]}
        del values["proof"]
        verb = services.correct_fact if current else services.enter_fact
        try:
            verb(actor=acting(request), council=council, kind=kind, **values)
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(
                request,
                "La date est enregistrée."
                if not current
                else "La date est corrigée ; l’ancienne reste visible.",
            )
            return redirect(council)
    return render(
        request, "consultation/fact.html",
        {"council": council, "form": form, "kind": kind, "current": current},
    )  # fmt: skip


@screen(CouncilFile, may=may_give_opinion)
def opinion(request: HttpRequest, council: CouncilFile) -> HttpResponse:
    """Record a council's vote, or correct it."""
    current = facts_of(council).opinion
    initial = (
        {
            "answer": current.answer, "voted_on": current.voted_on, "number": current.number, "reserves": current.reserves,
            "votes_for": current.votes_for, "votes_against": current.votes_against, "abstentions": current.abstentions,
            "seen": current.pk,
        }
        if current
        else {}
    )  # fmt: skip
    form = OpinionForm(
        request.POST or None, request.FILES or None, initial=initial, correcting=current is not None,
        personal=confirming.ask(request),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        extra = {"reason": form.cleaned_data["reason"], "seen": form.cleaned_data["seen"]} if current else {}
        verb = services.correct_opinion if current else services.give_opinion
        try:
            verb(
                actor=acting(request),
                council=council,
                vote=form.vote(),
                file=form.cleaned_data["deliberation"],
                **extra,
            )
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(request, f"L’avis du conseil {council.authority.of_name} est enregistré.")
            return redirect(council)
    return render(
        request, "consultation/opinion.html",
        {"council": council, "form": form, "current": current, "row": queries.row_of(council)},
    )  # fmt: skip


@screen(CouncilFile, may=may_answer_reserve)
def reserve_answer(request: HttpRequest, council: CouncilFile) -> HttpResponse:
    """Answer a council's reserves in writing, or correct that answer."""
    row = queries.row_of(council)
    current = row.facts.answer
    if not row.facts.has_reserves:
        messages.info(request, "Ce conseil n’a pas voté de réserve : il n’y a rien à quoi répondre.")
        return redirect(council)
    initial = {"text": current.text, "seen": current.pk} if current else {}
    form = ReserveAnswerForm(request.POST or None, initial=initial, correcting=current is not None)
    if request.method == "POST" and form.is_valid():
        try:
            services.answer_reserve(actor=acting(request), council=council, **form.cleaned_data)
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(request, "La réponse est enregistrée ; chaque commune peut la lire.")
            return redirect(council)
    return render(
        request,
        "consultation/answer.html",
        {"council": council, "form": form, "current": current, "row": row},
    )


@screen(CouncilFile, may=may_set_sittings)
def sittings(request: HttpRequest, council: CouncilFile) -> HttpResponse:
    """The next sittings of a council."""
    actor = acting(request)
    if request.method == "POST" and "retirer" in request.POST:
        if (chosen := whole(request.POST["retirer"])) is not None:
            services.cancel_sitting(actor=actor, council=council, sitting_id=chosen)
        return redirect("council_sittings", pk=council.pk)
    form = SittingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.set_sitting(actor=actor, council=council, **form.cleaned_data)
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(request, "La séance est notée.")
            return redirect("council_sittings", pk=council.pk)
    known = Sitting.objects.filter(
        authority_id=council.authority_id, cancelled_at=None, on_date__gte=clock.today()
    )
    return render(
        request, "consultation/sittings.html",
        {"council": council, "form": form, "sittings": known, "row": queries.row_of(council)},
    )  # fmt: skip


@screen(CouncilFile, methods=("GET",))
def slip(request: HttpRequest, council: CouncilFile) -> HttpResponse:
    """The printable delivery slip of one council."""
    return render(
        request, "consultation/slips.html", {"consultation": council.consultation, "councils": [council]}
    )


@screen(Consultation, may=may_record_vote, methods=("GET",))
def slips(request: HttpRequest, found: Consultation) -> HttpResponse:
    """Every delivery slip, one a page."""
    return render(
        request, "consultation/slips.html",
        {"consultation": found, "councils": found.councils.select_related("authority")},
    )  # fmt: skip


@screen(Consultation, methods=("GET",))
def board_table(request: HttpRequest, found: Consultation) -> HttpResponse:
    """The board as a spreadsheet."""
    response = HttpResponse(
        exports.board_ods(queries.board(found)), content_type="application/vnd.oasis.opendocument.spreadsheet"
    )
    response["Content-Disposition"] = f'attachment; filename="avis-version-{found.version.number}.ods"'
    return response


@screen(Consultation, methods=("GET",))
def annex(request: HttpRequest, found: Consultation) -> HttpResponse:
    """The annex of opinions in the page, with its files."""
    document = documents.annex(compile_annex(found))
    return render(
        request,
        "consultation/annex.html",
        {
            "consultation": found,
            "body": preview.to_html(document.blocks, document.look),
            "sections": list(preview.sections(document.blocks)),
            "formats": docgen.FORMATS,
        },
    )


@screen(Consultation, methods=("GET",))
def annex_file(request: HttpRequest, found: Consultation, fmt: docgen.Format) -> HttpResponse:
    """The annex as a file, as the opinions stand now."""
    if fmt not in docgen.FORMATS:
        raise Http404
    data = docgen.render(documents.annex(compile_annex(found)), fmt)
    response = HttpResponse(data, content_type=docgen.MEDIA_TYPES[fmt])
    name = f"annexe-avis-{found.territory.slug}-v{found.version.number}.{fmt}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@screen(Consultation, may=may_record_vote, methods=("POST",))
def adopted_set(request: HttpRequest, found: Consultation) -> HttpResponse:
    """Have the adopted scheme and its annex of opinions put together, in three files."""
    try:
        asked = preparing.ask(
            actor=acting(request), version=found.version, kind=adopted.KIND, formats=docgen.FORMATS
        )
    except Problem as problem:
        messages.error(request, problem.message)
        return redirect("adoption", pk=found.pk)
    return redirect(asked)


@screen(Consultation)
def adoption(request: HttpRequest, found: Consultation) -> HttpResponse:
    """The vote of the community council: what to know before, the record after."""
    recorded = queries.adoption_of(found)
    may = may_record_vote(acting(request), found)
    if request.method == "POST":
        require(may)
    form = AdoptionForm(
        request.POST or None, request.FILES or None, initial={"voted_on": found.planned_vote_on},
        personal=confirming.ask(request) if may and not recorded else None,
    )  # fmt: skip
    actor = acting(request)  # confirmed by now, on a shared mailbox
    if request.method == "POST" and form.is_valid():
        try:
            services.record_vote(
                actor=actor, consultation=found, vote=form.vote(), file=form.cleaned_data["deliberation"]
            )
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(request, "Le vote est enregistré.")
            return redirect("adoption", pk=found.pk)
    day = found.planned_vote_on or clock.today(found.territory.zone)
    unsent = queries.unsent_councils(recorded) if recorded else []
    reached = mailboxes([council.pk for council in unsent], found.territory_id) if unsent else {}
    return render(
        request,
        "consultation/adoption.html",
        {
            "consultation": found,
            "adoption": recorded,
            "sendings": recorded.sendings.select_related("authority") if recorded else [],
            "by_wire": len(reached),
            "by_hand": [council for council in unsent if council.pk not in reached],
            "form": form,
            "may": may,
            "warnings": [] if recorded else queries.adoption_warnings(found, day),
            "day": day,
            "board": queries.board(found),
            "together": Preparation.objects.visible_to(actor)
            .filter(version_id=found.version_id, kind=adopted.KIND)
            .first()
            if recorded
            else None,
        },
    )


@screen(Consultation, may=may_record_vote, methods=("POST",))
def send_scheme(request: HttpRequest, found: Consultation) -> HttpResponse:
    recorded = queries.adoption_of(found)
    if recorded is None:
        messages.error(request, "Le vote n’est pas encore enregistré : rien n’a été adressé.")
        return redirect("adoption", pk=found.pk)
    try:
        count = services.send_adopted(actor=acting(request), adoption=recorded)
    except Problem as problem:
        messages.error(request, problem.message)
    else:
        if count:
            messages.success(
                request, f"Le schéma adopté est adressé à {count} conseil{'s' if count > 1 else ''}."
            )
        elif queries.unsent_councils(recorded):
            messages.warning(
                request,
                "Aucun message n’est parti : aucune adresse n’est connue pour les mairies qui restent. Envoyez le schéma par lettre "
                "ou en main propre, puis notez-le.",
            )
        else:
            messages.success(request, "Il a déjà été adressé à tous les conseils.")
    return redirect(reverse("adoption", kwargs={"pk": found.pk}))


@screen(Consultation, may=may_record_vote)
def sending(request: HttpRequest, found: Consultation, authority: int) -> HttpResponse:
    """Note one council's sending by letter or by hand."""
    recorded = queries.adoption_of(found)
    council = next((body for body in councils_of(found.territory_id) if body.pk == authority), None)
    if council is None:
        raise Http404
    if recorded is None:  # nothing to send before the vote: the page of the vote says what comes first
        return redirect("adoption", pk=found.pk)
    form = SendingForm(request.POST or None, initial={"on_date": clock.today(found.territory.zone)})
    if request.method == "POST" and form.is_valid():
        try:
            services.note_sending(
                actor=acting(request), adoption=recorded, authority_id=authority, **form.cleaned_data
            )
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(request, f"L’envoi au conseil {council.of_name} est noté.")
            return redirect("adoption", pk=found.pk)
    return render(
        request, "consultation/sending.html", {"consultation": found, "council": council, "form": form}
    )
