"""The tile rule is public: these expectations were worked out from the rule, not from the code."""

from itertools import islice
from zlib import crc32

from hypothesis import given, settings
from hypothesis import strategies as st

from mosaique.territory.reference import index
from mosaique.territory.reference.store import store
from mosaique.territory.tiles import COLOURS, FIGURES, HUES, PAIRS, Tile, assign

# The floor of CC Val 81, in the order of the names.
VAL_81 = {
    "Andouque": Tile(2, "ocre"), "Assac": Tile(4, "ardoise"), "Cadix": Tile(6, "bv"), "Courris": Tile(0, "bv"),
    "Crespinet": Tile(4, "olive"), "Faussergues": Tile(5, "ocre"), "Fraissines": Tile(1, "ardoise"),
    "Lacapelle-Pinet": Tile(0, "ocre"), "Le Dourn": Tile(5, "ardoise"), "Lédas-et-Penthiès": Tile(4, "bv"),
    "Padiès": Tile(3, "ocre"), "Saint-Cirgue": Tile(0, "prune"), "Saint-Grégoire": Tile(0, "brique"),
    "Saint-Julien-Gaulène": Tile(6, "prune"), "Saint-Michel-Labadié": Tile(0, "ardoise"),
    "Saussenac": Tile(3, "olive"), "Sérénac": Tile(1, "ocre"), "Trébas": Tile(2, "brique"),
    "Valence-d'Albigeois": Tile(2, "prune"),
}  # fmt: skip


def test_the_floor_of_a_real_territory():
    members = index.communes_of("248100497")
    tiles = assign(m.insee for m in members)
    assert {m.name: tiles[m.insee] for m in members} == VAL_81


def test_a_single_commune_keeps_its_own_number():
    number = crc32(b"2A004") % 48
    assert assign(["2A004"]) == {"2A004": Tile(number % 8, HUES[number // 8])}


def test_a_collision_takes_the_next_free_number():
    """Two codes of the same number: the lower code keeps it, the other moves by one."""
    first = "01001"
    wanted = crc32(first.encode()) % 48
    second = next(c for c in (f"{n:05}" for n in range(1002, 99_000)) if crc32(c.encode()) % 48 == wanted)
    tiles = assign([second, first])
    assert tiles[first] == Tile(wanted % 8, HUES[wanted // 8])
    after = (wanted + 1) % 48
    assert tiles[second] == Tile(after % 8, HUES[after // 8])


def test_beyond_48_communes_pairs_repeat_evenly():
    tiles = assign(m.insee for m in index.communes_of(index.search("pays basque")[0].epci.siren))
    borne = [list(tiles.values()).count(tile) for tile in set(tiles.values())]
    assert len(tiles) == 158
    assert len(borne) == PAIRS
    assert {3, 4} == set(borne)  # 158 = 3 × 48 + 14


def test_newcomers_leave_the_stored_tiles_alone():
    before = assign(["81001", "81002", "81003"])
    after = assign(["81004"], taken=before.values())
    assert not set(before.values()) & set(after.values())


@settings(deadline=None)
@given(st.sets(st.integers(0, 34_874), min_size=1, max_size=200))
def test_every_territory_gets_an_even_floor(positions):
    codes = [store().lines[p][:5] for p in islice(positions, 200)]
    tiles = assign(codes)
    assert set(tiles) == set(codes)
    counts = [list(tiles.values()).count(t) for t in set(tiles.values())]
    if len(codes) <= PAIRS:
        assert max(counts) == 1
    else:
        assert len(counts) == PAIRS
        assert max(counts) - min(counts) <= 1
    assert assign(reversed(codes)) == tiles


def test_every_pair_can_be_drawn():
    assert len(FIGURES) == 8
    assert set(COLOURS) == set(HUES)
