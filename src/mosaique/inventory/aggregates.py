"""The statistics door: the only code of this room that reads lines its reader may not see.

It publishes totals, at the moment a commune gives a section back (never on a reading). A total adds up at least five
communes, none of which weighs more than 80 % of it; and its difference with every total already published obeys the same
rule, so that two pages read a week apart isolate nobody. A total that may not be published is simply not: the former one stays.
Only communes whose figure is not already read by everyone hide anyone: those that opened their section to all communes, or
released this figure, can be subtracted by any reader, and so count neither among the five nor in the share. When one opens
later, a total that would now isolate the others goes back to the project team.
Sections kept « pour ma mairie seulement » enter no total.
"""

from collections.abc import Mapping, Set
from decimal import Decimal

from mosaique.access.actor import Actor
from mosaique.access.models import Scope, Visibility
from mosaique.inventory import cells
from mosaique.inventory.models import Campaign, Release, Row, SectionSheet, Statistic, StatisticGround
from mosaique.inventory.spec import Figure
from mosaique.kernel import clock

FEWEST = 5
HEAVIEST = Decimal("0.8")

Parts = Mapping[int, Decimal]


def may_publish(parts: Parts) -> bool:
    """Enough communes, and none that the total would reveal."""
    if len(parts) < FEWEST:
        return False
    total = sum(parts.values(), Decimal(0))
    return total > 0 and max(parts.values()) <= total * HEAVIEST


def hides(parts: Parts, known: Set[int]) -> bool:
    """Whether what any reader may subtract (`known` communes) leaves nobody isolated in this total."""
    hidden = {pk: value for pk, value in parts.items() if pk not in known}
    return not hidden or may_publish(hidden)


def tells_apart(new: Parts, old: Parts, known: Set[int] = frozenset()) -> bool:
    """Whether the difference of two totals would isolate a few communes, or one that weighs too much."""
    moved = {pk: new[pk] - old[pk] for pk in new.keys() & old.keys() if new[pk] != old[pk]}
    came = {pk: new[pk] for pk in new.keys() - old.keys()}
    left = {pk: old[pk] for pk in old.keys() - new.keys()}
    steps = {
        pk: abs(value) for group in (moved, came, left) for pk, value in group.items() if pk not in known
    }
    return bool(steps) and not may_publish(steps)


def refresh(sheet: SectionSheet) -> None:
    """Publish the totals of this section that may be, now that one more commune gave it back."""
    campaign, spec = sheet.inventory.campaign, sheet.spec
    by_commune = _figures(campaign, sheet.section)
    scope = Scope.objects.obtain(territory=campaign.territory, visibility=Visibility.TERRITORY)
    for name in spec.totals:
        found = {pk: figures[name] for pk, figures in by_commune.items() if name in figures}
        # A commune that does not know is in no total: it is not a zero.
        parts = {
            pk: figure.value
            for pk, figure in found.items()
            if figure.value is not None and not figure.missing
        }
        former, known = _former(campaign, sheet.section, name), _known(campaign, sheet.section, name)
        if not may_publish(parts) or not hides(parts, known) or parts in former:
            continue
        if any(tells_apart(parts, old, known) for old in former):
            continue
        figure = next(iter(found.values()))
        total = Statistic.objects.create(
            scope=scope, campaign=campaign, section=sheet.section, name=name, title=figure.label, unit=figure.unit,
            value=sum(parts.values(), Decimal(0)), communes=len(parts), at=clock.now(),
        )  # fmt: skip
        StatisticGround.objects.create(
            statistic=total, parts={str(pk): str(value) for pk, value in parts.items()}
        )


def review(sheet: SectionSheet) -> None:
    """A commune has opened its section or released figures: totals in which the others would now be told apart are
    read by the project team alone (what was published cannot be unread, but is shown no longer)."""
    campaign = sheet.inventory.campaign
    team = Scope.objects.obtain(
        territory=campaign.territory, visibility=Visibility.TEAM, authority=campaign.territory.epci
    )
    grounds = StatisticGround.objects.filter(
        statistic__campaign=campaign, statistic__section=sheet.section
    ).select_related("statistic")
    for ground in grounds:
        known = _known(campaign, sheet.section, ground.statistic.name)
        parts = {int(pk): Decimal(value) for pk, value in ground.parts.items()}
        if ground.statistic.scope_id != team.pk and not hides(parts, known):
            Statistic.objects.filter(pk=ground.statistic_id).update(scope=team)


def _known(campaign: Campaign, section: str, name: str) -> set[int]:
    """Communes whose figure everyone who takes part reads already: by the section itself, or released."""
    opened = SectionSheet.objects.filter(
        inventory__campaign=campaign, section=section, sharing__in=(SectionSheet.Sharing.CIRCLE, SectionSheet.Sharing.PUBLIC)
    ).values_list("inventory__authority_id", flat=True)  # fmt: skip
    releases = Release.objects.in_force().filter(
        sheet__inventory__campaign=campaign, sheet__section=section
    ).values_list("sheet__inventory__authority_id", "figures")  # fmt: skip
    released = {pk for pk, figures in releases if any(figure["name"] == name for figure in figures)}
    return set(opened) | released


def published(actor: Actor, campaign: Campaign) -> list[Statistic]:
    """The last total of each kind, in the order of the sections. One query."""
    last: dict[tuple[str, str], Statistic] = {}
    for row in Statistic.objects.visible_to(actor).filter(campaign=campaign).defer("scope"):
        last.setdefault((row.section, row.name), row)
    order = {name: rank for rank, name in enumerate(campaign.sections)}
    return sorted(last.values(), key=lambda row: order.get(row.section, len(order)))


def _former(campaign: Campaign, section: str, name: str) -> list[dict[int, Decimal]]:
    grounds = StatisticGround.objects.filter(
        statistic__campaign=campaign, statistic__section=section, statistic__name=name
    )
    return [{int(pk): Decimal(value) for pk, value in ground.parts.items()} for ground in grounds]


def _figures(campaign: Campaign, section: str) -> dict[int, dict[str, Figure]]:
    """Figures of every commune that gave the section back and lets at least the project team read it."""
    sheets = SectionSheet.objects.for_screen().filter(
        inventory__campaign=campaign, section=section, state=SectionSheet.State.DONE
    ).exclude(sharing__in=("", SectionSheet.Sharing.AUTHORITY))  # fmt: skip
    rows: dict[int, list[Row]] = {sheet.pk: [] for sheet in sheets}
    for row in Row.objects.kept().filter(sheet__in=list(rows)):
        rows[row.sheet_id].append(row)
    return {
        sheet.inventory.authority_id: {
            figure.name: figure for figure in sheet.spec.figures(cells.counting(rows[sheet.pk]))
        }
        for sheet in sheets
    }
