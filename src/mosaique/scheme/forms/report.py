"""Axes, chapters, freezing and verification."""

from typing import Any

from django import forms

from mosaique.kernel.ui.forms import CheckTiles, Form
from mosaique.scheme.forms.fields import LONG, long_field, text_field
from mosaique.scheme.wording import FORMATS


class AxisForm(Form):
    """An axis of the scheme."""

    seen = forms.IntegerField(widget=forms.HiddenInput(), required=False)
    title = text_field("Intitulé de l’axe", required=True)
    body = long_field("Ce que cet axe poursuit", help_text=LONG)


class LogoForm(Form):
    """The picture on the cover."""

    file = forms.FileField(
        label="Logo",
        help_text="Image PNG ou JPEG, 2 Mo au plus. Un fond blanc ou transparent convient le mieux.",
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg"}),
    )


class ColourInput(forms.TextInput):
    """The device's own palette; it also takes the six digits of a graphic charter."""

    input_type = "color"


class ColoursForm(Form):
    """The two colours of the documents."""

    main = forms.CharField(
        label="Couleur principale",
        max_length=20,
        widget=ColourInput,
        help_text="Titres et têtes de tableaux. Elle porte du texte : il la faut assez foncée.",
    )
    accent = forms.CharField(
        label="Couleur d’accent",
        max_length=20,
        widget=ColourInput,
        help_text="Filets sous l’en-tête et autour des chiffres clés.",
    )


class ExtractsForm(Form):
    """Which files each commune's extract is made in."""

    formats = forms.MultipleChoiceField(
        label="Formats de chaque extrait",
        choices=list(FORMATS.items()),
        initial=["pdf"],
        widget=CheckTiles(),
        error_messages={"required": "Choisissez au moins un format. Rien n’a été lancé."},
    )


class ChapterForm(Form):
    """The territory's own words of a chapter."""

    seen = forms.IntegerField(widget=forms.HiddenInput())
    body = long_field("Texte du chapitre", help_text=LONG, rows=14, length=60_000)


class FreezeForm(Form):
    """Freezing: the list of what is missing is acknowledged line by line, never silently."""

    def __init__(self, *args: Any, missing: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if missing:
            self.fields["acknowledged"] = forms.BooleanField(
                label=f"J’ai lu les {missing} points ci-dessus : ils seront imprimés « non communiqué »."
                if missing > 1
                else "J’ai lu le point ci-dessus : il sera imprimé « non communiqué ».",
                error_messages={
                    "required": "Cochez cette case si la version part avec ces manques. Rien n’est figé."
                },
            )

    note = text_field(
        "Ce qui a changé depuis la version précédente", length=200, help_text="Une ligne, pour l’historique."
    )


class VerifyForm(Form):
    """A code or a file; the file is only hashed."""

    code = text_field(
        "Code de la version", length=40, help_text="Les seize caractères au pied de chaque page."
    )
    file = forms.FileField(
        label="Fichier à vérifier",
        required=False,
        help_text="Il n’est ni gardé ni lu : seule son empreinte est comparée. 20 Mo au plus.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.leave_unmarked(*self.fields)  # one of the two is needed
