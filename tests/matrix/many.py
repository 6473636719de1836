"""Thirty more of each kind of row, written straight to the tables: these builders test pages, not services."""

import copy
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db.models import Model

from mosaique.access.models import Mandate, Membership, Person, Scope, Space, TerritoryClaim, Visibility
from mosaique.accounts.models import Invitation, TerritoryParty
from mosaique.accounts.services.mandates import new_person
from mosaique.assistance.models import HelpCall, HelpReply
from mosaique.consultation.models import CouncilFile
from mosaique.costing.models import CriterionValue
from mosaique.discussions.models import Post, PostVersion, Thread
from mosaique.inventory.models import Return, SectionSheet
from mosaique.kernel import clock
from mosaique.kernel.models import OutgoingMail
from mosaique.kernel.richtext import from_markdown, to_html
from mosaique.scheme import services as scheme
from mosaique.scheme.models import Decision, Position, Version
from mosaique.territory.models import Authority, PerimeterChange, Territory, TerritoryMember
from tests.world.builder import World

COUNT = 30


def copies(source: Model, **vary: Callable[[int], Any]) -> list[Any]:
    """Thirty copies of a row, each made different where it must be; written at once, as no service would."""
    made = []
    for n in range(COUNT):
        one = copy.copy(source)
        one.pk, one._state = None, copy.copy(source._state)
        one._state.adding = True
        for name, value in vary.items():
            setattr(one, name, value(n))
        made.append(one)
    return list(type(source)._default_manager.bulk_create(made))


def communes(world: World) -> list[Authority]:
    """Thirty more communes of the territory; the same ones when asked for again."""
    if known := list(Authority.objects.filter(name__startswith="Saint-Numéro").order_by("pk")):
        return known
    made = Authority.objects.bulk_create(
        Authority(
            kind="commune", name=f"Saint-Numéro {n}", siren=f"2198{n:05d}", insee_code=f"81{900 + n}", department="81",
            population=100 + n, population_year=2023, tncc="0",
        )
        for n in range(COUNT)
    )  # fmt: skip
    TerritoryMember.objects.bulk_create(
        TerritoryMember(territory=world.company.territory, authority=one, tile_drawing=n % 8, tile_hue="bv")
        for n, one in enumerate(made)
    )
    return made


def parties(world: World) -> None:
    """Thirty more bodies that take part, each named by a sheet."""
    bodies = Authority.objects.bulk_create(
        Authority(kind="other", name=f"Organisme {n:02}", own_code=f"P9{n:05d}") for n in range(COUNT)
    )
    scope = Scope.objects.obtain(territory=world.company.territory, visibility=Visibility.TERRITORY)
    TerritoryParty.objects.bulk_create(
        TerritoryParty(
            territory=world.company.territory, scope=scope, authority=one, kind="association", note="Inventé", added_at=clock.now()
        )
        for one in bodies
    )  # fmt: skip
    world.sheet.parties.add(*bodies)
    world.scenario.parties.add(*bodies)


def changes(world: World) -> None:
    """Thirty more changes of perimeter, each of a commune of its own."""
    for n, commune in enumerate(communes(world)):
        change = PerimeterChange.objects.create(
            territory=world.company.territory, kind="leaving", takes_effect_on=date(2027, 1, 1 + n % 28), announced_at=clock.now(),
            enacted_at=clock.now() if n % 2 else None,
        )  # fmt: skip
        change.communes.set([commune])


def mandates(world: World) -> None:
    if Person.objects.filter(email="p0@exemple.fr").exists():
        return
    for n, commune in enumerate(communes(world)):
        person = new_person(email=f"p{n}@exemple.fr", given_name="Camille", family_name=f"Numéro {n}")
        person.save()
        Mandate.objects.create(
            person=person, territory=world.company.territory, authority=commune, role="mayor", title="Maire",
            starts_on=date(2026, 4, 1),
        )  # fmt: skip


def without_address(world: World) -> None:
    """Thirty persons whom no message can reach."""
    mandates(world)
    Person.objects.filter(given_name="Camille").update(email="")


def unopened(world: World) -> None:
    """Thirty invitations sent ten days ago, never opened."""
    mandates(world)
    then = clock.now() - timedelta(days=10)
    for mandate in Mandate.objects.filter(person__given_name="Camille").select_related("person"):
        sent = OutgoingMail.objects.create(
            to=mandate.person.email, subject="Invitation", text="", kind="invitation", state="sent", created_at=then,
            send_after=then, sent_at=then,
        )  # fmt: skip
        Invitation.objects.create(
            batch=world.batch, person=mandate.person, mandate=mandate, token_hash=f"many{mandate.pk}", mail=sent, created_at=then,
            expires_at=then + timedelta(days=30),
        )  # fmt: skip


def file_lines(world: World) -> None:
    """Sixty more lines in a file of people."""
    pending = world.people_file
    pending.refresh_from_db()
    width = len(pending.columns)
    pending.lines = [
        *pending.lines,
        *([100 + n, ["Numéro", f"Camille {n}", f"c{n}@exemple.fr", "Note"][:width], []] for n in range(60)),
    ]
    pending.save()


def spaces(world: World) -> None:
    territory = world.company.territory
    known = Scope.objects.obtain(territory=territory, visibility=Visibility.TERRITORY)
    for n in range(COUNT):
        Space.objects.create(
            territory=territory, kind="thematic", name=f"Groupe {n}", purpose="Avancer.", openness="territory",
            joining="free", scope=known, content_scope=known, created_at=clock.now(),
        )  # fmt: skip


def members(world: World) -> None:
    for n in range(COUNT):
        person = new_person(email=f"m{n}@exemple.fr", given_name="Dominique", family_name=f"Numéro {n}")
        person.save()
        Mandate.objects.create(
            person=person, territory=world.company.territory, authority=world.company.commune_b, role="agent", title="Agent",
            starts_on=date(2026, 4, 1),
        )  # fmt: skip
        Membership.objects.create(space=world.urbanisme, person=person, role="contributor", since=clock.now())


def threads(world: World) -> None:
    space = world.urbanisme
    for n in range(COUNT):
        Thread.objects.create(
            scope=space.content_scope, space=space, title=f"Question {n} ?", open_to_what="Tout", who_decides="Le comité",
            outcome_promise="Une réponse", author=world.company.people["dgs"], created_at=clock.now(),
            last_post_at=clock.now() - timedelta(hours=n),
        )  # fmt: skip


def posts(world: World) -> None:
    thread = world.again("thread_urbanisme")
    body = from_markdown("Un message de plus, avec **ce qu’il faut**.")
    people = [world.company.people[slug] for slug in ("dgs", "animateur", "partenaire")]
    for n in range(COUNT):
        Post.objects.create(
            scope=thread.scope, thread=thread, number=100 + n, author=people[n % 3], body=body, body_html=to_html(body),
            mandate=Mandate.objects.filter(person=people[n % 3]).first(), created_at=clock.now(), client_token=f"many{n}",
        )  # fmt: skip
    Thread.objects.filter(pk=thread.pk).update(post_count=129)


def sheets(world: World) -> None:
    for n in range(COUNT):
        scheme.create_sheet(
            actor=world.actor("cheffe-de-projet"), scheme=world.again("scheme"), axis=world.axis, title=f"Fiche de plus {n}",
            theme="technique",
        )  # fmt: skip


def positions(world: World) -> None:
    mandate = Mandate.objects.get(person=world.company.people["maire"])
    for commune in communes(world):
        Position.objects.create(
            sheet=world.sheet, authority=commune, answer="yes_if", condition="Si le coût reste celui d’aujourd’hui.",
            said_by=mandate, on_version=1, at=clock.now(),
        )  # fmt: skip


def decisions(world: World) -> None:
    if not Position.objects.filter(sheet=world.sheet, authority__in=communes(world)).exists():
        positions(world)
    for n in range(COUNT):
        Decision.objects.create(
            sheet=world.sheet, decided_on=date(2026, 11, 1), by="Comité de pilotage", text=f"Décision {n}",
            recorded_at=clock.now(),
        )  # fmt: skip


def councils(world: World) -> None:
    opened = world.again("consultation")
    CouncilFile.objects.bulk_create(
        CouncilFile(consultation=opened, authority=commune, scope=opened.scope) for commune in communes(world)
    )


def returns(world: World) -> None:
    campaign = world.again("campaign")
    for commune in communes(world):
        one = Return.objects.create(
            scope=world.return_a.scope, campaign=campaign, authority=commune,
            states=dict.fromkeys(campaign.sections, "empty"),
        )  # fmt: skip
        own = Scope.objects.obtain(
            territory=world.company.territory, visibility=Visibility.AUTHORITY, authority=commune
        )
        SectionSheet.objects.bulk_create(
            SectionSheet(scope=own, inventory=one, section=name) for name in campaign.sections
        )


def help_calls(world: World) -> None:
    for n in range(COUNT):
        HelpCall.objects.create(
            scope=world.help_call.scope, guest_name=f"Personne {n}", words="Je suis perdue.", page_title=f"Page {n}",
            asked_at=clock.now(),
        )  # fmt: skip


def replies(world: World) -> None:
    """Thirty more words in one call for help."""
    HelpReply.objects.bulk_create(
        HelpReply(
            call=world.help_call, author=world.company.people["dgs"], from_team=True, body=f"Suite {n}", at=clock.now()
        )
        for n in range(COUNT)
    )  # fmt: skip


def corrections(world: World) -> None:
    """A post corrected thirty times more."""
    copies(PostVersion.objects.filter(post=world.edited).earliest("pk"), number=lambda n: 100 + n)


def versions(world: World) -> None:
    """Thirty more frozen versions."""
    copies(
        Version.objects.get(pk=world.version.pk), number=lambda n: 100 + n, sha256=lambda n: f"{n:064x}",
        note=lambda n: f"Version de plus {n}",
    )  # fmt: skip


def criteria(world: World) -> None:
    """Thirty more communes, and thirty more years."""
    value, places = CriterionValue.objects.earliest("pk"), communes(world)
    copies(value, authority=lambda n: places[n])
    copies(value, year=lambda n: 1990 + n)


def claims(world: World) -> None:
    """Thirty territories asked for, and thirty opened, by the same person."""
    ours = world.company.territory
    bodies = Authority.objects.bulk_create(
        Authority(
            kind="epci", name=f"CC Numéro {n}", siren=f"2481{n:05d}", legal_nature="CC", tax_regime="FPU", department="81"
        )
        for n in range(2 * COUNT)
    )  # fmt: skip
    made = Territory.objects.bulk_create(
        Territory(
            epci=one, slug=f"cc-numero-{n}", state=ours.state if n % 2 else Territory.State.PREPARED, created_at=clock.now(),
            reference_vintage=ours.reference_vintage,
        )
        for n, one in enumerate(bodies)
    )  # fmt: skip
    TerritoryClaim.objects.bulk_create(
        TerritoryClaim(territory=one, person=world.company.people["dgs"], claimed_at=clock.now())
        for one in made
    )
