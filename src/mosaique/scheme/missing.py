"""What the report will print as not communicated, with where to complete it: nothing is printed blank in silence."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from mosaique.costing.queries import Impacts
from mosaique.scheme.models import ActionSheet, Scheme
from mosaique.scheme.outline import CHAPTERS
from mosaique.scheme.policies import OPEN

PRINTED = (ActionSheet.Status.READY, ActionSheet.Status.RETAINED)


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that the report will print as not communicated, with where to complete it."""

    where: str
    what: str
    kind: str  # « sheet », « chapter » or « scheme »: with `ref`, an address can be given
    ref: str = ""

    def as_dict(self) -> dict[str, str]:
        return {"where": self.where, "what": self.what}


def missing_of(
    scheme: Scheme,
    every: list[ActionSheet],
    printed: list[ActionSheet],
    impacts: Impacts | None,
    content: dict[str, Any],
    to_redo: set[int],
) -> Iterable[Missing]:
    if not printed:
        yield Missing(
            "Fiches action",
            "Aucune fiche n’est prête ni retenue : le projet de schéma serait vide.",
            "scheme",
        )
    for spec in CHAPTERS:
        if spec.expected and spec.key not in content["chapters"]:
            yield Missing(f"Chapitre « {spec.title} »", "Rien n’y est encore écrit.", "chapter", spec.key)
    for sheet in every:
        hidden = sheet.scope.visibility not in OPEN
        if hidden and sheet.status in PRINTED:
            # The title of a sheet kept to a group is not written in a document others will read.
            yield Missing(
                "Fiches action",
                "Une fiche prête ou retenue n’est pas lue par toutes les personnes qui participent : elle n’entre pas dans le rapport.",
                "sheet",
                str(sheet.pk),
            )
    for sheet in printed:
        where = f"Fiche {sheet.number}"
        pk = str(sheet.pk)
        if not sheet.legal_form:
            yield Missing(where, "La forme juridique n’est pas choisie.", "sheet", pk)
        if not sheet.resident_changes.all():
            yield Missing(where, "L’effet pour les habitants n’est pas décrit.", "sheet", pk)
        if sheet.pk in to_redo:
            yield Missing(
                where, "La part de chacun est à recalculer : ses données ont changé depuis.", "sheet", pk
            )
        yield from _holes(where, str(sheet.number), pk, impacts)
    if not content["released"]:
        yield Missing(
            "État des lieux",
            "Aucune commune n’a encore versé de chiffres au rapport.",
            "chapter",
            "etat_des_lieux",
        )


def _holes(where: str, ref: str, pk: str, impacts: Impacts | None) -> Iterable[Missing]:
    """The two prescribed impacts: blank is never zero."""
    if impacts is None:
        return
    for label, table in (("les effectifs", impacts.etp), ("les dépenses de fonctionnement", impacts.running)):
        holes: dict[str, set[int]] = {}
        stated = 0
        for party in impacts.parties:
            for year in impacts.years:
                total = table.cells[ref, party.code, year]
                stated += total.stated
                if total.missing:
                    holes.setdefault(party.name, set()).add(year)
        if holes:
            names = sorted(holes)
            shown = ", ".join(names[:6]) + (f" et {len(names) - 6} autres" if len(names) > 6 else "")
            yield Missing(where, f"Impact sur {label} non communiqué : {shown}.", "sheet", pk)
        elif not stated:
            yield Missing(where, f"Impact sur {label} non communiqué.", "sheet", pk)
