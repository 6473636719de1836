"""The history of the perimeter: who is and was a member, what is announced, and what each change does before it is confirmed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mosaique.access.actor import Actor
from mosaique.access.models import Mandate
from mosaique.accounts import queries as people
from mosaique.consultation import queries as consultation
from mosaique.consultation.models import CouncilFile
from mosaique.inventory import queries as inventory
from mosaique.kernel import clock
from mosaique.kernel.typography import date_long, integer
from mosaique.kernel.ui.parts import Event, Link
from mosaique.scheme.models import ActionSheet, Version
from mosaique.territory import perimeter
from mosaique.territory.models import Authority, PerimeterChange, Territory, TerritoryMember
from mosaique.territory.naming import curly, in_words, listed, of
from mosaique.territory.queries import sort_key
from mosaique.territory.reference import index, moves
from mosaique.territory.services import Draft
from mosaique.territory.tiles import Tile

Kind = PerimeterChange.Kind
#: What each kind is read in, never more than « à vérifier »: the arrêté says what applies.
ARTICLES: dict[str, str] = {
    Kind.JOINING: "CGCT, article L. 5211-18, à vérifier",
    Kind.LEAVING: "CGCT, articles L. 5211-19 et L. 5214-26, à vérifier",
    Kind.NEW_COMMUNE: "CGCT, articles L. 2113-1 et suivants, à vérifier",
    Kind.MERGER: "CGCT, article L. 5211-41-3, à vérifier",
}


@dataclass(frozen=True, slots=True)
class Effect:
    """One line of « Ce qui va se passer »."""

    title: str
    text: str
    links: tuple[Link, ...] = ()


# --- Who is and was a member ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stay:
    """One membership: a commune, from when, until when, and what became of it."""

    authority: Authority
    tile: Tile
    since: date | None
    until: date | None
    became: str

    @property
    def is_over(self) -> bool:
        return self.until is not None

    @property
    def has_moved(self) -> bool:
        return self.since is not None or self.until is not None


@dataclass(frozen=True, slots=True)
class History:
    """The page."""

    awaited: list[PerimeterChange]
    past: list[PerimeterChange]
    events: list[Event]
    stays: list[Stay]
    official: list[moves.Gathering]
    day: date
    here: list[TerritoryMember]

    @property
    def moved(self) -> list[Stay]:
        return [stay for stay in self.stays if stay.has_moved]

    @property
    def others(self) -> list[Stay]:
        return [stay for stay in self.stays if not stay.has_moved]

    @property
    def others_title(self) -> str:
        count = len(self.others)
        return (
            f"{count} communes membres depuis l’ouverture, sans changement"
            if count > 1
            else "Une commune membre depuis l’ouverture"
        )


def history(territory: Territory, day: date) -> History:
    """Six queries or so, however many changes and communes."""
    changes = list(PerimeterChange.objects.for_screen().filter(territory=territory))
    here = list(perimeter.communes(territory, day))
    became = {
        body.pk: f"réunie dans {change.successor_name}" if change.successor_name else "retirée"
        for change in changes
        if change.enacted_at is not None and change.takes_away
        for body in change.communes.all()
    }
    rows = TerritoryMember.objects.filter(
        territory=territory, authority__kind=Authority.Kind.COMMUNE
    ).select_related("authority")
    today = clock.today(territory.zone)
    stays = [
        Stay(
            row.authority, Tile(row.tile_drawing, row.tile_hue), row.joined_on, row.left_on,
            became.get(row.authority_id, "") if row.has_left(today) else "",
        )
        for row in rows
    ]  # fmt: skip
    codes = [stay.authority.insee_code for stay in stays if stay.authority.own_code is None]
    return History(
        awaited=sorted((c for c in changes if c.is_awaited), key=lambda c: (c.takes_effect_on, c.pk)),
        past=[c for c in changes if not c.is_awaited],
        events=[_event(change) for change in changes],
        stays=sorted(
            stays, key=lambda stay: (stay.is_over, sort_key(stay.authority.name), stay.since or date.min)
        ),
        official=moves.gatherings(codes),
        day=day,
        here=here,
    )


def state_of(change: PerimeterChange) -> tuple[str, str]:
    """Kind and word of `etat`."""
    if change.cancelled_at is not None:
        return "vide", "annulé"
    return ("fait", "a pris effet") if change.enacted_at is not None else ("attend", "annoncé")


def _event(change: PerimeterChange) -> Event:
    said = f"{date_long(change.takes_effect_on).capitalize()}, {state_of(change)[1]}."
    if change.kind == Kind.NEW_COMMUNE:
        said += f" Réunit {listed(change.names)}."
    if change.order_reference:
        said += f" {change.order_reference}."
    return Event(change.title, said, change.get_absolute_url())


# --- Ce qui va se passer -------------------------------------------------------------------------


def will_happen(actor: Actor, territory: Territory, draft: Draft) -> list[Effect]:
    """What confirming does, said before: what moves, what does not, who is concerned, what is left to people."""
    effects = []
    today = clock.today(territory.zone)
    if draft.takes_effect_on <= today:
        effects.append(
            Effect(
                "Cela prend effet dès que vous confirmez",
                f"Le {date_long(draft.takes_effect_on)} est {'aujourd’hui' if draft.takes_effect_on == today else 'passé'}. Après la "
                "confirmation, ce changement ne se corrige plus et ne s’annule plus.",
            )
        )
    return effects + _EFFECTS[Kind(draft.kind)](actor, territory, draft)


def draft_of(change: PerimeterChange) -> Draft:
    bodies = tuple(sorted(change.communes.all(), key=lambda body: body.name))
    joins = change.kind == Kind.JOINING
    return Draft(
        kind=change.kind, takes_effect_on=change.takes_effect_on, communes=() if joins else bodies,
        joining=tuple(body.insee_code for body in bodies) if joins else (), successor_name=change.successor_name,
        successor_siren=change.successor_siren, chief=change.chief, with_bodies=change.with_bodies,
        order_reference=change.order_reference, note=change.note,
    )  # fmt: skip


def _names(bodies: Iterable[Authority]) -> str:
    return listed([body.name for body in bodies])


def _no_longer_counted(territory: Territory, draft: Draft, more: int = 0) -> Effect:
    left = perimeter.communes(territory).count() - len(draft.communes) + more
    several = len(draft.communes) > 1
    return Effect(
        f"Le {date_long(draft.takes_effect_on)}, {left} commune{'s' if left > 1 else ''} membre{'s' if left > 1 else ''}",
        f"{_names(draft.communes)} {'ne sont' if several else 'n’est'} plus comptée{'s' if several else ''} dans ce qui s’ouvre à partir "
        "de ce jour : collectes, consultations, positions, calculs, pages des communes.",
    )


def _nothing_erased(territory: Territory) -> Effect:
    frozen = Version.objects.filter(scheme__territory=territory).count()
    said = (
        f"Les {frozen} versions figées gardent" if frozen > 1 else "La version figée garde" if frozen else ""
    )
    return Effect(
        "Rien n’est effacé, rien de ce qui est adopté ne change",
        f"{said + ' les communes de leur jour. ' if said else ''}Les avis donnés, les positions, les inventaires et le journal restent, "
        "à leur date.",
    )


def sheets_to_redo(actor: Actor, bodies: Sequence[Authority]) -> list[ActionSheet]:
    """Sheets whose calculation still counts these bodies: one query."""
    return list(
        ActionSheet.objects.visible_to(actor)
        .filter(scenario__parties__in=bodies, scenario__closed=False)
        .exclude(status=ActionSheet.Status.DROPPED)
        .distinct()
        .order_by("number", "pk")
    )


def _under_way(actor: Actor, territory: Territory, draft: Draft) -> list[Effect]:
    """What is open now and concerns them."""
    found, several = [], len(draft.communes) > 1
    current = consultation.current(actor)
    if current is not None and consultation.adoption_of(current) is None:
        councils = CouncilFile.objects.visible_to(actor).filter(
            consultation=current, authority__in=draft.communes
        )
        if councils.exists():
            found.append(
                Effect(
                    f"La consultation en cours garde {'leurs lignes' if several else 'sa ligne'}",
                    "La ligne du conseil reste au tableau, avec la date du départ. Un avis déjà donné reste compté ; Mosaïque n’en "
                    "attend plus et n’en déduit plus du silence. Demandez à la préfecture s’il faut le recueillir quand même (à vérifier).",
                    (Link("Voir le tableau des avis", current.get_absolute_url()),),
                )
            )
    campaign = inventory.current_campaign(territory)
    if campaign is not None and not campaign.frozen:
        found.append(
            Effect(
                f"La collecte en cours garde {'leurs inventaires' if several else 'son inventaire'}",
                f"{'Tels qu’ils sont' if several else 'Tel qu’il est'} au jour du départ : "
                f"{'ils ne se remplissent' if several else 'il ne se remplit'} plus ensuite, et ce qui en a été partagé reste partagé.",
            )
        )
    sheets = sheets_to_redo(actor, draft.communes)
    if sheets:
        found.append(
            Effect(
                f"{'Un calcul est' if len(sheets) == 1 else f'{in_words(len(sheets)).capitalize()} calculs sont'} à reprendre",
                "Ces fiches les comptent parmi qui partage le coût. Mosaïque n’y touche pas : c’est à vous de dire qui partage désormais.",
                tuple(Link(sheet.title, sheet.get_absolute_url()) for sheet in sheets),
            )
        )
    return found


def _people(territory: Territory, draft: Draft) -> int:
    return len({mandate.person_id for mandate in people.acting_for(territory.pk, draft.communes)})


def _leaving(actor: Actor, territory: Territory, draft: Draft) -> list[Effect]:
    count = _people(territory, draft)
    said = "Personne n’agit encore ici pour elle." if not count else (
        f"{integer(count)} personne{'s' if count > 1 else ''} {'perdent' if count > 1 else 'perd'} la lecture de ce qui est partagé entre "
        "les communes et la place dans les espaces. Chaque mairie garde la lecture de ce qui était à elle, et peut l’emporter. La mairie "
        "est prévenue par courriel dès votre confirmation."
    )  # fmt: skip
    return [
        _no_longer_counted(territory, draft),
        _nothing_erased(territory),
        *_under_way(actor, territory, draft),
        Effect("Les personnes", said),
        Effect(
            "Ce que Mosaïque ne dit pas",
            "Qui reprend les agents, les biens, les emprunts et les contrats, et ce que deviennent les conventions : l’arrêté et les "
            f"accords entre collectivités le disent ({ARTICLES[Kind.LEAVING]}).",
        ),
    ]


def _new_commune(actor: Actor, territory: Territory, draft: Draft) -> list[Effect]:
    assert draft.chief is not None
    counted = [body.population for body in draft.communes if body.population is not None]
    whole = len(counted) == len(draft.communes)
    sum_said = (
        f"Sa population est la somme des leurs, {integer(sum(counted))} habitants, en attendant le chiffre officiel."
        if whole
        else "Sa population n’est pas dite : celle d’une des communes manque."
    )
    count = _people(territory, draft)
    return [
        Effect(
            f"{draft.successor_name} est créée ici",
            f"Elle est membre le {date_long(draft.takes_effect_on)}, avec son propre carreau et le contour des communes réunies. Elle "
            f"porte le code Insee {of(draft.chief.name, int(draft.chief.tncc or 0))}, {draft.chief.insee_code} (à vérifier). {sum_said}",
        ),
        _no_longer_counted(territory, draft, 1),
        Effect(
            "Elles restent, comme anciennes communes",
            f"{_names(draft.communes)} gardent leur nom et leur page, avec la mention de {draft.successor_name}. Une ancienne commune "
            f"devient commune déléguée, sauf décision contraire ({ARTICLES[Kind.NEW_COMMUNE]}).",
        ),
        _nothing_erased(territory),
        *_under_way(actor, territory, draft),
        Effect(
            "Les personnes vous sont proposées, une par une",
            f"{'Personne n’agit' if not count else f'{integer(count)} personnes agissent' if count > 1 else 'Une personne agit'} pour "
            "elles aujourd’hui. Aucun mandat ne passe tout seul : le jour venu, vous dites pour chaque personne si elle agit pour la "
            "commune nouvelle, et comme quoi. Sa mairie lit alors les inventaires des anciennes communes.",
        ),
    ]


def _joining(actor: Actor, territory: Territory, draft: Draft) -> list[Effect]:
    places = [place for code in draft.joining if (place := index.commune(code)) is not None]
    names = [curly(place.name) for place in places]
    several = len(names) > 1
    known = Authority.objects.filter(insee_code__in=draft.joining, own_code=None)
    elsewhere = (
        Territory.objects.visible_to(actor).filter(members__authority__in=known).exclude(pk=territory.pk)
    )
    found = [
        Effect(
            f"{' et '.join(names)} {'sont' if several else 'est'} membre{'s' if several else ''} le {date_long(draft.takes_effect_on)}",
            f"{'Elles reçoivent' if several else 'Elle reçoit'} un carreau et {'entrent' if several else 'entre'} dans ce qui s’ouvre "
            f"à partir de ce jour ({ARTICLES[Kind.JOINING]}).",
        ),
        Effect(
            "Ce qui est déjà ouvert ne change pas",
            "La collecte et la consultation en cours gardent les communes de leur ouverture ; les versions figées aussi.",
        ),
        Effect(
            "Personne n’y est encore invité",
            "Le jour venu, « Inviter la mairie » viendra dans ce qui vous attend.",
        ),
    ]
    for other in elsewhere.for_screen().distinct():
        still = _names(perimeter.commune_bodies(other).filter(pk__in=known))
        if still:
            found.append(
                Effect(
                    f"{other.epci.name} compte encore {still} parmi ses communes",
                    "Rien n’y change d’ici : son équipe de projet inscrit le retrait de son côté.",
                )
            )
    return found


def _merger(actor: Actor, territory: Territory, draft: Draft) -> list[Effect]:
    found = [
        Effect(
            "La fusion est inscrite dans l’histoire",
            f"{territory.epci.name} et {draft.with_bodies} forment {draft.successor_name} le {date_long(draft.takes_effect_on)} "
            f"({ARTICLES[Kind.MERGER]}).",
        ),
        Effect(
            "Aucune donnée n’est déplacée",
            "Les communes membres, les fiches, les inventaires et les mandats restent ici, lisibles comme avant. Le territoire de la "
            "nouvelle intercommunalité se prépare à part, et les communes y sont invitées de nouveau.",
        ),
    ]
    there = successor_territory(actor, draft.successor_siren)
    if there is not None:
        found.append(
            Effect(
                "Son territoire est déjà ouvert ici",
                "L’histoire y conduira.",
                (Link(there.epci.name, there.get_absolute_url()),),
            )
        )
    return found


_EFFECTS: dict[str, Callable[[Actor, Territory, Draft], list[Effect]]] = {
    Kind.JOINING: _joining, Kind.LEAVING: _leaving, Kind.NEW_COMMUNE: _new_commune, Kind.MERGER: _merger,
}  # fmt: skip


def successor_territory(actor: Actor, siren: str) -> Territory | None:
    """The territory of the intercommunality born of a merger, when it is on this instance and the reader may see it."""
    if not siren:
        return None
    return Territory.objects.visible_to(actor).for_screen().filter(epci__siren=siren).first()


# --- After ---------------------------------------------------------------------------------------


def to_carry(change: PerimeterChange) -> list[Mandate]:
    """Mandates running for the communes gathered: those the lead may carry over. A delegation is nobody's own."""
    if change.successor is None:
        return []
    held = people.acting_for(change.territory_id, change.communes.all()).filter(entrusted=[])
    return list(held.order_by("authority__name", "person__family_name", "pk"))
