"""The content of the annex of opinions: every council, its dates and their proof, what it said, what was answered.

Plain data, complete in itself: documents are drawn from it alone. What a page of the consultation shows to its readers, and
nothing more: who typed a line does not enter it.
"""

from datetime import date
from typing import Any

from mosaique.consultation.facts import corrections
from mosaique.consultation.models import Adoption, Consultation, DatedFact, Opinion
from mosaique.consultation.opinion_state import STATE_FR, StateKind
from mosaique.consultation.procedures.registry import PROCEDURES
from mosaique.consultation.queries import Board, CouncilRow, adoption_of, board
from mosaique.kernel import clock
from mosaique.kernel.typography import date_long, typographie
from mosaique.scheme import report
from mosaique.scheme.legal_forms.base import Fact
from mosaique.scheme.models import Version
from mosaique.territory.queries import sort_key

Annex = dict[str, Any]


def compile_annex(consultation: Consultation) -> Annex:
    """The opinions as they stand today, in the appearance of the version they are about."""
    seen = board(consultation)
    version, territory = consultation.version, consultation.territory
    content = report.read(Version.objects.values_list("content", flat=True).get(pk=version.pk))
    procedure = PROCEDURES[consultation.procedure]
    return {
        "day": seen.today.isoformat(),
        "authority": territory.epci.name,
        "number": version.number,
        "code": version.code_shown,
        "frozen_on": clock.day_of(version.frozen_at, territory.zone).isoformat(),
        "opened_on": clock.day_of(consultation.opened_at, territory.zone).isoformat(),
        "years": [version.scheme.starts_year, version.scheme.ends_year],
        "look": content.get("look"),
        "logo": content.get("logo"),
        "notice": content.get("notice", ""),
        "map": content.get("map"),
        "procedure": procedure.label,
        "extended": consultation.extend_if_non_working,
        "law": [_fact(one) for one in (
            procedure.delay_fact, procedure.counting_fact, procedure.silence_fact, procedure.effect_fact,
        )],
        "counts": [[kind.value, STATE_FR[kind], seen.counts[kind]] for kind in StateKind if seen.counts[kind]],
        "open": any(row.state.is_open for row in seen.rows),
        "councils": sorted(
            (_council(row) for row in seen.rows), key=lambda one: (sort_key(one["name"]), one["code"])
        ),
        "corrections": _corrections(seen),
        "adoption": _adoption(adoption_of(consultation)),
    }  # fmt: skip


def _fact(fact: Fact) -> dict[str, str]:
    return {"text": fact.text, "article": fact.article, "mark": fact.mark}


def _dated(fact: DatedFact | None) -> dict[str, str] | None:
    if fact is None:
        return None
    return {
        "on": fact.on_date.isoformat(),
        "channel": fact.get_channel_display(),
        "reference": fact.reference_shown if fact.reference else "",
        "proof": "pièce jointe au dossier" if fact.proof_id else "",
    }


def _council(row: CouncilRow) -> dict[str, Any]:
    authority, facts, deadline = row.council.authority, row.facts, row.state.deadline
    opinion, answer = facts.opinion, facts.answer
    return {
        "code": authority.code,
        "name": authority.name,
        "of_name": authority.of_name,
        "population": authority.population,
        "tile": [row.tile.drawing, row.tile.hue],
        "kind": row.state.kind.value,
        "label": row.state.label,
        "sentence": row.state.sentence,
        "sent": _dated(facts.sent),
        "received": _dated(facts.received),
        "deadline": {
            "last_day": deadline.last_day.isoformat(),
            # The reading of the law is the same for all: it is written once, with the law.
            "rule": deadline.rule_fr.removesuffix(typographie(deadline.counting.text)).strip(),
            "article": deadline.article,
            "mark": deadline.mark,
        }
        if deadline
        else None,
        "opinion": _opinion(opinion, late=row.late is not None) if opinion else None,
        "answer": {
            "text": answer.text,
            "on": clock.day_of(answer.entered_at, row.council.consultation.territory.zone).isoformat(),
        }
        if answer
        else None,
    }


def _opinion(opinion: Opinion, *, late: bool) -> dict[str, Any]:
    return {
        "label": opinion.get_answer_display(),
        "voted_on": opinion.voted_on.isoformat(),
        "number": opinion.number,
        "for": opinion.votes_for,
        "against": opinion.votes_against,
        "abstentions": opinion.abstentions,
        "reserves": opinion.reserves.strip(),
        "signed": opinion.deliberation_id is not None,
        "late": late,
    }


def _corrections(seen: Board) -> list[dict[str, str]]:
    """What was written, what replaced it, why: nothing is rubbed out."""
    found = []
    for row in seen.rows:
        for change in corrections(row.council.facts.all()):
            before, after = change.before, change.after
            if isinstance(before, DatedFact) and isinstance(after, DatedFact):
                what = (
                    f"{after.get_kind_display()} : {_day(before.on_date)}, corrigé en {_day(after.on_date)}"
                )
                found.append({"council": row.council.authority.name, "what": what, "why": after.reason})
        for correction in corrections(row.council.opinions.all()):
            old, new = correction.before, correction.after
            if isinstance(old, Opinion) and isinstance(new, Opinion):
                what = f"Avis : {_said(old)}, corrigé en {_said(new)}"
                found.append({"council": row.council.authority.name, "what": what, "why": new.reason})
    return found


def _day(day: date) -> str:
    return date_long(day)


def _said(opinion: Opinion) -> str:
    number = f", délibération {opinion.number}" if opinion.number else ""
    return f"{opinion.get_answer_display().lower()} du {_day(opinion.voted_on)}{number}"


def _adoption(adoption: Adoption | None) -> dict[str, Any] | None:
    if adoption is None:
        return None
    return {
        "adopted": adoption.outcome == Adoption.Outcome.ADOPTED,
        "voted_on": adoption.voted_on.isoformat(),
        "number": adoption.number,
        "for": adoption.votes_for,
        "against": adoption.votes_against,
        "abstentions": adoption.abstentions,
    }
