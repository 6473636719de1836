"""Verbs on the scheme itself: its axes, its chapters, its state."""

from typing import IO

from django.core.files.base import ContentFile

from mosaique import journal
from mosaique.access.actor import Actor
from mosaique.access.models import Scope, Visibility
from mosaique.costing import services as costing
from mosaique.files import services as files
from mosaique.files.checks import MB
from mosaique.kernel import richtext
from mosaique.kernel.docgen.model import DocumentError
from mosaique.kernel.docgen.pictures import logo_png
from mosaique.kernel.service import service
from mosaique.kernel.verdict import Problem, Stale, require
from mosaique.scheme import policies, registry
from mosaique.scheme.look import checked_colours
from mosaique.scheme.models import (
    Axis,
    Chapter,
    Scheme,
    empty_text,
)
from mosaique.territory.models import Territory

MAX_LOGO = 2 * MB


@service
def open_scheme(*, actor: Actor, territory: Territory, starts_year: int = 2026) -> Scheme:
    """Open the scheme of a mandate (six years). Asked twice, the same one is given."""
    require(policies.may_open_scheme(actor))
    scope = Scope.objects.obtain(territory=territory, visibility=Visibility.TERRITORY)
    ends = starts_year + 6
    scheme, made = Scheme.objects.get_or_create(
        territory=territory,
        starts_year=starts_year,
        defaults={
            "scope": scope,
            "ends_year": ends,
            "title": f"Schéma de mutualisation {starts_year}–{ends}",
        },
    )
    if made:
        journal.record(actor, registry.SCHEME_OPENED, scheme)
    return scheme


@service
def set_logo(*, actor: Actor, scheme: Scheme, file: IO[bytes] | None) -> Scheme:
    """Put a logo on the cover of the report (PNG or JPEG), or take it away (`file` None)."""
    scheme = Scheme.objects.select_related("territory__epci", "scope").locked(scheme)
    require(policies.may_edit_scheme(actor, scheme))
    scheme.logo = None
    if file is not None:
        data = file.read(MAX_LOGO + 1)
        if len(data) > MAX_LOGO:
            raise Problem(
                f"Ce logo pèse plus de {MAX_LOGO // MB} Mo : il n’a pas été gardé. Enregistrez-en une image plus petite.",
                "file",
            )
        try:
            drawn = logo_png(data)
        except DocumentError as error:
            raise Problem(f"{error} Le logo n’a pas été gardé : PNG ou JPEG attendu.", "file") from None
        scheme.logo = files.store(
            actor=actor, scope=scheme.scope, file=ContentFile(drawn, "logo.png"), accepted=(".png",)
        )
    scheme.save(update_fields=["logo"])
    journal.record(actor, registry.LOGO_SET, scheme)
    return scheme


@service
def set_colours(*, actor: Actor, scheme: Scheme, main: str, accent: str) -> Scheme:
    """Choose the colours of the documents (both empty: those of the house). Frozen versions keep theirs."""
    scheme = Scheme.objects.select_related("territory__epci", "scope").locked(scheme)
    require(policies.may_edit_scheme(actor, scheme))
    scheme.main_colour, scheme.accent_colour = checked_colours(main, accent) if main or accent else ("", "")
    scheme.save(update_fields=["main_colour", "accent_colour"])
    journal.record(actor, registry.COLOURS_SET, scheme, main=scheme.main_colour, accent=scheme.accent_colour)
    return scheme


@service
def add_axis(*, actor: Actor, scheme: Scheme, title: str, body: str = "") -> Axis:
    """Add an orientation, numbered after the last one. `body` is light Markdown."""
    scheme = Scheme.objects.locked(scheme)
    require(policies.may_edit_scheme(actor, scheme) if body else policies.may_create_sheet(actor, scheme))
    last = scheme.axes.order_by("-number").values_list("number", flat=True).first() or 0
    document = richtext.from_markdown(body)
    axis = Axis.objects.create(
        scheme=scheme,
        scope=scheme.scope,
        number=last + 1,
        title=title,
        body=document,
        body_html=richtext.to_html(document),
    )
    journal.record(actor, registry.AXIS_ADDED, axis)
    return axis


@service
def edit_axis(*, actor: Actor, axis: Axis, seen: int, title: str, body: str) -> Axis:
    """Rename an axis or change its text."""
    axis = Axis.objects.select_related("scheme").locked(axis)
    require(policies.may_edit_scheme(actor, axis.scheme))
    if seen != axis.version:
        raise Stale(
            version=axis.version,
            fields=[("Titre", axis.title, title), ("Texte", richtext.to_text(axis.body), body)],
        )
    axis.title, axis.body = title, richtext.from_markdown(body)
    axis.body_html = richtext.to_html(axis.body)
    axis.version += 1
    axis.save()
    journal.record(actor, registry.AXIS_EDITED, axis)
    return axis


@service
def edit_chapter(*, actor: Actor, scheme: Scheme, key: str, seen: int, body: str) -> Chapter:
    """Write the territory's own words of a chapter (`seen` is 0 when nothing was written yet)."""
    scheme = Scheme.objects.select_related("scope").locked(scheme)
    require(policies.may_edit_scheme(actor, scheme))
    chapter = Chapter.objects.filter(scheme=scheme, key=key).first()
    stored = chapter.version if chapter else 0
    if seen != stored:
        theirs = richtext.to_text(chapter.body) if chapter else ""
        raise Stale(version=stored, fields=[("Texte du chapitre", theirs, body)])
    if chapter is None:
        chapter = Chapter(scheme=scheme, scope=scheme.scope, key=key, version=0, body=empty_text())
    chapter.body = richtext.from_markdown(body)
    chapter.body_html = richtext.to_html(chapter.body)
    chapter.version += 1
    chapter.save()
    journal.record(actor, registry.CHAPTER_EDITED, chapter)
    return chapter


@service
def set_scheme_state(*, actor: Actor, scheme: Scheme, state: str) -> Scheme:
    """For the consultation above (sent, adopted): its own policy has answered."""
    scheme = Scheme.objects.locked(scheme)
    scheme.state = state
    scheme.version += 1
    scheme.save(update_fields=["state", "version"])
    costing.set_closed(
        actor=actor,
        scenarios=[sheet.scenario for sheet in scheme.sheets.select_related("scenario")],
        closed=scheme.is_frozen,
    )
    journal.record(actor, registry.SCHEME_STATE, scheme, state=state)
    return scheme
