"""{% field form.name %} and {% form_errors form %}: see kernel.ui.forms."""

from typing import Any

from django.forms import BaseForm, BoundField
from django.utils.safestring import SafeString

from mosaique.kernel.ui.forms import error_lines, first_id
from mosaique.kernel.ui.tags import register


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """Label, help above, widget, error below."""
    return bound.as_field_group()


@register.inclusion_tag("ui/forms/errors.html")
def form_errors(*forms: BaseForm) -> dict[str, Any]:
    """At the top of a page with one or more forms: what is to be seen again, with links. Nothing when all is well."""
    lines = [line for form in forms for line in error_lines(form)]
    return {"lines": lines, "count": len(lines)}


@register.simple_tag
def champ_id(bound: BoundField) -> str:
    """The id a link must aim at to reach this field (radio groups have no id of their own)."""
    return first_id(bound)
