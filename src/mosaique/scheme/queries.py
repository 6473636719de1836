"""Read models of the scheme: members, positions, the list of sheets, everything a sheet's page shows."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from mosaique.access.actor import Actor
from mosaique.access.models import Space
from mosaique.access.scoped import Readable
from mosaique.accounts.models import TerritoryParty
from mosaique.accounts.queries import parties_of
from mosaique.costing import queries as costing
from mosaique.kernel import clock
from mosaique.kernel.quantity import Unknown
from mosaique.kernel.typography import decimal_number
from mosaique.kernel.ui.parts import Tile
from mosaique.scheme.legal_forms.base import DocumentKind, LegalForm
from mosaique.scheme.legal_forms.choice import BodyRule, Partner, rule_of
from mosaique.scheme.legal_forms.registry import LEGAL_FORMS
from mosaique.scheme.legal_forms.steps import AcOffer, SheetFacts, StepVerdict, ac_imputation, next_steps
from mosaique.scheme.models import ActionSheet, Axis, Decision, Position, ResidentChange, Scheme, Version
from mosaique.spaces.tools import Fragment
from mosaique.territory import perimeter
from mosaique.territory.models import Authority
from mosaique.territory.queries import sort_key


@dataclass(frozen=True, slots=True)
class Member:
    """An authority of the territory and its tile."""

    authority: Authority
    tile: Tile

    @property
    def name(self) -> str:
        return self.authority.name


def members(territory_id: int, on: date | None = None) -> list[Member]:
    """EPCI and communes of the territory that day (today if none is said), by name."""
    rows = perimeter.members(territory_id, on)
    found = [Member(row.authority, Tile(row.tile_drawing, row.tile_hue)) for row in rows]
    return sorted(found, key=lambda member: (sort_key(member.name), member.authority.pk))


def members_of_version(version: Version) -> list[Member]:
    """Those of the day it was frozen: who joins or leaves later changes nothing in it."""
    day = clock.day_of(version.frozen_at, version.scheme.territory.zone)
    return members(version.scheme.territory_id, day)


def kinds_of_parties(territory_id: int) -> dict[int, str]:
    """Authority id → what kind of body it is (« syndicat »), for those that take part or did."""
    rows = TerritoryParty.objects.filter(territory=territory_id).values_list("authority_id", "kind")
    return {pk: str(TerritoryParty.Kind(kind).label) for pk, kind in rows}


def parties_of_sheet(sheet: ActionSheet) -> list[TerritoryParty]:
    """Bodies other than communes that the sheet names, by name. One query."""
    rows = TerritoryParty.objects.filter(
        territory=sheet.scheme.territory_id, authority__in=sheet.parties.all()
    )
    return list(rows.select_related("authority").order_by("authority__name", "pk"))


#: Kinds of the territory's bodies, as the legal forms speak of them.
_PARTNERS = {
    TerritoryParty.Kind.SYNDICATE: Partner.SYNDICATE, TerritoryParty.Kind.SOCIAL: Partner.SOCIAL,
    TerritoryParty.Kind.MANAGEMENT: Partner.MANAGEMENT, TerritoryParty.Kind.ASSOCIATION: Partner.ASSOCIATION,
}  # fmt: skip


def partner_of(party: TerritoryParty) -> Partner | None:
    """None: a body of another kind, of which the forms say nothing."""
    return _PARTNERS.get(TerritoryParty.Kind(party.kind))


def bodies_offered(sheet: ActionSheet) -> list[tuple[Authority, str]]:
    """Bodies the sheet may name, with their kind: those that take part today, then those it names already."""
    territory = sheet.scheme.territory
    today = clock.today(territory.zone)
    found = {
        one.authority_id: (one.authority, str(one.get_kind_display())) for one in parties_of(territory, today)
    }
    for one in parties_of_sheet(sheet):
        found.setdefault(one.authority_id, (one.authority, f"{one.get_kind_display()}, ne participe plus"))
    return list(found.values())


def communes(found: Iterable[Member]) -> list[Member]:
    return [member for member in found if member.authority.kind == Authority.Kind.COMMUNE]


def current_scheme(actor: Actor) -> Scheme | None:
    """The scheme of the territory acted in, the latest mandate first."""
    if actor.territory_id is None:
        return None
    return Scheme.objects.visible_to(actor).for_screen().filter(territory_id=actor.territory_id).first()


def adopted_version(sheet: ActionSheet) -> Version | None:
    """The text that was voted: the last one frozen (an adopted scheme freezes no other)."""
    return Version.objects.filter(scheme=sheet.scheme_id).order_by("-number").defer("content").first()


def vote_on(version: Version) -> str:
    """Whether a version is the text that was voted: what somebody who holds a copy wants to know. A vote is public."""
    if version.scheme.state != Scheme.State.ADOPTED:
        return "Cette version n’a pas été adoptée à ce jour : c’est un projet."
    last = (
        Version.objects.filter(scheme=version.scheme_id)
        .order_by("-number")
        .values_list("number", flat=True)[0]
    )
    if version.number == last:
        return "Cette version est celle que le conseil communautaire a votée."
    return f"Cette version n’est pas celle qui a été votée : le conseil communautaire a adopté la version {last}."


def groups_of(actor: Actor, territory_id: int) -> QuerySet[Space]:
    """Open groups a sheet may be given to: those the actor knows of."""
    return Space.objects.visible_to(actor).filter(territory_id=territory_id, closed_at=None)


def last_positions(sheets: Sequence[ActionSheet]) -> dict[int, dict[int, Position]]:
    """Sheet id → authority id → the position that counts (the last one said)."""
    found: dict[int, dict[int, Position]] = {sheet.pk: {} for sheet in sheets}
    rows = (
        Position.objects.filter(sheet__in=[sheet.pk for sheet in sheets])
        .select_related("said_by")
        .order_by("pk")
    )
    for position in rows:
        found[position.sheet_id][position.authority_id] = position
    return found


_STATUS_LOOK = {
    "idea": ("vide", "quoi"),
    "study": ("attend", "att"),
    "building": ("attend", "att"),
    "ready": ("fait", "ok"),
    "retained": ("fait", "ok"),
    "dropped": ("non", "non"),
}


def status_look(sheet: ActionSheet) -> dict[str, str]:
    """Kind, icon and word of a sheet's stage, for the `etat` component."""
    return _stage(sheet.status)


def _stage(status: str) -> dict[str, str]:
    kind, icon = _STATUS_LOOK[status]
    return {"kind": kind, "icon": icon, "word": ActionSheet.Status(status).label}


#: What a group's page shows of its sheets before it sends to the whole list.
IN_SPACE = 12


_IN_SPACE = Readable(
    lambda: ActionSheet,
    lambda sheets, space: (
        sheets.filter(space_id=space)
        .order_by("-scheme_id", "number")
        .values_list("pk", "number", "title", "status")[: IN_SPACE + 1]
    ),
)


def space_fragment(actor: Actor, space: Space) -> Fragment | None:
    """The sheets a group works on, those the reader may read, the mandate's latest first. None when there are none."""
    rows = _IN_SPACE.rows(actor, space.pk)
    if not rows:
        return None
    lines = [
        {"pk": pk, "number": number, "title": title, "look": _stage(status)}
        for pk, number, title, status in rows[:IN_SPACE]
    ]
    return Fragment("scheme/in_space.html", {"lines": lines, "more": len(rows) > IN_SPACE})


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One sheet in a list: counts of the positions, and the reader's commune's own."""

    sheet: ActionSheet
    counts: Counter[str]
    expected: int
    mine: Position | None

    @property
    def yes(self) -> int:
        return self.counts["yes"] + self.counts["yes_if"]

    @property
    def unanswered(self) -> int:
        return max(0, self.expected - sum(self.counts.values()))

    @property
    def look(self) -> dict[str, str]:
        return status_look(self.sheet)

    @property
    def awaits_mine(self) -> bool:
        return self.mine is None and self.sheet.is_open_to_positions


@dataclass(frozen=True, slots=True)
class SheetFilter:
    """What the address of the list says."""

    theme: str = ""
    status: str = ""
    awaiting: bool = False


def sheet_lines(actor: Actor, scheme: Scheme, expected: int, wanted: SheetFilter) -> list[SheetLine]:
    """The sheets the actor reads, filtered, with their positions: two queries whatever their number."""
    rows = ActionSheet.objects.visible_to(actor).for_screen().filter(scheme=scheme)
    if wanted.theme:
        rows = rows.filter(theme=wanted.theme)
    if wanted.status:
        rows = rows.filter(status=wanted.status)
    sheets = list(rows)
    positions = last_positions(sheets)
    lines = []
    for sheet in sheets:
        own = positions[sheet.pk]
        mine = own.get(actor.authority_id) if actor.authority_id else None
        line = SheetLine(sheet, Counter(p.answer for p in own.values()), expected, mine)
        if not wanted.awaiting or line.awaits_mine:
            lines.append(line)
    return lines


@dataclass(frozen=True, slots=True)
class AxisGroup:
    axis: Axis
    lines: list[SheetLine]


def by_axis(lines: list[SheetLine], axes: Iterable[Axis]) -> list[AxisGroup]:
    return [AxisGroup(axis, [line for line in lines if line.sheet.axis_id == axis.pk]) for axis in axes]


# One sheet --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one commune stands: its member row and the position that counts."""

    member: Member
    position: Position | None

    @property
    def answer(self) -> str:
        return self.position.answer if self.position else ""

    @property
    def who(self) -> str:
        """« le maire » or « le conseil municipal »: the role, not the person."""
        if self.position is None:
            return ""
        if self.position.voice == Position.Voice.COUNCIL:
            return "le conseil municipal"
        return self.position.said_by.title.lower()


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """Communes that gave the same answer."""

    answer: str
    word: str
    kind: str  # of the `etat` component
    icon: str
    mark: str  # of the map
    standings: list[Standing] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.standings)


ANSWERS = (
    ("yes", "Oui", "fait", "ok", "m-oui"),
    ("yes_if", "Oui, si", "fait", "si", "m-si"),
    ("later", "Plus tard", "tard", "tard", "m-tard"),
    ("no", "Non", "non", "non", "m-non"),
    ("", "Sans réponse", "vide", "quoi", "m-vide"),
)


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document of the legal form: present since when, or missing."""

    kind: str
    label: str
    by_whom: str
    mark: str
    article: str
    required: bool
    present_on: str
    note: str


@dataclass(frozen=True, slots=True)
class ResidentLine:
    """One measure for residents, already in words."""

    change: ResidentChange
    before: str
    after: str

    @property
    def known(self) -> bool:
        return self.change.after is not None


def quantity_text(value: Decimal | None, unknown: str, unit: str) -> str:
    """« 21 jours », or why it is not known."""
    if value is None:
        return str(Unknown(unknown).label) if unknown else "non renseigné"
    places = (
        0
        if value == value.to_integral_value()
        else 1
        if value * 10 == (value * 10).to_integral_value()
        else 2
    )
    first, _, rest = unit.partition(" ")
    if abs(value) < 2 and first.endswith("s"):
        unit = f"{first[:-1]} {rest}".strip()
    return f"{decimal_number(value, places)}\u00a0{unit}"


@dataclass(frozen=True, slots=True)
class SheetPage:
    """Everything shown on a sheet's page."""

    sheet: ActionSheet
    members: list[Member]
    groups: list[AnswerGroup]
    mine: Standing | None
    picture: costing.Picture
    form: LegalForm | None
    ac: AcOffer | None
    steps: tuple[StepVerdict, ...]
    documents: list[DocumentLine]
    residents: list[ResidentLine]
    decisions: list[Decision]
    parties: list[TerritoryParty]  # bodies other than communes

    @property
    def bodies(self) -> list[tuple[TerritoryParty, BodyRule | None]]:
        """Each body, with what the form that is chosen says of its kind. It informs, and refuses nothing."""
        kinds = [(party, partner_of(party)) for party in self.parties]
        return [(party, rule_of(self.form, kind) if self.form and kind else None) for party, kind in kinds]

    @property
    def form_choice(self) -> Decision | None:
        """The decision that chose the form of today, if it was written down."""
        chosen = [line for line in self.decisions if line.legal_form]
        return chosen[0] if chosen and chosen[0].legal_form == self.sheet.legal_form else None

    @property
    def standings(self) -> list[Standing]:
        return sorted((s for g in self.groups for s in g.standings), key=lambda s: sort_key(s.member.name))

    @property
    def expected(self) -> int:
        return sum(group.count for group in self.groups)

    def count(self, answer: str) -> int:
        return next(group.count for group in self.groups if group.answer == answer)

    @property
    def joining(self) -> int:
        return self.count("yes") + self.count("yes_if")

    @property
    def present(self) -> int:
        return sum(1 for document in self.documents if document.present_on)

    @property
    def not_counted(self) -> list[Member]:
        """Communes that said yes and that the costing does not count yet: the calculation is to be made again."""
        counted = {authority.pk for authority in self.picture.parties}
        return (
            [
                s.member
                for s in self.standings
                if s.answer in ("yes", "yes_if") and s.member.authority.pk not in counted
            ]
            if counted
            else []
        )


def group_positions(found: Iterable[Member], positions: dict[int, Position]) -> list[AnswerGroup]:
    """Every commune in the group of its answer, in the order yes, yes if, later, no, none."""
    groups = {
        answer: AnswerGroup(answer, word, kind, icon, mark) for answer, word, kind, icon, mark in ANSWERS
    }
    for member in communes(found):
        standing = Standing(member, positions.get(member.authority.pk))
        groups[standing.answer].standings.append(standing)
    return list(groups.values())


def facts_of(sheet: ActionSheet) -> SheetFacts:
    """What is known of a sheet, for the steps of its legal form (they inform, nothing more)."""
    present = frozenset(DocumentKind(kind) for kind in sheet.documents if kind in set(DocumentKind))
    return SheetFacts(documents=present, staff_concerned=bool(sheet.agents_concerned) or None)


def document_lines(sheet: ActionSheet, form: LegalForm | None) -> list[DocumentLine]:
    lines = []
    for document in form.documents if form else ():
        kept = sheet.documents.get(document.kind.value, {})
        lines.append(
            DocumentLine(
                document.kind.value,
                document.label,
                document.by_whom,
                document.fact.mark,
                document.fact.article,
                document.required,
                kept.get("on", ""),
                kept.get("note", ""),
            )
        )
    return lines


def resident_lines(changes: Iterable[ResidentChange]) -> list[ResidentLine]:
    return [
        ResidentLine(
            change,
            quantity_text(change.before, change.before_unknown, change.unit),
            quantity_text(change.after, change.after_unknown, change.unit),
        )
        for change in changes
    ]


def sheet_page(actor: Actor, sheet: ActionSheet) -> SheetPage:
    """All of a sheet's page in nine queries, whatever the number of communes."""
    found = members(sheet.scheme.territory_id)
    positions = last_positions([sheet])[sheet.pk]
    form = LEGAL_FORMS.get(sheet.legal_form)
    own = next((m for m in communes(found) if m.authority.pk == actor.authority_id), None)
    return SheetPage(
        sheet=sheet,
        members=found,
        groups=group_positions(found, positions),
        mine=Standing(own, positions.get(own.authority.pk)) if own else None,
        picture=costing.picture(sheet.scenario),
        form=form,
        ac=ac_imputation(form, sheet.scheme.territory.epci.tax_regime) if form else None,
        steps=next_steps(form, facts_of(sheet)) if form else (),
        documents=document_lines(sheet, form),
        residents=resident_lines(sheet.resident_changes.all()),
        decisions=list(sheet.decisions.all()),
        parties=parties_of_sheet(sheet),
    )


@dataclass(frozen=True, slots=True)
class Said:
    """One line of the history of positions."""

    position: Position
    member: Member | None
    text: str


def position_history(sheet: ActionSheet, found: Iterable[Member]) -> list[Said]:
    """Everything that was said, newest first."""
    known = {member.authority.pk: member for member in found}
    rows = sheet.positions.select_related("said_by", "authority")
    return [Said(row, known.get(row.authority_id), str(row.get_answer_display())) for row in rows]
