"""Verbs on a sheet: write it, part by part, and move it from stage to stage."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from mosaique import journal
from mosaique.access import themes
from mosaique.access.actor import Actor
from mosaique.access.models import Scope, Space, Visibility
from mosaique.accounts.queries import parties_of
from mosaique.costing import services as costing
from mosaique.kernel import clock, richtext
from mosaique.kernel.service import service
from mosaique.kernel.typography import typographie
from mosaique.kernel.verdict import Problem, Stale, require
from mosaique.scheme import policies, registry
from mosaique.scheme.legal_forms.base import DocumentKind
from mosaique.scheme.legal_forms.steps import ac_imputation
from mosaique.scheme.models import (
    ActionSheet,
    Axis,
    ResidentChange,
    Scheme,
)
from mosaique.scheme.services.answers import record_decision
from mosaique.scheme.services.texts import LABELS, RICH, shown
from mosaique.territory.models import Authority

DEFAULT_LINES = {
    "open_to_what": "Le contenu de la fiche, son périmètre et le partage des coûts",
    "who_decides": "Le comité de pilotage ; puis chaque conseil, pour sa commune",
    "outcome": "Chaque condition reçoit une réponse écrite dans cette fiche",
}


def _scope_for(scheme: Scheme, visibility: str, space: Space | None) -> Scope:
    inside = visibility == Visibility.SPACE
    if inside and space is None:
        raise Problem(
            "Une fiche réservée à un groupe doit dire lequel. Choisissez le groupe, ou ouvrez la fiche à tous.",
            "space",
        )
    return Scope.objects.obtain(
        territory=scheme.territory, visibility=visibility, space=space if inside else None
    )


@service
def create_sheet(
    *,
    actor: Actor,
    scheme: Scheme,
    axis: Axis,
    title: str,
    summary: str = "",
    theme: str = "",
    space: Space | None = None,
    visibility: str = Visibility.TERRITORY,
    context: str = "",
) -> ActionSheet:
    """Open a sheet at the stage of an idea, with its empty scenario."""
    scheme = Scheme.objects.select_related("territory__epci").locked(scheme)
    require(policies.may_create_sheet(actor, scheme))
    scope = _scope_for(scheme, visibility, space)
    number = (scheme.sheets.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    first = min(scheme.starts_year + 1, scheme.ends_year)
    scenario = costing.make_scenario(
        actor=actor,
        scope=scope,
        space=space,
        label=title,
        first_year=first,
        last_year=min(first + 2, scheme.ends_year),
        full_year=min(first + 2, scheme.ends_year),
        carrier=scheme.territory.epci,
    )
    document = richtext.from_markdown(context)
    now = clock.now()
    sheet = ActionSheet.objects.create(
        scheme=scheme,
        axis=axis,
        scope=scope,
        space=space,
        scenario=scenario,
        number=number,
        title=title,
        summary=summary,
        theme=theme,
        context=document,
        context_html=richtext.to_html(document),
        created_at=now,
        edited_at=now,
        last_edit_by_id=actor.person_id,
        **DEFAULT_LINES,
    )
    costing.attach(actor=actor, scenario=scenario, kind="sheet", ref_id=sheet.pk)
    journal.record(actor, registry.SHEET_CREATED, sheet, theme=theme or None)
    return sheet


def _checked(sheet: ActionSheet, changes: Mapping[str, Any]) -> None:
    if changes.get("legal_form"):
        registry.form_for(changes["legal_form"])
    form = changes.get("legal_form", sheet.legal_form)
    payment = changes.get("payment", sheet.payment)
    if payment == ActionSheet.Payment.AC:
        offer = (
            ac_imputation(registry.form_for(form), sheet.scheme.territory.epci.tax_regime) if form else None
        )
        if offer is None or not offer.offered:
            raise Problem(
                f"{offer.sentence if offer else 'Choisissez d’abord la forme juridique.'} Votre saisie est gardée : "
                "choisissez un autre mode de paiement.",
                "payment",
            )
    if changes.get("theme") and changes["theme"] not in themes.BY_SLUG:
        raise Problem("Ce thème n’existe pas : choisissez-en un dans la liste.", "theme")
    days = [
        (name, changes.get(name, getattr(sheet, name)))
        for name in ("study_on", "test_on", "start_on", "review_on")
    ]
    known = [(name, day) for name, day in days if day]
    for (before, first), (after, second) in zip(known, known[1:], strict=False):
        if second < first:
            raise Problem(
                f"« {LABELS[after]} » vient avant « {LABELS[before]} » : l’ordre est étude, essai, démarrage, bilan. "
                "Votre saisie est gardée.",
                after,
            )


@service
def edit_sheet(*, actor: Actor, sheet: ActionSheet, seen: int, changes: Mapping[str, Any]) -> ActionSheet:
    """Change some fields of a sheet; long texts come as light Markdown. A stale save shows both texts."""
    sheet = ActionSheet.objects.for_screen().locked(sheet)
    require(policies.may_edit_sheet(actor, sheet))
    unknown = set(changes) - set(LABELS)
    if unknown:
        raise TypeError(f"not fields of a sheet: {sorted(unknown)}")
    if seen != sheet.version:
        raise Stale(
            version=sheet.version,
            by=sheet.last_edit_by.full_name if sheet.last_edit_by else "",
            fields=[
                (LABELS[name], shown(getattr(sheet, name)), shown(value))
                for name, value in changes.items()
                if shown(getattr(sheet, name)) != shown(value)
            ],
        )
    _checked(sheet, changes)
    for name, value in changes.items():
        if name in RICH:
            document = richtext.from_markdown(value)
            setattr(sheet, name, document)
            setattr(sheet, f"{name}_html", richtext.to_html(document))
        else:
            setattr(sheet, name, value)
    _touch(actor, sheet)
    if "title" in changes:
        costing.follow(
            actor=actor, scenario=sheet.scenario, scope=sheet.scope, space=sheet.space, label=sheet.title
        )
    journal.record(actor, registry.SHEET_EDITED, sheet, fields=sorted(changes))
    return sheet


@service
def choose_form(
    *, actor: Actor, sheet: ActionSheet, seen: int, changes: Mapping[str, Any], by: str, why: str = ""
) -> ActionSheet:
    """Choose the legal form, and write in the log who chose it and why, together: neither goes without the other."""
    sheet = edit_sheet(actor=actor, sheet=sheet, seen=seen, changes=changes)
    if not sheet.legal_form:
        raise Problem("Choisissez la forme que vous retenez. Votre texte est gardé.", "legal_form")
    form = registry.form_for(sheet.legal_form)
    told = f"Forme juridique retenue : {form.label}."
    record_decision(
        actor=actor,
        sheet=sheet,
        decided_on=clock.today(sheet.scheme.territory.zone),
        by=by,
        text=typographie(f"{told}\n{why.strip()}".strip()),
        legal_form=form.identifier,
    )
    return sheet


def _touch(actor: Actor, sheet: ActionSheet) -> None:
    sheet.version += 1
    sheet.edited_at, sheet.last_edit_by_id = clock.now(), actor.person_id
    sheet.save()


@service
def set_residents(
    *,
    actor: Actor,
    sheet: ActionSheet,
    seen: int,
    rows: list[tuple[str, str, Decimal | None, str, Decimal | None, str]],
) -> ActionSheet:
    """What changes for residents: (aspect, label, before, why unknown, after, why unknown) rows; replaces all of them."""
    sheet = ActionSheet.objects.for_screen().locked(sheet)
    require(policies.may_edit_sheet(actor, sheet))
    if seen != sheet.version:
        mine = "\n".join(
            f"{label or aspect} : {before} → {after}" for aspect, label, before, _, after, _ in rows
        )
        theirs = "\n".join(
            f"{r.label or r.aspect} : {r.before} → {r.after}" for r in sheet.resident_changes.all()
        )
        raise Stale(version=sheet.version, fields=[("Ce que cela change pour l’habitant", theirs, mine)])
    sheet.resident_changes.all().delete()
    ResidentChange.objects.bulk_create(
        ResidentChange(
            sheet=sheet,
            aspect=aspect,
            label=label,
            before=before,
            before_unknown="" if before is not None else why,
            after=after,
            after_unknown="" if after is not None else then_why,
        )
        for aspect, label, before, why, after, then_why in rows
    )
    _touch(actor, sheet)
    journal.record(actor, registry.SHEET_EDITED, sheet, fields=["residents"])
    return sheet


@service
def set_parties(*, actor: Actor, sheet: ActionSheet, seen: int, bodies: Sequence[Authority]) -> ActionSheet:
    """Which bodies other than communes are parties; replaces all of them. Each is on the territory's list, or was named already."""
    sheet = ActionSheet.objects.for_screen().locked(sheet)
    require(policies.may_edit_sheet(actor, sheet))
    named = {body.pk: body.name for body in sheet.parties.all()}
    if seen != sheet.version:
        mine = "\n".join(body.name for body in bodies)
        raise Stale(version=sheet.version, fields=[(LABELS["parties"], "\n".join(named.values()), mine)])
    known = set(parties_of(sheet.scheme.territory_id).values_list("authority_id", flat=True))
    for body in bodies:
        if body.pk not in known | named.keys():
            raise Problem(
                f"{body.name} n’est pas parmi les parties du territoire. Rien n’a été changé : inscrivez-le d’abord, ou retirez-le.",
                "parties",
            )
    sheet.parties.set(bodies)
    _touch(actor, sheet)
    journal.record(actor, registry.SHEET_EDITED, sheet, fields=["parties"])
    return sheet


@service
def move_sheet(
    *, actor: Actor, sheet: ActionSheet, visibility: str, space: Space | None, seen: int | None = None
) -> ActionSheet:
    """Change who reads the sheet, and its working group."""
    sheet = ActionSheet.objects.for_screen().locked(sheet)
    require(policies.may_edit_sheet(actor, sheet))
    if seen is not None and seen != sheet.version:
        now, mine = sheet.scope.get_visibility_display(), str(Visibility(visibility).label)
        raise Stale(version=sheet.version, fields=[("Qui lit la fiche", str(now), mine)])
    scope = _scope_for(sheet.scheme, visibility, space)
    require(policies.may_move_sheet(actor, sheet, scope, space))
    sheet.scope, sheet.space = scope, space
    _touch(actor, sheet)
    costing.follow(actor=actor, scenario=sheet.scenario, scope=sheet.scope, space=space, label=sheet.title)
    journal.record(actor, registry.SHEET_MOVED, sheet, visibility=visibility)
    return sheet


@service
def set_status(*, actor: Actor, sheet: ActionSheet, to: str, reason: str = "") -> ActionSheet:
    """Move the sheet one step; dropping it needs a reason, shown to everyone who reads it."""
    sheet = ActionSheet.objects.for_screen().locked(sheet)
    require(policies.may_set_status(actor, sheet, to))
    if to == ActionSheet.Status.DROPPED and not reason.strip():
        raise Problem(
            "Écarter une fiche demande un motif : les communes qui y ont travaillé le liront. Rien n’est changé.",
            "reason",
        )
    before, sheet.status = sheet.status, to
    sheet.dropped_reason = reason.strip() if to == ActionSheet.Status.DROPPED else ""
    _touch(actor, sheet)
    journal.record(actor, registry.SHEET_STATUS, sheet, before=before, after=to)
    return sheet


@service
def set_document(
    *, actor: Actor, sheet: ActionSheet, kind: str, present: bool, note: str = ""
) -> ActionSheet:
    """Tick or untick a document of the legal form."""
    sheet = ActionSheet.objects.for_screen().locked(sheet)
    require(policies.may_edit_sheet(actor, sheet))
    if kind not in set(DocumentKind):
        raise Problem("Cette pièce n’est pas dans la liste de la forme juridique. Rechargez la page.", "kind")
    documents = {key: value for key, value in sheet.documents.items() if key != kind}
    if present:
        documents[kind] = {"on": clock.today().isoformat(), "note": note.strip()[:200]}
    sheet.documents = documents
    _touch(actor, sheet)
    journal.record(actor, registry.SHEET_DOCUMENT, sheet, document=kind, present=present)
    return sheet
