"""Filters for numbers and dates. None is « non communiqué », never zero."""

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from mosaique.kernel import typography
from mosaique.kernel.ui.tags import register
from mosaique.kernel.ui.tags.atoms import SHORT_MONTHS

UNKNOWN = typography.UNKNOWN


@register.filter
def money(amount: Decimal | int | None, mode: str = "") -> SafeString:
    """« 2 270,13 € » with lighter cents. `mode`: rond (no cents), signe (a plus before gains)."""
    if amount is None:
        return format_html('<span class="doux">{}</span>', UNKNOWN)
    text = typography.money(amount, signed=mode == "signe", cents=mode != "rond")
    whole, comma, rest = text.partition(",")
    if not comma:
        return mark_safe(text)
    cents, _, unit = rest.partition(typography.NBSP)
    return format_html(
        '<span class="nw">{}<span class="c">,{}</span>{}{}</span>', whole, cents, typography.NBSP, unit
    )


@register.filter
def etp(value: Decimal | int | None, mode: str = "") -> str:
    """« 1,20 ETP »; `mode` nu: without the unit (tables)."""
    return typography.etp(value, signed=mode == "signe", unit=mode != "nu")


@register.filter
def integer(value: int | Decimal | None) -> str:
    """« 12 345 »."""
    return typography.integer(value)


@register.filter
def pluriel(count: int | None) -> str:
    """The « s » of a noun after its number: French starts at two, where Django's own filter writes « 0 fiches »."""
    return "s" if count is not None and abs(count) >= 2 else ""


@register.filter
def de(name: str) -> str:
    """« de Paul Rey », « d’Anne Durand »."""
    return typography.of_name(str(name))


@register.filter
def decimal(value: Decimal | int | None, places: int = 2) -> str:
    """« 12,50 »."""
    return typography.decimal_number(value, int(places))


@register.filter
def percent(value: Decimal | int | None, places: int = 1) -> str:
    """« 12,5 % » (the value is already a percentage)."""
    return typography.percent(value, int(places))


@register.filter
def date_fr(day: date | None, mode: str = "") -> SafeString:
    """A date in a <time>. `mode`: « » 4 décembre 2026, jour vendredi 4 décembre 2026, court 4 déc. 2026, mois."""
    if day is None:
        return mark_safe('<span class="doux">date non connue</span>')
    day = _local(day).date() if isinstance(day, datetime) else day
    if mode == "jour":
        text = typography.date_with_weekday(day)
    elif mode == "court":
        text = typography.NBSP.join([_day(day), SHORT_MONTHS[day.month - 1], str(day.year)])
    elif mode == "mois":
        text = typography.month_year(day)
    else:
        text = typography.date_long(day)
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), _ordinal(text))


@register.filter
def moment_fr(moment: datetime | None, mode: str = "") -> SafeString:
    """« 4 décembre 2026 à 14 h 32 » in a <time>; `mode` heure: « 14 h 32 » alone."""
    if moment is None:
        return mark_safe('<span class="doux">date non connue</span>')
    local = _local(moment)
    text = typography.time_short(local) if mode == "heure" else typography.datetime_long(local)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), _ordinal(text))


@register.filter
def typographie(text: str) -> str:
    """French typography for a value written by a person (escaped as usual)."""
    if isinstance(text, SafeString):
        return mark_safe(typography.typographie_html(text))
    return typography.typographie(str(text))


def _day(day: date) -> str:
    return "1er" if day.day == 1 else str(day.day)


def _ordinal(text: str) -> SafeString:
    escaped = conditional_escape(text)
    head, found, tail = escaped.partition("1er" + typography.NBSP)
    # Only a lone « 1er », never the end of « 21er » (which French does not write anyway).
    return mark_safe(f"{head}1<sup>er</sup>{typography.NBSP}{tail}" if found else escaped)


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment
