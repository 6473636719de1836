"""The one input of the front hall."""

from datetime import date

from django import forms

from mosaique.kernel import clock
from mosaique.kernel.typography import date_long
from mosaique.kernel.ui.forms import Form


class TargetForm(Form):
    day = forms.DateField(
        label="Date visée pour le vote du conseil communautaire",
        help_text="Aucune date n’est imposée : le schéma est facultatif depuis le 29 décembre 2019. Laissez vide si rien n’est choisi.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )

    def clean_day(self) -> date | None:
        """A vote that is aimed at is to come; a date of the past would put every other one in the past."""
        day: date | None = self.cleaned_data["day"]
        if day is not None and day <= clock.today():
            raise forms.ValidationError(
                f"Le {date_long(day)} est déjà passé : on vise un vote à venir. La date visée n’a pas changé ; votre saisie est gardée."
                if day < clock.today()
                else "C’est aujourd’hui : on vise un vote à venir. La date visée n’a pas changé ; votre saisie est gardée."
            )
        return day
