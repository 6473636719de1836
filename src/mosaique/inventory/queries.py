"""Read models of the inventory. Lines are read only through a sheet its reader sees; state words are on `Return`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from mosaique.access.actor import Actor
from mosaique.access.middleware import actors_of
from mosaique.access.models import Person, ReadMark, Scope, Visibility
from mosaique.access.scoped import reads
from mosaique.inventory import summaries, wording
from mosaique.inventory.board import Board, make
from mosaique.inventory.models import (
    Campaign,
    HelpRequest,
    Release,
    Return,
    Row,
    SectionLink,
    SectionSheet,
    Summary,
)
from mosaique.inventory.policies import is_ours
from mosaique.inventory.spec import SectionSpec
from mosaique.kernel import clock
from mosaique.kernel.prepared import Prepared
from mosaique.kernel.ui.parts import Todo
from mosaique.territory import perimeter
from mosaique.territory.models import Authority, Territory, TerritoryMember
from mosaique.territory.naming import curly, in_words
from mosaique.territory.queries import sort_key
from mosaique.territory.tiles import Tile

READ_KIND = "inventory_section"
# The team hears of those who owe during the last days, not from the first one.
NEAR = timedelta(days=21)

# What every home asks: compiled once.
_CURRENT = Prepared(
    lambda territory: (
        Campaign.objects.for_screen().filter(territory_id=territory).order_by("-created_at", "-pk")[:1]
    )
)
_RETURNED = Prepared(
    lambda campaign: (
        Return.objects.filter(campaign_id=campaign)
        .order_by("completed_at", "pk")
        .values_list("authority_id", "completed_at")
    )
)
_OF_COMMUNE = Prepared(
    lambda campaign, authority: Return.objects.select_related("authority", "scope").filter(
        campaign_id=campaign, authority_id=authority
    )
)
_TO_CONFIRM = Prepared(
    lambda inventory: (
        Row.objects.kept()
        .filter(confirmed_at=None, sheet__inventory_id=inventory)
        .exclude(entered_for=None)
        .values_list("sheet__section", "by_link")
    )
)


def current_campaign(territory: Territory | int) -> Campaign | None:
    """The collection under way, else the last one. Its dates are known to all who take part."""
    found = _CURRENT.objects(territory if isinstance(territory, int) else territory.pk)
    return found[0] if found else None


def tiles_of(territory_id: int) -> dict[int, Tile]:
    return {pk: Tile(row.tile_drawing, row.tile_hue) for pk, row in memberships(territory_id).items()}


def memberships(territory_id: int) -> dict[int, TerritoryMember]:
    """The last membership of each body: one query."""
    rows = TerritoryMember.objects.filter(territory_id=territory_id).order_by("pk")
    return {row.authority_id: row for row in rows}


def tile_of(territory_id: int, authority_id: int) -> Tile:
    return tiles_of(territory_id).get(authority_id, Tile(0, "ardoise"))


def board(actor: Actor, campaign: Campaign, members: dict[int, TerritoryMember] | None = None) -> Board:
    """The board as this reader may see it: two queries, however many communes. `members`: those of `memberships`, when known."""
    returns = list(Return.objects.visible_to(actor).filter(campaign=campaign).select_related("authority"))
    for inventory in returns:
        inventory.campaign = campaign
    today = clock.today(campaign.territory.zone)
    detailed = actor.is_team(campaign.territory_id)
    rows = memberships(campaign.territory_id) if members is None else members
    tiles = {pk: Tile(row.tile_drawing, row.tile_hue) for pk, row in rows.items()}
    gone = frozenset(pk for pk, row in rows.items() if row.has_left(today))
    return make(campaign, returns, tiles, today, detailed=detailed, gone=gone)


def joined_since(campaign: Campaign) -> list[Authority]:
    """Communes that are members and have no inventory in this collection: they came once it was open."""
    asked = Return.objects.filter(campaign=campaign).values("authority_id")
    bodies = perimeter.commune_bodies(campaign.territory).exclude(pk__in=asked)
    return sorted(bodies, key=lambda body: (sort_key(body.name), body.pk))


def laid_tiles(
    campaign: Campaign | None, members: dict[int, TerritoryMember] | None = None
) -> tuple[list[Tile], int] | None:
    """Tiles of the communes whose inventory is complete, and how many are awaited; None without a collection."""
    if campaign is None:
        return None
    members = memberships(campaign.territory_id) if members is None else members
    today = clock.today(campaign.territory.zone)
    laid, awaited = [], 0
    for pk, completed in _RETURNED.rows(campaign.pk):
        row = members.get(pk)
        if completed is not None and row is not None:
            laid.append(Tile(row.tile_drawing, row.tile_hue))
        # Whose commune left without giving it back is awaited no more.
        awaited += completed is not None or row is None or not row.has_left(today)
    return laid, awaited


# --- One inventory -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Step:
    """A section in the strip of an inventory: what this reader may open, and its state in words."""

    spec: SectionSpec
    state: str
    url: str
    sheet: SectionSheet | None
    summary: str

    @property
    def word(self) -> str:
        return {"done": "rendue", "draft": "en cours"}.get(self.state, "à faire")

    @property
    def css(self) -> str:
        return {"done": "fait", "draft": "commence"}.get(self.state, "")

    @property
    def kind(self) -> str:
        return "fait" if self.state == "done" else "attend"

    @property
    def icon(self) -> str:
        return {"done": "ok", "draft": "demi"}.get(self.state, "vide")

    @property
    def action(self) -> str:
        verb = "Continuer avec" if self.state == "draft" else "Passer à"
        return f"{verb} « {self.spec.short} »"


def steps(actor: Actor, inventory: Return) -> list[Step]:
    """Sections of the inventory as the reader may see them. Two queries."""
    sheets = {
        sheet.section: sheet
        for sheet in SectionSheet.objects.visible_to(actor)
        .filter(inventory=inventory)
        .select_related("scope")
    }
    told = dict(
        Summary.objects.visible_to(actor)
        .filter(sheet__inventory=inventory)
        .values_list("sheet__section", "text")
    )
    found = []
    for spec in inventory.campaign.specs:
        sheet = sheets.get(spec.name)
        if sheet is not None:
            sheet.inventory = inventory
        open_ = sheet is not None or spec.name in told
        url = reverse("inventory_section", kwargs={"pk": inventory.pk, "section": spec.slug}) if open_ else ""
        found.append(
            Step(spec, inventory.states.get(spec.name, "empty"), url, sheet, told.get(spec.name, ""))
        )
    return found


def next_step(found: Sequence[Step], after: str = "") -> Step | None:
    """The section to go on with: the next one begun or empty after this one, else the first."""
    names = [step.spec.name for step in found]
    start = names.index(after) + 1 if after in names else 0
    turned = [*found[start:], *found[:start]]
    return next(
        (step for step in turned if step.sheet and step.state != "done" and step.spec.name != after), None
    )


def sheet_for(actor: Actor, inventory: Return, spec: SectionSpec) -> SectionSheet | None:
    sheet = (
        SectionSheet.objects.visible_to(actor)
        .for_screen()
        .filter(inventory=inventory, section=spec.name)
        .first()
    )
    if sheet is not None:
        sheet.inventory = inventory
    return sheet


def summary_for(actor: Actor, inventory: Return, spec: SectionSpec) -> Summary | None:
    return (
        Summary.objects.visible_to(actor).filter(sheet__inventory=inventory, sheet__section=spec.name).first()
    )


def rows_of(sheet: SectionSheet) -> list[Row]:
    return list(Row.objects.kept().filter(sheet=sheet).select_related("by_link"))


def removed_row(sheet: SectionSheet, key: str) -> Row | None:
    """The line a form without script has just removed, to be offered back."""
    if not (key.isascii() and key.isdecimal() and len(key) < 18):
        return None
    return Row.objects.filter(sheet=sheet, pk=int(key), removed_at__isnull=False).first()


def bodies(territory: Territory) -> list[str]:
    """Names offered for « Déjà partagé avec »."""
    rows = perimeter.bodies(territory)
    return [
        "Personne",
        *(curly(name) for name in rows.order_by("kind", "name").values_list("name", flat=True)),
    ]


def release_in_force(sheet: SectionSheet) -> Release | None:
    """The figures of this section now in the report (its commune reads them whatever its scope)."""
    return Release.objects.in_force().filter(sheet=sheet).first()


def open_link(sheet: SectionSheet) -> SectionLink | None:
    """The colleague this section is handed to now, with how many lines came from them."""
    return (
        SectionLink.objects.open()
        .filter(sheet=sheet)
        .select_related("sheet__inventory")
        .annotate(lines=Count("rows", filter=Q(rows__removed_at=None)))
        .first()
    )


def open_request(sheet: SectionSheet) -> HelpRequest | None:
    return HelpRequest.objects.filter(sheet=sheet, ended_at=None).first() if sheet.help_open else None


# --- Who reads a section --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Audience:
    """One of the four choices: what is said beside the radio, and what another mayor would read."""

    value: str
    label: str
    small: str
    sentence: str
    after: str


def audiences(sheet: SectionSheet, rows: Sequence[Row]) -> list[Audience]:
    """The four choices with the number of people each reaches. One query for the people, none per choice."""
    inventory, spec = sheet.inventory, sheet.spec
    territory = inventory.campaign.territory
    people = (
        Person.objects.filter(mandates__territory=territory, is_active=True).distinct().select_related("card")
    )
    actors = actors_of(people)

    def count(visibility: str) -> int:
        scope = Scope(territory=territory, visibility=visibility, owner_authority_id=inventory.authority_id)
        return sum(reads(actor, scope) for actor in actors)

    kept = f"{inventory.commune} n’a pas encore partagé cette section."
    told = summaries.sentence_of(sheet, rows)
    detail = (
        "et votre tableau, sans pouvoir y écrire"
        if spec.detail_for_communes
        else "jamais le détail d’un poste"
    )
    sharing = SectionSheet.Sharing
    return [
        Audience(sharing.AUTHORITY, sharing.AUTHORITY.label,
                 f"Le maire, ses adjoints et le secrétariat. {wording.people(count(Visibility.AUTHORITY))}.", kept, ""),
        Audience(sharing.TEAM, sharing.TEAM.label,
                 f"Pour préparer le rapport, sans diffusion. {wording.people(count(Visibility.TEAM))}.", kept,
                 "L’équipe du projet, elle, en tient compte."),
        Audience(sharing.CIRCLE, sharing.CIRCLE.label,
                 f"Maires et secrétaires du territoire. {wording.people(count(Visibility.CIRCLE))}.", told,
                 f"Il lirait cette phrase, {detail}."),
        Audience(sharing.PUBLIC, sharing.PUBLIC.label, "La phrase seulement, jamais le détail.", told,
                 "Les habitants liraient cette phrase, rien d’autre."),
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Preview:
    """Another sentence than the present one, and the choices that would give it."""

    choices: str
    sentence: str


def previews(offered: Sequence[Audience], sharing: str) -> tuple[Audience | None, list[Preview]]:
    """What another mayor reads today, then what he would read with the other choices; the same sentence is said once."""
    now = next((one for one in offered if one.value == sharing), None)
    others: dict[str, list[str]] = {}
    for one in offered:
        if now is None or one.sentence != now.sentence:
            others.setdefault(one.sentence, []).append(f"« {one.label} »")
    return now, [Preview(" ou ".join(labels), sentence) for sentence, labels in others.items()]


def already_read(sheet: SectionSheet) -> list[tuple[str, Any]]:
    """Who, outside the commune, has opened this section, and when last: « Mosaïque vous dira qui l’a déjà vue »."""
    marks = ReadMark.objects.filter(kind=READ_KIND, ref_id=sheet.pk).select_related("person").order_by("-at")
    ours = set(sheet.inventory.authority.mandates.values_list("person_id", flat=True))
    return [(mark.person.full_name, mark.at) for mark in marks if mark.person_id not in ours]


# --- À faire --------------------------------------------------------------------------------


def todos(actor: Actor, campaign: Campaign | None) -> list[Todo]:
    """What the inventory expects of this person, acting for their present mandate. `campaign`: the current one."""
    if actor.territory_id is None:
        return []
    if actor.is_team(actor.territory_id):
        return _team_todos(actor, campaign)
    if campaign is None or campaign.frozen or not campaign.started:
        return []
    found = _OF_COMMUNE.objects(campaign.pk, actor.authority_id or 0)
    if not found:
        return []
    (inventory,) = found
    inventory.campaign = campaign
    if not is_ours(actor, inventory):
        return []
    return _hall_todos(actor, campaign, inventory)


def _team_todos(actor: Actor, campaign: Campaign | None) -> list[Todo]:
    if campaign is None:
        return [Todo("Ouvrir la collecte des inventaires", reverse("inventory_campaign_new"),
                     "Chaque commune dira ce qu’elle a et ce qu’il lui faut.", None, "Préparer la collecte")]  # fmt: skip
    if campaign.frozen:
        return []
    found = []
    # Once something is typed on its behalf, it is the commune's turn: the same section is not asked of both.
    its_turn = Row.objects.kept().filter(confirmed_at=None).exclude(entered_for=None).values("sheet_id")
    asked = SectionSheet.objects.visible_to(actor).for_screen().filter(
        inventory__campaign=campaign, help_open=True,
        inventory__authority__in=perimeter.members(campaign.territory_id).values("authority_id"),
    ).exclude(state=SectionSheet.State.DONE).exclude(pk__in=its_turn)  # fmt: skip
    for sheet in asked[:5]:
        title = f"Remplir « {sheet.spec.short} » pour {sheet.inventory.commune}"
        why = "La commune vous l’a demandé ; elle confirmera avant que cela compte."
        found.append(Todo(title, sheet.get_absolute_url(), why, campaign.closes_on, "Remplir"))
    if campaign.closes_on - clock.today(campaign.territory.zone) > NEAR:
        return found
    missing = Return.objects.filter(
        campaign=campaign, completed_at=None, authority__in=perimeter.members(campaign.territory_id).values("authority_id")
    ).count()  # fmt: skip
    if missing:
        title = "Relancer la commune dont l’inventaire manque" if missing == 1 else (
            f"Relancer les {in_words(missing)} communes dont l’inventaire manque"
        )  # fmt: skip
        late = campaign.late
        why = (
            "La date est passée ; les réponses en retard sont prises."
            if late
            else "La collecte ferme ce jour-là."
        )
        found.append(Todo(title, reverse("inventory_reminders", kwargs={"pk": campaign.pk}),
                          f"{why} Le message est prêt, adapté à chacune.", None if late else campaign.closes_on,
                          "Préparer les relances"))  # fmt: skip
    return found


def _hall_todos(actor: Actor, campaign: Campaign, inventory: Return) -> list[Todo]:
    found = []
    for section, by_link in sorted(dict(_TO_CONFIRM.rows(inventory.pk)).items()):
        spec = next(spec for spec in campaign.specs if spec.name == section)
        url = reverse("inventory_section", kwargs={"pk": inventory.pk, "section": spec.slug})
        why = (
            "La personne à qui vous l’avez confiée par lien a saisi des lignes."
            if by_link
            else "L’équipe du projet a rempli cette section à votre demande."
        )
        title = f"Confirmer ce qui est saisi pour vous : {spec.short}"
        found.append(Todo(title, url, why, campaign.closes_on, "Relire et confirmer"))
    if not inventory.is_complete:
        why = wording.sections_done(inventory.done_count, len(campaign.sections))
        found.append(Todo(f"Rendre l’inventaire {inventory.of_commune}", inventory.get_absolute_url(),
                          f"{why} Vous pouvez vous arrêter quand vous voulez.", campaign.closes_on, "Continuer l’inventaire"))  # fmt: skip
    return found
