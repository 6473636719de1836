"""Page breaks decided without a word processor."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from mosaique.kernel.docgen.flow import Flow, Grid, Para, build
from mosaique.kernel.docgen.measure import count_lines, text_width
from mosaique.kernel.docgen.model import Column, Document, Heading, Paragraph, Row, Run, Table
from mosaique.kernel.docgen.paginate import paginate
from mosaique.kernel.docgen.styles import PORTRAIT


def laid(*blocks: object) -> tuple[Flow, dict[str, int]]:
    flow = build(Document("T", "C", date(2027, 1, 1), "S", tuple(blocks), contents=False))  # type: ignore[arg-type]
    return flow, paginate(flow, first_page=1)


def opened_by_hand(flow: Flow) -> list[str]:
    return [
        i.runs[0].text
        for p in flow.parts
        for i in p.items
        if isinstance(i, Para) and i.break_before and i.runs
    ]


def test_chapters_open_a_page():
    _, pages = laid(
        Heading(1, "Un", "un"), Paragraph("x"), Heading(1, "Deux", "deux"), Heading(2, "Suite", "suite")
    )
    assert pages == {"un": 1, "deux": 2, "suite": 2}


def test_a_heading_goes_with_what_it_announces_and_draws_company():
    # Thirty lines of 21 points fill the page but for the room a heading and two lines would need.
    lines = [Paragraph(f"Ligne {n}") for n in range(30)]
    flow, pages = laid(Heading(1, "Un", "un"), *lines, Heading(2, "Fin", "fin"), Paragraph("suite"))
    assert pages["fin"] == 2
    # Two lines alone on a last page would look forgotten: the line before comes along.
    assert opened_by_hand(flow) == ["Ligne 29"]


def test_a_table_leaves_no_lone_row_on_its_last_page():
    for count in range(20, 40):
        rows = tuple(Row((f"Commune {n}", n)) for n in range(count))
        flow, _ = laid(
            Heading(1, "Un", "un"), Table("T", (Column("A"), Column("B", "integer")), rows), Paragraph("x")
        )
        grid = next(i for p in flow.parts for i in p.items if isinstance(i, Grid))
        heights = [row.height + grid.plan.extra for row in grid.plan.rows]
        room = PORTRAIT.text_height - 3 - 25 - 12 - 15 - 1 - grid.plan.header_height
        first = sum(1 for n in range(count) if sum(heights[: n + 1]) <= room)
        assert count == first or count - first >= 3, count


def test_lines_are_counted_from_the_font():
    word = Run("mutualisation")
    width = text_width("mutualisation", 10.5)
    assert count_lines((word,), 10.5, width * 1.05) == (1, 1)
    assert count_lines((Run("mutualisation mutualisation"),), 10.5, width * 1.5) == (2, 2)
    assert count_lines((Run("mutualisation\u00a0mutualisation"),), 10.5, width * 2.5) == (1, 1)
    assert count_lines((Run("a\nb"),), 10.5, 400) == (2, 2)
    assert count_lines((Run("x" * 400),), 10.5, 100)[1] > 15


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["titre1", "titre2", "court", "long", "tableau"]), min_size=1, max_size=40))
def test_pages_never_go_backwards(kinds):
    blocks: list[object] = []
    for n, kind in enumerate(kinds):
        if kind.startswith("titre"):
            blocks.append(Heading(int(kind[-1]), f"Titre {n}", f"t{n}"))
        elif kind == "tableau":
            rows = tuple(Row((f"Commune {k}", k)) for k in range(n % 7 * 9))
            blocks.append(Table("T", (Column("A"), Column("B", "integer")), rows, wide=n % 5 == 0))
        else:
            blocks.append(Paragraph("mot " * (12 if kind == "court" else 400)))
    _, pages = laid(*blocks)
    found = list(pages.values())
    assert found == sorted(found)
