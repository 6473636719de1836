"""Opening a consultation: one file per council, messages in the same transaction."""

from datetime import date

from django.conf import settings

from mosaique import journal
from mosaique.access.actor import Actor
from mosaique.access.models import Mandate, Scope, Visibility
from mosaique.access.roles import Role
from mosaique.consultation.models import Adoption, Channel, Consultation, CouncilFile, DatedFact
from mosaique.consultation.policies import may_open, may_record_vote
from mosaique.consultation.procedures.council_opinion_on_scheme import PROCEDURE
from mosaique.consultation.registry import CONSULTATION_OPENED, VOTE_MOVED
from mosaique.kernel import clock, mail
from mosaique.kernel.service import service
from mosaique.kernel.typography import date_long
from mosaique.kernel.verdict import Problem, require
from mosaique.scheme import services as scheme_services
from mosaique.scheme.models import Version
from mosaique.territory import perimeter
from mosaique.territory import services as territory_services
from mosaique.territory.models import Authority


def councils_of(territory_id: int) -> list[Authority]:
    """Communes that are members today: each council gives its own opinion. The EPCI votes last, at adoption."""
    return [member.authority for member in perimeter.communes(territory_id)]


def hall_people(authority_ids: list[int], territory_id: int) -> dict[int, list[Mandate]]:
    """Mayors and secretaries in office, by authority: who receives the council's messages."""
    today = clock.today()
    found: dict[int, list[Mandate]] = {}
    rows = Mandate.objects.filter(
        authority_id__in=authority_ids,
        territory_id=territory_id,
        role__in=[Role.MAYOR, Role.SECRETARY],
        starts_on__lte=today,
    ).select_related("person")
    for row in rows:
        if row.ends_on is None or row.ends_on > today:
            found.setdefault(row.authority_id, []).append(row)
    return found


def mailboxes(authority_ids: list[int], territory_id: int) -> dict[int, list[str]]:
    """Authority id → the addresses that receive its messages, each once; a town hall without any is absent."""
    found = {
        pk: sorted({row.person.email for row in people} - {""})  # some have no address: they receive letters
        for pk, people in hall_people(authority_ids, territory_id).items()
    }
    return {pk: boxes for pk, boxes in found.items() if boxes}


def write_to_councils(
    councils: dict[int, str], *, territory_id: int, subject: str, text: str, kind: str
) -> int:
    """One message per mailbox and council (a shared box gets one). `councils`: authority id → address of its page."""
    count = 0
    for authority_id, addresses in mailboxes(list(councils), territory_id).items():
        for address in addresses:
            mail.queue(
                to=address, subject=subject, text=text.replace("{page}", settings.PUBLIC_URL + councils[authority_id]),
                kind=kind, territory_id=territory_id,
            )  # fmt: skip
            count += 1
    return count


@service
def open_consultation(
    *, actor: Actor, version: Version, channels: dict[int, str] | None = None, extend_if_non_working: bool = False,
    planned_vote_on: date | None = None,
) -> Consultation:  # fmt: skip
    """Put a frozen version to every council. `channels`: authority id → Channel (by default a link, a letter where no mailbox
    is known).

    For a link or an e-mail the sending is dated today when the town hall has a known mailbox, since the message leaves
    now; every other sending is dated when someone says so. No clock starts here: only a reception does that.
    """
    territory = version.scheme.territory
    require(may_open(actor, territory.pk))
    # Locked before looking: of two openings at once, the second sees the first.
    scheme = type(version.scheme).objects.locked(version.scheme)
    if Consultation.objects.filter(version=version).exists():
        raise Problem("Cette version est déjà soumise aux conseils : rien n’a été envoyé une seconde fois.")
    if scheme.state == scheme.State.ADOPTED or scheme.versions.filter(number__gt=version.number).exists():
        raise Problem(
            "Une version plus récente existe, ou le schéma est déjà adopté : celle-ci n’a pas été envoyée."
        )
    councils = councils_of(territory.pk)
    if not councils:
        raise Problem("Ce territoire n’a aucune commune membre : il n’y a personne à consulter.")
    today = clock.today(territory.zone)
    if planned_vote_on is not None and planned_vote_on <= today:
        raise Problem(
            "La date du vote prévu est déjà passée. Rien n’a été envoyé : corrigez la date.",
            "planned_vote_on",
        )
    scope = Scope.objects.obtain(territory=territory, visibility=Visibility.TERRITORY)
    consultation = Consultation.objects.create(
        territory=territory, version=version, scope=scope, procedure=PROCEDURE.identifier,
        extend_if_non_working=extend_if_non_working, planned_vote_on=planned_vote_on, opened_at=clock.now(),
        opened_by_id=actor.mandate.id if actor.mandate else None,
    )  # fmt: skip
    if planned_vote_on is not None and planned_vote_on != territory.adoption_target:
        territory_services.set_adoption_target(actor=actor, territory=territory, day=planned_vote_on)
    channels = channels or {}
    reached = mailboxes([council.pk for council in councils], territory.pk)
    rows = [
        CouncilFile(
            consultation=consultation,
            authority=authority,
            scope=scope,
            channel=channels.get(authority.pk, Channel.LINK if authority.pk in reached else Channel.LETTER),
        )
        for authority in councils
    ]
    CouncilFile.objects.bulk_create(rows)
    # A town hall nobody represents here has received nothing: its sending is dated when someone says how it left.
    by_wire = [
        row for row in rows if row.channel in (Channel.LINK, Channel.EMAIL) and row.authority_id in reached
    ]
    DatedFact.objects.bulk_create(
        DatedFact(
            council=row, kind=DatedFact.Kind.SENT, on_date=today, channel=row.channel,
            entered_by_id=actor.mandate.id if actor.mandate else None, entered_at=clock.now(),
        )
        for row in by_wire
    )  # fmt: skip
    write_to_councils(
        {row.authority_id: row.get_absolute_url() for row in by_wire},
        territory_id=territory.pk,
        subject=f"{territory.epci.name} : l’avis de votre conseil est attendu sur le rapport de mutualisation",
        text=_message(territory.epci.name, version.number, planned_vote_on),
        kind="council_asked",
    )
    scheme_services.set_scheme_state(
        actor=actor, scheme=version.scheme, state=version.scheme.State.CONSULTATION
    )
    journal.record(actor, CONSULTATION_OPENED, consultation, councils=len(rows))
    return consultation


@service
def move_vote(*, actor: Actor, consultation: Consultation, day: date | None) -> bool:
    """The vote announced follows the day aimed at, until it has been held. True when it changed."""
    row = Consultation.objects.for_screen().select_for_update(of=("self",)).get(pk=consultation.pk)
    require(may_record_vote(actor, row))
    if row.planned_vote_on == day or Adoption.objects.filter(consultation=row).exists():
        return False
    row.planned_vote_on = day
    row.save(update_fields=["planned_vote_on"])
    journal.record(actor, VOTE_MOVED, row, on=day)
    return True


def departures(consultation: Consultation) -> tuple[int, int]:
    """How many messages left when the consultation was opened, and how many sendings are still to be noted."""
    councils = consultation.councils.prefetch_related("facts")
    sent = [
        row.authority_id for row in councils if any(f.kind == DatedFact.Kind.SENT for f in row.facts.all())
    ]
    boxes = mailboxes(sent, consultation.territory_id)
    return sum(len(addresses) for addresses in boxes.values()), len(councils) - len(sent)


def _message(epci: str, number: int, vote: date | None) -> str:
    ends = f"\nLe conseil communautaire prévoit de voter le {date_long(vote)}.\n" if vote else ""
    return (
        f"Bonjour,\n\n{epci} soumet à l’avis de votre conseil municipal le rapport relatif aux mutualisations de services, "
        f"qui contient un projet de schéma (version {number}).\n\n"
        "Ouvrez cette page pour le lire et accuser réception :\n\n{page}\n\n"
        "Votre conseil a trois mois pour se prononcer, comptés du jour où votre mairie a reçu le rapport. "
        "Sans délibération dans ce délai, son avis est réputé favorable "
        "(code général des collectivités territoriales, article L5211-39-1).\n"
        f"{ends}\nL’équipe du projet\n"
    )
