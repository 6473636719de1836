"""The named styles and the numbering of a DOCX."""

from __future__ import annotations

from functools import cache

from ..flow import Flow, Para
from ..model import Look
from ..package import XML
from ..styles import FONT, INK, PORTRAIT, RULE, RULE_STRONG, STYLES, Style, palette, styles_for

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NS = (
    f'xmlns:w="{W}" xmlns:r="{R}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
BULLET_NUM, ORDERED_ABSTRACT, HEADING_NUM = 2, 2, 1


def twips(points: float) -> int:
    return round(points * 20)


@cache
def styles_xml(look: Look | None = None) -> str:
    lang = '<w:lang w:val="fr-FR" w:eastAsia="fr-FR" w:bidi="ar-SA"/>'
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    base = STYLES["corps"]
    out = [
        XML,
        f"<w:styles {NS}><w:docDefaults><w:rPrDefault><w:rPr>{fonts}",
        f'<w:color w:val="{INK}"/><w:sz w:val="{round(base.size * 2)}"/><w:szCs w:val="{round(base.size * 2)}"/>{lang}',
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>",
        (
            '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="0" w:defUnhideWhenUsed="0" '
            'w:defQFormat="0" w:count="376"/>'
        ),
        *(_style(key, style) for key, style in styles_for(look).items()),
        (
            '<w:style w:type="character" w:default="1" w:styleId="Policepardfaut"><w:name w:val="Default Paragraph Font"/>'
            '<w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        ),
        (
            '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:uiPriority w:val="99"/>'
            f'<w:rPr><w:color w:val="{palette(look).link}"/><w:u w:val="single"/></w:rPr></w:style>'
        ),
        (
            '<w:style w:type="table" w:default="1" w:styleId="TableauNormal"><w:name w:val="Normal Table"/>'
            '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
            '<w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
            '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        ),
        (
            '<w:style w:type="table" w:customStyle="1" w:styleId="TableauRapport"><w:name w:val="Tableau du rapport"/>'
            '<w:basedOn w:val="TableauNormal"/><w:qFormat/><w:tblPr><w:tblBorders>'
            f'<w:bottom w:val="single" w:sz="4" w:space="0" w:color="{RULE_STRONG}"/>'
            f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/></w:tblBorders><w:tblCellMar>'
            '<w:top w:w="60" w:type="dxa"/><w:left w:w="100" w:type="dxa"/><w:bottom w:w="60" w:type="dxa"/>'
            '<w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        ),
        '<w:style w:type="numbering" w:default="1" w:styleId="Aucuneliste"><w:name w:val="No List"/><w:semiHidden/></w:style>',
        "</w:styles>",
    ]
    return "".join(out)


def _style(key: str, style: Style) -> str:
    marks = 'w:default="1" ' if key == "corps" else ""
    marks += "" if style.word_name else 'w:customStyle="1" '
    head = (
        f'<w:style w:type="paragraph" {marks}w:styleId="{style.word}">'
        f'<w:name w:val="{style.word_name or style.name}"/>'
    )
    if style.parent:
        head += f'<w:basedOn w:val="{STYLES[style.parent].word}"/>'
    if style.outline:
        head += '<w:next w:val="Normal"/>'
    head += '<w:uiPriority w:val="9"/><w:qFormat/>'
    ppr = ""
    if style.keep_next:
        ppr += "<w:keepNext/>"
    if style.keep_lines:
        ppr += "<w:keepLines/>"
    ppr += '<w:widowControl w:val="1"/>' if key == "corps" else ""
    if 1 <= style.outline <= 2:
        ppr += f'<w:numPr><w:ilvl w:val="{style.outline - 1}"/><w:numId w:val="{HEADING_NUM}"/></w:numPr>'
    elif key.startswith("puce"):
        ppr += f'<w:numPr><w:ilvl w:val="{int(key[-1]) - 1}"/><w:numId w:val="{BULLET_NUM}"/></w:numPr>'
    if style.border_left or style.border_bottom:
        # A band of the callout's own colour, 2 points of line and the rest of space, widens its ground.
        edges = [("top", style.pad_top, style.fill), ("left", 0.0, style.border_left)]
        edges += [("bottom", style.pad_bottom, style.fill)]
        ppr += "<w:pBdr>"
        for edge, pad, colour in edges:
            if edge == "left" and colour:
                ppr += f'<w:left w:val="single" w:sz="24" w:space="7" w:color="{colour}"/>'
            elif pad:
                ppr += f'<w:{edge} w:val="single" w:sz="16" w:space="{round(pad) - 2}" w:color="{colour}"/>'
        if style.border_bottom:
            ppr += f'<w:bottom w:val="single" w:sz="6" w:space="4" w:color="{style.border_bottom}"/>'
        ppr += "</w:pBdr>"
    if style.fill:
        ppr += f'<w:shd w:val="clear" w:color="auto" w:fill="{style.fill}"/>'
    if style.leader_tab:
        end = twips(PORTRAIT.text_width)
        ppr += f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{end}"/></w:tabs>'
    ppr += '<w:suppressAutoHyphens w:val="1"/>' if key == "corps" else ""
    rule = "exact" if style.line else "auto"
    ppr += (
        f'<w:spacing w:before="{twips(style.before)}" w:after="{twips(style.after)}" '
        f'w:line="{twips(style.line) or 240}" w:lineRule="{rule}"/>'
    )
    if style.left or style.right or style.hanging:
        hanging = f' w:hanging="{twips(style.hanging)}"' if style.hanging else ""
        ppr += f'<w:ind w:left="{twips(style.left)}" w:right="{twips(style.right)}"{hanging}/>'
    if style.align != "left":
        ppr += f'<w:jc w:val="{style.align}"/>'
    if style.outline:
        ppr += f'<w:outlineLvl w:val="{style.outline - 1}"/>'
    rpr = ("<w:b/><w:bCs/>" if style.bold else "") + ("<w:i/><w:iCs/>" if style.italic else "")
    rpr += f'<w:color w:val="{style.colour}"/>'
    rpr += f'<w:sz w:val="{round(style.size * 2)}"/><w:szCs w:val="{round(style.size * 2)}"/>'
    return f"{head}<w:pPr>{ppr}</w:pPr><w:rPr>{rpr}</w:rPr></w:style>"


def list_numbers(flow: Flow) -> dict[int, int]:
    """Each numbered list restarts at 1: it has its own number instance."""
    ids = [
        i.in_list.list_id
        for part in flow.parts
        for i in part.items
        if isinstance(i, Para) and i.in_list and i.in_list.ordered
    ]
    return {list_id: 10 + rank for rank, list_id in enumerate(dict.fromkeys(ids))}


def numbering_xml(flow: Flow) -> str:
    heading = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        + (f'<w:pStyle w:val="Heading{n + 1}"/>' if n < 2 else "")
        + f'<w:suff w:val="space"/><w:lvlText w:val="{".".join(f"%{k + 1}" for k in range(n + 1)) if n < 2 else ""}"/>'
        '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl>'
        for n in range(9)
    )
    levels = {"puce": "", "numero": ""}
    for key in levels:
        for n in range(3):
            style = STYLES[f"{key}{n + 1}"]
            text, kind = (
                ("•" if n % 2 == 0 else "–", "bullet") if key == "puce" else (f"%{n + 1}.", "decimal")
            )
            pstyle = f'<w:pStyle w:val="{style.word}"/>' if key == "puce" else ""
            levels[key] += (
                f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{pstyle}'
                f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:tabs><w:tab w:val="num" '
                f'w:pos="{twips(style.left)}"/></w:tabs><w:ind w:left="{twips(style.left)}" '
                f'w:hanging="{twips(style.hanging)}"/></w:pPr></w:lvl>'
            )
    numbers = "".join(
        f'<w:num w:numId="{num}"><w:abstractNumId w:val="{ORDERED_ABSTRACT}"/>'
        + "".join(
            f'<w:lvlOverride w:ilvl="{n}"><w:startOverride w:val="1"/></w:lvlOverride>' for n in range(3)
        )
        + "</w:num>"
        for num in list_numbers(flow).values()
    )
    return (
        f"{XML}<w:numbering {NS}>"
        f'<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>{heading}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="hybridMultilevel"/>{levels["puce"]}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="2"><w:multiLevelType w:val="hybridMultilevel"/>{levels["numero"]}</w:abstractNum>'
        f'<w:num w:numId="{HEADING_NUM}"><w:abstractNumId w:val="0"/></w:num>'
        f'<w:num w:numId="{BULLET_NUM}"><w:abstractNumId w:val="1"/></w:num>{numbers}</w:numbering>'
    )
