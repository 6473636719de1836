"""Components that go around some text: {% message "bon" "…" %}…{% endmessage %}."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from mosaique.kernel.ui.parts import TileLike
from mosaique.kernel.ui.tags import register
from mosaique.kernel.ui.tags.atoms import icon, tile

MESSAGES = {
    "neutre": ("", "info"),
    "attente": ("attente", "att"),
    "bon": ("bon", "ok"),
    "faute": ("faute-m", "alerte"),
    "ferme": ("ferme", "sceau"),
}


def heading(level: int, text: str, id: str = "") -> SafeString:
    """A heading at the level the page needs: components never skip one."""
    if not 2 <= level <= 4:
        raise ValueError("a component heading is of level 2, 3 or 4")
    return format_html(
        "<{0}{1}>{2}</{0}>", mark_safe(f"h{level}"), format_html(' id="{}"', id) if id else "", text
    )


@register.simple_block_tag
def message(
    content: str,
    kind: str,
    title: str = "",
    icon_name: str = "",
    level: int = 2,
    id: str = "",
    role: str = "",
) -> SafeString:
    """What happened, what was kept, what to do. `kind`: neutre, attente, bon, faute, ferme."""
    css, default = MESSAGES[kind]
    return format_html(
        '<div class="{}"{}{}>{}<div>{}{}</div></div>',
        f"message {css}".strip(),
        format_html(' id="{}"', id) if id else "",
        format_html(' role="{}"', role) if role else "",
        icon(icon_name or default),
        heading(level, title) if title else "",
        content,
    )


@register.simple_block_tag
def plier(content: str, summary: str, open: bool = False, id: str = "") -> SafeString:
    """A fold: the summary says what is inside. Opens when printing."""
    return format_html(
        '<details class="plier"{}{}><summary>{}</summary><div>{}</div></details>',
        format_html(' id="{}"', id) if id else "",
        mark_safe(" open") if open else "",
        summary,
        content,
    )


@register.simple_block_tag
def vide(content: str, title: str, url: str = "", action: str = "", level: int = 2) -> SafeString:
    """Nothing yet: one sentence, then the first thing to do."""
    return format_html(
        '<div class="vide-bloc">{}{}{}</div>',
        heading(level, title),
        content,
        format_html('<a class="btn" href="{}">{}</a>', url, action) if url else "",
    )


@register.simple_block_tag
def pas(
    content: str,
    title: str,
    url: str = "",
    action: str = "",
    full: bool = True,
    level: int = 2,
    form: str = "",
    id: str = "pas",
) -> SafeString:
    """The next step: one per work page, right after the title. Without `url`, the button sends `form`."""
    style = "btn plein" if full else "btn"
    if url:
        button: SafeString | str = format_html('<a class="{}" href="{}">{}</a>', style, url, action)
    elif action:
        button = format_html(
            '<button class="{}" type="submit"{}>{}</button>',
            style,
            format_html(' form="{}"', form) if form else "",
            action,
        )
    else:
        button = ""
    return format_html(
        '<section class="pas" aria-labelledby="{}"><div>{}{}</div>{}</section>',
        id,
        heading(level, title, id),
        content,
        button,
    )


@register.simple_block_tag
def vous(
    content: str, title: str, of: TileLike | None = None, when: str = "", id: str = "vous"
) -> SafeString:
    """« Ce que cela change pour … »: tile, title, when the answer is expected; figures and form inside."""
    return format_html(
        '<section class="vous" aria-labelledby="{0}"><header>{1}<div><h2 id="{0}">{2}</h2>{3}</div></header>'
        "{4}</section>",
        id,
        tile(of, "grand"),
        title,
        format_html("<p>{}</p>", when) if when else "",
        content,
    )


@register.simple_block_tag
def boite(content: str, title: str = "", level: int = 3, id: str = "") -> SafeString:
    """A box, for things of equal rank; never inside another one. Put several in <div class="boites">."""
    return format_html(
        '<section class="boite"{}>{}{}</section>',
        format_html(' aria-labelledby="{}"', id) if id else "",
        heading(level, title, id) if title else "",
        content,
    )


@register.simple_block_tag
def tableau(content: str, label: str) -> SafeString:
    """Around a <table role="table" class="souple">: it may scroll sideways, so it can be reached and has a name."""
    return format_html(
        '<div class="tableau" tabindex="0" role="region" aria-label="{}">{}</div>', label, content
    )


@register.simple_block_tag
def suite(content: str, kind: str = "donnee", title: str = "") -> SafeString:
    """The answer given to a contribution. `kind`: donnee (green), due (ochre), neutre (reason of a moderation)."""
    css = {"donnee": "suite", "due": "suite due", "neutre": "suite neutre"}[kind]
    return format_html(
        '<div class="{}">{}{}</div>', css, format_html("<b>{}</b> ", title) if title else "", content
    )


@register.simple_block_tag
def parole(
    content: str,
    id: str,
    author: str,
    when: str = "",
    of: TileLike | None = None,
    hidden: bool = False,
    level: int = 3,
) -> SafeString:
    """One post. `content` is safe HTML: a <blockquote>, then {% suite %}, then a row of actions."""
    title = heading(
        level, format_html("{}{}", author, format_html("<small>{}</small>", when) if when else ""), id
    )
    return format_html(
        '<article class="parole{}" aria-labelledby="{}">{}<div>{}{}</div></article>',
        " modere" if hidden else "",
        id,
        tile(of, "moyen"),
        title,
        content,
    )


@register.simple_block_tag
def releve(content: str, title: str, id: str = "releve", sticky: bool = True) -> SafeString:
    """What the debate concluded: agreed, not yet, contributions (as <h3> + <ul class="tirets">)."""
    return format_html(
        '<aside class="releve{}" aria-labelledby="{}"><h2 id="{}">{}</h2>{}</aside>',
        " colle" if sticky else "",
        id,
        id,
        title,
        content,
    )


@register.simple_block_tag
def cachet(
    content: str,
    code: str,
    title: str = "Code de cette version",
    qr: str = "",
    id: str = "cachet",
    level: int = 2,
) -> SafeString:
    """The seal of a frozen version: its code and, when given, a QR code (a safe <svg class="qr" role="img">)."""
    return format_html(
        '<section class="cachet" aria-labelledby="{}">{}<div class="doux-titre">{}<span class="code">{}</span>{}</div>'
        "</section>",
        id,
        qr,
        heading(level, title, id),
        code,
        content,
    )


@register.simple_block_tag
def bulle(
    content: str,
    id: str,
    title: str = "Qui peut voir ceci\u202f?",
    url: str = "",
    label: str = "",
    icon_name: str = "oeil",
) -> SafeString:
    """A button and its native popover; `url` is the page that says the same, for those who cannot open it."""
    return format_html(
        '<button class="btn petit" type="button" popovertarget="{id}">{picture}{label}</button>'
        '<div class="bulle" id="{id}" popover role="dialog" aria-labelledby="{id}-t"><h2 id="{id}-t">{title}</h2>'
        '{content}<p class="rangee mt4">{link}<button class="btn petit" type="button" popovertarget="{id}" '
        'popovertargetaction="hide">Fermer</button></p></div>',
        id=id,
        picture=icon(icon_name),
        label=label or title,
        title=title,
        content=content,
        link=format_html('<a class="touche" href="{}">Lire sur une page</a>', url) if url else "",
    )
