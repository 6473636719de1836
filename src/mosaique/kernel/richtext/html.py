"""Document → HTML (stored beside it) and plain text. Every character goes through `escape`; no raw HTML exists."""

from html import escape
from typing import Any

from mosaique.kernel.richtext.schema import Doc
from mosaique.kernel.typography import typographie


def _text(node: dict[str, Any]) -> str:
    if node["type"] == "figure":
        return f'<span data-figure="{escape(node["kind"])}:{int(node["id"])}"></span>'
    out = escape(typographie(node["text"]), quote=False).replace("\n", "<br>")
    for mark in node.get("marks", []):
        if mark == "bold":
            out = f"<strong>{out}</strong>"
        elif mark == "italic":
            out = f"<em>{out}</em>"
        else:
            url = escape(mark["link"], quote=True)
            rel = "" if mark["link"].startswith("/") else ' rel="nofollow noopener ugc"'
            out = f'<a href="{url}"{rel}>{out}</a>'
    return out


def _inline(nodes: list[dict[str, Any]]) -> str:
    return "".join(_text(node) for node in nodes)


def _items(node: dict[str, Any]) -> str:
    return "".join(
        "<li>" + "".join(_block(child, tight=True) for child in item["content"]) + "</li>"
        for item in node["content"]
    )


def _block(node: dict[str, Any], *, tight: bool = False) -> str:
    kind = node["type"]
    if kind == "paragraph":
        inner = _inline(node.get("content", []))
        return inner if tight else f"<p>{inner}</p>"
    if kind == "heading":
        level = int(node["level"]) + 1  # the page owns h1 and h2
        return f"<h{level}>{_inline(node.get('content', []))}</h{level}>"
    if kind == "quote":
        return "<blockquote>" + "".join(_block(child) for child in node["content"]) + "</blockquote>"
    if kind == "bullet_list":
        return f"<ul>{_items(node)}</ul>"
    if kind == "ordered_list":
        return f"<ol>{_items(node)}</ol>"
    rows = node["rows"]
    head = "".join(f'<th scope="col">{_inline(cell)}</th>' for cell in rows[0]) if rows else ""
    body = "".join(
        "<tr>" + "".join(f"<td>{_inline(cell)}</td>" for cell in row) + "</tr>" for row in rows[1:]
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def to_html(doc: Doc) -> str:
    """Safe HTML of a validated document; French typography applied."""
    return "".join(_block(block) for block in doc["content"])


def _plain(node: dict[str, Any]) -> str:
    kind = node.get("type")
    if kind in ("paragraph", "heading"):
        return "".join(child.get("text", "") for child in node.get("content", []))
    if kind in ("bullet_list", "ordered_list"):
        return "\n".join(
            "– " + " ".join(_plain(child) for child in item["content"]) for item in node["content"]
        )
    if kind == "quote":
        return "\n".join(_plain(child) for child in node["content"])
    return "\n".join(
        " | ".join("".join(n.get("text", "") for n in cell) for cell in row) for row in node["rows"]
    )


def to_text(doc: Doc) -> str:
    """Plain text, one paragraph a line: for mail, excerpts and comparisons."""
    return "\n".join(_plain(block) for block in doc["content"])
