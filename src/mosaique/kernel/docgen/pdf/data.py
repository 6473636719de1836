"""The flow as plain data for the PDF template."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from dataclasses import asdict

from mosaique.kernel.typography import typographie

from .. import pictures
from ..cover import cover_lines, footer_lines
from ..flow import FigureCells, Flow, FlowItem, Grid, ListTree, Para, grouped
from ..measure import text_width
from ..model import Document, Picture, Run
from ..package import clean
from ..styles import CALLOUTS, LANDSCAPE, PORTRAIT, STYLES, palette
from ..tables import PAD_X, TILE_SPACE, CellPlan
from ..tiles import mural_svg, strip_svg, tile_svg

Fix = Callable[[str], str]


def document_data(document: Document, flow: Flow, fix: Fix) -> dict[str, object]:
    return _Maker(document, fix).make(flow)


class _Maker:
    def __init__(self, document: Document, fix: Fix) -> None:
        self.document, self.fix = document, fix
        self.svgs: dict[str, str] = {}

    def make(self, flow: Flow) -> dict[str, object]:
        document = self.document
        cover = document.cover
        parts = [
            {
                "landscape": part.landscape,
                "items": [self.item(i, part.landscape) for i in _captioned(part.items)],
            }
            for part in flow.parts
        ]
        return {
            "title": self.text(typographie(document.title)),
            "author": self.text(document.author),
            "authority": self.text(typographie(document.authority)),
            "running": self.text(typographie(document.running_title or document.title)),
            "date": [document.date.year, document.date.month, document.date.day],
            "keywords": [document.code] if document.code else [],
            "footer": [self.text(line) for line in footer_lines(document)],
            "qr": _qr(document.verify_url) if document.verify_url else None,
            "contents": bool(flow.contents),
            "note": [self.runs(note.runs, PORTRAIT.text_width) for note in flow.note],
            "cover": None
            if cover is None
            else {
                "lines": [[style, self.text(text)] for style, text in cover_lines(document)],
                "mural": mural_svg(cover.tiles) if cover.tiles else None,
                "strip": strip_svg(cover.tiles) if cover.tiles else None,
                "caption": self.text(typographie(cover.tiles_caption)),
                "logo": self.picture(cover.logo) if cover.logo else None,
                "logo_alt": self.text(cover.logo.alt) if cover.logo else "",
            },
            "parts": parts,
            "svgs": self.svgs,
            "palette": asdict(palette(document.look)),
            "callouts": {kind: list(colours) for kind, colours in CALLOUTS.items()},
        }

    def text(self, text: str) -> str:
        return self.fix(clean(text))

    def picture(self, picture: Picture) -> str:
        """The engine takes text only: a PNG travels inside an SVG."""
        if picture.kind == "svg":
            return picture.data.decode("utf-8")
        width, height = pictures.png_size(picture.data)
        return _wrapped(picture.data, width, height)

    def runs(self, runs: tuple[Run, ...], width: float, size: float = 10.5) -> list[dict[str, object]]:
        return [
            {
                "t": _breakable(self.text(run.text), width, size, run.bold),
                **({"b": True} if run.bold else {}),
                **({"i": True} if run.italic else {}),
                **({"l": run.link} if run.link else {}),
            }
            for run in runs
        ]

    def item(self, item: _Item, landscape: bool) -> dict[str, object]:
        width = (LANDSCAPE if landscape else PORTRAIT).text_width
        match item:
            case ListTree():
                return {"k": "list", **self.list(item)}
            case FigureCells():
                return {"k": "figures", "cells": [[self.text(x) for x in cell] for cell in item.cells]}
            case _Captioned():
                return self.table(item, width)
        style = STYLES[item.style]
        made: dict[str, object] = {"k": "p", "style": item.style}
        room = width - style.left - style.right
        made["runs"] = self.runs(item.runs, room, style.size)
        if item.outline:
            made |= {
                "k": "heading",
                "level": item.outline,
                "anchor": item.anchor,
                "number": item.number or "",
            }
        elif item.style == "image" and item.picture:
            svg = item.picture.svg or _wrapped(item.picture.png, *pictures.png_size(item.picture.png))
            made |= {
                "k": "image",
                "svg": svg,
                "alt": self.text(item.picture.alt),
                "width": item.picture.width_mm,
            }
        elif item.sequence:
            made |= {"k": "caption", "label": item.label}
        made["break"] = item.break_before
        made["keep"] = item.keep_next
        if item.style == "surtitre" and item.picture:
            made["png"] = _wrapped(item.picture.png, *pictures.png_size(item.picture.png))
        return made

    def list(self, tree: ListTree) -> dict[str, object]:
        items = [
            {"runs": self.runs(para.runs, 360), "children": [self.list(child) for child in children]}
            for para, children in tree.items
        ]
        return {"ordered": tree.ordered, "items": items}

    def table(self, item: _Captioned, width: float) -> dict[str, object]:
        plan = item.grid.plan
        style, head = STYLES[plan.style], STYLES[f"{plan.style}-tete"]

        def cells(row: list[CellPlan], size: float, tile: str | None = None) -> list[dict[str, object]]:
            made, place = [], 0
            for cell in row:
                room = (
                    sum(plan.widths[place : place + cell.span])
                    - 2 * PAD_X
                    - (TILE_SPACE if tile and not place else 0)
                )
                one: dict[str, object] = {
                    "t": _breakable(self.text(cell.text), room, size, cell.bold),
                    "a": cell.align,
                }
                if cell.bold:
                    one["b"] = True
                if cell.muted:
                    one["m"] = True
                if cell.span > 1:
                    one["s"] = cell.span
                if tile and not place:
                    one["tile"] = tile
                made.append(one)
                place += cell.span
            return made

        rows = []
        for row in plan.rows:
            tile = None
            if row.tile:
                tile = f"{row.tile.drawing}{row.tile.hue}"
                self.svgs.setdefault(tile, tile_svg(row.tile))
            rows.append({"cells": cells(row.cells, style.size, tile), "total": row.total, "zebra": row.zebra})
        return {
            "k": "table",
            "caption": self.runs(item.caption.runs, width),
            "label": item.caption.label,
            "source": self.runs(item.source.runs, width, 9) if item.source else None,
            "widths": plan.widths,
            # The same heights as in the office files: a table then ends on the same page in all three.
            "heights": [*plan.header_heights, *(row.height + plan.extra for row in plan.rows)],
            "size": style.size,
            "line": style.line,
            "head": head.size,
            "header": [cells(row, head.size) for row in plan.header],
            "rows": rows,
        }


class _Captioned:
    """A table with the caption and source that stand before it in the flow."""

    def __init__(self, caption: Para, source: Para | None, grid: Grid) -> None:
        self.caption, self.source, self.grid = caption, source, grid


_Item = Para | FigureCells | ListTree | _Captioned


def _captioned(items: list[FlowItem]) -> list[_Item]:
    made: list[_Item] = []
    for item in grouped(items):
        if isinstance(item, Grid):
            source = made.pop() if isinstance(made[-1], Para) and made[-1].style == "source" else None
            caption = made.pop()
            if not isinstance(caption, Para) or isinstance(source, ListTree):
                raise AssertionError("a table always follows its caption")
            made.append(_Captioned(caption, source if isinstance(source, Para) else None, item))
        else:
            made.append(item)
    return made


def _breakable(text: str, width: float, size: float, bold: bool) -> str:
    """The engine does not cut a word longer than its line: say where it may."""
    if len(text) * size * 1.1 < width:
        return text

    def cut(match: re.Match[str]) -> str:
        word = match.group()
        if text_width(word, size, bold) <= width:
            return word
        return "\u200b".join(word)

    return re.sub(r"[^ \n–—-]+[–—-]?", cut, text)


def _qr(url: str) -> list[int]:
    """As numbers: a plain picture is stored once for all pages, a drawing would be once a page."""
    return list(pictures.qr_png(url))


def _wrapped(png: bytes, width: int, height: int) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" xlink:href="data:image/png;base64,{base64.b64encode(png).decode()}"/></svg>'
    )
