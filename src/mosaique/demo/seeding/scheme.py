"""The scheme: axes, chapters, sheets brought to their stage, positions, figures and keys."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile

from mosaique.costing import services as costing
from mosaique.costing.services import Cost, Staff
from mosaique.demo.content import scheme as content
from mosaique.demo.content.sheet import Sheet
from mosaique.demo.seeding import usage
from mosaique.demo.seeding.stage import SCHEME_OPENED, Stage
from mosaique.kernel.docgen.model import Tile
from mosaique.kernel.docgen.pictures import rasterise
from mosaique.kernel.docgen.tiles import tile_svg
from mosaique.kernel.typography import typographie
from mosaique.scheme import services
from mosaique.scheme.models import ActionSheet, Scheme
from mosaique.territory.models import Authority

Status = ActionSheet.Status
PATH = (Status.IDEA, Status.STUDY, Status.BUILDING, Status.READY, Status.RETAINED)
#: Chances in a hundred of yes, later, no; the rest has not answered.
LEANINGS = {"warm": (64, 20, 6), "mixed": (46, 20, 12), "cool": (14, 24, 18)}
TEXTS = ("context", "objectives", "content", "pilot_elected", "pilot_technical", "partners", "entry_exit", "means",
         "prerequisites", "risks")  # fmt: skip


@dataclass
class Draft:
    """A sheet being written, with what it is written from."""

    said: Sheet
    row: ActionSheet
    ago: int

    @property
    def lead(self) -> str:
        return "animateur" if self.said.space == "urbanisme" else "cheffe-de-projet"


def _logo() -> bytes:
    """An invented mark: two tiles and a word, nobody's."""
    drawing = "".join(
        tile_svg(tile).replace("<svg ", f'<svg x="{64 * place}" y="0" width="60" height="60" ', 1)
        for place, tile in enumerate((Tile(3, "bv"), Tile(6, "ocre")))
    )
    words = '<text x="135" y="37" font-family="sans-serif" font-size="19" fill="#1a2630">Logo inventé</text>'
    return rasterise(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 270 60">{drawing}{words}</svg>', 60.0
    )


def write_scheme(stage: Stage) -> list[Draft]:
    """Axes and sheets, up to the stage where communes answer."""
    with stage.at(SCHEME_OPENED, 10):
        lead = stage.actor("cheffe-de-projet")
        scheme = services.open_scheme(
            actor=lead, territory=stage.territory, starts_year=stage.day(SCHEME_OPENED).year
        )
        services.set_logo(actor=lead, scheme=scheme, file=ContentFile(_logo()))
        services.set_colours(
            actor=lead, scheme=scheme, main=content.MAIN_COLOUR, accent=content.ACCENT_COLOUR
        )
        axes = [
            services.add_axis(actor=lead, scheme=scheme, title=typographie(title), body=typographie(body))
            for title, body in content.AXES
        ]
    drafts = []
    for position, said in enumerate(content.SHEETS):
        ago = SCHEME_OPENED - 2 - 2 * position
        with stage.at(ago, 11):
            row = services.create_sheet(
                actor=stage.actor("cheffe-de-projet"), scheme=scheme, axis=axes[said.axis - 1], title=typographie(said.title),
                summary=typographie(said.summary), theme=said.theme, space=stage.spaces[said.space],
            )  # fmt: skip
        draft = Draft(said, row, ago)
        _write(stage, draft)
        drafts.append(draft)
    return drafts


def answer_and_cost(stage: Stage, drafts: list[Draft]) -> Scheme:
    """What communes say, then the figures of those that take part, then what the COPIL retains; and the chapters."""
    _criteria(stage)
    for draft in drafts:
        answers = dict(_answers(stage, draft.said))
        _give_positions(stage, draft, answers)
        joined = [
            stage.communes[code] for code, (answer, _) in answers.items() if answer in ("yes", "yes_if")
        ]
        _cost(stage, draft, sorted(joined, key=lambda commune: commune.name))
        _settle(stage, draft)
    scheme = Scheme.objects.get(territory=stage.territory)
    for position, (key, body) in enumerate(content.CHAPTERS.items()):
        with stage.at(113 - position // 3, 15):
            services.edit_chapter(
                actor=stage.actor("cheffe-de-projet"), scheme=scheme, key=key, seen=0, body=typographie(body)
            )
    return scheme


def _criteria(stage: Stage) -> None:
    """Planning acts of three years, drawn from the population: invented, and their source says so."""
    for ago, year in ((118, 2023), (117, 2024), (116, 2025)):
        with stage.at(ago, 15):
            costing.set_criterion(
                actor=stage.actor("cheffe-de-projet"), territory=stage.territory, criterion="actes_ads", year=year,
                source=typographie(f"Registres des communes {year} (chiffres inventés)"),
                values={
                    commune.pk: Decimal((commune.population or 0) * 46 // 1000 + 1 + stage.draw.randrange(4))
                    for commune in stage.communes.values()
                },
            )  # fmt: skip


def _write(stage: Stage, draft: Draft) -> None:
    said = draft.said
    changes: dict[str, Any] = {
        name: typographie(getattr(said, name)) for name in TEXTS if getattr(said, name)
    }
    changes |= {
        "agents_concerned": typographie(said.agents),
        "legal_form": said.legal_form,
        "priority": said.priority,
    }
    changes |= {name: stage.day(-ahead) for name, ahead in said.days.items()}
    if said.provider:
        changes["provider"] = stage.authority(said.provider)
    if said.beneficiary:
        changes["beneficiary"] = stage.authority(said.beneficiary)
    changes["milestones"] = [
        {
            "label": typographie(label),
            "due": stage.day(-ahead).isoformat(),
            "done": stage.day(-ahead).isoformat() if done else "",
        }
        for label, ahead, done in said.milestones
    ]
    changes["indicators"] = [
        {"label": typographie(label), "unit": unit, "baseline": before, "target": target}
        for label, unit, before, target in said.indicators
    ]
    steps = _steps(said)
    with stage.at(draft.ago - 3, 14):
        actor = stage.actor(draft.lead)
        draft.row = services.edit_sheet(actor=actor, sheet=draft.row, seen=draft.row.version, changes=changes)
        if said.payment:
            draft.row = services.edit_sheet(
                actor=actor, sheet=draft.row, seen=draft.row.version, changes={"payment": said.payment}
            )
        if said.residents:
            draft.row = services.set_residents(
                actor=actor,
                sheet=draft.row,
                seen=draft.row.version,
                rows=[_resident(row) for row in said.residents],
            )
        if said.bodies:
            draft.row = services.set_parties(
                actor=actor,
                sheet=draft.row,
                seen=draft.row.version,
                bodies=[stage.bodies[key] for key in said.bodies],
            )
    for position, to in enumerate(steps):
        with stage.at(draft.ago - 5 - 4 * position, 16):
            draft.row = services.set_status(actor=stage.actor(draft.lead), sheet=draft.row, to=to)


def _steps(said: Sheet) -> tuple[str, ...]:
    """The stages a sheet goes through before communes answer (it is retained or dropped after)."""
    if said.status in (Status.RETAINED, Status.DROPPED):
        last = Status.READY if said.status == Status.RETAINED else Status.STUDY
    else:
        last = Status(said.status)
    return PATH[1 : PATH.index(last) + 1]


def _resident(row: tuple[str, str, str, str]) -> tuple[str, str, Decimal | None, str, Decimal | None, str]:
    aspect, label, before, after = row
    return (
        aspect, typographie(label), None if before == "?" else Decimal(before), "inconnu",
        None if after == "?" else Decimal(after), "inconnu",
    )  # fmt: skip


def _answers(stage: Stage, said: Sheet) -> Iterator[tuple[str, tuple[str, str]]]:
    """code → (answer, condition): those written in the sheet, then a draw for the others."""
    written = {code: (answer, condition) for code, answer, condition in said.positions}
    yes, later, no = LEANINGS[said.leaning]
    for code in sorted(stage.communes):
        if code in written:
            yield code, written[code]
            continue
        drawn = stage.draw.randrange(100)
        if drawn < yes:
            yield code, ("yes", "")
        elif drawn < yes + later:
            yield code, ("later", "")
        elif drawn < yes + later + no:
            yield code, ("no", "")


def _give_positions(stage: Stage, draft: Draft, answers: dict[str, tuple[str, str]]) -> None:
    for code, (answer, condition) in answers.items():
        with stage.at(119 + stage.draw.randrange(12), stage.draw.randrange(8, 20)):
            services.give_position(
                actor=stage.mayor(code), sheet=draft.row, answer=answer, condition=typographie(condition),
                council_on=stage.day(131 + stage.draw.randrange(6)) if stage.draw.randrange(6) == 0 else None,
            )  # fmt: skip


def _cost(stage: Stage, draft: Draft, joined: list[Authority]) -> None:
    said = draft.said
    if not said.money and not said.people:
        return
    scenario, actor = draft.row.scenario, stage.actor(draft.lead)
    first = stage.day(SCHEME_OPENED).year + 1
    counted = [*joined, *(stage.bodies[key] for key, _ in said.paying)]
    with stage.at(118, 9):
        if said.status in (Status.BUILDING, Status.READY, Status.RETAINED):
            costing.set_perimeter(
                actor=actor, scenario=scenario, parties=counted, carrier=stage.territory.epci, carrier_shares=False,
                first_year=first, last_year=first + 2, full_year=first + 2,
            )  # fmt: skip
            costing.set_staff(
                actor=actor,
                scenario=scenario,
                year=first,
                rows=list(_staff(stage, said, counted)),
                carry=True,
            )
        costing.set_lines(
            actor=actor, scenario=scenario, year=first, lines=list(_lines(stage, said, joined)), carry=True
        )
        if said.key:
            costing.choose_key(
                actor=actor, scenario=scenario, key=said.key, inputs=_inputs(stage, said, joined)
            )
            costing.run_allocation(actor=actor, scenario=scenario)


def _lines(stage: Stage, said: Sheet, joined: list[Authority]) -> Iterator[Cost]:
    inside = {commune.code for commune in joined} | {"epci"}
    for money in said.money:
        if money.who in inside:
            yield Cost(
                stage.authority(money.who), money.kind, typographie(money.label),
                Decimal(money.amount) if money.amount else None, money.unknown, typographie(money.source),
            )  # fmt: skip
    if said.status in (Status.READY, Status.RETAINED) and not said.key:
        for commune in joined:  # nobody pays: a zero somebody stated is not a hole
            yield Cost(commune, "running", "Aucune participation", Decimal(0), "", "Note du réseau")


def _staff(stage: Stage, said: Sheet, joined: list[Authority]) -> Iterator[Staff]:
    written = {people.who: people for people in said.people}
    for commune in joined:
        if commune.code not in written:
            said_by = "Position de la commune" if commune.insee_code else "Accord de principe de l’organisme"
            yield Staff(commune, delta=Decimal(0), source=said_by)
    inside = {commune.code for commune in joined} | {"epci"}
    for who, people in written.items():
        if who in inside:
            yield Staff(
                stage.authority(who), Decimal(people.before) if people.before else None,
                Decimal(people.after) if people.after else None, None, people.unknown, typographie(people.source),
                typographie(people.note),
            )  # fmt: skip


def _inputs(stage: Stage, said: Sheet, joined: list[Authority]) -> dict[str, Any]:
    agreed = {stage.bodies[key].code: amount for key, amount in said.paying if amount}
    if said.key == "flat":
        return {"adjust": {"agreed_amount": agreed}} if agreed else {}
    source = typographie(said.key_source)
    if said.key in ("pro_rata", "fixed_variable"):
        return {
            **({"fixed": "30"} if said.key == "fixed_variable" else {}),
            "criterion": "population municipale",
            "unit": "hab.",
            "source": source,
            "values": usage.population(joined),
        }
    return {
        "tariffs": [{"id": key, "unit": typographie(unit), "price": price} for key, unit, price in said.tariffs],
        "quantities": usage.quantities(stage, said.usage, joined), "payer": stage.territory.epci.name, "source": source,
    }  # fmt: skip


def _settle(stage: Stage, draft: Draft) -> None:
    """Decisions and documents, then retained or dropped."""
    said = draft.said
    for ago, by, text in said.decisions:
        with stage.at(ago, 18):
            services.record_decision(
                actor=stage.actor(draft.lead), sheet=draft.row, decided_on=stage.day(ago), by=typographie(by),
                text=typographie(text),
            )  # fmt: skip
    for kind, note in said.documents:
        with stage.at(112, 10):
            services.set_document(
                actor=stage.actor(draft.lead),
                sheet=draft.row,
                kind=kind,
                present=True,
                note=typographie(note),
            )
    if said.status in (Status.RETAINED, Status.DROPPED):
        with stage.at(111, 19):
            services.set_status(
                actor=stage.actor("cheffe-de-projet"),
                sheet=draft.row,
                to=said.status,
                reason=typographie(said.dropped),
            )
