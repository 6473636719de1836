"""Screens of spaces."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from mosaique.access.middleware import acting
from mosaique.access.models import Membership, Person, Space
from mosaique.access.scoped import reads
from mosaique.access.themes import BY_SLUG
from mosaique.kernel.screens import screen
from mosaique.kernel.typography import of_name
from mosaique.kernel.ui.parts import Tile
from mosaique.kernel.verdict import Problem
from mosaique.spaces import queries, services, tools
from mosaique.spaces.forms import (
    OPENNESS,
    ROLES,
    TEMPLATES,
    AddMembersForm,
    OpennessForm,
    SpaceEditForm,
    SpaceForm,
)
from mosaique.spaces.policies import (
    may_close_space,
    may_create_space,
    may_edit_space,
    may_join,
    may_leave,
    may_manage_members,
    may_see_members,
)
from mosaique.territory.models import Territory
from mosaique.territory.naming import in_words


def tile_of(space: Space) -> Tile:
    """Its theme's tile; a space without theme bears the EPCI's."""
    theme = BY_SLUG.get(space.theme)
    return Tile(theme.drawing, theme.hue) if theme else Tile(1, "bv")


@screen(methods=("GET",))
def spaces(request: HttpRequest) -> HttpResponse:
    actor = acting(request)
    found = queries.visible_spaces(actor)
    counts = queries.counts(found)
    lines = [
        {
            "space": space,
            "tile": tile_of(space),
            "members": counts[space.pk],
            "mine": actor.in_space(space.pk),
        }
        for space in found
    ]
    mine = [line for line in lines if line["mine"]]
    others = [line for line in lines if not line["mine"]]
    context = {
        "mine": mine,
        "mine_words": in_words(len(mine)),
        "others": others,
        "others_words": in_words(len(others)).capitalize(),
        "may_create": may_create_space(actor),
    }
    return render(request, "spaces/spaces.html", context)


@screen(Space, public=True, methods=("GET",))
def space(request: HttpRequest, space: Space) -> HttpResponse:
    """A space's page: what it is for, then what each room above offers in it."""
    actor = acting(request)
    inside = space.content_scope is not None and reads(actor, space.content_scope)
    shown: list[dict[str, Any]] = []
    for tool in tools.all_tools() if inside else ():
        fragment = tool.fragment(actor, space)
        if fragment is not None:
            html = render_to_string(fragment.template, fragment.context, request=request)
            shown.append({"name": tool.name, "label": tool.label, "html": html})
    context = {
        "space": space, "tile": tile_of(space), "inside": inside, "tools": shown,
        "count": queries.count(space),
        "may_edit": may_edit_space(actor, space), "may_join": may_join(actor, space), "may_leave": may_leave(actor, space),
        "may_see_members": may_see_members(actor, space),
    }  # fmt: skip
    return render(request, "spaces/space.html", context)


@screen(may=may_create_space)
def space_create(request: HttpRequest) -> HttpResponse:
    """Two templates, then one form already filled by the one chosen."""
    kind = request.POST.get("kind") or request.GET.get("modele", "")
    if kind not in TEMPLATES:
        return render(request, "spaces/choose.html", {})
    actor = acting(request)
    form = SpaceForm(request.POST or None, initial={"kind": kind, **TEMPLATES[kind]})
    if request.method == "POST" and form.is_valid():
        territory = Territory.objects.select_related("epci").get(pk=actor.territory_id)
        try:
            made = services.create_space(actor=actor, territory=territory, **form.cleaned_data)
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(request, f"« {made.name} » est ouvert, et vous l’animez. Ajoutez ses membres.")
            return redirect("space_members", pk=made.pk)
    return render(request, "spaces/create.html", {"form": form, "kind": kind})


@screen(Space, may=may_edit_space)
def space_edit(request: HttpRequest, space: Space) -> HttpResponse:
    initial = {"seen": space.version, "name": space.name, "purpose": space.purpose, "theme": space.theme,
               "joining": space.joining, "follows": space.follows}  # fmt: skip
    form = SpaceEditForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_space(actor=acting(request), space=space, **form.cleaned_data)
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(request, "La présentation est à jour.")
            return redirect(space)
    return render(request, "spaces/edit.html", {"form": form, "space": space})


@screen(Space, may=may_edit_space)
def space_openness(request: HttpRequest, space: Space) -> HttpResponse:
    """Change who reads, after seeing who gains and who loses."""
    form = OpennessForm(request.POST or None, initial={"openness": space.openness})
    change = None
    wanted = ""
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data["openness"]
        if wanted == space.openness:
            messages.info(request, "Rien n’a changé : c’est déjà ainsi que cet espace se lit.")
            return redirect(space)
        if request.POST.get("confirme") == wanted:
            try:
                services.change_openness(actor=acting(request), space=space, openness=wanted)
            except Problem as problem:
                form.refuse(problem)
            else:
                messages.success(request, "L’espace et ce qui s’y écrit ont changé de lecteurs.")
                return redirect(space)
        else:
            change = queries.openness_change(space, wanted)
    context = {
        "form": form,
        "space": space,
        "change": change,
        "wanted": wanted,
        "label": dict(OPENNESS).get(wanted, ""),  # type: ignore[call-overload]
        "gains_words": in_words(len(change.gains) if change else 0).capitalize(),
        "losses_words": in_words(len(change.losses) if change else 0).capitalize(),
    }
    return render(request, "spaces/openness.html", context)


@screen(Space, may=may_see_members)
def space_members(request: HttpRequest, space: Space) -> HttpResponse:
    """Members, for those who take part; adding, roles and requests for those who lead it."""
    actor = acting(request)
    leads = may_manage_members(actor, space)
    if request.method == "POST":
        return _change_members(request, space)
    return _members_page(request, space, bool(leads), None)


def _members_page(
    request: HttpRequest, space: Space, leads: bool, form: AddMembersForm | None
) -> HttpResponse:
    members = queries.members_of(space)
    if leads and form is None:
        form = AddMembersForm(people=queries.people_to_add(space, {m.person_id for m in members}))
    requests = queries.requests_for(space) if leads else []
    context = {
        "space": space,
        "members": members,
        "members_words": in_words(len(members)).capitalize(),
        "leads": leads,
        "roles": ROLES,
        "requests": requests,
        "requests_words": in_words(len(requests)).capitalize(),
        "form": form if leads else None,
        "may_leave": may_leave(acting(request), space),
    }
    return render(request, "spaces/members.html", context)


def _change_members(request: HttpRequest, space: Space) -> HttpResponse:
    actor, act = acting(request), request.POST.get("geste", "")
    try:
        if act == "ajouter":
            choices = queries.people_to_add(space, {m.person_id for m in queries.members_of(space)})
            form = AddMembersForm(request.POST, people=choices)
            if not form.is_valid():
                return _members_page(request, space, bool(may_manage_members(actor, space)), form)
            people = list(Person.objects.filter(pk__in=form.cleaned_data["people"]))
            count = services.add_members(
                actor=actor, space=space, people=people, role=form.cleaned_data["role"]
            )
            messages.success(
                request, "Une personne est entrée." if count == 1 else f"{count} personnes sont entrées."
            )
        else:
            person = _person(request, space)
            if act == "role" and request.POST.get("role") in Membership.SpaceRole.values:
                services.set_role(actor=actor, space=space, person=person, role=request.POST["role"])
                messages.success(request, f"Le rôle {of_name(person.full_name)} est changé.")
            elif act == "retirer":
                services.remove_member(actor=actor, space=space, person=person)
                messages.success(request, f"{person.full_name} n’est plus membre. Ses messages restent.")
            elif act in ("accepter", "refuser"):
                services.answer_request(actor=actor, space=space, person=person, accept=act == "accepter")
                messages.success(request, f"La demande {of_name(person.full_name)} a sa réponse.")
    except Problem as problem:
        messages.error(request, problem.message)
    return redirect("space_members", pk=space.pk)


def _person(request: HttpRequest, space: Space) -> Person:
    """Somebody who has, asks for or had a place here: no other name of the instance is told."""
    text = request.POST.get("person", "")
    found = (
        Person.objects.filter(memberships__space=space, pk=int(text)).first()
        if text.isascii() and text.isdecimal() and len(text) < 18
        else None
    )
    if found is None:
        raise Problem("La personne visée n’a pas été reconnue. Rien n’a été changé.")
    return found


@screen(Space, may=may_join, methods=("POST",))
def space_join(request: HttpRequest, space: Space) -> HttpResponse:
    try:
        row = services.join(actor=acting(request), space=space)
    except Problem as problem:
        messages.error(request, problem.message)
    else:
        asked = row.state == Membership.State.REQUESTED
        messages.success(
            request,
            "Votre demande est partie vers les personnes qui animent."
            if asked
            else "Vous êtes membre : vous pouvez écrire.",
        )
    return redirect(space)


@screen(Space, may=may_leave, methods=("POST",))
def space_leave(request: HttpRequest, space: Space) -> HttpResponse:
    try:
        services.leave(actor=acting(request), space=space)
    except Problem as problem:
        messages.error(request, problem.message)
        return redirect(space)
    messages.success(request, f"Vous avez quitté « {space.name} ». Vos messages y restent, avec votre nom.")
    return redirect("spaces")


@screen(Space, may=may_close_space)
def space_close(request: HttpRequest, space: Space) -> HttpResponse:
    if request.method == "POST":
        services.close_space(actor=acting(request), space=space)
        messages.success(request, f"« {space.name} » est clos. Tout s’y lit encore.")
        return redirect(space)
    return render(request, "spaces/close.html", {"space": space})
