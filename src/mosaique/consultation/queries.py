"""What the pages of a consultation read: the board of every council, in a constant number of queries."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.urls import reverse

from mosaique.access.actor import Actor
from mosaique.consultation import deadlines, opinion_state, registry, warnings
from mosaique.consultation.facts import Correction, CouncilFacts, corrections, facts_of
from mosaique.consultation.impacts import impacts_stated
from mosaique.consultation.models import Adoption, Consultation, CouncilFile, DatedFact, Opinion, Sitting
from mosaique.consultation.opinion_state import OpinionState, StateKind
from mosaique.consultation.policies import may_open, may_record_vote
from mosaique.consultation.procedures.registry import PROCEDURES
from mosaique.consultation.warnings import AdoptionWarning
from mosaique.journal.models import Line
from mosaique.kernel import clock
from mosaique.kernel.typography import date_long
from mosaique.kernel.ui.parts import Todo
from mosaique.scheme.models import Version
from mosaique.territory import perimeter
from mosaique.territory.models import Authority, TerritoryMember
from mosaique.territory.naming import in_words
from mosaique.territory.queries import sort_key
from mosaique.territory.tiles import Tile

# How a state is drawn: kind of `etat`, icon, class of the map.
LOOK: dict[StateKind, tuple[str, str, str]] = {
    StateKind.FAVOURABLE: ("fait", "ok", "m-oui"),
    StateKind.RESERVES: ("fait", "si", "m-si"),
    StateKind.UNFAVOURABLE: ("non", "non", "m-non"),
    StateKind.TACIT_FAVOURABLE: ("fait", "att", "m-tacite"),
    StateKind.PENDING: ("attend", "att", "m-rien"),
    StateKind.NOT_STARTED: ("vide", "quoi", "m-vide"),
    StateKind.LEFT: ("vide", "quoi", "m-vide"),
}


@dataclass(frozen=True, slots=True)
class CouncilRow:
    """One council on the board."""

    council: CouncilFile
    tile: Tile
    facts: CouncilFacts
    state: OpinionState
    window: deadlines.Window | None
    days_left: int | None
    left_on: date | None = None  # first day on which the commune was no longer a member

    @property
    def kind(self) -> str:
        return LOOK[self.state.kind][0]

    @property
    def icon(self) -> str:
        return LOOK[self.state.kind][1]

    @property
    def fill(self) -> str:
        return LOOK[self.state.kind][2]

    @property
    def word(self) -> str:
        """« Encore 6 jours », « Dernier jour » or the state's own word."""
        if self.days_left is None:
            return self.state.label
        if self.days_left == 0:
            return "Dernier jour"
        return f"Encore {self.days_left} jour{'s' if self.days_left > 1 else ''}"

    @property
    def is_followed(self) -> bool:
        """Whether something is still to be done: a reception to note, a vote to come, a reserve to answer."""
        return self.state.kind in (StateKind.NOT_STARTED, StateKind.PENDING) or self.facts.awaits_answer

    @property
    def late(self) -> Opinion | None:
        """The recorded opinion when it came after the limit."""
        return self.facts.opinion if self.state.late else None


@dataclass(frozen=True, slots=True)
class Board:
    """Every council, and what the heading counts."""

    consultation: Consultation
    rows: tuple[CouncilRow, ...]
    today: date

    def count(self, *kinds: StateKind) -> int:
        return sum(row.state.kind in kinds for row in self.rows)

    @property
    def counts(self) -> Counter[StateKind]:
        return Counter(row.state.kind for row in self.rows)

    @property
    def voted(self) -> int:
        return sum(row.state.is_express for row in self.rows)

    def without_time(self, day: date) -> list[CouncilRow]:
        """Councils that have not spoken and whose delay will not be over that day: it runs still, or has not begun."""
        return [
            row
            for row in self.rows
            if row.state.kind is StateKind.NOT_STARTED
            or (row.state.is_open and row.state.deadline and row.state.deadline.tacit_on > day)
        ]

    @property
    def to_follow(self) -> list[CouncilRow]:
        """What still needs eyes: missing receptions, then running clocks by date, then reserves that nobody has answered."""
        rank = {StateKind.NOT_STARTED: 0, StateKind.PENDING: 1}
        return sorted(
            (row for row in self.rows if row.is_followed),
            key=lambda row: (
                rank.get(row.state.kind, 2),
                row.state.deadline.last_day if row.state.deadline else date.min,
                sort_key(row.council.authority.name),
            ),
        )

    @property
    def to_send(self) -> list[CouncilRow]:
        """Councils to which nothing is known to have left."""
        return [
            row for row in self.rows
            if row.facts.sent is None and row.facts.received is None and row.state.kind != StateKind.LEFT
        ]  # fmt: skip

    @property
    def gone(self) -> list[CouncilRow]:
        """Communes that have left since: their line stays, with what was said."""
        return [row for row in self.rows if row.left_on is not None]

    @property
    def unanswered(self) -> list[CouncilRow]:
        """Reserves that nobody has answered in writing yet."""
        return [row for row in self.rows if row.facts.awaits_answer]

    @property
    def last_day(self) -> date | None:
        """The last of the running or finished clocks; None while a reception is missing."""
        awaited = [row for row in self.rows if row.state.kind != StateKind.LEFT]
        days = [row.state.deadline.last_day for row in awaited if row.state.deadline]
        return max(days) if days and len(days) == len(awaited) else None

    @property
    def corrected(self) -> list[tuple[CouncilFile, Correction]]:
        return [(row.council, change) for row in self.rows for change in corrections(row.council.facts.all())]


def _state(
    council: CouncilFile, facts: CouncilFacts, consultation: Consultation, today: date, left_on: date | None
) -> OpinionState:
    given = [
        opinion_state.Opinion(
            opinion_state.OpinionKind(facts.opinion.answer), facts.opinion.voted_on, facts.opinion.number
        )
    ] if facts.opinion else []  # fmt: skip
    return opinion_state.state(
        procedure=PROCEDURES[consultation.procedure],
        received_on=facts.received.on_date if facts.received else None,
        today=today,
        opinions=given,
        extend_if_non_working=consultation.extend_if_non_working,
        departement=council.authority.department,
        left_on=left_on,
    )


def _councils(consultation: Consultation) -> Iterable[CouncilFile]:
    return (
        consultation.councils.select_related("authority", "scope")
        .prefetch_related(
            Prefetch("facts", DatedFact.objects.select_related("proof", "entered_by")),
            Prefetch("opinions", Opinion.objects.select_related("deliberation", "entered_by")),
            "opinions__answers",
        )
        .all()
    )


def board(consultation: Consultation) -> Board:
    """The whole board. Six queries, whatever the number of councils."""
    today = clock.today(consultation.territory.zone)
    councils = sorted(_councils(consultation), key=lambda one: (sort_key(one.authority.name), one.pk))
    ids = [council.authority_id for council in councils]
    members = {
        member.authority_id: member
        for member in TerritoryMember.objects.filter(
            territory_id=consultation.territory_id, authority_id__in=ids
        ).order_by("pk")
    }
    sittings: dict[int, list[deadlines.Sitting]] = {}
    for row in Sitting.objects.filter(authority_id__in=ids, cancelled_at=None, on_date__gte=today):
        sittings.setdefault(row.authority_id, []).append(deadlines.Sitting(row.on_date, row.at_time))
    return Board(
        consultation,
        tuple(
            _row(council, members.get(council.authority_id), sittings, consultation, today)
            for council in councils
        ),
        today,
    )


def _row(
    council: CouncilFile,
    member: TerritoryMember | None,
    sittings: dict[int, list[deadlines.Sitting]],
    consultation: Consultation,
    today: date,
) -> CouncilRow:
    facts = facts_of(council)
    tile = Tile(member.tile_drawing, member.tile_hue) if member else Tile(0, "bv")
    left_on = member.left_on if member and member.has_left(today) else None
    state = _state(council, facts, consultation, today, left_on)
    window = (
        deadlines.windows(sittings.get(council.authority_id, []), state.deadline, today)
        if state.deadline and state.is_open
        else None
    )
    return CouncilRow(council, tile, facts, state, window, state.days_left(today), left_on)


def row_of(council: CouncilFile) -> CouncilRow:
    """One council as on the board."""
    consultation = council.consultation
    today = clock.today(consultation.territory.zone)
    member = (
        TerritoryMember.objects.filter(
            territory_id=consultation.territory_id, authority_id=council.authority_id
        )
        .order_by("-pk")
        .first()
    )
    known = [
        deadlines.Sitting(row.on_date, row.at_time)
        for row in Sitting.objects.filter(
            authority_id=council.authority_id, cancelled_at=None, on_date__gte=today
        )
    ]
    return _row(council, member, {council.authority_id: known}, consultation, today)


def opinion_entered_from(row: CouncilRow) -> str:
    """« boîte partagée, code personnel vérifié »: how the opinion that holds was recorded, when others read the mailbox."""
    if row.facts.opinion is None:
        return ""
    verbs = [registry.OPINION_GIVEN.code, registry.OPINION_CORRECTED.code, registry.OPINION_COMPLETED.code]
    lines = Line.objects.filter(kind="council_file", ref_id=row.council.pk, verb__in=verbs).order_by("-pk")
    shared, changes = lines.values_list("via_shared_mailbox", "changes").first() or (False, {})
    if not shared:
        return ""
    return "boîte partagée, code personnel vérifié" if changes.get("confirmed") else "boîte partagée"


def current(actor: Actor) -> Consultation | None:
    """The latest consultation of the territory acted in, if the actor may read it."""
    return (
        Consultation.objects.visible_to(actor)
        .for_screen()
        .filter(territory_id=actor.territory_id)
        .order_by("-pk")
        .first()
    )


def waiting_version(actor: Actor) -> Version | None:
    """The latest frozen version not yet put to the councils (none once a later one has been)."""
    latest = (
        Version.objects.visible_to(actor)
        .for_screen()
        .filter(scheme__territory_id=actor.territory_id)
        .order_by("-number")
        .first()
    )
    if latest is None or Consultation.objects.filter(version=latest).exists():
        return None
    return latest


def adoption_of(consultation: Consultation) -> Adoption | None:
    return Adoption.objects.filter(consultation=consultation).select_related("deliberation").first()


def unsent_councils(adoption: Adoption) -> list[Authority]:
    """Councils to which the adopted scheme has not been sent yet: those of the members of the day of the vote that still are."""
    done, territory_id = adoption.sendings.values("authority_id"), adoption.consultation.territory_id
    voted = perimeter.commune_bodies(territory_id, adoption.voted_on).values("pk")
    members = perimeter.commune_bodies(territory_id).filter(pk__in=voted)
    return sorted(members.exclude(pk__in=done), key=lambda body: (sort_key(body.name), body.pk))


def adoption_warnings(consultation: Consultation, voted_on: date) -> tuple[AdoptionWarning, ...]:
    """What the community council should know before voting on that day."""
    seen = board(consultation)
    return warnings.adoption_warnings(
        adoption_on=voted_on,
        procedure=PROCEDURES[consultation.procedure],
        impacts=impacts_stated(consultation.version),
        councils=[
            warnings.Council(
                row.council.authority.code, row.council.authority.name, row.state, row.facts.awaits_answer
            )
            for row in seen.rows
        ],
        reopened=not consultation.version.scheme.is_frozen,
    )


def todos(actor: Actor) -> list[Todo]:
    """What the consultation expects of the actor now: their own council's answer, or the team's next dates."""
    if actor.mandate is None:
        return []
    waiting = waiting_version(actor) if may_open(actor, actor.mandate.territory_id) else None
    if waiting is not None:
        return [Todo(f"Soumettre la version {waiting.number} aux conseils municipaux",
                     reverse("open_consultation", kwargs={"pk": waiting.pk}),
                     "Elle est figée. Chaque conseil aura trois mois, comptés de sa réception.", None, "Préparer l’envoi")]  # fmt: skip
    consultation = current(actor)
    if consultation is None:
        return []
    today = clock.today(consultation.territory.zone)
    if actor.is_team(consultation.territory_id):
        return _team_todos(consultation, today)
    if may_record_vote(actor, consultation):
        due = _vote_todo(consultation, today)
        return due if due and adoption_of(consultation) is None else []
    council = CouncilFile.objects.visible_to(actor).for_screen().filter(
        consultation=consultation, authority_id=actor.authority_id
    ).first()  # fmt: skip
    if council is None or not actor.acts_for(council.authority_id):
        return []
    row = row_of(council)
    url = council.get_absolute_url()
    if row.facts.received is None:
        return [Todo("Accuser réception du rapport de mutualisation", url,
                     "Le délai de votre conseil ne commence qu’à la réception. Comptez une minute.", None,
                     "Lire et accuser réception")]  # fmt: skip
    if row.state.is_open and row.state.deadline:
        why = row.window.sentence if row.window else ""
        return [
            Todo(
                "Donner l’avis de votre conseil sur le rapport",
                url,
                why,
                row.state.deadline.last_day,
                "Donner l’avis",
            )
        ]
    return []


def _team_todos(consultation: Consultation, today: date) -> list[Todo]:
    seen = board(consultation)
    adoption = adoption_of(consultation)
    url = consultation.get_absolute_url()
    found: list[Todo] = []
    to_send = len(seen.to_send)
    if adoption is None and to_send:
        found.append(Todo(
            f"Envoyer le rapport à {in_words(to_send, feminine=True)} mairie{'s' if to_send > 1 else ''}, et noter l’envoi", url,
            "Aucun message n’est parti vers elles : remettez-leur le rapport, ou envoyez-le par lettre." if to_send > 1
            else "Aucun message n’est parti vers elle : remettez-lui le rapport, ou envoyez-le par lettre.",
        ))  # fmt: skip
    missing = seen.count(StateKind.NOT_STARTED) - to_send
    if adoption is None and missing:
        found.append(Todo(
            f"Noter la réception du rapport par {in_words(missing, feminine=True)} mairie{'s' if missing > 1 else ''}", url,
            "Sans date de réception, le délai de ces conseils ne commence pas.",
        ))  # fmt: skip
    if adoption is None and seen.unanswered:
        found.append(_answers_todo(seen.unanswered, consultation))
    due = [] if adoption else _vote_todo(consultation, today)
    found += due
    if not due and adoption is None and seen.rows and not any(row.state.is_open for row in seen.rows):
        found.append(Todo("Préparer le vote du conseil communautaire", reverse("adoption", kwargs={"pk": consultation.pk}),
                          "Tous les conseils se sont prononcés, ou leur délai est passé.", consultation.planned_vote_on))  # fmt: skip
    if adoption is not None and adoption.outcome == Adoption.Outcome.ADOPTED:
        found += _sendings_todos(adoption, today)
    return found


def _vote_on(consultation: Consultation) -> date | None:
    return consultation.planned_vote_on or consultation.territory.adoption_target


def _vote_todo(consultation: Consultation, today: date) -> list[Todo]:
    """From the day of the vote on: what was voted is recorded, or another day is told."""
    day = _vote_on(consultation)
    if day is None or day > today:
        return []
    return [Todo(
        "Enregistrer le vote du conseil communautaire", reverse("adoption", kwargs={"pk": consultation.pk}),
        f"Il était annoncé pour le {date_long(day)}. S’il est reporté, changez la date dans le calendrier.", day, "Enregistrer le vote",
    )]  # fmt: skip


def _answers_todo(rows: list[CouncilRow], consultation: Consultation) -> Todo:
    first = rows[0].council
    if len(rows) == 1:
        title = f"Répondre par écrit aux réserves du conseil {first.authority.of_name}"
    else:
        title = f"Répondre par écrit aux réserves de {in_words(len(rows))} conseils"
    why = "Chaque réserve reçoit une réponse écrite avant le vote : c’est ce qui leur a été dit."
    return Todo(
        title,
        reverse("reserve_answer", kwargs={"pk": first.pk}),
        why,
        consultation.planned_vote_on,
        "Répondre",
    )


def _sendings_todos(adoption: Adoption, today: date) -> list[Todo]:
    """The sending that the law asks for, until the last council has been served."""
    unsent = unsent_councils(adoption)
    if not unsent:
        return []
    url = reverse("adoption", kwargs={"pk": adoption.consultation_id})
    why = "La loi demande que le schéma adopté soit adressé à chaque conseil municipal."
    if not adoption.sendings.exists():
        return [
            Todo(
                "Adresser le schéma adopté à chaque conseil municipal", url, why, today, "Adresser le schéma"
            )
        ]
    if len(unsent) == 1:
        title = f"Adresser le schéma adopté au conseil {unsent[0].of_name}, et noter l’envoi"
    else:
        title = f"Adresser le schéma adopté à {in_words(len(unsent))} conseils, et noter chaque envoi"
    return [Todo(title, url, why, today, "Noter les envois")]
