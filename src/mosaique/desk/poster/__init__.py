"""The poster of a territory: the nine steps, where they stand, where to ask. For the door of a town hall.

Made of what a visitor may read, and of nothing else: it ends on a wall.
"""

import json
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno

from mosaique.desk import process
from mosaique.desk.standing import public_standing
from mosaique.inventory import queries as inventory
from mosaique.kernel import clock
from mosaique.kernel.docgen.pdf import compile_sheet
from mosaique.kernel.typography import date_long, typographie
from mosaique.territory import queries as territories
from mosaique.territory.models import Territory
from mosaique.territory.naming import in_words
from mosaique.territory.tiles import COLOURS, FIGURES, Tile

PAPERS = ("a3", "a4")
_TEMPLATE = (Path(__file__).parent / "poster.typ").read_bytes
#: What each step is, for who passes in front of the poster.
MEANINGS = {
    "Lancer": "L’intercommunalité et les communes décident d’y travailler ensemble.",
    "Recenser": "Chaque commune dit ce qu’elle a et ce qui lui manque.",
    "Écouter": "Élus, agents et habitants disent ce qu’ils en attendent.",
    "Identifier": "On repère ce qui peut se partager.",
    "Construire": "Des fiches disent qui s’y joint, comment, et pour quel coût.",
    "Rédiger": "Un rapport rassemble les fiches et les chiffres.",
    "Consulter": "Chaque conseil municipal donne son avis, en trois mois.",
    "Adopter": "Le conseil communautaire vote.",
    "Suivre": "Chaque année, on rend compte de ce qui avance.",
}
_STATES = {"fait": "Fait", "encours": "En cours", "avenir": "À venir"}
#: Tiles in a row; a large territory has smaller ones, so that the floor never pushes the steps off the page.
_PER_ROW, _PER_ROW_MANY, _MANY = 24, 40, 96


def poster(territory: Territory, *, address: str, paper: str, demo: bool) -> bytes:
    """The poster as a tagged PDF. `address`: the public page of the territory, printed and in the QR code."""
    data = content(territory, address=address, demo=demo)
    return _made(
        json.dumps({**data, "paper": paper}, ensure_ascii=False, sort_keys=True), clock.today(territory.zone)
    )


@lru_cache(maxsize=32)
def _made(data: str, day: date) -> bytes:
    """The same content is drawn once a day: anyone may ask for it."""
    return compile_sheet(_TEMPLATE(), json.loads(data), day=day)


def content(territory: Territory, *, address: str, demo: bool) -> dict[str, Any]:
    """Everything printed. Pure data, so that it can be read by a test."""
    members = territories.members(territory)
    campaign = inventory.current_campaign(territory)
    laid = inventory.laid_tiles(campaign)
    standing = public_standing(territory, campaign, laid)
    tiles: list[Tile] = laid[0] if laid else []
    count = len(members)
    name = typographie(territory.epci.name)
    told = _told(len(tiles), laid[1]) if laid else f"Un carreau par commune : elles sont {in_words(count)}."
    return {
        "name": name,
        "title": typographie(
            f"{in_words(count, feminine=True).capitalize()} communes préparent ce qu’elles partageront"
            if standing.adopted_on is None
            else f"{in_words(count, feminine=True).capitalize()} communes ont choisi ce qu’elles partagent"
        ),
        "heading": typographie(process.heading(standing) + "."),
        "day": typographie(f"Au {date_long(standing.today)}"),
        "steps": [
            {
                "name": step.name, "what": typographie(MEANINGS[step.name]), "state": step.state,
                "word": _STATES[step.state], "when": typographie(step.when),
            }
            for step in process.steps(standing)
        ],
        **_floor(tiles, laid[1] if laid else count, [m.tile for m in members] if laid is None else []),
        "tiles_told": typographie(told),
        "address": address,
        "qr": segno.make(address, error="m").svg_inline(scale=4, border=0),
        "decides": typographie(
            "Aucune commune n’y est obligée. Chacune dit oui, oui si, plus tard ou non, fiche par fiche ; rien ne l’engage avant "
            "le vote d’une convention par son conseil municipal."
        ),
        "law": typographie("Le schéma de mutualisation est facultatif depuis le 29 décembre 2019 (CGCT, article L. 5211-39-1)."),
        "ask": typographie("Une question, une remarque ? Demandez à votre mairie, ou lisez la page du territoire :"),
        "demo": "Démonstration : contenu inventé" if demo else "",
        "sources": typographie("Communes : Insee, code officiel géographique 2026. Affiche composée par Mosaïque."),
    }  # fmt: skip


def _told(laid: int, total: int) -> str:
    if not laid:
        return f"Un carreau par commune : il se pose quand son inventaire est rendu. Elles sont {total}."
    if laid == 1:
        return f"Une commune sur {total} a posé son carreau : son inventaire est rendu."
    return f"{laid} communes sur {total} ont posé leur carreau : leur inventaire est rendu."


def _floor(laid: list[Tile], total: int, whole: list[Tile]) -> dict[str, Any]:
    """The floor of tiles as one picture, those laid then the places left empty; `tiles_width`: percent of the page's."""
    tiles: list[Tile | None] = [*(whole or laid)]
    tiles += [None] * (max(total, len(tiles)) - len(tiles))
    most = _PER_ROW if len(tiles) <= _MANY else _PER_ROW_MANY
    rows = -(-len(tiles) // most)
    per_row = -(-len(tiles) // rows) if rows else 1
    drawn = []
    for rank, tile in enumerate(tiles):
        x, y = rank % per_row * 26, rank // per_row * 26
        if tile is None:
            drawn.append(
                f'<rect x="{x + 0.75}" y="{y + 0.75}" width="22.5" height="22.5" fill="none" stroke="#857c69" '
                'stroke-width="1" stroke-dasharray="3 2.2"/>'
            )
            continue
        ground, figure = COLOURS[tile.hue]
        drawn.append(
            f'<g transform="translate({x} {y})"><rect width="24" height="24" fill="{ground}"/>'
            f'<g fill="{figure}">{FIGURES[tile.drawing]}</g></g>'
        )
    width, height = per_row * 26 - 2, max(rows, 1) * 26 - 2
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    picture = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(drawn)}</svg>'
    return {"tiles": picture, "tiles_width": max(4, round(100 * per_row / most))}
