"""The named styles, lists and outline of an ODT."""

from __future__ import annotations

from functools import cache

from ..model import Look
from ..styles import FACES, FONT, INK, PORTRAIT, STYLES, Style, palette, styles_for

OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
NS = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in (
        ("office", OASIS + "office:1.0"),
        ("style", OASIS + "style:1.0"),
        ("text", OASIS + "text:1.0"),
        ("table", OASIS + "table:1.0"),
        ("draw", OASIS + "drawing:1.0"),
        ("fo", OASIS + "xsl-fo-compatible:1.0"),
        ("svg", OASIS + "svg-compatible:1.0"),
        ("meta", OASIS + "meta:1.0"),
        ("config", OASIS + "config:1.0"),
        ("dc", "http://purl.org/dc/elements/1.1/"),
        ("xlink", "http://www.w3.org/1999/xlink"),
        ("ooo", "http://openoffice.org/2004/office"),
    )
)
# Names the office suites know, so that navigation and contents work on them.
_BUILTIN = {
    "corps": ("Text_20_body", "Text body"),
    "titre1": ("Heading_20_1", "Heading 1"),
    "titre2": ("Heading_20_2", "Heading 2"),
    "titre3": ("Heading_20_3", "Heading 3"),
    "titre4": ("Heading_20_4", "Heading 4"),
    "legende": ("Caption", "Caption"),
    "citation": ("Quotations", "Quotations"),
    "titre-contenu": ("Contents_20_Heading", "Contents Heading"),
    "contenu1": ("Contents_20_1", "Contents 1"),
    "contenu2": ("Contents_20_2", "Contents 2"),
    "couv-titre": ("Title", "Title"),
    "couv-sous-titre": ("Subtitle", "Subtitle"),
    "en-tete": ("Header", "Header"),
    "pied": ("Footer", "Footer"),
}
SEQUENCES = ("Tableau", "Figure")


def style_name(key: str) -> str:
    return _BUILTIN[key][0] if key in _BUILTIN else STYLES[key].word


def pt(points: float) -> str:
    return f"{round(points, 2):g}pt"


def font_faces() -> str:
    sources = "".join(
        f'<svg:font-face-uri xlink:href="Fonts/AtkinsonNext-{face}.ttf" xlink:type="simple">'
        '<svg:font-face-format svg:string="truetype"/></svg:font-face-uri>'
        for face in FACES
    )
    return (
        f'<office:font-face-decls><style:font-face style:name="{FONT}" svg:font-family="\'{FONT}\', Arial" '
        'style:font-family-generic="swiss" style:font-pitch="variable">'
        f"<svg:font-face-src>{sources}</svg:font-face-src></style:font-face></office:font-face-decls>"
    )


def _paragraph_style(key: str, style: Style) -> str:
    name, display = _BUILTIN.get(key, (style.word, style.name))
    attributes = f'style:name="{name}" style:display-name="{display}" style:family="paragraph"'
    if style.parent:
        attributes += f' style:parent-style-name="{style_name(style.parent)}"'
    if style.outline:
        attributes += (
            f' style:default-outline-level="{style.outline}" style:next-style-name="{style_name("corps")}"'
        )
    return (
        f"<style:style {attributes}>{paragraph_properties(style)}"
        f'<style:text-properties fo:font-size="{pt(style.size)}" fo:color="#{style.colour}" '
        f'fo:font-weight="{"bold" if style.bold else "normal"}" '
        f'fo:font-style="{"italic" if style.italic else "normal"}"/></style:style>'
    )


def paragraph_properties(style: Style) -> str:
    # A bar at the left takes 3 points and its gap 7: together the indent of the text.
    left = 0.0 if style.border_left else style.left
    right = 0.0 if style.fill else style.right
    made = (
        f'fo:margin-top="{pt(style.before)}" fo:margin-bottom="{pt(style.after)}" fo:margin-left="{pt(left)}" '
        f'fo:margin-right="{pt(right)}" fo:text-indent="{pt(-style.hanging)}" fo:text-align="{style.align}" '
        f'fo:orphans="2" fo:widows="2" '
    )
    made += f'fo:line-height="{pt(style.line) if style.line else "100%"}" '
    if style.keep_next:
        made += 'fo:keep-with-next="always" '
    if style.keep_lines:
        made += 'fo:keep-together="always" '
    if style.fill:
        made += f'fo:background-color="#{style.fill}" fo:padding-top="{pt(style.pad_top)}" '
        made += f'fo:padding-bottom="{pt(style.pad_bottom)}" fo:padding-left="7pt" fo:padding-right="{pt(style.right)}" '
        made += f'fo:border-left="3pt solid #{style.border_left}" style:join-border="false" '
    elif style.border_bottom:
        made += f'fo:border-bottom="0.75pt solid #{style.border_bottom}" fo:padding-bottom="4pt" '
    tabs = ""
    if style.leader_tab:
        stop = PORTRAIT.text_width - style.left
        tabs = (
            f'<style:tab-stops><style:tab-stop style:position="{pt(stop)}" style:type="right" '
            'style:leader-style="dotted" style:leader-text="."/></style:tab-stops>'
        )
    return f"<style:paragraph-properties {made}>{tabs}</style:paragraph-properties>"


def _list_levels(kind: str) -> str:
    made = ""
    for n in range(1, 11):
        style = STYLES[f"{kind}{min(n, 3)}"]
        align = (
            '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
            '<style:list-level-label-alignment text:label-followed-by="listtab" '
            f'text:list-tab-stop-position="{pt(style.left)}" fo:text-indent="{pt(-style.hanging)}" '
            f'fo:margin-left="{pt(style.left)}"/></style:list-level-properties>'
        )
        if kind == "puce":
            sign = "•" if n % 2 else "–"
            made += f'<text:list-level-style-bullet text:level="{n}" text:bullet-char="{sign}">{align}</text:list-level-style-bullet>'
        else:
            made += (
                f'<text:list-level-style-number text:level="{n}" style:num-suffix="." style:num-format="1">'
                f"{align}</text:list-level-style-number>"
            )
    return made


def _outline() -> str:
    levels = ""
    for n in range(1, 11):
        numbered = f'style:num-format="1" text:display-levels="{n}"' if n <= 2 else 'style:num-format=""'
        levels += (
            f'<text:outline-level-style text:level="{n}" {numbered}>'
            '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
            f'<style:list-level-label-alignment text:label-followed-by="{"space" if n <= 2 else "nothing"}" '
            'fo:text-indent="0pt" fo:margin-left="0pt"/></style:list-level-properties></text:outline-level-style>'
        )
    return f'<text:outline-style style:name="Outline">{levels}</text:outline-style>'


@cache
def named_styles(look: Look | None = None) -> str:
    text = (
        f'style:font-name="{FONT}" fo:font-size="{pt(STYLES["corps"].size)}" fo:language="fr" fo:country="FR" '
        f'fo:color="#{INK}" fo:hyphenate="false" style:letter-kerning="false"'
    )
    return (
        '<style:default-style style:family="paragraph"><style:paragraph-properties style:tab-stop-distance="12.5mm" '
        f'fo:hyphenation-ladder-count="no-limit"/><style:text-properties {text}/></style:default-style>'
        '<style:default-style style:family="table"><style:table-properties table:border-model="collapsing"/>'
        "</style:default-style>"
        '<style:default-style style:family="table-row"><style:table-row-properties fo:keep-together="always"/>'
        "</style:default-style>"
        '<style:style style:name="Standard" style:family="paragraph" style:class="text"/>'
        + "".join(_paragraph_style(key, style) for key, style in styles_for(look).items())
        + '<style:style style:name="Internet_20_link" style:display-name="Internet link" style:family="text">'
        f'<style:text-properties fo:color="#{palette(look).link}" style:text-underline-style="solid" '
        'style:text-underline-width="auto" style:text-underline-color="font-color"/></style:style>'
        '<style:style style:name="Index_20_Link" style:display-name="Index Link" style:family="text">'
        f'<style:text-properties fo:color="#{INK}" style:text-underline-style="none"/></style:style>'
        f'<text:list-style style:name="Puces">{_list_levels("puce")}</text:list-style>'
        f'<text:list-style style:name="Numeros">{_list_levels("numero")}</text:list-style>'
        '<style:style style:name="Graphics" style:family="graphic"/>' + _outline()
    )
