"""The editable table as HTML. Built in Python: three hundred lines of lists would cost a template half a second."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import escape
from zlib import crc32

from django.utils.safestring import SafeString, mark_safe

from mosaique.inventory import cells
from mosaique.inventory.columns import Column
from mosaique.inventory.models import Row
from mosaique.inventory.spec import SectionSpec
from mosaique.kernel.typography import typographie
from mosaique.kernel.ui.tags.atoms import icon

# « Ne sait pas » and « Non concerné » are offered in lists; the other reasons come with « ? ».
_LISTED = cells.REASONS[:2]
_INPUT = {"int": "numeric", "etp": "decimal", "money": "decimal"}
# (row, column) → (text shown, sentence): what a form without script could not record.
Notes = Mapping[tuple[str, str], tuple[str, str]]


@lru_cache(maxsize=8192)
def fingerprint(text: str) -> str:
    """A short mark of what a cell showed, so that an untouched cell is never taken for a change."""
    return f"{crc32(text.encode()):08x}"


def marks_of(spec: SectionSpec, row: Row, *, code: bool = True) -> str:
    """The version and the mark of every cell of the row, in the order of the columns: for what comes back later (a form
    without script, a spreadsheet) to tell what was touched from what only grew old. `code`: lists send codes, not labels."""
    parts = []
    for column in spec.columns:
        cell = row.cells.get(column.name) or {}
        parts.append(f"{cell.get('n', 0)}:{fingerprint(cells.text_of(column, cell, code=code))}")
    return ".".join(parts)


class GridHtml:
    """Draws the rows of one section."""

    def __init__(
        self,
        spec: SectionSpec,
        grid_id: str,
        notes: Notes | None = None,
        *,
        ours: bool = True,
        by_link: int | None = None,
    ) -> None:
        self.spec = spec
        self.grid_id = grid_id
        self.notes = notes or {}
        self.ours = ours  # only the commune confirms what was typed for it
        self.by_link = by_link  # who holds a link removes the lines of that link alone
        self.cross = str(icon("non"))
        self.alert = str(icon("alerte"))
        self.noun = escape(spec.noun.capitalize())

    def body(self, rows: Sequence[Row]) -> SafeString:
        return mark_safe("".join(self._row(row, number) for number, row in enumerate(rows, 1)))

    def blank(self) -> SafeString:
        """The row the script copies when a line is added."""
        inside = "".join(self._cell(column, "__row__", "__n__", {}, "") for column in self.spec.columns)
        return mark_safe(self._tr("__row__", "__n__", inside, "", "", ""))

    def _row(self, row: Row, number: int) -> str:
        key = str(row.pk)
        problems: list[str] = []
        inside = []
        for column in self.spec.columns:
            cell = row.cells.get(column.name) or {}
            override = self.notes.get((key, column.name))
            message = override[1] if override else cell.get("w", "")
            inside.append(
                self._cell(column, key, str(number), cell, message, override[0] if override else None)
            )
            if message:
                problems.append(self._problem(column, key, message, kept="r" in cell))
        if row.to_confirm:
            problems.insert(0, self._to_confirm(key, row))
        name = cells.text_of(self.spec.first, row.cells.get(self.spec.first.name))
        hidden = f'<input type="hidden" name="v-{key}" value="{marks_of(self.spec, row)}">'
        wrong = any(cell.get("r") for cell in row.cells.values()) or any(k == key for k, _ in self.notes)
        css = "fautif" if wrong or row.to_confirm else ""
        kept = self.by_link is not None and not row.is_of_link(self.by_link)
        html = self._tr(key, str(number), "".join(inside), css, name, hidden, removable=not kept)
        if problems:
            css = "erreur" if wrong else "erreur deux-valeurs"
            html += f'<tr class="{css}" data-de="{key}"><td colspan="{len(self.spec.columns) + 2}">{"".join(problems)}</td></tr>'
        return html

    def _tr(
        self, key: str, number: str, inside: str, css: str, name: str, hidden: str, *, removable: bool = True
    ) -> str:
        label = escape(f"Retirer la ligne {number}" + (f", {name}" if name else ""), quote=True)
        remove = (
            f'<button class="oter" type="submit" name="retirer" value="{key}" aria-label="{label}">{self.cross}</button>'
            if removable
            else ""
        )
        return (
            f'<tr data-row="{key}"{f" class={css}" if css else ""}><th scope="row" data-l="{self.noun} n°">{number}{hidden}</th>'
            f'{inside}<td class="poub">{remove}</td></tr>'
        )

    def _cell(
        self,
        column: Column,
        key: str,
        number: str,
        cell: cells.Cell,
        message: str,
        override: str | None = None,
    ) -> str:
        spoken = escape(f"{column.spoken.replace(chr(173), '')}, ligne {number}", quote=True)
        common = (
            f'name="r-{key}-{column.name}" data-col="{column.name}" data-kind="{column.kind}" data-v="{cell.get("n", 0)}" '
            f'aria-label="{spoken}"'
        )
        described = [f"{self.grid_id}-h-{column.name}"] if column.help else []
        if message:
            common += ' aria-invalid="true"'
            described.append(f"p-{self.grid_id}-{key}-{column.name}")
        if described:
            common += f' aria-describedby="{" ".join(described)}"'
        if column.kind == "choice":
            control = self._select(column, cell, common, message, override)
        else:
            control = self._input(column, cell, common, message, override)
        state = ' data-s="refuse" title="Refusé"' if message else ""
        label = escape(column.label.replace("\u00ad", ""), quote=True)
        asked = f' data-h="{escape(typographie(column.help), quote=True)}"' if column.help else ""
        return f'<td class="{column.card}" data-l="{label}"{asked}{state}>{control}</td>'

    def _input(
        self, column: Column, cell: cells.Cell, common: str, message: str, override: str | None
    ) -> str:
        text = override if override is not None else cells.text_of(column, cell)
        css = " ".join(
            word for word, wanted in (("num", column.numeric), ("faux", message), ("nsp", "u" in cell and "r" not in cell)) if wanted
        )  # fmt: skip
        extra = f' class="{css}"' if css else ""
        if column.kind in _INPUT:
            extra += f' inputmode="{_INPUT[column.kind]}"'
        if column.suggest:
            extra += f' list="{self.grid_id}-corps"'
        if "u" in cell and "r" not in cell:
            extra += f' data-inconnu="{cell["u"]}"'
        return f'<input {common} value="{escape(text, quote=True)}"{extra}>'

    def _select(
        self, column: Column, cell: cells.Cell, common: str, message: str, override: str | None
    ) -> str:
        chosen = override if override is not None else cell.get("r", cell.get("v", ""))
        reason = cell.get("u", "") if override is None and "r" not in cell else ""
        options = ['<option value=""></option>']
        for code, label in column.choices:
            picked = " selected" if code == chosen and not reason else ""
            options.append(f'<option value="{code}"{picked}>{escape(typographie(label))}</option>')
        if column.unknown:
            listed = (
                _LISTED
                if not reason or reason in dict(_LISTED)
                else (*_LISTED, (reason, dict(cells.REASONS)[reason]))
            )
            for code, label in listed:
                value = "?" if code == "inconnu" else label
                options.append(
                    f'<option value="{value}" data-inconnu="{code}"{" selected" if code == reason else ""}>{label}</option>'
                )
        if chosen and chosen not in column.labels:
            options.append(
                f'<option value="{escape(chosen, quote=True)}" data-intrus="1" selected>{escape(chosen)}</option>'
            )
        css = " ".join(word for word, wanted in (("faux", message), ("nsp", reason)) if wanted)
        return (
            f"<select {common}{f' class={chr(34)}{css}{chr(34)}' if css else ''}>{''.join(options)}</select>"
        )

    def _problem(self, column: Column, key: str, message: str, *, kept: bool) -> str:
        label = escape(typographie(f"{column.spoken} : {message}".replace("\u00ad", "")))
        rest = " Votre saisie est gardée ; cette case ne compte pas encore." if kept else ""
        return f'<p id="p-{self.grid_id}-{key}-{column.name}">{self.alert}<span><b>{label}</b>{typographie(rest)}</span></p>'

    def _to_confirm(self, key: str, row: Row) -> str:
        eye = str(icon("oeil"))
        if not self.ours:
            return f"<p>{eye}<span><b>Saisi pour la commune.</b> Cette ligne compte quand elle l’aura confirmée.</span></p>"
        who = (
            f"par {escape(row.by_link.name)}, par lien" if row.by_link else "pour vous par l’équipe du projet"
        )
        return (
            f"<p>{eye}<span><b>Saisi {who}.</b> Cette ligne ne compte pas encore.</span></p>"
            f'<p class="rangee"><button class="btn petit" type="submit" name="confirmer" value="{key}">Confirmer cette ligne</button></p>'
        )
