"""The EPCI's own estimates: figure by figure, with what they rest on; never mistaken for the commune's word."""

from datetime import date
from decimal import Decimal

from mosaique import journal
from mosaique.access.actor import Actor
from mosaique.access.models import Scope, Visibility
from mosaique.inventory import registry
from mosaique.inventory.models import Estimate, Return
from mosaique.inventory.policies import may_estimate
from mosaique.kernel import clock
from mosaique.kernel.service import service
from mosaique.kernel.verdict import Problem, require


def estimable(section: str) -> dict[str, tuple[str, str]]:
    """name → (label, unit) of the figures that may be estimated: those every commune has, whatever its lines."""
    spec = registry.SECTIONS[section]
    return {
        figure.name: (figure.label, figure.unit) for figure in spec.figures([]) if figure.name in spec.totals
    }


@service
def set_estimate(
    *, actor: Actor, inventory: Return, section: str, name: str, value: Decimal | None, unknown: str = "", source: str,
    as_of: date,
) -> Estimate:  # fmt: skip
    """Write or rewrite one estimate. The commune reads it, and replaces it by releasing its own figure."""
    inventory = Return.objects.for_screen().select_for_update(of=("self",)).get(pk=inventory.pk)
    require(may_estimate(actor, inventory))
    known = estimable(section) if section in inventory.campaign.sections else {}
    if name not in known:
        raise Problem("Ce chiffre ne fait pas partie de ceux qui s’estiment.", "name")
    if value is None and not unknown:
        raise Problem("Donnez un nombre, ou dites pourquoi il n’est pas connu.", "value")
    if value is not None and value < 0:
        raise Problem("Un nombre négatif n’est pas possible ici.", "value")
    if not source.strip():
        raise Problem("Dites sur quoi repose cette estimation : un document, une date.", "source")
    scope = Scope.objects.obtain(
        territory=inventory.campaign.territory, visibility=Visibility.TEAM, authority=inventory.authority
    )
    label, unit = known[name]
    estimate, _ = Estimate.objects.update_or_create(
        inventory=inventory, section=section, name=name,
        defaults={
            "scope": scope, "title": label, "unit": unit, "value": value, "unknown": "" if value is not None else unknown,
            "source": source.strip()[:200], "as_of": as_of, "made_by_id": actor.person_id, "made_at": clock.now(),
        },
    )  # fmt: skip
    journal.record(actor, registry.ESTIMATE_MADE, estimate, name=name)
    return estimate


@service
def remove_estimate(*, actor: Actor, estimate: Estimate) -> None:
    """Take an estimate back."""
    estimate = Estimate.objects.select_related("inventory__campaign", "inventory__authority", "scope").get(
        pk=estimate.pk
    )
    require(may_estimate(actor, estimate.inventory))
    journal.record(actor, registry.ESTIMATE_REMOVED, estimate, name=estimate.name)
    estimate.delete()
