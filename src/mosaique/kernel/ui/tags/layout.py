"""What surrounds every page, rendered once per distinct `Chrome`: it is the same from page to page, but for the token.

The cache is keyed by the whole value (frozen, compared field by field): two people never share an entry unless
everything shown is identical. The CSRF token never enters the cache.
"""

from functools import lru_cache

from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from mosaique.kernel.ui.chrome import Chrome
from mosaique.kernel.ui.tags import register

_TOKEN = "\ue001token\ue001"


@lru_cache(maxsize=512)
def _rendered(part: str, chrome: Chrome) -> str:
    return render_to_string(f"ui/parts/{part}.html", {"chrome": chrome, "csrf": _TOKEN}).strip()


@register.simple_tag(takes_context=True)
def around(context: Context, part: str) -> SafeString:
    """`entete` or `pied`. Without a chrome (a page for a broken server), that of a visitor."""
    html = _rendered(part, context.get("chrome") or Chrome())
    if _TOKEN in html:
        html = html.replace(_TOKEN, escape(str(context.get("csrf_token") or "")))
    return mark_safe(html)
