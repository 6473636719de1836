"""The content of the report: one canonical, exact picture of the scheme, from which every document is drawn.

Only what everyone who takes part may read enters it: sheets open to the territory, released figures, positions without
their conditions. No date of the day, no float: the same scheme always gives the same text. The second part lists what
is missing, so that nothing is printed blank in silence.
"""

import json
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.conf import settings

from mosaique.costing import queries as costing
from mosaique.costing.engine.impacts import Total
from mosaique.costing.queries import Impacts, Picture, Subject
from mosaique.kernel import richtext
from mosaique.scheme import queries
from mosaique.scheme.missing import OPEN, PRINTED, Missing, missing_of
from mosaique.scheme.models import ActionSheet, Chapter, Position, Scheme
from mosaique.scheme.outline import CHAPTERS, GLOSSARY, LAW
from mosaique.scheme.queries import Member
from mosaique.scheme.registry import LEGAL_FORMS
from mosaique.territory.maps import shapes_of
from mosaique.territory.queries import sort_key

SCHEMA = "mosaique-rapport-4"


DEMO_NOTICE = "Démonstration : contenu inventé"


def canonical(content: dict[str, Any]) -> str:
    """The one text of a content: sorted keys, no useless space, floats refused."""
    _no_float(content)
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def read(text: str) -> dict[str, Any]:
    """A frozen content, whatever its age. What a former schema did not hold gets the value it was drawn with: documents
    ask for keys without wondering (add here whatever a new schema adds; `tests/frozen/` keeps one text of each)."""
    content: dict[str, Any] = json.loads(text)
    schema = content.get("schema")
    if schema == "mosaique-rapport-1":
        content |= {**_same_everywhere(), "logo": None}
    if schema in (
        "mosaique-rapport-1",
        "mosaique-rapport-2",
    ):  # drawn without a figure, in the colours of the house
        content |= {"figures": False, "map": None, "look": None}
    content["impacts"].setdefault("outside", [])  # nothing was said apart of the bodies that were counted
    if schema != SCHEMA:  # sheets named no body beside the communes
        for sheet in content["sheets"]:
            sheet.setdefault("parties", [])
    return content


def _same_everywhere() -> dict[str, Any]:
    """What no territory writes. Frozen with the rest: a chapter added or a law amended later changes no version."""
    return {
        "outline": [[spec.key, spec.title] for spec in CHAPTERS],
        "law": [{"text": fact.text, "article": fact.article, "mark": fact.mark} for fact in LAW],
        "glossary": [list(entry) for entry in GLOSSARY],
    }


def _no_float(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("a frozen content holds no binary floating point")
    for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _no_float(child)


def digest(text: str) -> str:
    """SHA-256 of a content's text."""
    return sha256(text.encode()).hexdigest()


def _number(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _total(total: Total) -> dict[str, Any]:
    """A total for documents: its words, and its value only when it is exact and stated."""
    exact = total.is_exact and total.stated > 0
    return {
        "text": total.text,
        "value": str(total.known) if exact else None,
        "stated": total.is_exact,
        "partial": str(total.known) if total.stated and not total.is_exact else None,
    }


def _members(found: Iterable[Member]) -> list[dict[str, Any]]:
    return [
        {
            "code": m.authority.code,
            "name": m.name,
            "kind": m.authority.kind,
            "population": m.authority.population,
            "population_year": m.authority.population_year,
            "tile": [m.tile.drawing, m.tile.hue],
        }
        for m in sorted(
            found, key=lambda m: (m.authority.kind == "commune", sort_key(m.name), m.authority.code)
        )
    ]


def _costs(picture: Picture) -> dict[str, Any]:
    run = picture.run
    return {
        "year": picture.scenario.full_year,
        "carrier": picture.scenario.carrier.name if picture.scenario.carrier else "",
        "lines": [
            {
                "label": line.label,
                "authority": line.authority.name,
                "kind": line.get_kind_display(),
                "amount": _number(line.amount),
                "unknown": line.get_unknown_display() if line.unknown else "",
                "source": line.source,
            }
            for line in picture.costs
        ],
        "total": str(picture.running_cost) if picture.running else None,
        "share": {
            "key": run.result["formula"]["label"],
            "rule": run.result["formula"]["rule"],
            "rounding": run.result["formula"]["rounding"],
            "statement": run.result["statement"],
            "remarks": run.result["formula"]["remarks"],
            "total": str(picture.share_total),
            "year": run.year,
            "rows": [
                {
                    "code": line["code"],
                    "name": line["name"],
                    "share": line["share"],
                    "sentence": line["sentence"],
                }
                for line in run.result["formula"]["lines"]
            ],
        }
        if run
        else None,
    }


def _parties(sheet: ActionSheet, kinds: dict[int, str]) -> list[dict[str, str]]:
    """Bodies other than communes that are parties, by name."""
    return [
        {"code": body.code, "name": body.name, "kind": kinds.get(body.pk, "")}
        for body in sorted(sheet.parties.all(), key=lambda body: (sort_key(body.name), body.code))
    ]


def _sheet(
    sheet: ActionSheet,
    picture: Picture,
    positions: dict[int, Position],
    found: list[Member],
    kinds: dict[int, str],
) -> dict[str, Any]:
    form = LEGAL_FORMS.get(sheet.legal_form)
    groups = queries.group_positions(found, positions)
    return {
        "number": sheet.number,
        "title": sheet.title,
        "summary": sheet.summary,
        "axis": sheet.axis.number,
        "status": sheet.get_status_display(),
        "priority": sheet.get_priority_display() if sheet.priority else "",
        "theme": [sheet.theme_of.drawing, sheet.theme_of.hue, sheet.theme_of.label]
        if sheet.theme_of
        else None,
        "context": sheet.context,
        "objectives": sheet.objectives,
        "content": sheet.content,
        "pilot_elected": sheet.pilot_elected,
        "pilot_technical": sheet.pilot_technical,
        "partners": sheet.partners,
        "parties": _parties(sheet, kinds),
        "form": {
            "label": form.label,
            "article": form.article,
            "mark": form.reference.mark,
            "summary": form.summary,
        }
        if form
        else None,
        "provider": sheet.provider.name if sheet.provider else "",
        "beneficiary": sheet.beneficiary.name if sheet.beneficiary else "",
        "payment": sheet.get_payment_display() if sheet.payment else "",
        "entry_exit": sheet.entry_exit,
        "agents": sheet.agents_concerned,
        "means": sheet.means,
        "prerequisites": sheet.prerequisites,
        "risks": sheet.risks,
        "dates": {
            name: getattr(sheet, name).isoformat() if getattr(sheet, name) else ""
            for name in ("study_on", "test_on", "start_on", "review_on")
        },
        "milestones": sheet.milestones,
        "indicators": sheet.indicators,
        "residents": [
            {
                "label": f"{line.change.get_aspect_display()} {line.change.label}".strip(),
                "before": line.before,
                "after": line.after,
            }
            for line in queries.resident_lines(sheet.resident_changes.all())
        ],
        "positions": [
            {
                "answer": group.word,
                "kind": group.answer or "none",
                "codes": sorted(s.member.authority.code for s in group.standings),
                "names": sorted((s.member.name for s in group.standings), key=sort_key),
            }
            for group in groups
        ],
        "staff": {
            "year": sheet.scenario.full_year,
            "total": _total(picture.staff_total),
            "rows": [
                {
                    "authority": row.authority.name,
                    "code": row.authority.code,
                    "before": _number(row.before.etp) if row.before else None,
                    "after": _number(row.after.etp) if row.after else None,
                    "change": _number(row.change.value) if row.change else None,
                    "note": row.note,
                    "source": row.source,
                }
                for row in picture.staff
            ],
            "unfilled": [authority.name for authority in picture.unfilled_staff],
        },
        "costs": _costs(picture),
        "decisions": [
            {"on": d.decided_on.isoformat(), "by": d.by, "text": d.text} for d in sheet.decisions.all()
        ],
    }


def _impacts(impacts: Impacts | None, sheets: list[ActionSheet], found: list[Member]) -> dict[str, Any]:
    """By authority and year, by sheet, and consolidated; an authority no sheet concerns is said so."""
    ordered = _members(found)
    if impacts is None:
        none = {
            "etp": [],
            "running": [],
            "sheets": [],
            "etp_stated": False,
            "costs_stated": False,
            "concerned": False,
        }
        return {
            "years": [],
            "authorities": [{**_who(m), **none} for m in ordered],
            "total": None,
            "by_sheet": [],
            "outside": [],
        }
    years, last = impacts.years, impacts.years[-1]
    known = {m["code"] for m in ordered}
    outside = [
        {"code": p.code, "name": p.name, "kind": "other"} for p in impacts.parties if p.code not in known
    ]
    ordered += outside
    authorities = []
    for member in ordered:
        code = member["code"]
        etp = [impacts.etp.by_authority[code, year] for year in years]
        running = [impacts.running.by_authority[code, year] for year in years]
        rows = []
        for sheet in sheets:
            ref = str(sheet.number)
            one, two = impacts.etp.cells[ref, code, last], impacts.running.cells[ref, code, last]
            if one.stated or one.missing or two.stated or two.missing:
                rows.append(
                    {"sheet": sheet.number, "title": sheet.title, "etp": _total(one), "running": _total(two)}
                )
        authorities.append(
            {
                **_who(member),
                "etp": [_total(t) for t in etp],
                "running": [_total(t) for t in running],
                "sheets": rows,
                "etp_stated": all(t.is_exact for t in etp),
                "costs_stated": all(t.is_exact for t in running),
                "concerned": bool(rows),
            }
        )
    return {
        "years": list(years),
        "authorities": authorities,
        "outside": [one["name"] for one in outside],
        "total": {
            "etp": [_total(impacts.etp.by_year[year]) for year in years],
            "running": [_total(impacts.running.by_year[year]) for year in years],
        },
        "by_sheet": [
            {
                "sheet": sheet.number,
                "title": sheet.title,
                "etp": [_total(impacts.etp.by_sheet[str(sheet.number), year]) for year in years],
                "running": [_total(impacts.running.by_sheet[str(sheet.number), year]) for year in years],
            }
            for sheet in sheets
        ],
    }


def _logo(scheme: Scheme) -> dict[str, str] | None:
    """The picture itself: a file made again from the frozen text needs nothing else."""
    if scheme.logo is None:
        return None
    return {
        "png": b64encode(scheme.logo.path.read_bytes()).decode(),
        "alt": f"Logo de {scheme.territory.epci.name}",
    }


def _look(scheme: Scheme) -> dict[str, str] | None:
    """The colours chosen for the documents; None: those of the house."""
    if not scheme.main_colour:
        return None
    return {"main": scheme.main_colour, "accent": scheme.accent_colour or scheme.main_colour}


def _map(found: Iterable[Member]) -> dict[str, Any] | None:
    """The outlines themselves, projected: a new vintage of the reference redraws no frozen version."""
    drawn = shapes_of([m.authority.code for m in found if m.authority.kind == "commune"])
    if drawn is None:
        return None
    return {
        "width": drawn.width,
        "height": drawn.height,
        "areas": [{"code": s.code, "path": s.path, "x": s.x, "y": s.y} for s in drawn.shapes],
    }


def _who(member: dict[str, Any]) -> dict[str, Any]:
    return {"code": member["code"], "name": member["name"], "kind": member["kind"]}


@dataclass(frozen=True, slots=True)
class Compiled:
    """The content, and what is missing from it (also in `content["missing"]`)."""

    content: dict[str, Any]
    missing: tuple[Missing, ...]


def compile_report(scheme: Scheme, released: list[dict[str, Any]] | None = None) -> Compiled:
    """Compile the report; `released` are the figures the communes released (canonical, from the inventory)."""
    found = queries.members(scheme.territory_id)
    every = list(
        ActionSheet.objects.for_screen()
        .filter(scheme=scheme)
        .prefetch_related("resident_changes", "decisions", "parties")
    )
    readable = [sheet for sheet in every if sheet.scope.visibility in OPEN]
    printed = [sheet for sheet in readable if sheet.status in PRINTED]
    positions = queries.last_positions(printed)
    pictures = costing.pictures([sheet.scenario for sheet in printed])
    impacts = impacts_of(printed, positions, found)
    chapters = {chapter.key: chapter for chapter in Chapter.objects.filter(scheme=scheme)}
    axes = list(scheme.axes.all())
    territory = scheme.territory
    kinds = queries.kinds_of_parties(territory.pk)
    content: dict[str, Any] = {
        "schema": SCHEMA,
        "title": scheme.title,
        "logo": _logo(scheme),
        "look": _look(scheme),
        "figures": True,
        "map": _map(found),
        "mandate": [scheme.starts_year, scheme.ends_year],
        "territory": {
            "name": territory.epci.name,
            "siren": territory.epci.siren,
            "slug": territory.slug,
            "tax_regime": territory.epci.tax_regime,
            "vintage": territory.reference_vintage,
            "members": _members(found),
        },
        **_same_everywhere(),
        "chapters": {
            spec.key: chapters[spec.key].body
            for spec in CHAPTERS
            if spec.key in chapters and not richtext.is_empty(chapters[spec.key].body)
        },
        "axes": [
            {
                "number": axis.number,
                "title": axis.title,
                "body": axis.body,
                "sheets": [sheet.number for sheet in printed if sheet.axis_id == axis.pk],
            }
            for axis in axes
        ],
        "sheets": [
            _sheet(sheet, pictures[sheet.scenario_id], positions[sheet.pk], found, kinds) for sheet in printed
        ],
        "pending": [
            {"number": sheet.number, "title": sheet.title, "status": sheet.get_status_display()}
            for sheet in readable
            if sheet.status not in (*PRINTED, ActionSheet.Status.DROPPED)
        ],
        "impacts": _impacts(impacts, printed, found),
        "released": released or [],
    }
    if settings.DEMO:  # part of what is frozen: a file made again from the stored text says it too
        content["notice"] = DEMO_NOTICE
    to_redo = {sheet.pk for sheet in printed if pictures[sheet.scenario_id].to_redo}
    missing = tuple(missing_of(scheme, every, printed, impacts, content, to_redo))
    content["missing"] = [one.as_dict() for one in missing]
    return Compiled(content, missing)


def compile_content(scheme: Scheme, released: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """The canonical content alone."""
    return compile_report(scheme, released).content


def impacts_of(
    sheets: list[ActionSheet], positions: dict[int, dict[int, Position]], found: list[Member]
) -> Impacts | None:
    """Both impacts of these sheets over the whole territory; a commune that said yes is concerned."""
    codes = {m.authority.pk: m.authority.code for m in found}
    subjects = [
        Subject(
            sheet.scenario,
            str(sheet.number),
            sheet.title,
            frozenset(
                codes[pk]
                for pk, position in positions[sheet.pk].items()
                if position.answer in ("yes", "yes_if") and pk in codes
            ),
        )
        for sheet in sheets
    ]
    return costing.impacts(subjects, [m.authority for m in found]) if subjects else None
