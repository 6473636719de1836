"""What is written: no sentence twice, nothing empty, no filler, quotes and addresses that can be told from real ones."""

import re
from collections import Counter
from collections.abc import Iterator

from mosaique.demo.cast import BY_SLUG
from mosaique.demo.content import opinions, scheme
from mosaique.demo.content.names import EXTRAS, FAMILIES, MAYORS, SECRETARIES
from mosaique.demo.content.threads import DEBATES
from mosaique.demo.queries import SIREN
from mosaique.kernel import richtext
from mosaique.kernel.typography import typographie
from mosaique.territory.reference import index


def _texts() -> Iterator[str]:
    for debate in DEBATES:
        yield from (debate.title, debate.answer, debate.agreed, debate.pending)
        yield from (said.text for said in debate.said)
    for sheet in scheme.SHEETS:
        yield from (sheet.summary, sheet.context, sheet.objectives, sheet.content, sheet.risks, sheet.dropped)
        yield from (condition for _, _, condition in sheet.positions)
        yield from (text for _, _, text in sheet.decisions)
    yield from scheme.CHAPTERS.values()
    yield from (body for _, body in scheme.AXES)
    yield from opinions.RESERVES.values()


def _sentences() -> list[str]:
    return [
        sentence.strip(" -*").lower()
        for text in _texts()
        for sentence in re.split(r"(?<=[.!?])\s+|\n+", text)
        if len(sentence.split()) > 3
    ]


def test_no_sentence_is_written_twice() -> None:
    twice = [sentence for sentence, count in Counter(_sentences()).items() if count > 1]
    assert twice == []


def test_there_is_enough_of_it_and_no_filler() -> None:
    assert len(DEBATES) >= 12
    assert sum(len(debate.said) for debate in DEBATES) >= 80
    assert len(scheme.AXES) == 4
    assert len(scheme.SHEETS) == 10
    assert {sheet.status for sheet in scheme.SHEETS} >= {"idea", "study", "building", "ready", "retained"}
    everything = " ".join(_texts()).lower()
    assert not re.search(r"lorem|ipsum|xxx|todo|blabla", everything)


def test_straight_quotes_are_not_typed() -> None:
    assert [text[:60] for text in _texts() if "'" in text or '"' in text] == []


def test_typography_leaves_the_light_markdown_alone() -> None:
    for sheet in scheme.SHEETS:
        items = len(re.findall(r"(?m)^- ", sheet.objectives))
        document = richtext.from_markdown(typographie(sheet.objectives))
        listed = [block for block in document["content"] if block["type"] == "bullet_list"]
        assert len(listed) == (1 if items else 0), sheet.title


def test_everyone_who_speaks_exists() -> None:
    known = {*BY_SLUG, *(extra.key for extra in EXTRAS)}
    known |= {f"maire:{code}" for code in MAYORS} | {f"secretaire:{code}" for code in SECRETARIES}
    assert {said.who for debate in DEBATES for said in debate.said} <= known
    communes = {commune.insee for commune in index.communes_of(SIREN)}
    assert {*MAYORS, *SECRETARIES, *opinions.RUNNING, *opinions.SILENT, *opinions.RESERVES} <= communes


def test_councils_have_one_fate_each() -> None:
    fates = [
        *opinions.RESERVES,
        *opinions.UNFAVOURABLE,
        *opinions.LATE,
        *opinions.SILENT,
        *opinions.RUNNING,
        *opinions.NOT_RECEIVED,
    ]
    assert len(fates) == len(set(fates))


def test_names_are_drawn_from_enough_families() -> None:
    assert len(set(FAMILIES)) == len(FAMILIES) >= 48
