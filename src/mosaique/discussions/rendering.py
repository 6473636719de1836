"""A page of posts as HTML, written in Python: twenty articles cost about what one template include does."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from html import escape
from typing import Any

from django.urls import get_script_prefix, reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from mosaique.discussions.mentions import shown, unpacked
from mosaique.discussions.queries import PostRow
from mosaique.kernel.typography import MONTHS, NBSP, decimal_number, time_short
from mosaique.kernel.ui.parts import Tile
from mosaique.kernel.ui.tags.atoms import etat, icon, tile

_POSITIONS = {
    "pour": ("fait", "Pour", "ok"),
    "contre": ("non", "Contre", "non"),
    "reserve": ("attend", "Réserve", "att"),
    "question": ("vide", "Question", "quoi"),
    "info": ("vide", "Information", "info"),
}


def _day(moment: datetime, year: int) -> str:
    local = timezone.localtime(moment)
    number = "1er" if local.day == 1 else str(local.day)
    day = f"{number}{NBSP}{MONTHS[local.month - 1]}"
    return day if local.year == year else f"{day}{NBSP}{local.year}"


def _when(moment: datetime, year: int) -> str:
    local = timezone.localtime(moment)
    iso = local.isoformat(timespec="minutes")
    return f'<time datetime="{iso}">{_day(moment, year)}, {time_short(local)}</time>'


def author_of(row: PostRow) -> str:
    """« Bernard Cros, maire, Sérénac »: the person, and in what capacity they spoke."""
    name = "personne effacée" if row.erased_at else f"{row.given_name} {row.family_name}"
    if not row.title:
        return name
    return f"{name}, {row.title[:1].lower()}{row.title[1:]}, {row.authority}"


def size_of(count: int) -> str:
    """« 48 ko », « 2,4 Mo »."""
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))}{NBSP}ko"
    return f"{decimal_number(Decimal(count) / 1_000_000, 1)}{NBSP}Mo"


def files_html(files: list[list[Any]]) -> str:
    """What is joined to a post, as the component « fichiers » shows files."""
    link_icon, at = str(icon("tel")), _pattern("download")
    out = ['<ul class="fichiers mt3" aria-label="Pièces jointes">']
    for pk, name, size in files:
        title = escape(name)
        out.append(
            f'<li><span class="type">{escape(name.rpartition(".")[2][:5].upper())}</span><span><b>{title}</b>'
            f'<small>{size_of(size)}</small></span><a class="btn petit" href="{at}{pk}/" '
            f'aria-label="Télécharger, {title}">{link_icon}Télécharger</a></li>'
        )
    return "".join([*out, "</ul>"])


def posts_html(
    rows: Iterable[PostRow],
    *,
    person_id: int | None,
    leads: bool,
    keeps: bool,
    open_thread: bool,
    year: int,
    told: tuple[int, str] = (0, ""),
) -> SafeString:
    """The articles of a page. `leads`: may moderate; `keeps`: may read hidden texts of others. `told`: what the page
    has to say of a message, under it: the top of a long page is not read by who has just written at its end."""
    tiles: dict[tuple[int, str], str] = {}
    chips = {key: str(etat(kind, word, picture)) for key, (kind, word, picture) in _POSITIONS.items()}
    link_icon = str(icon("maillon"))
    edit_at, hide_at, history_at = (_pattern(name) for name in ("post_edit", "post_hide", "post_history"))
    out: list[str] = []
    for row in rows:
        who, ident = escape(author_of(row)), f"m{row.number}"
        key = (row.tile_drawing if row.tile_drawing is not None else 1, row.tile_hue or "bv")
        if key not in tiles:
            tiles[key] = str(tile(Tile(*key), "moyen"))
        picture = tiles[key]
        notes = _when(row.created_at, year)
        if row.via_shared_mailbox:
            notes += ", boîte partagée"
        if row.edited_at is not None and row.hidden_at is None:
            notes += f', <a href="{history_at}{row.id}/versions/">corrigé le {_day(row.edited_at, year)}</a>'
        hidden = row.hidden_at is not None
        body = shown(row.body_html, unpacked(row.mentioned), person_id) if row.mentioned else row.body_html
        out.append(
            f'<article class="parole{" modere" if hidden else ""}" aria-labelledby="{ident}">{picture}<div>'
            f'<h3 id="{ident}">{who}<small>{notes}</small></h3>'
        )
        mine = row.author_id == person_id
        if row.hidden_at is not None:
            out.append(
                f"<blockquote>Message masqué le {_day(row.hidden_at, year)} par l’animation de l’espace.</blockquote>"
            )
            kept = (
                "Vous en gardez le texte et pouvez l’écrire autrement."
                if mine
                else "La personne en a gardé le texte et peut l’écrire autrement."
            )
            out.append(
                f'<div class="suite neutre"><b>Raison{NBSP}:</b> {escape(row.hidden_reason)} {kept}</div>'
            )
            if mine or keeps:
                out.append(
                    f'<details class="plier"><summary>Texte gardé, montré {"à vous" if mine else "à la personne"} et à l’animation'
                    f'</summary><div class="texte">{body}</div>{files_html(row.files) if row.files else ""}</details>'
                )
        else:
            if row.position:
                out.append(f'<p class="mt2">{chips[row.position]}</p>')
            out.append(f'<blockquote class="texte">{body}</blockquote>')
            if row.files:
                out.append(files_html(row.files))
        out.append('<p class="rangee">')
        if mine and open_thread and not hidden:
            out.append(
                f'<a class="touche" href="{edit_at}{row.id}/corriger/" aria-label="Corriger mon message n° {row.number}">Corriger</a>'
            )
        if leads:
            word = "Montrer de nouveau" if hidden else "Masquer"
            out.append(
                f'<a class="touche" href="{hide_at}{row.id}/moderer/" aria-label="{word} le message n° {row.number}, {who}">{word}</a>'
            )
        out.append(
            f'<a class="touche" href="?message={row.number}#{ident}" '
            f'aria-label="Lien vers le message n° {row.number}, {who}">{link_icon}</a></p></div></article>'
        )
        if row.number == told[0]:
            out.append(told[1])
    return mark_safe("".join(out))


def _pattern(name: str) -> str:
    """Beginning of an address that ends with an id: reversed once a process rather than once a post."""
    return _beginning(name, get_script_prefix())


@lru_cache(maxsize=16)
def _beginning(name: str, prefix: str) -> str:
    return reverse(name, kwargs={"pk": 0}).partition("0/")[0]
