"""What an inventory looks like in a spreadsheet, whatever its format: heads with their units, hidden marks, the guide."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from mosaique.inventory import cells
from mosaique.inventory.columns import MARK_HEAD, ROW_HEAD, Column, file_head
from mosaique.inventory.grid import marks_of
from mosaique.inventory.models import Return, Row
from mosaique.inventory.spec import SectionSpec
from mosaique.kernel import typography

GUIDE, LISTS = "Mode d’emploi", "Listes"
MOST_TOLD = 60  # cells to see again that the first sheet names
SPARE_ROWS = 500  # lists of choices go on below the last line, for those who add some
INK, PAPER, UNKNOWN_INK = "#1a2630", "#f1eadb", "#3c5a85"
ERROR_TITLE = "Hors de la liste"
ERROR_TEXT = "Cette réponse n’est pas dans la liste ; elle vous sera signalée au retour."

# How a cell is written: as a number, a day, a text of the person, or a reason for having no answer.
Written = Literal["number", "date", "text", "unknown"]


@dataclass(frozen=True, slots=True)
class SectionPage:
    """One sheet of the file: a section and its lines."""

    inventory: Return
    spec: SectionSpec
    rows: Sequence[Row]

    @property
    def heads(self) -> list[str]:
        return [file_head(column) for column in self.spec.columns]

    @property
    def hidden_heads(self) -> tuple[str, str]:
        """The first one says which inventory and which section left: a file of another town hall is told at once."""
        return f"{ROW_HEAD}:{self.inventory.pk}:{self.spec.name}", MARK_HEAD

    def hidden(self, row: Row) -> tuple[str, str]:
        return str(row.pk), marks_of(self.spec, row, code=False)


def written(column: Column, cell: cells.Cell | None) -> tuple[Written, str] | None:
    """How the cell goes out, and its text or canonical value; None when it is empty."""
    cell = cell or {}
    if "r" not in cell and "u" not in cell and (value := cell.get("v")):
        if column.numeric:
            return "number", value
        if column.kind == "date":
            return "date", value
    text = cells.text_of(column, cell)
    return ("unknown" if "u" in cell and "r" not in cell else "text", text) if text else None


def answers(column: Column) -> list[str]:
    """What the drop-down of a column offers: its choices, then the reasons for having none."""
    return [label for _, label in column.choices] + (
        [label for _, label in cells.REASONS] if column.unknown else []
    )


def _to_see(page: SectionPage) -> list[str]:
    """« Contrats, ligne 3 de la feuille, Fin du contrat : « 31/02/2027 ». Ce jour n’existe pas. »"""
    return [
        f"{page.spec.short}, ligne {number} de la feuille, {column.spoken} : « {cells.brief(text)} ». {why}".replace("\u00ad", "")
        for number, row in enumerate(page.rows, 2)
        for column, text, why in cells.refusals(page.spec, row.cells)
    ]  # fmt: skip


def guide(inventory: Return, pages: Sequence[SectionPage]) -> tuple[str, list[str]]:
    """Title and lines of the first sheet. What was typed and could not be taken is in its cell like the rest: it is told here."""
    lines = [
        f"Situation au {typography.date_long(inventory.campaign.reference_date)}. Une feuille par section : "
        + ", ".join(page.spec.short for page in pages) + ".",
        "Une ligne par poste, matériel, contrat ou thème. Jamais de nom de personne : une colonne « Nom » ne serait pas lue.",
        "Vous ne savez pas ? Écrivez « Ne sait pas », « Non concerné », « Ne souhaite pas répondre » ou « Non communiqué ». "
        "Une case vide n’est jamais comptée comme zéro.",
        "Ajoutez des lignes à la suite. Une ligne effacée du fichier n’est pas effacée de l’inventaire : retirez-la dans Mosaïque.",
        "Les titres des colonnes sont protégés, sans mot de passe : ce sont eux qui disent où ranger vos réponses.",
        "Excel ou LibreOffice, .xlsx ou .ods : les deux reviennent aussi bien.",
        "Renvoyez ce fichier depuis la page de votre inventaire, « Remplir dans un tableur ». Vous verrez, ligne par ligne, ce qui "
        "changerait, avant d’enregistrer quoi que ce soit.",
    ]  # fmt: skip
    refused = [line for page in pages for line in _to_see(page)]
    if refused:
        lines += [
            "Cases à revoir : écrites dans ce fichier telles qu’elles ont été saisies, elles ne comptent pas.",
            *refused[:MOST_TOLD],
        ]
    if len(refused) > MOST_TOLD:
        lines.append(f"Et {len(refused) - MOST_TOLD} autres.")
    return typography.typographie(f"Inventaire {inventory.of_commune}"), [
        typography.typographie(line) for line in lines
    ]
