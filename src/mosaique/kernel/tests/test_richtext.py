"""Long texts: what people type becomes a document of the schema, safe HTML, and the same text back in the form."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mosaique.kernel.richtext import BadText, from_markdown, is_empty, to_html, to_markdown, to_text, validate

SAMPLE = """## Pourquoi

Les communes *partagent* une **balayeuse**.
Voir [la fiche](/fiches/3/).

- un engin
- deux agents

1. d'abord
2. ensuite

> Parole d'un maire

| Commune | ETP |
| --- | --- |
| Trébas | 1,20 |
"""


def test_a_page_of_everything_is_rendered_as_expected() -> None:
    html = to_html(from_markdown(SAMPLE))
    assert "<h3>Pourquoi</h3>" in html
    assert "<em>partagent</em>" in html
    assert "<strong>balayeuse</strong>" in html
    assert '<a href="/fiches/3/">la fiche</a>' in html
    assert "<ul><li>un engin</li><li>deux agents</li></ul>" in html
    assert "<ol><li>d’abord</li><li>ensuite</li></ol>" in html
    assert "<blockquote><p>Parole d’un maire</p></blockquote>" in html
    assert '<th scope="col">Commune</th>' in html
    assert "<td>Trébas</td>" in html


def test_back_in_the_form_the_document_is_the_same() -> None:
    doc = from_markdown(SAMPLE)
    assert from_markdown(to_markdown(doc)) == doc


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        '<img src=x onerror="y">',
        "[a](data:text/html,x)",
        "<b onclick=x>",
    ],
)
def test_hostile_text_stays_text(hostile: str) -> None:
    html = to_html(from_markdown(hostile))
    assert "<script" not in html and "<img" not in html and "<b" not in html
    assert "href" not in html
    assert to_text(from_markdown(hostile))


@given(st.text(max_size=400))
def test_anything_typed_is_a_valid_document_and_its_html_opens_no_unknown_tag(text: str) -> None:
    doc = from_markdown(text)
    validate(json.loads(json.dumps(doc)))
    assert "<script" not in to_html(doc).lower()


@given(st.text(alphabet="abc é*_[]()#->|\n`1.", max_size=200))
def test_the_form_shows_what_was_kept(text: str) -> None:
    doc = from_markdown(text)
    again = from_markdown(to_markdown(doc))
    assert to_text(again).split() == to_text(doc).split()


_UNSAFE = {"type": "text", "text": "a", "marks": [{"link": "javascript:x"}]}


@pytest.mark.parametrize(
    "doc",
    [
        None,
        [],
        {"type": "doc"},
        {"type": "doc", "content": [{"type": "html"}]},
        {"type": "doc", "content": [{"type": "heading", "level": 1, "content": []}]},
        {"type": "doc", "content": [{"type": "paragraph", "content": [_UNSAFE]}]},
    ],
)
def test_what_is_not_of_the_schema_is_refused(doc: object) -> None:
    with pytest.raises(BadText):
        validate(doc)


def test_an_empty_text_is_empty() -> None:
    assert is_empty(from_markdown("  \n\n"))
    assert not is_empty(from_markdown("a"))


@pytest.mark.parametrize("address", ["//evil.example/", "javascript:alert(1)"])
def test_a_link_dressed_as_one_of_our_pages_is_plain_text(address: str) -> None:
    assert "<a " not in to_html(from_markdown(f"[z]({address})"))
    assert '<a href="/fiches/1/"' in to_html(from_markdown("[z](/fiches/1/)"))
