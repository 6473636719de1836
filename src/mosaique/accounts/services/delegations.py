"""Entrusting a part of a mandate, for a time, to somebody of the same authority; and taking it back."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse

from mosaique import journal
from mosaique.access import cards
from mosaique.access.actor import Actor
from mosaique.access.confirmation import require_personal
from mosaique.access.entrusting import BY_ROLE, ELECTED, WHOSE, Entrusted, delegated, needs_elected
from mosaique.access.models import Mandate, Scope, Visibility
from mosaique.access.roles import Role
from mosaique.accounts.policies import may_entrust, may_take_back
from mosaique.accounts.registry import ENTRUSTING_ENDED, MANDATE_ENTRUSTED
from mosaique.accounts.services.mandates import cut_short
from mosaique.kernel import clock, mail
from mosaique.kernel.service import service
from mosaique.kernel.typography import date_long
from mosaique.kernel.verdict import Problem, require


def _scope(mandate: Mandate) -> Scope:
    """Read by the authority's own hall and by the project team."""
    return Scope.objects.obtain(
        territory=mandate.territory, visibility=Visibility.TEAM, authority=mandate.authority
    )


@service
def entrust(
    *, actor: Actor, mandate: Mandate, to: Mandate, what: Iterable[str], last_day: date, starts_on: date | None = None,
    order_reference: str = "",
) -> Mandate:  # fmt: skip
    """Entrust `what` of this mandate to the person who holds `to`, until `last_day` included. They are told by e-mail.

    Whoever holds the mandate keeps it whole. The team records one given on paper: it says the order.
    """
    mandate = (
        Mandate.objects.select_for_update(of=("self",))
        .select_related("territory__epci", "authority", "person")
        .get(pk=mandate.pk)
    )
    require(may_entrust(actor, mandate))
    require_personal(actor)
    today = clock.today()
    starts_on = starts_on or today
    chosen = [kind.value for kind in BY_ROLE[mandate.role] if kind.value in set(what)]
    _check(mandate, to, chosen, starts_on, last_day)
    if mandate.person_id != actor.person_id and not order_reference.strip():
        raise Problem(
            "Dites d’après quel arrêté ou quel écrit : la personne ne l’a pas confié elle-même ici.",
            "order_reference",
        )
    given = Mandate.objects.create(
        person=to.person, territory=mandate.territory, authority=mandate.authority, role=mandate.role,
        title=delegated(to.title, WHOSE[mandate.role], last_day), themes=mandate.themes, starts_on=starts_on,
        ends_on=last_day + timedelta(days=1), substitute_of=mandate, entrusted=chosen, order_reference=order_reference.strip()[:120],
    )  # fmt: skip
    cards.rewrite([to.person])
    journal.record(
        actor,
        MANDATE_ENTRUSTED,
        given,
        scope=_scope(mandate),
        what=chosen,
        until=last_day,
        mandate=mandate.pk,
    )
    if to.person.email:
        _tell(given, mandate, chosen, last_day)
    return given


def _check(mandate: Mandate, to: Mandate, chosen: list[str], starts_on: date, last_day: date) -> None:
    """Refuses, at its place, what cannot be entrusted."""
    if not chosen:
        raise Problem("Dites ce que vous confiez : cochez au moins une ligne.", "what")
    if to.person_id == mandate.person_id or to.authority_id != mandate.authority_id or to.entrusted:
        raise Problem(
            "On confie à une autre personne de la même collectivité. Choisissez-la dans la liste.", "to"
        )
    if not to.starts_on <= clock.today() or (to.ends_on is not None and to.ends_on <= last_day):
        raise Problem(
            "Le mandat de cette personne finit avant cette date : choisissez un jour plus proche.", "last_day"
        )
    if needs_elected(mandate.role, frozenset(chosen)) and to.role not in ELECTED:
        reserved = [kind for kind in chosen if needs_elected(mandate.role, frozenset({kind}))]
        raise Problem(
            f"« {Entrusted(reserved[0]).label} » se confie à une personne élue. Décochez cette ligne, ou choisissez un adjoint "
            "ou un conseiller.",
            "what",
        )
    if last_day < max(starts_on, clock.today()):
        raise Problem(
            "Le dernier jour est déjà passé, ou tombe avant le premier. Corrigez l’une des deux dates.",
            "last_day",
        )
    if mandate.ends_on is not None and mandate.ends_on <= last_day:
        raise Problem("Votre mandat finit avant cette date : on ne confie pas au-delà.", "last_day")
    running = Mandate.objects.filter(
        substitute_of=mandate, person=to.person, ends_on__gt=starts_on, starts_on__lte=last_day
    )
    if running.exclude(entrusted=[]).exists():
        raise Problem(
            "Cette personne a déjà une délégation de ce mandat à ces dates. Mettez-y fin d’abord.", "to"
        )


def _tell(given: Mandate, mandate: Mandate, chosen: list[str], last_day: date) -> None:
    lines = "\n".join(f"- {Entrusted(kind).label}" for kind in chosen)
    mail.queue(
        to=given.person.email, kind="mandate_entrusted", person_id=given.person_id, territory_id=given.territory_id,
        subject=f"{mandate.authority.name} vous confie une partie d’un mandat",
        text=f"""Bonjour {given.person.full_name},

{mandate.person.full_name}, {mandate.title}, vous confie jusqu’au {date_long(last_day)} :

{lines}

Pour agir à ce titre, passez à ce mandat depuis le menu de votre nom :

{settings.PUBLIC_URL}{reverse("account")}

Vos actes porteront la mention « par délégation ». Vous pouvez y mettre fin à tout moment.

Mosaïque
""",
    )  # fmt: skip


@service
def take_back(*, actor: Actor, mandate: Mandate) -> None:
    """End a delegation today. What was done under it stays, with its mention; one that did not begin goes."""
    mandate = (
        Mandate.objects.select_for_update(of=("self",))
        .select_related("territory__epci", "authority", "person", "substitute_of")
        .get(pk=mandate.pk)
    )
    require(may_take_back(actor, mandate))
    today = clock.today()
    if mandate.ends_on is not None and mandate.ends_on <= today:
        raise Problem("Cette délégation est déjà terminée. Rien n’a été changé.")
    journal.record(actor, ENTRUSTING_ENDED, mandate, scope=_scope(mandate), on=today)
    cut_short(mandate, today)
    cards.rewrite([mandate.person])


def receivers(mandate: Mandate) -> list[Mandate]:
    """Who a part of this mandate may be entrusted to: people of the same authority, by one of their own mandates."""
    rows = (
        Mandate.objects.held_on(clock.today())
        .filter(
            authority=mandate.authority, territory=mandate.territory, entrusted=[], person__is_active=True
        )
        .exclude(person_id=mandate.person_id)
        .exclude(role=Role.PARTNER)
        .select_related("person")
    )
    return sorted(rows, key=lambda m: (m.role not in ELECTED, m.person.family_name, m.pk))
