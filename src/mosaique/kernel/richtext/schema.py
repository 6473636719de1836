"""The closed schema of long texts (the same later under the live editor; docs/adr/0005).

doc := {"type": "doc", "content": [block…]}
block := paragraph | heading(level 2–4) | bullet_list | ordered_list | quote | table
inline := {"type": "text", "text": str, "marks"?: ["bold" | "italic" | {"link": url}]} | {"type": "figure", "kind", "id"}
"""

from typing import Any

Doc = dict[str, Any]
EMPTY: Doc = {"type": "doc", "content": []}
MAX_BLOCKS = 2000
MAX_TEXT = 200_000
_SCHEMES = ("http://", "https://", "mailto:", "/")


def is_link(url: str) -> bool:
    """An address a text may lead to. « //elsewhere » is another site dressed as one of our pages: refused."""
    return url.startswith(_SCHEMES) and not url.startswith(("//", "/\\"))


class BadText(ValueError):
    """The document is not of the schema."""


def _inline(nodes: Any) -> int:
    size = 0
    if not isinstance(nodes, list):
        raise BadText("inline content must be a list")
    for node in nodes:
        if node.get("type") == "figure":
            if set(node) != {"type", "kind", "id"}:
                raise BadText("a figure refers to a kind and an id")
            continue
        if (
            node.get("type") != "text"
            or not isinstance(node.get("text"), str)
            or set(node) - {"type", "text", "marks"}
        ):
            raise BadText("unknown inline node")
        for mark in node.get("marks", []):
            if mark in ("bold", "italic"):
                continue
            if isinstance(mark, dict) and set(mark) == {"link"} and is_link(str(mark["link"])):
                continue
            raise BadText("unknown mark")
        size += len(node["text"])
    return size


def _block(node: Any, depth: int) -> int:
    if not isinstance(node, dict) or depth > 6:
        raise BadText("unknown block")
    kind = node.get("type")
    if kind == "paragraph":
        return _inline(node.get("content", []))
    if kind == "heading":
        if node.get("level") not in (2, 3, 4):
            raise BadText("heading levels go from 2 to 4")
        return _inline(node.get("content", []))
    if kind == "quote":
        return sum(_block(child, depth + 1) for child in node["content"])
    if kind in ("bullet_list", "ordered_list"):
        return sum(_block(child, depth + 1) for item in node["content"] for child in item["content"])
    if kind == "table":
        return sum(_inline(cell) for row in node["rows"] for cell in row)
    raise BadText(f"unknown block {kind!r}")


def validate(doc: Any) -> Doc:
    """Return the document when it is of the schema; raise `BadText` otherwise."""
    if not isinstance(doc, dict) or doc.get("type") != "doc" or not isinstance(doc.get("content"), list):
        raise BadText("not a document")
    if len(doc["content"]) > MAX_BLOCKS:
        raise BadText("too many blocks")
    try:
        size = sum(_block(block, 0) for block in doc["content"])
    except (KeyError, AttributeError, TypeError) as error:
        raise BadText("malformed document") from error
    if size > MAX_TEXT:
        raise BadText("text too long")
    return doc


def is_empty(doc: Doc) -> bool:
    return not doc.get("content")
