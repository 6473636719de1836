"""Communes join, leave and gather: what moves on the day, what never moves, who keeps reading what."""

from datetime import date, timedelta

import pytest

from mosaique.access.actor import ANONYMOUS, Actor
from mosaique.access.middleware import actor_of
from mosaique.access.models import Mandate, Person, Scope, Visibility
from mosaique.access.roles import Role
from mosaique.access.scoped import reads
from mosaique.accounts import queries, services, tasks
from mosaique.accounts.policies import may_change_perimeter, may_entrust
from mosaique.demo.people import Company
from mosaique.journal.models import Line
from mosaique.kernel import clock
from mosaique.kernel.models import OutgoingMail
from mosaique.kernel.verdict import Problem, Refused, Stale
from mosaique.territory import perimeter
from mosaique.territory.maps import shapes_of
from mosaique.territory.models import Authority, PerimeterChange, TerritoryMember
from mosaique.territory.services import Draft

TODAY = date(2026, 11, 26)
NEW_YEAR = date(2027, 1, 1)


def codes(cast: Company) -> set[str]:
    return {body.code for body in perimeter.commune_bodies(cast.territory)}


def announce(cast: Company, slug: str = "cheffe-de-projet", **said: object) -> PerimeterChange:
    change: PerimeterChange = services.announce_change(
        actor=cast.actor(slug),
        territory=cast.territory,
        draft=Draft(**said),  # type: ignore[arg-type]
    )
    return change


def leaving(cast: Company, day: date = NEW_YEAR, **more: object) -> PerimeterChange:
    return announce(cast, kind="leaving", takes_effect_on=day, communes=(cast.commune_b,), **more)


def gathering(cast: Company, day: date = NEW_YEAR, **more: object) -> PerimeterChange:
    said: dict[str, object] = {"successor_name": "Val-d’Assou", "chief": cast.commune_a} | more
    return announce(
        cast, kind="new_commune", takes_effect_on=day, communes=(cast.commune_a, cast.commune_b), **said
    )


def again(cast: Company, slug: str) -> Actor:
    return actor_of(Person.objects.select_related("card").get(pk=cast.people[slug].pk))


def scope(cast: Company, visibility: str, authority: Authority | None = None) -> Scope:
    return Scope.objects.obtain(territory=cast.territory, visibility=visibility, authority=authority)


# --- Who may ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slug", "allowed"),
    [("cheffe-de-projet", True), ("dgs", True), ("presidente", True), ("maire", False), ("secretaire-b", False),
     ("agent", False), ("partenaire", False)],
)  # fmt: skip
def test_who_announces(cast: Company, slug: str, allowed: bool) -> None:
    assert bool(may_change_perimeter(cast.actor(slug), cast.territory)) is allowed


def test_a_mayor_announces_nothing_and_nothing_is_written(cast: Company) -> None:
    with pytest.raises(Refused):
        announce(cast, "maire-b", kind="leaving", takes_effect_on=NEW_YEAR, communes=(cast.commune_b,))
    assert not PerimeterChange.objects.exists()


# --- The day ------------------------------------------------------------------------------------


def test_announced_ahead_nobody_moves_before_the_day(cast: Company) -> None:
    change = leaving(cast)
    assert change.is_awaited and cast.commune_b.code in codes(cast)
    with clock.at(NEW_YEAR - timedelta(days=1)):
        assert tasks.enact_perimeter_changes.call() == 0
    with clock.at(NEW_YEAR):
        assert tasks.enact_perimeter_changes.call() == 1
        assert cast.commune_b.code not in codes(cast)
        assert tasks.enact_perimeter_changes.call() == 0  # as often as one likes
    assert {body.code for body in perimeter.commune_bodies(cast.territory, TODAY)} >= {cast.commune_b.code}
    assert Line.objects.filter(verb="perimeter.enacted", ref_id=change.pk).count() == 1


def test_a_machine_that_was_off_catches_up_to_the_day_of_effect(cast: Company) -> None:
    leaving(cast)
    with clock.at(date(2027, 3, 1)):
        tasks.enact_perimeter_changes.call()
    assert TerritoryMember.objects.get(authority=cast.commune_b).left_on == NEW_YEAR


def test_told_late_it_takes_effect_at_once_at_its_own_date(cast: Company) -> None:
    change = leaving(cast, date(2026, 7, 1))
    change.refresh_from_db()
    assert change.enacted_at is not None and cast.commune_b.code not in codes(cast)
    assert TerritoryMember.objects.get(authority=cast.commune_b).left_on == date(2026, 7, 1)


def test_corrected_before_its_day_then_enacted_as_corrected(cast: Company) -> None:
    change = leaving(cast)
    later = Draft("leaving", date(2027, 2, 1), (Authority.objects.get(insee_code="81292"),))
    services.correct_change(actor=cast.actor("dgs"), change=change, draft=later, seen=1)
    with pytest.raises(Stale):
        services.correct_change(actor=cast.actor("dgs"), change=change, draft=later, seen=1)
    with clock.at(date(2027, 2, 1)):
        tasks.enact_perimeter_changes.call()
        assert cast.commune_b.code in codes(cast) and "81292" not in codes(cast)


def test_cancelled_it_never_takes_effect_and_stays_in_the_history(cast: Company) -> None:
    change = leaving(cast)
    services.cancel_change(actor=cast.actor("cheffe-de-projet"), change=change)
    with clock.at(NEW_YEAR):
        assert tasks.enact_perimeter_changes.call() == 0
        assert cast.commune_b.code in codes(cast)
    change.refresh_from_db()
    assert change.cancelled_at is not None
    with pytest.raises(Problem, match="déjà été annulé"):
        services.cancel_change(actor=cast.actor("cheffe-de-projet"), change=change)


def test_after_its_day_it_is_neither_corrected_nor_cancelled_but_its_reference_is_completed(
    cast: Company,
) -> None:
    change = leaving(cast, TODAY)
    with pytest.raises(Problem, match="a pris effet"):
        services.cancel_change(actor=cast.actor("cheffe-de-projet"), change=change)
    change.refresh_from_db()
    said = {"actor": cast.actor("cheffe-de-projet"), "change": change, "seen": change.version}
    services.note_change(order_reference="Arrêté du 3 mars", note="", **said)
    with pytest.raises(Stale):  # somebody else had the same page open
        services.note_change(order_reference="", note="Sans le numéro", **said)
    change.refresh_from_db()
    assert (change.order_reference, change.note) == ("Arrêté du 3 mars", "")


def test_a_commune_that_left_may_come_back_in_its_own_tile(cast: Company) -> None:
    leaving(cast, date(2026, 6, 1))
    announce(cast, kind="joining", takes_effect_on=date(2026, 9, 1), joining=("81283",))
    first, second = TerritoryMember.objects.filter(authority=cast.commune_b).order_by("pk")
    assert (first.left_on, second.joined_on, second.left_on) == (date(2026, 6, 1), date(2026, 9, 1), None)
    assert (first.tile_drawing, first.tile_hue) == (second.tile_drawing, second.tile_hue)
    assert not again(cast, "maire-b").mandates[0].departed


def test_a_commune_of_the_reference_joins(cast: Company) -> None:
    announce(cast, kind="joining", takes_effect_on=NEW_YEAR, joining=("81004",))
    assert "81004" not in codes(cast)
    with clock.at(NEW_YEAR):
        tasks.enact_perimeter_changes.call()
        assert "81004" in codes(cast)
    assert Authority.objects.get(insee_code="81004").name == "Albi"


def test_a_merger_is_written_and_moves_nobody(cast: Company) -> None:
    before = codes(cast)
    change = announce(
        cast,
        kind="merger",
        takes_effect_on=TODAY,
        successor_name="CC du Grand Val",
        with_bodies="CC des Monts",
    )
    change.refresh_from_db()
    assert change.enacted_at is not None and codes(cast) == before


# --- What cannot be -----------------------------------------------------------------------------


def test_impossible_changes_are_refused_in_french(cast: Company) -> None:
    ours = (cast.commune_a, cast.commune_b)
    everyone = tuple(perimeter.commune_bodies(cast.territory))
    for said, words in (
        ({"kind": "leaving", "communes": ()}, "Cochez la commune"),
        ({"kind": "leaving", "communes": everyone}, "Toutes les communes"),
        ({"kind": "leaving", "communes": (cast.territory.epci,)}, "pas des communes membres"),
        ({"kind": "new_commune", "communes": ours[:1], "successor_name": "X"}, "au moins deux"),
        ({"kind": "new_commune", "communes": ours, "chief": ours[0]}, "Écrivez le nom"),
        ({"kind": "new_commune", "communes": ours, "successor_name": "X"}, "chef-lieu"),
        ({"kind": "new_commune", "communes": ours, "successor_name": "X", "chief": ours[0],
          "successor_siren": ours[1].siren}, "déjà celui de Saussenac"),
        ({"kind": "joining"}, "Dites quelle commune"),
        ({"kind": "joining", "joining": ("99999",)}, "aucune commune"),
        ({"kind": "joining", "joining": ("81283",)}, "déjà membre"),
        ({"kind": "merger"}, "nouvelle intercommunalité"),
        ({"kind": "merger", "successor_name": "X", "takes_effect_on": date(2206, 1, 1)}, "vraisemblable"),
    ):  # fmt: skip
        with pytest.raises(Problem, match=words):
            announce(cast, **({"takes_effect_on": NEW_YEAR} | said))
    assert not PerimeterChange.objects.exists()


def test_one_change_at_a_time_for_a_commune(cast: Company) -> None:
    leaving(cast)
    with pytest.raises(Problem, match="déjà concernée"):
        gathering(cast)


# --- Who reads what -----------------------------------------------------------------------------


def test_people_of_a_commune_that_left_keep_reading_their_own_and_nothing_else(cast: Company) -> None:
    own = scope(cast, Visibility.AUTHORITY, cast.commune_b)
    circles = [scope(cast, Visibility.CIRCLE), scope(cast, Visibility.TERRITORY)]
    before = again(cast, "maire-b")
    assert reads(before, own) and all(reads(before, one) for one in circles) and before.space_ids
    leaving(cast, TODAY)
    after = again(cast, "maire-b")
    assert after.mandate is not None and after.mandate.departed
    assert reads(after, own) and not any(reads(after, one) for one in circles)
    assert after.space_ids == () and after.theme_masks == {}
    assert not after.acts_for(cast.commune_b.pk) and not after.may("comment") and after.may("read")
    # The others lose nothing.
    assert all(reads(again(cast, "maire"), one) for one in circles)


def test_a_commune_nouvelle_is_a_body_of_its_own_and_its_hall_reads_what_the_former_kept(
    cast: Company,
) -> None:
    change = gathering(cast)
    with clock.at(NEW_YEAR):
        tasks.enact_perimeter_changes.call()
        change.refresh_from_db()
        body = change.successor
        assert body is not None
        assert (body.name, body.insee_code, body.code, body.population, body.population_year, body.of_name) == (
            "Val-d’Assou", "81245", "81245-2027", 845, 2023, "de Val-d’Assou",
        )  # fmt: skip
        assert codes(cast) == {"81245-2027", "81068", "81292"}
        tiles = list(perimeter.communes(cast.territory).values_list("tile_drawing", "tile_hue"))
        assert len(set(tiles)) == len(tiles)
        # Nobody is carried over without a choice.
        assert not Mandate.objects.filter(authority=body).exists()
        mine = {m.person_id: m.pk for m in Mandate.objects.filter(authority__in=change.communes.all())}
        people = cast.people
        count = services.carry_over(
            actor=again(cast, "cheffe-de-projet"), change=change,
            choices={mine[people["maire"].pk]: "mayor", mine[people["maire-b"].pk]: "delegate",
                     mine[people["secretaire"].pk]: ""},
        )  # fmt: skip
        assert count == 2
        mayor, delegate = again(cast, "maire"), again(cast, "maire-b")
        assert (
            delegate.mandate is not None
            and delegate.mandate.title == "Maire de la commune déléguée de Saussenac"
        )
        assert delegate.mandate.role == Role.DEPUTY and delegate.acts_for(body.pk)
        for former in (cast.commune_a, cast.commune_b):
            assert reads(mayor, scope(cast, Visibility.AUTHORITY, former))
            assert not mayor.acts_for(former.pk)
        assert reads(mayor, scope(cast, Visibility.CIRCLE))
        # The secretary was not chosen: she reads her former commune, and no circle.
        left_out = again(cast, "secretaire")
        assert reads(left_out, scope(cast, Visibility.AUTHORITY, cast.commune_a))
        assert not reads(left_out, scope(cast, Visibility.CIRCLE))


def test_nobody_is_carried_over_before_the_day_nor_without_a_choice(cast: Company) -> None:
    change = gathering(cast)
    lead = cast.actor("cheffe-de-projet")
    with pytest.raises(Problem, match="n’existe pas encore"):
        services.carry_over(actor=lead, change=change, choices={})
    with clock.at(NEW_YEAR):
        tasks.enact_perimeter_changes.call()
        with pytest.raises(Problem, match="Personne n’a été choisi"):
            services.carry_over(actor=lead, change=change, choices={1: "n’importe quoi"})
        with pytest.raises(Refused):
            services.carry_over(actor=cast.actor("secretaire"), change=change, choices={})


def test_a_commune_nouvelle_has_one_mayor(cast: Company) -> None:
    change = gathering(cast, TODAY)
    lead = again(cast, "cheffe-de-projet")
    held = {m.person_id: m.pk for m in Mandate.objects.filter(authority__in=change.communes.all())}
    first, second = (held[cast.people[slug].pk] for slug in ("maire", "maire-b"))
    with pytest.raises(Problem, match="n’a qu’un maire"):
        services.carry_over(actor=lead, change=change, choices={first: "mayor", second: "mayor"})
    assert services.carry_over(actor=lead, change=change, choices={first: "mayor"}) == 1
    with pytest.raises(Problem, match="est déjà maire"):
        services.carry_over(actor=lead, change=change, choices={second: "mayor"})
    assert services.carry_over(actor=lead, change=change, choices={second: "deputy"}) == 1


def test_a_delegation_is_not_carried_over_and_ends_with_the_mandate_it_comes_from(cast: Company) -> None:
    mayor, secretary = (Mandate.objects.get(person=cast.people[slug]) for slug in ("maire", "secretaire"))
    given = services.entrust(
        actor=cast.actor("maire"),
        mandate=mayor,
        to=secretary,
        what=["inventory"],
        last_day=TODAY + timedelta(30),
    )
    change = gathering(cast, TODAY)
    later = TODAY + timedelta(2)
    with clock.at(later):
        choices = {mayor.pk: "mayor", secretary.pk: "secretary", given.pk: "deputy"}
        assert services.carry_over(actor=again(cast, "cheffe-de-projet"), change=change, choices=choices) == 2
    given.refresh_from_db()
    assert given.ends_on == later
    change.refresh_from_db()
    assert set(Mandate.objects.filter(authority=change.successor).values_list("role", flat=True)) == {
        "mayor", "secretary",
    }  # fmt: skip


def test_two_communes_nouvelles_in_a_row_still_read_the_first_ones(cast: Company) -> None:
    first = gathering(cast, date(2026, 3, 1))
    first.refresh_from_db()
    assert first.successor is not None
    other = Authority.objects.get(insee_code="81292")
    second = gathering_of(cast, (first.successor, other), date(2026, 10, 1))
    assert second.successor is not None
    assert second.successor.code == "81245-2027"  # the code of the year was taken
    assert perimeter.gathered_by([second.successor.pk])[second.successor.pk] == {
        first.successor.pk, other.pk, cast.commune_a.pk, cast.commune_b.pk,
    }  # fmt: skip


def gathering_of(cast: Company, bodies: tuple[Authority, ...], day: date) -> PerimeterChange:
    change = announce(
        cast, kind="new_commune", takes_effect_on=day, communes=bodies, successor_name="Les Trois-Vals", chief=bodies[0]
    )  # fmt: skip
    change.refresh_from_db()
    return change


def test_the_map_of_a_commune_nouvelle_is_that_of_the_communes_it_gathers(cast: Company) -> None:
    gathering(cast, TODAY)
    drawn = shapes_of(sorted(codes(cast)))
    assert drawn is not None and [shape.code for shape in drawn.shapes] == ["81068", "81245-2026", "81292"]


# --- Who is told --------------------------------------------------------------------------------


def test_the_town_hall_is_told_each_time_and_the_others_are_not(cast: Company) -> None:
    change = leaving(cast)
    services.cancel_change(actor=cast.actor("cheffe-de-projet"), change=change)
    told = OutgoingMail.objects.filter(kind="perimeter")
    boxes = set(
        Person.objects.filter(mandates__authority=cast.commune_b, mandates__role__in=["mayor", "secretary"])
        .values_list("email", flat=True)
    )  # fmt: skip
    assert set(told.values_list("to", flat=True)) == boxes
    assert "emporter ses données" in told.order_by("pk")[0].text
    assert "n’aura pas lieu" in told.order_by("-pk")[0].text


def test_told_late_the_town_hall_gets_one_message(cast: Company) -> None:
    leaving(cast, date(2026, 7, 1))
    told = OutgoingMail.objects.filter(kind="perimeter").values_list("to", "subject")
    assert told and len({to for to, _ in told}) == len(told)
    assert all("a pris effet" in subject for _, subject in told)


def test_the_town_halls_gathered_are_told_how_they_are_carried_over(cast: Company) -> None:
    gathering(cast, TODAY)
    texts = list(OutgoingMail.objects.filter(kind="perimeter").values_list("text", flat=True))
    assert texts and all("Vous agissez pour Val-d’Assou ?" in text for text in texts)
    leaving_only = OutgoingMail.objects.filter(kind="perimeter").count()
    announce(
        cast, kind="leaving", takes_effect_on=TODAY, communes=(Authority.objects.get(insee_code="81292"),)
    )
    last = OutgoingMail.objects.filter(kind="perimeter").order_by("pk")[leaving_only:]
    assert all("Vous agissez pour" not in mail.text for mail in last)


def test_the_day_comes_even_when_another_body_has_taken_the_number_announced(cast: Company) -> None:
    change = gathering(cast, successor_siren="200000008")
    other = Authority.objects.create(kind="other", name="Syndicat né entre-temps", siren="200000008")
    with clock.at(NEW_YEAR):
        assert tasks.enact_perimeter_changes.call() == 1
    change.refresh_from_db()
    assert change.successor is not None and change.successor.siren is None
    assert change.successor_siren == other.siren == "200000008"


def test_a_commune_nouvelle_without_anyone_hides_no_other_commune(cast: Company) -> None:
    Mandate.objects.filter(authority__insee_code="81292").delete()
    gathering(cast, TODAY)
    titles = [todo.title for todo in queries.todos(again(cast, "cheffe-de-projet"))]
    assert titles[0] == "Dire qui agit pour Val-d’Assou"
    assert len(titles) == 2 and titles[1].startswith("Inviter")


def test_whose_commune_left_entrusts_nothing_more(cast: Company) -> None:
    own = Mandate.objects.get(person=cast.people["maire-b"])
    assert may_entrust(again(cast, "maire-b"), own)
    leaving(cast, TODAY)
    assert "plus rien à confier" in may_entrust(again(cast, "maire-b"), own).reason


def test_the_worker_writes_as_the_product_itself(cast: Company) -> None:
    change = leaving(cast)
    with clock.at(NEW_YEAR):
        services.enact_change(actor=ANONYMOUS, change=change)
    assert Line.objects.get(verb="perimeter.enacted").person_id is None
