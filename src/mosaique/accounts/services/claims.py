"""Preparing a territory, opening it, turning a claim down, asking to join one that is already there."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse

from mosaique import journal
from mosaique.access import cards
from mosaique.access.actor import Actor
from mosaique.access.models import Mandate, Person, TerritoryClaim
from mosaique.access.roles import Role
from mosaique.accounts.claim_policies import may_confirm, may_prepare, may_settle
from mosaique.accounts.registry import CLAIM_REFUSED, JOIN_ASKED, TERRITORY_OPENED, TERRITORY_PREPARED
from mosaique.accounts.services.mandates import cut_short, team_scope, write_mandate
from mosaique.journal.models import Line
from mosaique.kernel import clock, mail, typography
from mosaique.kernel.service import service
from mosaique.kernel.verdict import Problem, require
from mosaique.territory import services as places
from mosaique.territory.models import Territory
from mosaique.territory.naming import in_words

#: Territories one person may have waiting: enough to change one's mind, too few to take the whole list.
MAX_WAITING = 3
ASK_AGAIN_AFTER = timedelta(days=1)
MAX_WORDS = 600


def _person(actor: Actor) -> Person:
    return Person.objects.get(pk=actor.person_id or 0)


def _link(name: str, **kwargs: object) -> str:
    return settings.PUBLIC_URL + reverse(name, kwargs=kwargs or None)


@service
def prepare_territory(
    *, actor: Actor, epci_siren: str, adoption_target: date | None = None
) -> TerritoryClaim:
    """Make the territory and claim it: the actor leads it, alone, until the administrator opens it.

    A territory whose claim was turned down is taken over as it stands. An administrator's own claim opens at once.
    """
    require(may_prepare(actor))
    person = _person(actor)
    waiting = TerritoryClaim.objects.filter(person=person, confirmed_at=None).count()
    if waiting >= MAX_WAITING:
        raise Problem(
            f"{in_words(waiting).capitalize()} territoires que vous préparez attendent d’être ouverts. Rien n’a été "
            "créé : attendez la réponse de l’administration, ou demandez-lui d’en retirer un."
        )
    territory = _free_territory(epci_siren)
    if territory is None:
        territory = places.create_territory(
            actor=actor, epci_siren=epci_siren, adoption_target=adoption_target
        )
    elif adoption_target is not None:
        places.set_adoption_target(actor=actor, territory=territory, day=adoption_target)
    claim = TerritoryClaim.objects.create(territory=territory, person=person, claimed_at=clock.now())
    write_mandate(
        actor=actor, person=person, territory=territory, authority=territory.epci, role=Role.PROJECT_LEAD,
        title="Conduite du projet",
    )  # fmt: skip
    journal.record(actor, TERRITORY_PREPARED, territory, scope=team_scope(territory))
    if actor.is_operator:
        _open(actor, claim)
    else:
        _tell_operators(claim)
    return claim


def _free_territory(epci_siren: str) -> Territory | None:
    """A territory left without a claim; a Problem when somebody already holds it; None when it does not exist."""
    territory = (
        Territory.objects.select_for_update(of=("self",))
        .select_related("epci")
        .filter(epci__siren=epci_siren)
        .first()
    )
    if territory is None:
        return None
    if territory.state == Territory.State.OPEN or TerritoryClaim.objects.filter(territory=territory).exists():
        raise Problem(
            f"{territory.epci.name} a déjà son territoire ici. Rien n’a été créé : cette page dit à qui demander "
            "d’y entrer.",
            "epci",
        )
    return territory


def _tell_operators(claim: TerritoryClaim) -> None:
    name = claim.territory.epci.name
    for operator in Person.objects.filter(is_operator=True, is_active=True).order_by("pk"):
        mail.queue(
            to=operator.email, subject=f"{name} attend d’être ouvert", kind="territory_claim", person_id=operator.pk,
            territory_id=claim.territory_id,
            text=f"""Bonjour,

{claim.person.full_name} ({claim.person.email}) prépare le territoire {name}.

Vérifiez que cette personne agit bien pour cette intercommunalité, puis ouvrez le territoire ou écartez la demande :

{_link("territories_to_confirm")}

Tant qu’il n’est pas ouvert, personne d’autre ne le voit et aucun message ne part aux communes.

Mosaïque
""",
        )  # fmt: skip


def _open(actor: Actor, claim: TerritoryClaim) -> None:
    places.open_territory(actor=actor, territory=claim.territory)
    claim.confirmed_at, claim.confirmed_by_id = clock.now(), actor.person_id
    claim.save(update_fields=["confirmed_at", "confirmed_by"])
    journal.record(actor, TERRITORY_OPENED, claim.territory, scope=team_scope(claim.territory))


def _locked(claim: TerritoryClaim) -> TerritoryClaim:
    found = (
        TerritoryClaim.objects.select_for_update(of=("self",))
        .select_related("territory__epci", "person")
        .filter(pk=claim.pk)
        .first()
    )
    if found is None:
        raise Problem("Cette demande a déjà été écartée. Rien n’a été changé.")
    return found


@service
def confirm_claim(*, actor: Actor, claim: TerritoryClaim) -> TerritoryClaim:
    """Open the territory: whoever prepares it speaks for its EPCI. They are told by e-mail."""
    require(may_confirm(actor))
    claim = _locked(claim)
    require(may_settle(actor, claim))
    _open(actor, claim)
    name = claim.territory.epci.name
    mail.queue(
        to=claim.person.email, subject=f"{name} est ouvert", kind="territory_open", person_id=claim.person_id,
        territory_id=claim.territory_id,
        text=f"""Bonjour {claim.person.full_name},

Le territoire {name} est ouvert. Vous pouvez inviter les personnes des communes et créer les espaces de travail :

{_link("territory_prepared", pk=claim.territory_id)}

Mosaïque
""",
    )  # fmt: skip
    return claim


@service
def refuse_claim(*, actor: Actor, claim: TerritoryClaim, reason: str) -> None:
    """Turn a claim down, with a reason its author reads. Their mandate ends; the territory waits for someone else."""
    require(may_confirm(actor))
    claim = _locked(claim)
    require(may_settle(actor, claim))
    reason = reason.strip()[:MAX_WORDS]
    if not reason:
        raise Problem("Écrivez pourquoi : la personne le lira. La demande attend toujours.", "reason")
    territory, person = claim.territory, claim.person
    today = clock.today()
    for mandate in Mandate.objects.not_over(today).filter(person=person, territory=territory).order_by("pk"):
        cut_short(mandate, today)
    cards.rewrite([person])
    claim.delete()
    journal.record(actor, CLAIM_REFUSED, territory, scope=team_scope(territory))
    mail.queue(
        to=person.email, subject=f"{territory.epci.name} ne sera pas ouvert à votre demande", kind="territory_claim",
        person_id=person.pk, territory_id=territory.pk,
        text=f"""Bonjour {person.full_name},

L’administration de cette instance n’a pas ouvert le territoire {territory.epci.name} à votre demande. Voici pourquoi :

{reason}

Aucun message n’est parti aux communes. Si c’est une erreur, répondez à ce message ou préparez-le de nouveau :

{_link("territory_new")}

Mosaïque
""",
    )  # fmt: skip


def leads_of(territory: Territory) -> list[Mandate]:
    """Who to ask: those who lead the project for the EPCI today, the claimant first."""
    leads = (
        Mandate.objects.held_on(clock.today())
        .filter(territory=territory, authority_id=territory.epci_id, role__in=[Role.PROJECT_LEAD, Role.DGS])
        .filter(person__is_active=True)
        .select_related("person")
        .order_by("pk")
    )
    rank = {Role.PROJECT_LEAD.value: 0, Role.DGS.value: 1}
    return sorted(leads, key=lambda mandate: rank[mandate.role])[:3]


@service
def ask_to_join(*, actor: Actor, territory: Territory, words: str = "") -> Sequence[Mandate]:
    """Write to those who lead a territory, on behalf of someone who wants in. Once a day."""
    require(may_prepare(actor))
    if territory.pk in actor.territory_ids:
        raise Problem("Vous participez déjà à ce territoire : il est dans vos territoires.")
    person, since = _person(actor), clock.now() - ASK_AGAIN_AFTER
    asked = Line.objects.filter(
        verb=JOIN_ASKED.code, person=person, kind="territory", ref_id=territory.pk, at__gt=since
    )
    if asked.exists():
        raise Problem(
            "Votre demande est déjà partie aujourd’hui. Elle est gardée : laissez-leur le temps de répondre."
        )
    leads = leads_of(territory)
    if not leads:
        raise Problem(
            "Personne ne conduit ce territoire en ce moment : écrivez à l’administration de cette instance."
        )
    words = words.strip()[:MAX_WORDS]
    said = f"\n\nVoici son message :\n\n{words}" if words else ""
    for lead in leads:
        mail.queue(
            to=lead.person.email, subject=f"{person.full_name} demande à rejoindre {territory.epci.name}",
            kind="territory_join", person_id=lead.person_id, territory_id=territory.pk,
            text=f"""Bonjour {lead.person.full_name},

{person.full_name} ({person.email}) a cherché {territory.epci.name} et demande à y prendre part, le \
{typography.date_long(clock.today())}.{said}

Répondez à cette adresse, ou invitez cette personne depuis la liste des personnes.

Mosaïque
""",
        )  # fmt: skip
    journal.record(
        actor, JOIN_ASKED, territory, scope=team_scope(territory), for_authority_id=territory.epci_id
    )
    return leads
