"""Forms of « Créer mon territoire »."""

import datetime

from django import forms

from mosaique.kernel import clock
from mosaique.kernel.ui.forms import Form

_NO_DAY = "Cette date n’existe pas. Votre saisie est gardée : écrivez le jour, le mois et l’année."
#: A mandate and a year: beyond, the date is a slip of the keyboard.
FAR = datetime.timedelta(days=7 * 366)


class TargetForm(Form):
    """When the scheme should be put to the vote."""

    date = forms.DateField(
        label="Date de vote visée",
        required=False,
        widget=forms.DateInput(),
        help_text="Un jour de conseil communautaire, si vous le connaissez déjà.",
        error_messages={"invalid": _NO_DAY},
    )

    def clean_date(self) -> datetime.date | None:
        day: datetime.date | None = self.cleaned_data["date"]
        today = clock.today()
        if day is not None and day <= today:
            raise forms.ValidationError(
                "Cette date est passée. Votre saisie est gardée : choisissez un conseil à venir, ou laissez vide."
            )
        if day is not None and day > today + FAR:
            raise forms.ValidationError(
                "Cette date tombe après la fin du mandat. Votre saisie est gardée : vérifiez l’année."
            )
        return day


class AskForm(Form):
    """A word to those who lead a territory."""

    words = forms.CharField(
        label="Votre message",
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Dites pour qui vous agissez. Votre nom et votre adresse y seront joints.",
        error_messages={"max_length": "Ce message dépasse 600 caractères. Il est gardé : raccourcissez-le."},
    )


class RefusalForm(Form):
    """Why a claim is turned down."""

    reason = forms.CharField(
        label="Raison, que la personne lira",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Écrivez pourquoi : la personne le lira. La demande attend toujours.",
            "max_length": "Cette raison dépasse 600 caractères. Elle est gardée : raccourcissez-la.",
        },
    )
