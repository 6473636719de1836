"""The same world, and thirty more of everything at once: no page may cost more for it."""

from datetime import date, timedelta
from typing import Any

from mosaique.access import cards
from mosaique.access.models import Mandate, Person, Scope, Visibility
from mosaique.accounts.models import Invitation, InvitationBatch, PendingImport, PostalAddress
from mosaique.assistance.models import HelpReply
from mosaique.consultation.models import CouncilFile, DatedFact, Opinion, ReserveAnswer, Sitting
from mosaique.costing.models import AllocationRun, CostLine, EtpLine
from mosaique.discussions.models import Attachment, Mention, Post, Releve, ReleveDelivery, Thread
from mosaique.inventory.models import (
    Estimate,
    HelpRequest,
    ImportBatch,
    Release,
    Return,
    Row,
    SectionLink,
    SectionSheet,
    Statistic,
    Summary,
)
from mosaique.journal.models import Line
from mosaique.kernel import clock
from mosaique.kernel.richtext import from_markdown, to_html
from mosaique.scheme.models import ActionSheet, Axis, PreparedFile, ResidentChange, VersionFile
from tests.matrix import many
from tests.matrix.many import COUNT, communes, copies
from tests.world.builder import World

BODY = from_markdown("Encore un texte.")
HTML = to_html(BODY)


def _first(model: Any, **where: Any) -> Any:
    found = model._default_manager.filter(**where).order_by("pk").first()
    assert found is not None, f"the world holds no {model._meta.label} such as {where}"
    return found


def everything(world: World) -> None:
    """Thirty of each."""
    for one in (
        many.unopened, many.parties, many.file_lines, many.spaces, many.members, many.threads, many.posts, many.sheets,
        many.decisions, many.councils, many.returns, many.help_calls, many.replies, many.corrections, many.versions, many.criteria,
        many.claims, many.changes,
    ):  # fmt: skip
        one(world)
    for room in (_accounts, _talk, _scheme, _costs, _inventory, _opinions):
        room(world)
    cards.rewrite(Person.objects.all())  # as every service that gives a mandate or a place does
    copies(_first(Line, kind="sheet"), at=lambda n: clock.now() - timedelta(minutes=n))


def _accounts(world: World) -> None:
    people = list(Person.objects.filter(email__startswith="p", family_name__startswith="Numéro"))
    copies(world.batch, sent_at=lambda n: clock.now() - timedelta(days=n))
    copies(world.people_file, name=lambda n: f"maires {n}.csv", signature=lambda n: f"many{n}")
    places = communes(world)
    scope = world.batch.scope
    PostalAddress.objects.bulk_create(
        PostalAddress(territory=world.company.territory, scope=scope, authority=one, lines="1, place de la Mairie")
        for one in places
    )  # fmt: skip
    # What thirty mayors have confided to thirty deputies.
    for n, mandate in enumerate(Mandate.objects.filter(person__in=people).select_related("person")):
        deputy = many.new_person(email=f"d{n}@exemple.fr", given_name="Sacha", family_name=f"Adjoint {n}")
        deputy.save()
        Mandate.objects.create(
            person=deputy, territory_id=mandate.territory_id, authority_id=mandate.authority_id, role="deputy", title="Adjoint",
            starts_on=date(2026, 5, 1), ends_on=date(2027, 5, 1), substitute_of=mandate, entrusted=["opinions"],
        )  # fmt: skip
    copies(_first(Mandate, person=world.company.people["maire-b"]), starts_on=lambda n: date(2020, 1, 1),
            ends_on=lambda n: date(2020, 2, 1) + timedelta(days=n))  # fmt: skip
    assert InvitationBatch.objects.count() > COUNT and PendingImport.objects.count() > COUNT
    assert Invitation.objects.count() > COUNT


def _talk(world: World) -> None:
    space, person = world.urbanisme, world.company.people["dgs"]
    mandate = Mandate.objects.filter(person=person).first()
    people = list(Person.objects.filter(email__startswith="m", given_name="Dominique"))
    uploads = copies(world.file, name=lambda n: f"piece-{n}.pdf", sha256=lambda n: f"{n:064d}")
    Attachment.objects.bulk_create(Attachment(post=world.attached, upload=one) for one in uploads)
    Mention.objects.bulk_create(
        Mention(post=world.post, person=one, at=clock.now(), current=True) for one in people
    )
    for n, thread in enumerate(Thread.objects.filter(space=space, title__startswith="Question")):
        Post.objects.create(
            scope=thread.scope, thread=thread, number=1, author=person, mandate=mandate, body=BODY, body_html=HTML,
            created_at=clock.now(), client_token=f"fuller{n}",
        )  # fmt: skip
        Releve.objects.create(
            scope=thread.scope, thread=thread, agreed=BODY, agreed_html=HTML, author=person, mandate=mandate,
            written_at=clock.now(),
        )  # fmt: skip
    ReleveDelivery.objects.bulk_create(
        ReleveDelivery(
            releve=world.releve, kind="sheet", target_id=one.pk, releve_version=1, person=person, at=clock.now()
        )
        for one in ActionSheet.objects.filter(title__startswith="Fiche de plus")
    )  # fmt: skip
    for call in type(world.help_call).objects.exclude(pk=world.help_call.pk):
        HelpReply.objects.create(call=call, author=person, from_team=True, body="En haut.", at=clock.now())


def _scheme(world: World) -> None:
    copies(world.axis, number=lambda n: 100 + n, title=lambda n: f"Axe {n}")
    ResidentChange.objects.bulk_create(
        ResidentChange(sheet=one, aspect="delay", label="de réponse", before=30, after=20)
        for one in ActionSheet.objects.filter(title__startswith="Fiche de plus")
    )
    places = communes(world)
    copies(
        world.version_file, kind=lambda n: "commune", authority=lambda n: places[n], sha256=lambda n: f"{n:064x}"
    )  # fmt: skip
    copies(world.prepared_file, name=lambda n: f"extrait-{n}.zip")
    assert (
        PreparedFile.objects.count() > COUNT
        and Axis.objects.count() > COUNT
        and VersionFile.objects.count() > COUNT
    )


def _costs(world: World) -> None:
    places, scenario = communes(world), world.scenario
    copies(_first(CostLine, scenario=scenario), label=lambda n: f"Ligne {n}", authority=lambda n: places[n])
    EtpLine.objects.bulk_create(
        EtpLine(scenario=scenario, authority=one, year=2029, kind=_first(EtpLine).kind, etp=1)
        for one in places
    )
    copies(_first(AllocationRun, scenario=scenario), year=lambda n: 2100 + n)


def _inventory(world: World) -> None:
    returned, people = world.return_a, world.company.people
    sheets = list(
        SectionSheet.objects.filter(inventory__authority__in=communes(world)).select_related("scope")
    )
    for section in (world.staff_a, world.equipment_a, world.contracts_a, world.needs_a, world.staff_b):
        copies(_first(Row, sheet=section), position=lambda n: 100 + n, client_id=lambda n: f"fuller{n}")
    team = Scope.objects.obtain(territory=world.company.territory, visibility=Visibility.TERRITORY)
    Row.objects.bulk_create(
        Row(sheet=one, client_id="fuller", position=1, cells=_first(Row, sheet=world.staff_a).cells)
        for one in sheets
    )
    Summary.objects.bulk_create(
        Summary(scope=team, sheet=one, text="Un agent.", written_at=clock.now()) for one in sheets
    )
    HelpRequest.objects.bulk_create(
        HelpRequest(sheet=one, note="Merci", asked_by=people["maire"], asked_at=clock.now()) for one in sheets
    )
    Release.objects.bulk_create(
        Release(
            scope=team, sheet=one, figures={}, as_of=date(2026, 11, 1), released_by=people["maire"], released_at=clock.now()
        )
        for one in sheets
    )  # fmt: skip
    copies(
        world.link_a,
        token_hash=lambda n: f"fuller{n}",
        name=lambda n: f"Collègue {n}",
        ended_at=lambda n: clock.now(),
    )
    estimate = _first(Estimate)
    Estimate.objects.bulk_create(
        Estimate(
            scope=estimate.scope, inventory=one, section="staff", name="etp_budget", title=estimate.title, unit=estimate.unit,
            value=1, source="budget", as_of=date(2026, 11, 1), made_by=estimate.made_by, made_at=clock.now(),
        )
        for one in Return.objects.filter(authority__in=communes(world))
    )  # fmt: skip
    copies(world.import_a, received_at=lambda n: clock.now() - timedelta(hours=n))
    Statistic.objects.bulk_create(
        Statistic(
            scope=team, campaign=returned.campaign, section="staff", name=f"many{n}", title=f"Total {n}", unit="ETP", value=n,
            communes=20, at=clock.now(),
        )
        for n in range(COUNT)
    )  # fmt: skip
    assert ImportBatch.objects.count() > COUNT and SectionLink.objects.count() > COUNT


def _opinions(world: World) -> None:
    councils = list(CouncilFile.objects.filter(authority__in=communes(world)))
    day = date(2026, 11, 20)
    signers = list(Mandate.objects.filter(person__given_name="Camille").order_by("pk"))
    uploads = copies(world.deliberation, name=lambda n: f"deliberation-{n}.pdf", sha256=lambda n: f"{n:064d}")
    DatedFact.objects.bulk_create(
        DatedFact(
            council=one, kind=kind, on_date=day, channel="hand", entered_by=signers[n], entered_at=clock.now(), proof=uploads[n]
        )
        for n, one in enumerate(councils)
        for kind in ("sent", "received")
    )  # fmt: skip
    given = Opinion.objects.bulk_create(
        Opinion(
            council=one, answer="reserves", voted_on=day, reserves="Un bilan.", deliberation=uploads[n],
            entered_by=signers[n], entered_at=clock.now(),
        )
        for n, one in enumerate(councils)
    )  # fmt: skip
    ReserveAnswer.objects.bulk_create(
        ReserveAnswer(opinion=one, text="Il sera fait.", entered_by=signers[n], entered_at=clock.now())
        for n, one in enumerate(given)
    )
    copies(_first(Sitting), on_date=lambda n: date(2026, 12, 16) + timedelta(days=n))
    Sitting.objects.bulk_create(
        Sitting(authority=one.authority, scope=_first(Sitting).scope, on_date=date(2026, 12, 18))
        for one in councils
    )
