"""Long texts (kernel.richtext) as blocks of a document (kernel.docgen)."""

from collections.abc import Iterator
from typing import Any

from mosaique.kernel.docgen.model import (
    Block,
    BulletList,
    Column,
    Heading,
    Item,
    NumberedList,
    Paragraph,
    Quote,
    Row,
    Run,
    Table,
    Text,
)


def _runs(nodes: list[dict[str, Any]]) -> Text:
    runs = []
    for node in nodes:
        if node["type"] != "text" or not node["text"]:
            continue
        marks = node.get("marks", [])
        link = next((m["link"] for m in marks if isinstance(m, dict)), None)
        # An address inside the tool means nothing on paper.
        outside = (
            link if link and link.startswith(("https://", "http://", "mailto:")) and " " not in link else None
        )
        runs.append(Run(node["text"].replace("\n", " "), "bold" in marks, "italic" in marks, outside))
    return tuple(runs)


def _plain(nodes: list[dict[str, Any]]) -> str:
    return "".join(node.get("text", "") for node in nodes)


def _item(item: dict[str, Any]) -> Item:
    texts: list[Run] = []
    children: list[BulletList | NumberedList] = []
    for child in item["content"]:
        if child["type"] in ("bullet_list", "ordered_list"):
            children.append(_list(child))
        else:
            more = _runs(child.get("content", []))
            texts += [Run(" ")] if texts else []
            texts += more if isinstance(more, tuple) else [Run(more)]
    return Item(tuple(texts), tuple(children))


def _list(node: dict[str, Any]) -> BulletList | NumberedList:
    items = tuple(_item(item) for item in node["content"])
    return BulletList(items) if node["type"] == "bullet_list" else NumberedList(items)


def blocks(document: dict[str, Any], *, level: int, anchor: str, caption: str) -> Iterator[Block]:
    """The text as blocks; its own headings start under `level` and are not numbered."""
    for index, node in enumerate(document.get("content", []), 1):
        kind = node["type"]
        if kind == "paragraph":
            runs = _runs(node.get("content", []))
            if runs:
                yield Paragraph(runs)
        elif kind == "heading":
            text = _plain(node.get("content", [])).strip()
            if text:
                yield Heading(min(4, level + node["level"] - 1), text, f"{anchor}-{index}", numbered=False)
        elif kind in ("bullet_list", "ordered_list"):
            yield _list(node)
        elif kind == "quote":
            for child in node["content"]:
                yield Quote(_runs(child.get("content", [])))
        elif kind == "table" and len(node["rows"]) > 1:
            head, *rows = node["rows"]
            width = len(head)
            yield Table(
                caption=caption,
                columns=tuple(
                    Column(_plain(cell) or f"Colonne {place}") for place, cell in enumerate(head, 1)
                ),
                rows=tuple(Row(tuple(([_plain(c) for c in row] + [""] * width)[:width])) for row in rows),
            )
