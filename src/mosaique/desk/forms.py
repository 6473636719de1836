"""The one input of the front hall."""

from django import forms

from mosaique.kernel.ui.forms import Form


class TargetForm(Form):
    day = forms.DateField(
        label="Date visée pour le vote du conseil communautaire",
        help_text="Aucune date n’est imposée : le schéma est facultatif depuis le 29 décembre 2019. Laissez vide si rien n’est choisi.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )
