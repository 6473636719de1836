"""A territory from the reference: bodies, facts, members, tiles."""

from datetime import date
from time import process_time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mosaique.access.actor import ANONYMOUS
from mosaique.kernel import clock
from mosaique.kernel.verdict import Problem
from mosaique.territory import queries, services
from mosaique.territory.models import Authority, Territory, TerritoryMember
from mosaique.territory.reference import index
from mosaique.territory.tests.test_tiles import VAL_81
from mosaique.territory.tiles import EPCI_TILE

pytestmark = pytest.mark.django_db


def make(siren="248100497", **extra):
    return services.create_territory(actor=ANONYMOUS, epci_siren=siren, **extra)


def test_val_81_by_hand():
    territory = make(adoption_target=date(2027, 12, 14))
    assert (territory.state, territory.slug, territory.reference_vintage) == ("prepared", "cc-val-81", "2026")
    assert territory.adoption_target == date(2027, 12, 14)
    assert territory.created_at == clock.now()
    epci = territory.epci
    assert (epci.kind, epci.name, epci.department, epci.population, epci.population_year) == (
        "epci", "CC Val 81", "81", 5_566, 2023,
    )  # fmt: skip
    assert (epci.legal_nature, epci.tax_regime) == ("CC", "FA")
    valence = Authority.objects.get(insee_code="81308")
    assert (valence.name, valence.siren, valence.population, valence.tncc) == (
        "Valence-d’Albigeois", "218103083", 1_277, "0",
    )  # fmt: skip
    assert TerritoryMember.objects.filter(territory=territory).count() == 20
    own = TerritoryMember.objects.get(territory=territory, authority=epci)
    assert (own.tile_drawing, own.tile_hue) == (EPCI_TILE.drawing, EPCI_TILE.hue)
    members = queries.members(territory)
    assert {m.name.replace("’", "'"): m.tile for m in members} == VAL_81
    assert [m.name for m in members][:3] == ["Andouque", "Assac", "Cadix"]
    assert [m.name for m in members][8:11] == ["Le Dourn", "Lédas-et-Penthiès", "Padiès"]


def test_the_158_communes_of_the_pays_basque_in_few_queries_and_little_time():
    siren = index.search("pays basque")[0].epci.siren
    start = process_time()
    with CaptureQueriesContext(
        connection,
    ) as context:
        territory = make(siren)
    assert process_time() - start < 3
    assert len(context) <= 12
    with CaptureQueriesContext(connection) as context:
        assert len(queries.members(territory)) == 158
    assert len(context) == 1


def test_several_departments_and_overseas():
    redon = make(index.search("redon agglomération")[0].epci.siren)
    assert redon.epci.department == "35"
    assert set(Authority.objects.filter(kind="commune").values_list("department", flat=True)) == {
        "35",
        "44",
        "56",
    }
    cap = make(index.search("cap excellence")[0].epci.siren)
    assert cap.zone.key == "America/Guadeloupe"
    assert len(queries.members(cap)) == 3


def test_a_territory_is_made_once():
    make()
    with pytest.raises(Problem, match="a déjà son territoire"):
        make()
    assert Territory.objects.count() == 1


@pytest.mark.parametrize("siren", ["", "123456789", "abc"])
def test_an_unknown_epci_creates_nothing(siren):
    with pytest.raises(Problem, match="pas dans la liste nationale"):
        make(siren)
    assert not Authority.objects.exists()


def test_a_body_already_known_is_kept_and_brought_up_to_date():
    before = Authority.objects.create(kind="other", name="Mairie de Cadix", siren="218100477", population=1)
    place = index.commune("81047")
    assert place.siren == before.siren
    make()
    before.refresh_from_db()
    assert (before.kind, before.name, before.insee_code, before.population) == (
        "commune",
        "Cadix",
        "81047",
        220,
    )


def test_homonyms_get_their_own_address(small_territory):
    small_territory.slug = "cc-coeur-de-garonne"
    small_territory.save()
    assert make("200068815").slug == "cc-coeur-de-garonne-200068815"


def test_opening_twice_keeps_the_first_moment():
    territory = services.open_territory(actor=ANONYMOUS, territory=make())
    first = territory.opened_at
    assert (territory.state, first) == ("open", clock.now())
    with clock.at(date(2027, 1, 1)):
        assert services.open_territory(actor=ANONYMOUS, territory=territory).opened_at == first
    services.set_adoption_target(actor=ANONYMOUS, territory=territory, day=None)
    assert Territory.objects.get().adoption_target is None


def test_the_preview_shows_the_tiles_that_will_be_stored():
    before = queries.future_members(index.communes_of("248100497"))
    after = queries.members(make())
    assert [(m.code, m.name, m.population, m.tile) for m in before] == [
        (m.code, m.name, m.population, m.tile) for m in after
    ]
    assert queries.identity_map(before).unlabelled == ()


def test_a_large_map_only_names_the_largest():
    members = queries.future_members(index.communes_of(index.search("pays basque")[0].epci.siren))
    page = str(queries.identity_map(members))
    assert page.count("<text") <= queries.SOME_NAMES
    assert "Bayonne" in page
    # On a narrow map letters are larger: only names that do not cover another there stay.
    assert 0 < page.count('<g class="">') <= 3
