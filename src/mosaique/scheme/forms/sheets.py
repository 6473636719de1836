"""A new sheet, the answer of a commune, a stage, a decision."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms

from mosaique.access import themes
from mosaique.access.models import Space
from mosaique.accounts.pin_forms import PersonalForm
from mosaique.kernel.ui.forms import Form, Tiles
from mosaique.scheme.forms.fields import day_field, long_field, text_field
from mosaique.scheme.models import Axis


class NewSheetForm(Form):
    """A sheet starts with a title, an axis and why."""

    def __init__(self, *args: Any, axes: Iterable[Axis], spaces: Iterable[Space], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["axis"].queryset = axes
        self.fields["space"].queryset = spaces

    title = text_field(
        "Titre de la fiche",
        required=True,
        help_text="Un verbe et ce qui change : « Partager une balayeuse ».",
    )
    summary = text_field("En une phrase", length=400)
    axis = forms.ModelChoiceField(
        label="Axe", required=False, queryset=Axis.objects.none(), empty_label="un nouvel axe"
    )
    new_axis = text_field("Nouvel axe", help_text="À remplir si aucun axe de la liste ne convient.")
    theme = forms.ChoiceField(label="Thème", choices=[("", "aucun"), *themes.choices()], required=False)
    space = forms.ModelChoiceField(
        label="Groupe de travail", required=False, queryset=Space.objects.none(), empty_label="aucun"
    )
    context = long_field("Pourquoi cette fiche", rows=4, help_text="Deux phrases suffisent pour commencer.")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("axis") and not cleaned.get("new_axis"):
            self.add_error(
                "new_axis",
                "Une fiche appartient à un axe : choisissez-en un, ou nommez le premier. Rien n’est perdu.",
            )
        return cleaned


class PositionForm(PersonalForm):
    """The commune's intention on this version of the sheet."""

    # Short values: the style sheet shows the condition's field with « si », and only then.
    ANSWERS: ClassVar[dict[str, str]] = {"oui": "yes", "si": "yes_if", "tard": "later", "non": "no"}
    position = forms.ChoiceField(
        label="Votre position",
        choices=[("oui", "Oui"), ("si", "Oui, si…"), ("tard", "Plus tard"), ("non", "Non")],
        widget=Tiles(
            css="quatre-v",
            help={
                "oui": "Nous entrons au démarrage",
                "si": "Nous posons une condition",
                "tard": "Nous reposerons la question",
                "non": "Nous continuons comme aujourd’hui",
            },
        ),
        error_messages={"required": "Choisissez une des quatre réponses. Votre texte est gardé."},
    )
    condition = forms.CharField(
        label="Votre condition",
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Une phrase suffit. Les autres mairies la liront.",
        error_messages={
            "max_length": "400 caractères au plus : dites le principal, le reste ira dans le débat. Votre texte est gardé."
        },
    )
    council_on = day_field("Si le conseil municipal en a parlé, date de la séance")

    @classmethod
    def said(cls, answer: str, condition: str) -> dict[str, str]:
        """The stored position, as the form shows it."""
        return {
            "position": {code: value for value, code in cls.ANSWERS.items()}[answer],
            "condition": condition,
        }

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "answer": self.ANSWERS[data["position"]],
            "condition": data["condition"],
            "council_on": data["council_on"],
        }


class StatusForm(Form):
    """The next stage of a sheet."""

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = choices

    to = forms.ChoiceField(label="Où en est cette fiche ?", widget=Tiles())
    reason = forms.CharField(
        label="Motif, si la fiche est écartée",
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Les communes qui y ont travaillé le liront.",
    )


class DecisionForm(Form):
    """A line of the log."""

    decided_on = forms.DateField(label="Date", widget=forms.DateInput())
    by = text_field(
        "Qui a décidé",
        required=True,
        length=120,
        help_text="Une instance : comité de pilotage, bureau, conseil.",
    )
    text = forms.CharField(
        label="Ce qui est décidé", max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
