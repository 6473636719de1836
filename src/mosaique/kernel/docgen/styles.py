"""The page and its named styles, in points: one table that both office formats are written from.

Line heights are exact, not proportional: a paragraph's height is then its number of lines times a
known length in every word processor, which is what makes page numbers predictable.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from .model import Look

FONT = "Atkinson Hyperlegible Next"
FACES = ("Regular", "Bold", "Italic", "BoldItalic")
FALLBACK_FONT = "Arial"
MM = 72 / 25.4

INK, SOFT, RULE, RULE_STRONG, GREEN = "1a2630", "47535b", "ddd3bf", "857c69", "0a5a5e"
ZEBRA = "f7f4ec"
CALLOUTS = {
    "neutre": ("f1eadb", "857c69"),
    "attente": ("fbecca", "dfa12f"),
    "bon": ("dbebe7", "0a5a5e"),
    "refus": ("f8e1d7", "a5412a"),
}


@dataclass(frozen=True, slots=True)
class Palette:
    """Where the colours an authority chose are used; without any, those of the house."""

    title: str = INK
    head: str = INK  # words at the head of tables
    head_rule: str = RULE_STRONG
    rule: str = RULE  # under the running head
    edge: str = INK  # above and below key figures
    link: str = GREEN
    cover_rule: str = ""


@cache
def palette(look: Look | None) -> Palette:
    if look is None:
        return Palette()
    return Palette(look.main, look.main, look.main, look.accent, look.accent, look.main, look.accent)


@dataclass(frozen=True, slots=True)
class PageSize:
    width: float
    height: float
    top: float = 27 * MM
    bottom: float = 25 * MM
    side: float = 20 * MM

    @property
    def text_width(self) -> float:
        return self.width - 2 * self.side

    @property
    def text_height(self) -> float:
        return self.height - self.top - self.bottom


PORTRAIT = PageSize(210 * MM, 297 * MM)
LANDSCAPE = PageSize(297 * MM, 210 * MM)
MURAL_HEIGHT = 105 * MM  # five rows of whole tiles: a logo and three lines of title fit below
COVER = PageSize(210 * MM, 297 * MM, top=MURAL_HEIGHT + 14 * MM)
PLAIN_COVER = PageSize(210 * MM, 297 * MM, top=60 * MM)


@dataclass(frozen=True, slots=True)
class Style:
    name: str  # as the reader sees it in the style list
    word: str  # style id in DOCX
    size: float
    line: float
    before: float = 0
    after: float = 0
    bold: bool = False
    italic: bool = False
    colour: str = INK
    left: float = 0
    hanging: float = 0
    right: float = 0
    keep_next: bool = False
    keep_lines: bool = False
    outline: int = 0
    word_name: str = ""  # built-in name in DOCX, when Word has one
    parent: str = "corps"
    align: Literal["left", "right", "center"] = "left"
    fill: str = ""
    border_left: str = ""
    border_bottom: str = ""
    leader_tab: float = 0
    pad_top: float = 0  # coloured band above and below the text of a callout
    pad_bottom: float = 0


def _callouts() -> dict[str, Style]:
    found = {}
    for kind, (fill, bar) in CALLOUTS.items():
        base = Style(
            "",
            "",
            10.5,
            15,
            left=10,
            right=6,
            fill=fill,
            border_left=bar,
            keep_lines=True,
            pad_top=5,
            pad_bottom=5,
        )
        found[f"encadre-{kind}-titre"] = replace(
            base,
            name=f"Encadré {kind}, titre",
            word=f"Encadre{kind}Titre",
            line=17,
            before=12,
            bold=True,
            keep_next=True,
            pad_bottom=0,
        )
        found[f"encadre-{kind}"] = replace(
            base, name=f"Encadré {kind}", word=f"Encadre{kind}", after=12, pad_top=0
        )
        found[f"encadre-{kind}-seul"] = replace(
            base, name=f"Encadré {kind}, seul", word=f"Encadre{kind}Seul", before=12, after=12
        )
    return found


STYLES: dict[str, Style] = {
    "corps": Style("Corps de texte", "Normal", 10.5, 15, after=6, word_name="Normal", parent=""),
    "petit": Style("Petit", "Petit", 9, 12.5, after=5, colour=SOFT),
    "titre1": Style(
        "Titre 1",
        "Heading1",
        20,
        25,
        after=12,
        bold=True,
        keep_next=True,
        keep_lines=True,
        outline=1,
        word_name="heading 1",
    ),
    "titre2": Style(
        "Titre 2",
        "Heading2",
        15,
        19,
        20,
        5,
        bold=True,
        keep_next=True,
        keep_lines=True,
        outline=2,
        word_name="heading 2",
    ),
    "titre3": Style(
        "Titre 3",
        "Heading3",
        12,
        16,
        15,
        3,
        bold=True,
        keep_next=True,
        keep_lines=True,
        outline=3,
        word_name="heading 3",
    ),
    "titre4": Style(
        "Titre 4",
        "Heading4",
        10.5,
        15,
        12,
        2,
        bold=True,
        keep_next=True,
        keep_lines=True,
        outline=4,
        word_name="heading 4",
    ),
    "surtitre": Style("Surtitre", "Surtitre", 9.5, 14, after=3, colour=SOFT, keep_next=True),
    "puce1": Style(
        "Liste à puces", "ListBullet", 10.5, 15, after=3, left=16, hanging=12, word_name="List Bullet"
    ),
    "puce2": Style(
        "Liste à puces 2", "ListBullet2", 10.5, 15, after=3, left=32, hanging=12, word_name="List Bullet 2"
    ),
    "puce3": Style(
        "Liste à puces 3", "ListBullet3", 10.5, 15, after=3, left=48, hanging=12, word_name="List Bullet 3"
    ),
    "numero1": Style(
        "Liste numérotée", "ListNumber", 10.5, 15, after=3, left=20, hanging=18, word_name="List Number"
    ),
    "numero2": Style(
        "Liste numérotée 2", "ListNumber2", 10.5, 15, after=3, left=38, hanging=18, word_name="List Number 2"
    ),
    "numero3": Style(
        "Liste numérotée 3", "ListNumber3", 10.5, 15, after=3, left=56, hanging=18, word_name="List Number 3"
    ),
    "legende": Style(
        "Légende",
        "Caption",
        10.5,
        15,
        before=10,
        after=1,
        bold=True,
        keep_next=True,
        keep_lines=True,
        word_name="caption",
    ),
    "source": Style(
        "Source de tableau", "SourceTableau", 9, 12, after=5, colour=SOFT, keep_next=True, keep_lines=True
    ),
    "note": Style("Note de tableau", "NoteTableau", 9, 12, before=4, after=10, colour=SOFT, keep_lines=True),
    "apres-tableau": Style("Après tableau", "ApresTableau", 4, 8, after=2),
    "citation": Style("Citation", "Quote", 10.5, 15, 2, 8, italic=True, left=18, right=18, word_name="Quote"),
    "definition": Style("Définition", "Definition", 10.5, 15, after=5, left=14, hanging=14),
    "image": Style("Image", "Image", 2, 0, after=4, keep_next=True),
    "titre-contenu": Style(
        "Titre du contenu", "TOCHeading", 20, 25, after=10, bold=True, keep_next=True, word_name="TOC Heading"
    ),
    "contenu1": Style("Contenu 1", "TOC1", 10.5, 13.5, before=3, bold=True, leader_tab=1, word_name="toc 1"),
    "contenu2": Style("Contenu 2", "TOC2", 10, 13, left=14, leader_tab=1, word_name="toc 2"),
    "couv-collectivite": Style(
        "Couverture, collectivité", "CouvertureCollectivite", 11, 16, after=8, colour=SOFT
    ),
    "couv-titre": Style(
        "Titre du document", "Title", 28, 34, after=10, bold=True, right=90, word_name="Title"
    ),
    "couv-sous-titre": Style("Sous-titre", "Subtitle", 15, 20, after=14, right=60, word_name="Subtitle"),
    "couv-ligne": Style("Couverture, ligne", "CouvertureLigne", 10.5, 15),
    "couv-etat": Style("Couverture, état", "CouvertureEtat", 10.5, 15, after=2, bold=True),
    "en-tete": Style("En-tête", "Header", 9, 12, colour=SOFT, word_name="header", border_bottom=RULE),
    "pied": Style("Pied de page", "Footer", 8.5, 12, colour=SOFT, word_name="footer"),
    "numero-page": Style("Numéro de page", "NumeroPage", 10, 12, bold=True, align="right"),
    "logo": Style("Couverture, logo", "CouvertureLogo", 2, 0, after=16),
    "chiffre": Style("Chiffre clé", "ChiffreCle", 13.5, 18, bold=True),
    "chiffre-libelle": Style("Chiffre clé, libellé", "ChiffreCleLibelle", 9, 12, colour=SOFT),
    "cellule-tete": Style("Tableau, en-tête", "TableauEntete", 9, 12, bold=True),
    "cellule": Style("Tableau, cellule", "TableauCellule", 9.5, 12.5),
    "cellule-fine-tete": Style("Tableau serré, en-tête", "TableauSerreEntete", 8, 10.5, bold=True),
    "cellule-fine": Style("Tableau serré, cellule", "TableauSerreCellule", 8.5, 11),
    "cellule-menue-tete": Style("Tableau menu, en-tête", "TableauMenuEntete", 7, 9, bold=True),
    "cellule-menue": Style("Tableau menu, cellule", "TableauMenuCellule", 7, 9),
    **_callouts(),
}

_TITLES = ("titre1", "titre2", "titre3", "titre-contenu", "couv-titre", "couv-etat")


@cache
def styles_for(look: Look | None) -> dict[str, Style]:
    """The named styles in these colours: sizes never change, so pages do not either."""
    if look is None:
        return STYLES
    colours = palette(look)
    found = dict(STYLES)
    for key in found:
        if key in _TITLES:
            found[key] = replace(found[key], colour=colours.title)
        elif key.endswith("-tete") and key.startswith("cellule"):
            found[key] = replace(found[key], colour=colours.head)
    found["en-tete"] = replace(found["en-tete"], border_bottom=colours.rule)
    found["couv-collectivite"] = replace(found["couv-collectivite"], border_bottom=colours.cover_rule)
    return found
