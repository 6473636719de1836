"""What people type outside the grid, and the grid itself when it is sent as a plain form."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from mosaique.inventory import cells
from mosaique.inventory.grid import fingerprint
from mosaique.inventory.models import Row, SectionSheet
from mosaique.inventory.registry import SECTIONS
from mosaique.inventory.spec import SectionSpec
from mosaique.kernel.quantity import Unknown
from mosaique.kernel.sent import whole
from mosaique.kernel.typography import typographie
from mosaique.kernel.ui.forms import AmountField, CheckTiles, Form, Tiles

MAX_FILE = 5 * 1024 * 1024


class CampaignDatesForm(Form):
    """Dates of a collection and what it is for."""

    reference_date = forms.DateField(
        label="Situation au", help_text="Tous les inventaires décrivent la situation à cette date."
    )
    opens_on = forms.DateField(label="Ouverture", help_text="Premier jour où les communes peuvent écrire.")
    closes_on = forms.DateField(
        label="Réponse attendue avant le", help_text="Une commune en retard pourra encore répondre."
    )
    used_for = forms.CharField(
        label="Ce qui en sera fait", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Écrit en tête de chaque inventaire : c’est ce que vous promettez aux communes.",
    )  # fmt: skip


class CampaignForm(CampaignDatesForm):
    """A new collection."""

    sections = forms.MultipleChoiceField(
        label="Sections demandées", widget=CheckTiles(help={spec.name: typographie(spec.asked) for spec in SECTIONS.values()}),
        choices=[(spec.name, f"{spec.letter}. {spec.short}") for spec in SECTIONS.values()],
        help_text="Moins vous en demandez, plus on vous répond. Les sections ne changent plus une fois la collecte ouverte.",
    )  # fmt: skip


class CampaignEditForm(CampaignDatesForm):
    seen = forms.IntegerField(widget=forms.HiddenInput)


class ReminderForm(Form):
    """To whom, and one optional sentence. `again` shows only when someone was reminded lately."""

    message = forms.CharField(
        label="Une phrase de votre part", required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ajoutée à chaque message. Il part en votre nom, dans les boîtes des mairies concernées seulement.",
    )  # fmt: skip
    again = forms.BooleanField(label="Relancer quand même", required=False)


class SharingForm(Form):
    sharing = forms.ChoiceField(
        choices=SectionSheet.Sharing.choices, widget=Tiles, label="Qui voit ces données ?"
    )


class HelpForm(Form):
    note = forms.CharField(
        label="Ce que l’équipe doit savoir", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Où trouver les chiffres, à quelle heure vous appeler. Jamais de nom d’agent.",
    )  # fmt: skip


class ConfideForm(Form):
    """To whom a section is handed."""

    name = forms.CharField(
        label="Nom de votre collègue", max_length=120,
        help_text="Il s’affiche à côté des lignes que cette personne saisit, pour votre mairie seulement.",
    )  # fmt: skip
    email = forms.EmailField(
        label="Son adresse de courriel", required=False, max_length=254,
        help_text="Le lien lui est envoyé. Sans adresse, vous le copiez et le remettez vous-même. L’adresse n’est pas gardée.",
    )  # fmt: skip
    until = forms.DateField(label="Le lien s’ouvre jusqu’au", help_text="Vous pouvez le reprendre avant.")


class EstimateForm(Form):
    """One figure of the EPCI's own."""

    figure = forms.ChoiceField(label="Chiffre estimé")
    value = AmountField(label="Votre estimation", unit="", required=False)
    unknown = forms.ChoiceField(
        label="Si vous ne pouvez pas l’estimer",
        required=False,
        choices=[("", "Je donne un nombre"), *Unknown.choices],
    )
    source = forms.CharField(
        label="Sur quoi elle repose",
        max_length=200,
        help_text="« Budget annexé 2025, état du personnel ». La commune le lira.",
    )
    as_of = forms.DateField(label="Situation au")


class SpreadsheetForm(Form):
    file = forms.FileField(
        label="Le tableur rempli",
        help_text="Fichier .xlsx ou .ods, cinq mégaoctets au plus. Rien n’est enregistré avant votre accord.",
    )

    def clean_file(self) -> Any:
        found = self.cleaned_data["file"]
        if found.size > MAX_FILE:
            raise forms.ValidationError(
                f"Ce fichier pèse {found.size // (1024 * 1024)} Mo ; cinq au plus. Rien n’a été lu : "
                "gardez seulement les feuilles de l’inventaire."
            )
        return found


# --- The grid as a plain form ---------------------------------------------------------------


def posted_changes(
    spec: SectionSpec, rows: Sequence[Row], data: Mapping[str, Any], token: str
) -> list[dict[str, Any]]:
    """Changes of a grid sent without script: cells whose text is no longer what the page had shown."""
    changes: list[dict[str, Any]] = []
    for row in rows:
        key = str(row.pk)
        marks = str(data.get(f"v-{key}", "")).split(".")
        if len(marks) != len(spec.columns):
            continue
        for column, mark in zip(spec.columns, marks, strict=True):
            text = data.get(f"r-{key}-{column.name}")
            version, _, printed = mark.partition(":")
            seen = whole(version)
            if text is None or seen is None:
                continue
            text = str(text).strip()
            # A list sends codes, and « ? » for a reason: compare what the page would have sent.
            if fingerprint(_as_shown(column.kind, text)) == printed:
                continue
            changes.append({
                "id": f"{token}-{key}-{column.name}"[:48], "row": key, "col": column.name, "op": "set",
                "value": text, "unknown": None, "seen": seen,
            })  # fmt: skip
    return changes


def _as_shown(kind: str, text: str) -> str:
    return dict(cells.REASONS)["inconnu"] if text == "?" else text
