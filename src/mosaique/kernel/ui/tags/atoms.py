"""The smallest pieces: icon, tile, state, date block, money already written as text."""

from datetime import date
from functools import lru_cache

from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from mosaique.kernel.typography import WEEKDAYS
from mosaique.kernel.ui.parts import TileLike
from mosaique.kernel.ui.tags import register

SHORT_MONTHS = (
    "janv.",
    "févr.",
    "mars",
    "avr.",
    "mai",
    "juin",
    "juil.",
    "août",
    "sept.",
    "oct.",
    "nov.",
    "déc.",
)
STATE_ICONS = {"fait": "ok", "attend": "att", "non": "non", "tard": "tard", "vide": "quoi"}
SOON_DAYS = 8
FAR_DAYS = 300
EMPTY_TILE = mark_safe('<svg class="carreau vide" aria-hidden="true"></svg>')


@lru_cache(maxsize=64)
def asset_url(name: str) -> str:
    """Address of a built file of the interface; the same for the life of a process, so asked once."""
    return static(f"ui/{name}")


@register.simple_tag
def asset(name: str) -> str:
    """{% asset "grille.js" %}: the address of one of our built files."""
    return asset_url(name)


def symbol(name: str) -> str:
    """Address of a symbol of the sprite: one file, fetched once, shared by every page."""
    return f"{asset_url('sprite.svg')}#{name}"


@lru_cache(maxsize=256)
def _icon(name: str, extra: str) -> SafeString:
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" aria-hidden="true"><use href="{}"/></svg>',
        extra,
        symbol(f"i-{name}"),
    )


@lru_cache(maxsize=256)
def _tile(drawing: int, hue: str, size: str) -> SafeString:
    return format_html(
        '<svg class="carreau k-{}{}{}" viewBox="0 0 24 24" aria-hidden="true"><use href="{}"/></svg>',
        hue,
        " " if size else "",
        size,
        symbol(f"t{drawing}"),
    )


@lru_cache(maxsize=1024)
def _etat(kind: str, word: str, icon: str, pastille: bool) -> SafeString:
    return format_html(
        '<span class="etat e-{}{}"><svg viewBox="0 0 24 24" aria-hidden="true"><use href="{}"/></svg>{}</span>',
        kind,
        " pastille" if pastille else "",
        symbol(f"i-{icon or STATE_ICONS[kind]}"),
        word,
    )


@register.simple_tag
def icon(name: str, extra: str = "ic") -> SafeString:
    """An icon. Always beside a word: it is hidden from screen readers."""
    return _icon(name, extra)


@register.simple_tag
def qui_voit(kind: str, pk: int, look: str = "btn petit") -> SafeString:
    """« Qui peut voir ceci ? », on every object: `kind` is its reference (kernel.ref). Nothing where no room answers it."""
    try:
        url = reverse("who_can_see", kwargs={"kind": kind, "pk": pk})
    except NoReverseMatch:
        return SafeString("")
    return format_html('<a class="{}" href="{}">{}Qui peut voir ceci ?</a>', look, url, icon("oeil"))


@register.simple_tag
def tile(of: TileLike | None, size: str = "") -> SafeString:
    """The tile of a commune, an EPCI or a theme; dashed and empty for None. `size`: « », moyen, grand."""
    if of is None:
        return (
            EMPTY_TILE
            if not size
            else format_html('<svg class="carreau vide {}" aria-hidden="true"></svg>', size)
        )
    return _tile(of.drawing, of.hue, size)


@register.simple_tag
def tile_name(of: TileLike | None, name: str) -> SafeString:
    """A tile and the name it stands for: what a table row starts with."""
    return format_html('<span class="nom">{}<span>{}</span></span>', tile(of), name)


@register.simple_tag
def etat(kind: str, word: str, icon: str = "", pastille: bool = False) -> SafeString:
    """A state: icon, word, colour. `kind`: fait, attend, non, tard, vide. `pastille` beside a title only."""
    # str(): a safe string and a plain one are equal to a cache, and must not be taken for each other.
    return (
        _etat(kind, str(word), icon, pastille)
        if type(word) is str
        else _etat.__wrapped__(kind, word, icon, pastille)
    )


@register.simple_tag
def ephe(day: date | None, today: date | None = None) -> SafeString:
    """A date as on a wall calendar; ochre at eight days or less (or past); « ? » when no date is known."""
    if day is None:
        return mark_safe(
            '<p class="ephe"><span>date</span><b><span class="vh">pas encore connue</span>'
            '<span aria-hidden="true">?</span></b><i>à fixer</i></p>'
        )
    number = mark_safe("1<sup>er</sup>") if day.day == 1 else str(day.day)
    distance = (day - today).days if today is not None else None
    # Far away, the year says more than the day of the week.
    far = distance is not None and abs(distance) > FAR_DAYS
    return format_html(
        '<p class="ephe{}"><span>{}</span><b>{}</b><i>{}</i></p>',
        " bientot" if distance is not None and distance <= SOON_DAYS else "",
        SHORT_MONTHS[day.month - 1],
        number,
        day.year if far else WEEKDAYS[day.weekday()],
    )


@register.simple_tag
def bouton(
    label: str,
    url: str = "",
    icon_name: str = "",
    style: str = "",
    form: str = "",
    name: str = "",
    value: str = "",
) -> SafeString:
    """A button (`url` empty: it sends its form) or a link that looks like one. `style`: plein, petit, nu."""
    picture = icon(icon_name) if icon_name else ""
    classes = f"btn {style}".strip()
    if url:
        return format_html('<a class="{}" href="{}">{}{}</a>', classes, url, picture, label)
    attributes = [
        format_html(' {}="{}"', key, text)
        for key, text in (("form", form), ("name", name), ("value", value))
        if text
    ]
    return format_html(
        '<button class="{}" type="submit"{}>{}{}</button>',
        classes,
        mark_safe("".join(attributes)),
        picture,
        label,
    )
