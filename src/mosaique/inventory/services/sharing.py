"""Who reads a section: chosen by its commune, changed at any time, always told who gains and who loses."""

from dataclasses import dataclass

from mosaique import journal
from mosaique.access.actor import Actor
from mosaique.access.models import Scope, Visibility
from mosaique.access.readers import readers
from mosaique.inventory import aggregates, registry, summaries
from mosaique.inventory.models import Row, SectionSheet
from mosaique.inventory.policies import may_share
from mosaique.kernel.service import service
from mosaique.kernel.verdict import Problem, require

Sharing = SectionSheet.Sharing


@dataclass(frozen=True, slots=True)
class SharingChange:
    """Who gains the reading of the lines, who loses it (names), after a choice."""

    sheet: SectionSheet
    gained: list[str]
    lost: list[str]


def detail_visibility(sheet: SectionSheet, sharing: str) -> Visibility:
    """Who reads the lines themselves. Staff lines never go beyond the team: the other communes read a sentence."""
    if sharing == Sharing.AUTHORITY:
        return Visibility.AUTHORITY
    if sharing in (Sharing.CIRCLE, Sharing.PUBLIC) and sheet.spec.detail_for_communes:
        return Visibility.CIRCLE
    return Visibility.TEAM


@service
def choose_sharing(*, actor: Actor, sheet: SectionSheet, sharing: str) -> SharingChange:
    """Move the section to its new readers."""
    if sharing not in Sharing.values:
        raise Problem("Choisissez l’un des quatre partages proposés. Rien n’a changé.", "sharing")
    sheet = SectionSheet.objects.for_screen().select_for_update(of=("self",)).get(pk=sheet.pk)
    require(may_share(actor, sheet))
    if sheet.help_open and sharing == Sharing.AUTHORITY:
        raise Problem(
            "L’équipe du projet remplit cette section à votre demande : elle doit pouvoir la lire. "
            "Reprenez d’abord la main, puis gardez la section pour votre mairie.", "sharing",
        )  # fmt: skip
    return move(actor, sheet, sharing)


def move(actor: Actor, sheet: SectionSheet, sharing: str) -> SharingChange:
    """The one place where a section changes readers (the row is locked and the verdict taken by the caller)."""
    before = sheet.scope
    after = Scope.objects.obtain(
        territory=sheet.inventory.campaign.territory,
        visibility=detail_visibility(sheet, sharing),
        authority=None
        if detail_visibility(sheet, sharing) == Visibility.CIRCLE
        else sheet.inventory.authority,
    )
    old = {reader.person.pk: reader.person.full_name for reader in readers(before)}
    new = {reader.person.pk: reader.person.full_name for reader in readers(after)}
    sheet.scope, sheet.sharing = after, sharing
    sheet.version += 1
    sheet.save(update_fields=["scope", "sharing", "version"])
    summaries.erase(sheet)
    summaries.refresh(sheet, Row.objects.kept().filter(sheet=sheet))
    aggregates.review(sheet)
    journal.record(
        actor,
        registry.SHARING_CHOSEN,
        sheet,
        scope=after,
        for_authority_id=sheet.inventory.authority_id,
        sharing=sharing,
    )
    return SharingChange(
        sheet,
        [name for pk, name in new.items() if pk not in old],
        [name for pk, name in old.items() if pk not in new],
    )
