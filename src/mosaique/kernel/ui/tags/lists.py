"""Components that show a whole: lists, timelines, figures, tabs, pages. Each is a template of ui/parts/."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.core.paginator import Page
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from mosaique.kernel.ui import parts
from mosaique.kernel.ui.tags import register
from mosaique.kernel.ui.tags.atoms import icon, tile

DENSE_FROM = 41


@register.simple_tag
def quatre(open: str, until: str, who: str, then: str, closed: bool = False) -> SafeString:
    """The four lines of every sheet, thread, chapter and question. Closed: the fourth tells the answer."""
    terms = (
        ("Ce qui était ouvert" if closed else "Ce qui est ouvert", open),
        ("Jusqu’à quand", until),
        ("Qui décide", who),
        ("Ce qui en a été fait" if closed else "Ce qui en sera fait", then),
    )
    return format_html(
        '<dl class="quatre">{}</dl>', format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", terms)
    )


@register.inclusion_tag("ui/parts/afaire.html")
def afaire(items: Iterable[parts.Todo], today: date | None = None) -> dict[str, Any]:
    """What is expected of the person. The first line is the next step: large, ochre, with its button."""
    return {"items": items, "today": today}


@register.inclusion_tag("ui/parts/frise.html")
def frise(steps: Iterable[parts.Step]) -> dict[str, Any]:
    """The nine steps of the process."""
    return {"steps": list(steps)}


@register.inclusion_tag("ui/parts/delais.html")
def delais(marks: Iterable[parts.Mark]) -> dict[str, Any]:
    """Three to five dates with the interval written. Always follow with {% plier "D’où viennent ces dates ?" %}."""
    return {"marks": list(marks)}


@register.simple_tag
def trois(figures: Iterable[parts.Figure]) -> SafeString:
    """Three figures of a `.vous` panel: money, people, service to residents. A value may be safe HTML."""
    return _figures("trois", figures)


@register.simple_tag
def reperes(figures: Iterable[parts.Figure]) -> SafeString:
    """Up to four figures under the title of a page."""
    return _figures("reperes", figures)


def _figures(css: str, figures: Iterable[parts.Figure]) -> SafeString:
    rows = format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", ((f.label, f.value) for f in figures))
    return format_html('<dl class="{}">{}</dl>', css, rows)


@register.simple_tag
def textes(mine_title: str, mine: str, theirs_title: str, theirs: str) -> SafeString:
    """Two texts for the same place: both kept, shown side by side."""
    return format_html(
        '<div class="textes"><div><b>{}</b><p class="mt2">{}</p></div><div><b>{}</b><p class="mt2">{}</p></div></div>',
        mine_title,
        mine,
        theirs_title,
        theirs,
    )


@register.simple_tag
def progres(label: str, value: int, maximum: int, id: str = "progres", help: str = "") -> SafeString:
    """A number first, then the bar: « Envoi des invitations : 12 sur 19 »."""
    return format_html(
        '<div class="progres"><label for="{0}">{1} : {2} sur {3}</label>'
        '<progress id="{0}" max="{3}" value="{2}">{2} sur {3}</progress>{4}</div>',
        id,
        label,
        value,
        maximum,
        format_html('<p class="doux">{}</p>', help) if help else "",
    )


@register.inclusion_tag("ui/parts/fichiers.html")
def fichiers(files: Iterable[parts.FileLink]) -> dict[str, Any]:
    """Files offered, with their format in a square and a named button."""
    return {"files": files}


@register.inclusion_tag("ui/parts/histoire.html")
def histoire(events: Iterable[parts.Event]) -> dict[str, Any]:
    """Newest first; the full square is what is being read."""
    return {"events": events}


@register.simple_tag
def lecteurs(readers: Iterable[parts.Reader]) -> SafeString:
    """The list inside {% bulle %}: who may read, who may not."""
    rows = ((icon("gens" if r.allowed else "cadenas"), r.text) for r in readers)
    return format_html('<ul class="mt3">{}</ul>', format_html_join("", "<li>{}<span>{}</span></li>", rows))


@register.simple_tag
def onglets(label: str, links: Iterable[parts.Link]) -> SafeString:
    """Two to five links to pages; never hides a form."""
    return format_html('<nav class="onglets" aria-label="{}"><ul>{}</ul></nav>', label, _links(links))


def _links(links: Iterable[parts.Link]) -> SafeString:
    return format_html_join(
        "",
        '<li><a href="{}"{}>{}</a></li>',
        ((link.url, mark_safe(' aria-current="page"') if link.current else "", link.label) for link in links),
    )


@register.simple_tag
def fil(*parts: str) -> SafeString:
    """Breadcrumb: {% fil "Fiches action" list_url "Axe 2" axis_url "Fiche 7" %}. The last one is this page."""
    if len(parts) % 2 == 0:
        raise ValueError("fil: label, url, label, url, …, label of this page")
    before = zip(parts[1:-1:2], parts[0:-1:2], strict=True)
    return format_html(
        '<nav class="fil" aria-label="Vous êtes ici"><ol>{}<li><span aria-current="page">{}</span></li></ol></nav>',
        format_html_join("", '<li><a href="{}">{}</a></li>', before),
        parts[-1],
    )


@register.inclusion_tag("ui/parts/pages.html", takes_context=True)
def pages(context: Context, page: Page, name: str = "page", label: str = "Pages") -> dict[str, Any]:
    """Pagination of a `Page`; keeps the other parameters of the address. Nothing when there is one page."""
    query = context["request"].GET.copy()
    total = page.paginator.num_pages

    def url(number: int) -> str:
        query[name] = str(number)
        return "?" + query.urlencode()

    shown = sorted({1, total, *range(max(1, page.number - 1), min(total, page.number + 1) + 1)})
    steps: list[dict[str, Any]] = []
    previous = 0
    for number in shown:
        if number > previous + 1:
            steps.append({"gap": True, "number": 0, "url": "", "current": False, "last": False})
        steps.append(
            {
                "gap": False,
                "number": number,
                "url": url(number),
                "current": number == page.number,
                "last": number == total and total > 1,
            }
        )
        previous = number
    return {
        "label": label,
        "several": total > 1,
        "steps": steps,
        "before": url(page.number - 1) if page.has_previous() else "",
        "after": url(page.number + 1) if page.has_next() else "",
    }


@register.simple_tag
def mosaique(tiles: Sequence[parts.TileLike], total: int) -> SafeString:
    """The tile floor: laid tiles, then as many dashed places as are awaited. Dense beyond 40. Give it a figcaption."""
    laid = format_html_join("", "{}", ((tile(one),) for one in tiles))
    awaited = mark_safe(str(tile(None)) * max(0, total - len(tiles)))
    return format_html(
        '<div class="mosaique{}">{}{}</div>',
        " dense" if max(total, len(tiles)) >= DENSE_FROM else "",
        laid,
        awaited,
    )


@register.simple_tag
def legende(entries: Iterable[parts.LegendEntry]) -> SafeString:
    """Pattern and word: needs {% include "ui/patterns.html" %} once on the page (answers alone: `ui/patterns_answers.html`)."""
    rows = format_html_join(
        "",
        '<li><svg viewBox="0 0 24 24" aria-hidden="true"><rect class="{}" width="24" height="24"/></svg>'
        "<span>{}</span></li>",
        ((entry.mark, entry.label) for entry in entries),
    )
    return format_html('<ul class="legende">{}</ul>', rows)


@register.simple_tag
def barre(shares: Iterable[parts.Share], css: str = "empilee") -> SafeString:
    """A bar: one or more weights. `css`: empilee (thick, stacked) or barre (thin, `weight` is a percentage)."""
    shares = list(shares)
    whole = 100.0 if css == "barre" else float(sum(share.weight for share in shares)) or 1.0
    rects, x = [], 0.0
    for share in shares:
        width = 100 * float(share.weight) / whole
        rects.append((share.mark, f"{x:.2f}", f"{width:.2f}"))
        x += width
    return format_html(
        '<svg class="{}" aria-hidden="true">{}</svg>',
        css,
        format_html_join("", '<rect class="{}" x="{}%" width="{}%" height="100%"/>', rects),
    )


@register.inclusion_tag("ui/parts/grille_etat.html")
def grille_etat(grid: str) -> dict[str, Any]:
    """Where an editable grid says « Enregistré à 10 h 42 »; see docs/interface.md."""
    return {"grid": grid}
