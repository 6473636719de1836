"""Members of the inventory room, by name: its sections, what can be referred to, what is journaled."""

from django.http import HttpRequest

from mosaique.assistance import askers
from mosaique.inventory.sections import (
    activity,
    conditions,
    contracts,
    equipment,
    existing,
    identity,
    needs,
    premises,
    software,
    staff,
)
from mosaique.inventory.spec import SectionSpec
from mosaique.journal.verbs import Verb
from mosaique.journal.verbs import register as register_verbs
from mosaique.kernel.ref import RefKind
from mosaique.kernel.ref import register as register_kind


def _asker(request: HttpRequest) -> askers.Asker | None:
    from mosaique.inventory.holders import asker

    return asker(request)


askers.register(_asker)

SECTIONS: dict[str, SectionSpec] = {
    spec.name: spec
    for spec in (
        staff.SPEC, equipment.SPEC, contracts.SPEC, needs.SPEC, software.SPEC, premises.SPEC, existing.SPEC, activity.SPEC,
        conditions.SPEC, identity.SPEC,
    )
}  # fmt: skip
# What most collections begin with; the others are asked once these are in, or a few at a time.
USUAL = ("staff", "equipment", "contracts", "needs")
BY_SLUG: dict[str, SectionSpec] = {spec.slug: spec for spec in SECTIONS.values()}


def _model(name: str):
    def found():
        from mosaique.inventory import models

        return getattr(models, name)

    return found


register_kind(RefKind("inventory_campaign", _model("Campaign"), "la collecte", lambda row: row.title))
register_kind(
    RefKind("inventory_return", _model("Return"), "l’inventaire", lambda row: row.label, ("authority",))
)
register_kind(
    RefKind(
        "inventory_section",
        _model("SectionSheet"),
        "la section d’inventaire",
        lambda row: row.label,
        ("inventory__authority",),
    )
)
register_kind(
    RefKind(
        "inventory_summary",
        _model("Summary"),
        "le résumé d’inventaire",
        lambda row: row.label,
        ("sheet__inventory__authority",),
    )
)
register_kind(
    RefKind(
        "inventory_release",
        _model("Release"),
        "les chiffres versés",
        lambda row: row.label,
        ("sheet__inventory__authority",),
    )
)
register_kind(
    RefKind(
        "inventory_estimate",
        _model("Estimate"),
        "l’estimation",
        lambda row: row.label,
        ("inventory__authority",),
    )
)
register_kind(
    RefKind(
        "inventory_import",
        _model("ImportBatch"),
        "le fichier reçu",
        lambda row: row.label,
        ("inventory__authority",),
    )
)

register_kind(RefKind("inventory_link", _model("SectionLink"), "la section confiée", lambda row: row.label))

CAMPAIGN_OPENED = Verb("inventory_campaign_opened", "a ouvert {object}")
CAMPAIGN_CHANGED = Verb("inventory_campaign_changed", "a changé les dates de {object}")
CAMPAIGN_WIDENED = Verb("inventory_campaign_widened", "a ouvert {object} aux communes arrivées depuis")
CAMPAIGN_CLOSED = Verb("inventory_campaign_closed", "a clos {object}")
ROWS_ENTERED = Verb("inventory_rows_entered", "a rempli {object}", in_feed=False)
SHARING_CHOSEN = Verb("inventory_sharing_chosen", "a choisi qui lit {object}", in_feed=False)
SECTION_DONE = Verb("inventory_section_done", "a rendu {object}")
SECTION_REOPENED = Verb("inventory_section_reopened", "a repris {object}")
RETURN_DONE = Verb("inventory_return_done", "a rendu {object}")
HELP_ASKED = Verb("inventory_help_asked", "a demandé de remplir {object}")
HELP_CLOSED = Verb("inventory_help_closed", "a repris la main sur {object}")
ENTRY_CONFIRMED = Verb(
    "inventory_entry_confirmed", "a confirmé ce qui était saisi pour la commune dans {object}"
)
FIGURES_RELEASED = Verb("inventory_figures_released", "a versé au rapport {object}")
RELEASE_REVOKED = Verb("inventory_release_revoked", "a retiré du rapport {object}")
ESTIMATE_MADE = Verb("inventory_estimate_made", "a inscrit {object}", in_feed=False)
ESTIMATE_REMOVED = Verb("inventory_estimate_removed", "a retiré {object}", in_feed=False)
FILE_RECEIVED = Verb("inventory_file_received", "a déposé {object}", in_feed=False)
FILE_APPLIED = Verb("inventory_file_applied", "a enregistré {object}", in_feed=False)
SECTION_CONFIDED = Verb("inventory_section_confided", "a confié {object}", in_feed=False)
SECTION_TAKEN_BACK = Verb("inventory_section_taken_back", "a repris {object}", in_feed=False)
LINK_OPENED = Verb("inventory_link_opened", "a ouvert {object}", in_feed=False)
LINK_FINISHED = Verb("inventory_link_finished", "a terminé {object}", in_feed=False)
REMINDED = Verb("inventory_reminded", "a relancé pour {object}", in_feed=False)
register_verbs(
    CAMPAIGN_OPENED, CAMPAIGN_CHANGED, CAMPAIGN_WIDENED, CAMPAIGN_CLOSED, ROWS_ENTERED, SHARING_CHOSEN, SECTION_DONE,
    SECTION_REOPENED, RETURN_DONE, HELP_ASKED, HELP_CLOSED, ENTRY_CONFIRMED, FIGURES_RELEASED, RELEASE_REVOKED, ESTIMATE_MADE,
    ESTIMATE_REMOVED, FILE_RECEIVED, FILE_APPLIED, REMINDED,
    SECTION_CONFIDED, SECTION_TAKEN_BACK, LINK_OPENED, LINK_FINISHED,
)  # fmt: skip
