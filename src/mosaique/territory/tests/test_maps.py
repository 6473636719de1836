"""Outlines survive their coding, maps are light, names stand inside what they name."""

import re
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from hypothesis import given, settings
from hypothesis import strategies as st

from mosaique.territory import maps
from mosaique.territory.pole import area, distance, pole
from mosaique.territory.reference import index, outlines
from mosaique.territory.reference.topology import absolute, encode, join, quantise
from mosaique.territory.tiles import assign

SQUARE = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]


def _map(name, fill=None, labelled=True):
    members = index.communes_of(index.search(name)[0].epci.siren)
    tiles = assign(m.insee for m in members)
    shown = [
        maps.Area(
            m.insee,
            fill or tiles[m.insee],
            label=m.name if labelled else "",
            prominent=m.municipal_population > 1_000,
        )
        for m in members
    ]
    return members, maps.draw(outlines.of(m.insee for m in members), shown)


# --- Outlines ---


def test_neighbours_share_their_border():
    """Two squares side by side: three arcs, not two whole rings, and both come back."""
    left = [[[(0, 0), (10, 0), (10, 10), (0, 10)]]]
    right = [[[(10, 0), (20, 0), (20, 10), (10, 10)]]]
    topology = encode({"a": left, "b": right})
    assert len(topology["arcs"]) == 3
    arcs = [absolute(deltas) for deltas in topology["arcs"]]
    for geometry, expected in zip(topology["objects"]["communes"]["geometries"], (left, right), strict=True):
        ring = join(arcs, geometry["arcs"][0])
        start = ring.index(expected[0][0][0])
        assert ring[start:] + ring[:start] == expected[0][0]


def test_an_enclave_and_its_hole_are_one_arc():
    hole = [(4, 4), (6, 4), (6, 6), (4, 6)]
    around = [[[(0, 0), (10, 0), (10, 10), (0, 10)], hole[::-1]]]
    topology = encode({"a": around, "b": [[hole]]})
    assert len(topology["arcs"]) == 2
    assert topology["objects"]["communes"]["geometries"][1]["arcs"] == [[~1]]


def test_quantise_drops_closing_and_repeated_points():
    geometry = {"type": "Polygon", "coordinates": [[[0, 0], [0.00001, 0], [1, 0], [1, 1], [0, 0]]]}
    assert quantise(geometry) == [[[(0, 0), (10_000, 0), (10_000, 10_000)]]]


def test_a_real_outline_by_its_surface():
    """Valence-d'Albigeois: 20.68 km², found again from the shipped outline within 2 %."""
    outline = outlines.of(["81308"])["81308"]
    (ring,) = outline.polygons[0]
    degree = 111.195
    square_km = area([(lon * degree * 0.7192, lat * degree) for lon, lat in ring])
    assert square_km == pytest.approx(20.68, rel=0.02)
    place = index.commune("81308")
    assert distance(place.longitude, place.latitude, [ring]) > 0


@pytest.mark.parametrize("code", ["81999", "", "zz", "../81", "97999", "²²123"])
def test_unknown_outlines_are_left_out(code):
    assert outlines.of([code, "81308"]).keys() == {"81308"}


# --- Place of names ---


def test_pole_of_a_square_and_of_a_dumbbell():
    x, y = pole([SQUARE], precision=0.1)
    assert (x, y) == (pytest.approx(5, abs=0.6), pytest.approx(5, abs=0.6))
    dumbbell = [
        (0, 0),
        (20, 0),
        (20, 9),
        (60, 9),
        (60, 0),
        (100, 0),
        (100, 40),
        (60, 40),
        (60, 11),
        (20, 11),
        (20, 20),
        (0, 20),
    ]
    x, y = pole([dumbbell])
    assert x > 60  # in the larger half, not at the centre of gravity


def test_pole_avoids_holes():
    hole = [(2.0, 2.0), (8.0, 2.0), (8.0, 8.0), (2.0, 8.0)]
    x, y = pole([SQUARE, hole], precision=0.1)
    assert distance(x, y, [SQUARE, hole]) > 0.5


@settings(deadline=None)
@given(st.integers(0, 34_874))
def test_a_name_always_stands_inside_its_commune(position):
    from mosaique.territory.reference.store import store

    code = store().lines[position][:5]
    polygon = max(outlines.of([code])[code].polygons, key=lambda p: area(p[0]))
    scaled = [[(x * 1_000, y * 1_000) for x, y in ring] for ring in polygon]
    assert distance(*pole(scaled, precision=0.05), scaled) > 0


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Assac", ["Assac"]),
        ("Le Dourn", ["Le Dourn"]),
        ("Valence-d'Albigeois", ["Valence-", "d’Albigeois"]),
        ("Saint-Julien-Gaulène", ["Saint-Julien-", "Gaulène"]),
        ("Lédas-et-Penthiès", ["Lédas-et-", "Penthiès"]),
        (
            "Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson",
            ["Saint-Remy-en-", "Bouzemont-Saint-", "Genest-et-Isson"],
        ),
        ("Faussergueslong", ["Faussergueslong"]),
    ],
)
def test_names_are_cut_where_one_would_cut_them(name, lines):
    assert maps.lines_of(name) == lines
    assert "".join(lines).replace(" ", "") == name.replace("'", "’").replace(" ", "")


# --- Maps ---


@pytest.mark.parametrize(
    ("name", "communes", "most"),
    [
        ("cc val 81", 19, 20_000),
        ("pays basque", 158, 60_000),
        ("redon agglomération", 31, 30_000),
        ("cc mont lozère", 21, 25_000),
        ("cap excellence", 3, 8_000),
        ("rennes métropole", 43, 35_000),
    ],
)
def test_maps_of_real_territories(name, communes, most):
    members, drawn = _map(name, labelled=communes <= 48)
    page = str(drawn)
    assert len(members) == communes
    assert page.count("<path") - drawn.patterns.count("<path") == communes
    assert len(page.encode()) <= most
    assert 'aria-hidden="true"' in page
    ElementTree.fromstring(f"<div>{page}</div>")
    root = ElementTree.fromstring(drawn.standalone)
    assert root.get("width") == "806"
    assert not re.search(r'class="', drawn.standalone)


def test_the_shape_is_true():
    """CC Val 81 is 0.751 times as tall as wide: same frame as the page drawn by hand."""
    _, drawn = _map("cc val 81")
    assert drawn.view_box == "-3 -3 806 607"
    assert drawn.unlabelled == ()


def test_a_tall_territory_stays_in_the_frame():
    tall = outlines.Outline("1", ((((2.0, 44.0), (2.1, 44.0), (2.1, 45.0), (2.0, 45.0)),),))
    drawn = maps.draw({"1": tall}, [maps.Area("1", "m-oui")])
    assert drawn.height == maps.MAX_HEIGHT + 6
    start = re.search(r'd="M(\d+) ', drawn.shapes)
    assert 300 < int(start.group(1)) < 450


def test_names_never_cover_each_other():
    _, drawn = _map("rennes métropole")
    boxes = []
    for x, lines in re.findall(r'<text x="([\d.-]+)" y="\d+">(.*?)</text>', drawn.shapes):
        y = int(re.search(rf'<text x="{x}" y="(\d+)">{re.escape(lines)}', drawn.shapes).group(1))
        texts = re.findall(r">([^<]+)</tspan>", lines)
        boxes.append((float(x), y, max(map(len, texts)) * 9, len(texts) * 18))
    for i, (x, y, w, h) in enumerate(boxes):
        for ox, oy, ow, oh in boxes[i + 1 :]:
            assert abs(x - ox) > (w + ow) / 2 - 3 or not (
                y - 15 < oy - 15 + oh - 3 and oy - 15 < y - 15 + h - 3
            )


def test_names_kept_on_a_narrow_map_never_cover_each_other_either():
    """Its letters are larger: of two names that would meet, the one that matters more is kept."""
    members, drawn = _map("rennes métropole")
    boxes = []
    for classes, x, y, spans in re.findall(
        r'<g class="([^"]*)"><text x="([\d.-]+)" y="(\d+)">(.*?)</text>', drawn.shapes
    ):
        if "discret" in classes:
            continue
        texts = re.findall(r">([^<]+)</tspan>", spans)
        half = max(map(len, texts)) * 0.53 * 25 / 2
        boxes.append((float(x) - half, int(y) - 21, float(x) + half, int(y) - 21 + len(texts) * 27))
    assert 3 < len(boxes) < len([m for m in members if m.municipal_population > 1_000])
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            met = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
            assert min(met) < 3, (a, b)


def test_states_titles_links_and_escaping():
    got = outlines.of(["81308", "81009"])
    drawn = maps.draw(
        got,
        [
            maps.Area(
                "81308", "m-oui", title="Valence : <oui>", href="/a?b=1&c=2", label="Valence", prominent=True
            ),
            maps.Area("81009", "m-si", title="t", label="<b>", note="2 sur 10"),
            maps.Area("00000", "m-non", label="absente"),
        ],
    )
    assert (
        '<a href="/a?b=1&amp;c=2" tabindex="-1"><title>Valence : &lt;oui&gt;</title><path class="m-oui"'
        in drawn.shapes
    )
    assert '<g class="uni"><text' in drawn.shapes
    assert '<g class="discret"><text' in drawn.shapes
    assert "&lt;b&gt;" in drawn.shapes
    assert "2 sur 10" in drawn.shapes
    assert drawn.unlabelled == ("00000",)
    assert drawn.patterns == ""
    assert 'id="p-si"' in drawn.standalone_patterns


def test_a_template_prints_the_map_as_it_is():
    drawn = maps.draw(outlines.of(["81308"]), [maps.Area("81308", "m-oui", label="<&>")])
    page = Template("{{ map }}").render(Context({"map": drawn}))
    assert page == str(drawn)
    assert "&lt;&amp;&gt;" in page


def test_nothing_to_draw_is_an_empty_map():
    drawn = maps.draw({}, [maps.Area("81308", "m-oui", label="Valence")])
    assert drawn.unlabelled == ("81308",)
    ElementTree.fromstring(drawn.standalone)


def test_a_kept_frame_draws_the_same_map():
    codes = [m.insee for m in index.communes_of("248100497")]
    areas = [maps.Area(code, "m-oui", label=code) for code in codes]
    assert str(maps.map_of(areas)) == str(maps.draw(outlines.of(codes), areas)) == str(maps.map_of(areas))
    assert maps.map_of([maps.Area("00000", "m-oui", label="?")]).unlabelled == ("00000",)
