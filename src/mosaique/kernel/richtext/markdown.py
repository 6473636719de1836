"""Light Markdown (what the plain form takes) ↔ document. Raw HTML is text; an unsafe link is text."""

from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from mosaique.kernel.richtext.schema import BadText, Doc, is_link, validate

_parser = MarkdownIt("zero").enable(
    ["heading", "list", "blockquote", "emphasis", "link", "newline", "table", "escape", "autolink"]
)
_parser.options["html"] = False


def _inline(tokens: list[Token]) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = []
    marks: list[Any] = []
    for token in tokens:
        if token.type in ("text", "text_special", "softbreak", "hardbreak"):
            text = token.content if token.type.startswith("text") else "\n"
            if not text:
                continue
            if out and out[-1].get("marks", []) == marks:
                out[-1]["text"] += text
            else:
                out.append({"type": "text", "text": text, **({"marks": list(marks)} if marks else {})})
        elif token.type == "strong_open":
            marks.append("bold")
        elif token.type == "em_open":
            marks.append("italic")
        elif token.type == "link_open":
            href = str(token.attrGet("href") or "")
            marks.append({"link": href} if is_link(href) else None)
        elif token.type in ("strong_close", "em_close", "link_close"):
            marks.pop()
    for node in out:
        if "marks" in node:
            node["marks"] = [m for m in node["marks"] if m is not None]
            if not node["marks"]:
                del node["marks"]
    return out


class _Reader:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0

    def blocks(self, end: str | None) -> list[dict[str, Any]]:
        out: list[dict[str, Any]] = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token.type == end:
                break
            if token.type == "paragraph_open":
                out.append({"type": "paragraph", "content": self._inline_then("paragraph_close")})
            elif token.type == "heading_open":
                level = min(4, max(2, int(token.tag[1])))
                out.append({"type": "heading", "level": level, "content": self._inline_then("heading_close")})
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                close = token.type.replace("open", "close")
                out.append({"type": token.type.removesuffix("_open"), "content": self._items(close)})
            elif token.type == "blockquote_open":
                out.append({"type": "quote", "content": self.blocks("blockquote_close")})
            elif token.type == "table_open":
                out.append({"type": "table", "rows": self._rows()})
        return out

    def _inline_then(self, close: str) -> list[dict[str, Any]]:
        content: list[dict[str, Any]] = []
        while self.tokens[self.at].type != close:
            content += _inline(self.tokens[self.at].children or [])
            self.at += 1
        self.at += 1
        return content

    def _items(self, close: str) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = []
        while self.tokens[self.at].type != close:
            self.at += 1  # list_item_open
            items.append({"content": self.blocks("list_item_close")})
        self.at += 1
        return items

    def _rows(self) -> list[list[list[dict[str, Any]]]]:
        rows: list[list[list[dict[str, Any]]]] = []
        while self.tokens[self.at].type != "table_close":
            token = self.tokens[self.at]
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(_inline(token.children or []))
            self.at += 1
        self.at += 1
        return rows


def from_markdown(text: str) -> Doc:
    """Read what a person typed. Always a valid document; raises `BadText` only when far too long."""
    if len(text) > 200_000:
        raise BadText("text too long")
    text = text.replace("\r\n", "\n").replace("\x00", "")
    return validate({"type": "doc", "content": _Reader(_parser.parse(text)).blocks(None)})


def _md_inline(nodes: list[dict[str, Any]]) -> str:
    out = ""
    for node in nodes:
        if node["type"] == "figure":
            continue
        text = node["text"].replace("\\", "\\\\").replace("*", "\\*").replace("[", "\\[").replace("]", "\\]")
        for mark in node.get("marks", []):
            text = (
                f"**{text}**"
                if mark == "bold"
                else f"*{text}*"
                if mark == "italic"
                else f"[{text}]({mark['link']})"
            )
        out += text
    return out


def _md_block(node: dict[str, Any], indent: str = "") -> str:
    kind = node["type"]
    if kind == "paragraph":
        return indent + _md_inline(node.get("content", [])).replace("\n", "\n" + indent)
    if kind == "heading":
        return "#" * node["level"] + " " + _md_inline(node.get("content", []))
    if kind == "quote":
        return "\n>\n".join("> " + _md_block(child).replace("\n", "\n> ") for child in node["content"])
    if kind == "table":
        lines = ["| " + " | ".join(_md_inline(cell) for cell in row) + " |" for row in node["rows"]]
        if lines:
            lines.insert(1, "|" + " --- |" * len(node["rows"][0]))
        return "\n".join(lines)
    lines = []
    for number, item in enumerate(node["content"], 1):
        bullet = f"{number}. " if kind == "ordered_list" else "- "
        body = "\n".join(_md_block(child) for child in item["content"])
        lines.append(indent + bullet + body.replace("\n", "\n" + indent + " " * len(bullet)))
    return "\n".join(lines)


def to_markdown(doc: Doc) -> str:
    """The document as light Markdown, for the plain form."""
    return "\n\n".join(_md_block(block) for block in doc["content"])
