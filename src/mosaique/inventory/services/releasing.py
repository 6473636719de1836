"""« Verser au rapport »: exact figures, by the person entitled, revocable. Nothing enters the report otherwise."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from mosaique import journal
from mosaique.access.actor import Actor
from mosaique.access.models import Scope, Visibility
from mosaique.inventory import aggregates, cells, registry
from mosaique.inventory.models import Release, Row, SectionSheet
from mosaique.inventory.policies import may_release, may_revoke
from mosaique.inventory.spec import Figure
from mosaique.kernel import clock
from mosaique.kernel.service import service
from mosaique.kernel.verdict import Problem, require


def figures_of(sheet: SectionSheet) -> list[Figure]:
    """The figures this section may release today."""
    return sheet.spec.figures(cells.counting(Row.objects.kept().filter(sheet=sheet)))


def as_json(figure: Figure) -> dict[str, Any]:
    return {**asdict(figure), "value": None if figure.value is None else str(figure.value)}


@service
def release_figures(
    *, actor: Actor, sheet: SectionSheet, names: Sequence[str], seen: Sequence[Any]
) -> Release:
    """Release the figures named. `seen` is what the page showed: if lines moved since, nothing is released."""
    sheet = SectionSheet.objects.for_screen().select_for_update(of=("self",)).get(pk=sheet.pk)
    require(may_release(actor, sheet))
    present = [as_json(figure) for figure in figures_of(sheet)]
    if list(seen) != present:
        raise Problem(
            "Les chiffres ont changé depuis l’affichage de cette page. Rien n’est versé : relisez-les ci-dessous."
        )
    chosen = [figure for figure in present if figure["name"] in names]
    if not chosen:
        raise Problem("Aucun chiffre n’est choisi : rien n’est versé.", "names")
    Release.objects.filter(sheet=sheet, revoked_at=None).update(revoked_at=clock.now())
    everyone = Scope.objects.obtain(
        territory=sheet.inventory.campaign.territory, visibility=Visibility.TERRITORY
    )
    release = Release.objects.create(
        scope=everyone, sheet=sheet, figures=chosen, as_of=sheet.inventory.campaign.reference_date,
        released_by_id=actor.person_id, released_at=clock.now(),
    )  # fmt: skip
    aggregates.review(sheet)
    journal.record(actor, registry.FIGURES_RELEASED, release, figures=len(chosen))
    return release


@service
def revoke_release(*, actor: Actor, sheet: SectionSheet) -> Release:
    """Take the figures back. A version of the report already frozen keeps what it holds; the next one will not."""
    sheet = SectionSheet.objects.for_screen().select_for_update(of=("self",)).get(pk=sheet.pk)
    require(may_revoke(actor, sheet))
    release = Release.objects.in_force().select_related("scope").filter(sheet=sheet).first()
    if release is None:
        raise Problem("Aucun chiffre de cette section n’est au rapport.")
    release.revoked_at = clock.now()
    release.save(update_fields=["revoked_at"])
    journal.record(actor, registry.RELEASE_REVOKED, release)
    return release
