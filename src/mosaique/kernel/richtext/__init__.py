"""Long texts: a JSON document of one closed schema, its HTML rendered once, when written.

Doors: `from_markdown` (what people type), `validate`, `to_html`, `to_text`, `to_markdown` (back into the form).
"""

from mosaique.kernel.richtext.html import to_html, to_text
from mosaique.kernel.richtext.markdown import from_markdown, to_markdown
from mosaique.kernel.richtext.schema import EMPTY, BadText, Doc, is_empty, validate

__all__ = [
    "EMPTY",
    "BadText",
    "Doc",
    "from_markdown",
    "is_empty",
    "to_html",
    "to_markdown",
    "to_text",
    "validate",
]
