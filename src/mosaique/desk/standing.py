"""The facts from which the steps are read: for who takes part, what they may know; for a visitor, what is public."""

from django.db.models import Count

from mosaique.access.actor import Actor
from mosaique.access.models import Visibility
from mosaique.access.scoped import Readable
from mosaique.consultation import queries as consultation
from mosaique.consultation.models import Adoption, Consultation
from mosaique.desk.process import Standing
from mosaique.desk.remembered import Memory
from mosaique.discussions.models import Thread
from mosaique.inventory.models import Campaign
from mosaique.kernel import clock
from mosaique.scheme.models import ActionSheet, Version
from mosaique.territory.models import Territory
from mosaique.territory.tiles import Tile

_BUILT = (ActionSheet.Status.BUILDING, ActionSheet.Status.READY, ActionSheet.Status.RETAINED)
# What every member reads: that it exists says nothing of a group that works apart.
_SHARED = (Visibility.TERRITORY, Visibility.PUBLIC)

_THREADS = Readable(
    lambda: Thread,
    lambda rows, territory: (
        rows.filter(scope__territory_id=territory)
        .order_by()
        .values("scope__territory_id")
        .annotate(count=Count("pk"))
        .values_list("count")
    ),
)


def standing_of(
    territory: Territory, actor: Actor, campaign: Campaign | None, laid: tuple[list[Tile], int] | None,
    memory: Memory | None = None,
) -> Standing:  # fmt: skip
    """Facts of the process as the actor may know them. `laid`: inventories given back, and how many are awaited."""
    memory = memory or Memory()
    version = memory.own(
        "version", ("scheme",),
        lambda: Version.objects.visible_to(actor).filter(scheme__territory=territory).defer("content").order_by("-number").first(),
    )  # fmt: skip
    opened = memory.own(
        "consultation", ("consultation",),
        lambda: Consultation.objects.visible_to(actor).filter(territory=territory).select_related("territory__epci").first(),
    )  # fmt: skip
    statuses = memory.own(
        "statuses", ("scheme",),
        lambda: list(ActionSheet.objects.visible_to(actor).filter(scheme__territory=territory).values_list("status", flat=True)),
    )  # fmt: skip
    threads = memory.own(
        "threads",
        ("discussions",),
        lambda: sum(count for (count,) in _THREADS.rows(actor, territory.pk)),
    )
    return _standing(territory, campaign, laid, version, opened, statuses, threads, memory=memory)


def public_standing(
    territory: Territory, campaign: Campaign | None, laid: tuple[list[Tile], int] | None
) -> Standing:
    """The same steps for a visitor: how far it has gone, without a number, a title or a text of what is prepared.

    Councils deliberate in public: that they are consulted, and how the community council voted, is known to all. A
    version frozen and not yet put to them is not.
    """
    opened = latest_consultation(territory)
    sheets = ActionSheet.objects.filter(scheme__territory=territory, scope__visibility__in=_SHARED)
    threads = Thread.objects.filter(scope__territory=territory, scope__visibility__in=_SHARED)
    return _standing(
        territory, campaign, laid, opened.version if opened else None, opened,
        list(sheets.values_list("status", flat=True)), int(threads.exists()), counted=False,
    )  # fmt: skip


def latest_consultation(territory: Territory) -> Consultation | None:
    """The fact that councils are, or were, consulted: public in itself."""
    return (
        Consultation.objects.filter(territory=territory)
        .select_related("territory__epci", "version")
        .defer("version__content")
        .first()
    )


def _standing(
    territory: Territory,
    campaign: Campaign | None,
    laid: tuple[list[Tile], int] | None,
    version: Version | None,
    opened: Consultation | None,
    statuses: list[str],
    threads: int,
    *,
    counted: bool = True,
    memory: Memory | None = None,
) -> Standing:
    memory = memory or Memory()
    adoption = (
        memory.common(("adoption", opened.pk), ("consultation",), lambda: consultation.adoption_of(opened))
        if opened
        else None
    )
    settled = (
        adoption is None
        and opened is not None
        and memory.common(
            ("settled", opened.pk),
            ("consultation",),
            lambda: not any(row.state.is_open for row in consultation.board(opened).rows),
        )
    )
    adopted = adoption is not None and adoption.outcome == Adoption.Outcome.ADOPTED
    return Standing(
        today=clock.today(territory.zone),
        opened_on=clock.day_of(territory.opened_at, territory.zone) if territory.opened_at else None,
        campaign_from=campaign.opens_on if campaign else None,
        campaign_until=campaign.closes_on if campaign else None,
        campaign_closed=campaign is not None and campaign.frozen,
        inventories=len(laid[0]) if laid else 0,
        expected=laid[1] if laid else 0,
        threads=threads,
        sheets=len(statuses),
        sheets_built=sum(status in _BUILT for status in statuses),
        frozen_on=clock.day_of(version.frozen_at, territory.zone) if version else None,
        consulted_on=clock.day_of(opened.opened_at, territory.zone) if opened else None,
        settled=settled,
        adopted_on=adoption.voted_on if adoption and adopted else None,
        rejected_on=adoption.voted_on if adoption and not adopted else None,
        target=territory.adoption_target,
        counted=counted,
    )
