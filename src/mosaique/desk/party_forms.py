"""Forms of the bodies that take part."""

from typing import Any

from django import forms

from mosaique.accounts.models import TerritoryParty
from mosaique.kernel.ui.forms import Form, Tiles

_HELP = {
    "syndicate": "Intercommunal ou mixte, PETR.",
    "social": "L’action sociale, de la commune ou de l’intercommunalité.",
    "management": "De la fonction publique territoriale.",
    "association": "Loi de 1901 ou droit local.",
    "other": "Agence, établissement, collectivité voisine.",
}


class PartyForm(Form):
    """Which body, known by what, since when."""

    kind = forms.ChoiceField(
        label="Nature", choices=[(one.value, one.label[:1].upper() + one.label[1:]) for one in TerritoryParty.Kind],
        widget=Tiles(help=_HELP),
    )  # fmt: skip
    name = forms.CharField(
        label="Nom", max_length=160, help_text="Comme il se dit : « Syndicat des eaux de la Vère »."
    )
    siren = forms.CharField(
        label="Numéro SIREN",
        max_length=24,
        required=False,
        help_text="Neuf chiffres. Un SIRET convient aussi.",
    )
    rna = forms.CharField(
        label="Numéro RNA", max_length=16, required=False,
        help_text="D’une association seulement : W et neuf chiffres. Sans aucun numéro, laissez vide : vous l’ajouterez plus tard.",
    )  # fmt: skip
    since = forms.DateField(label="Participe depuis le", required=False, widget=forms.DateInput())
    note = forms.CharField(
        label="Précision",
        max_length=300,
        required=False,
        help_text="À quel titre il participe. Lue par toutes les personnes du territoire.",
    )


class PartyCorrectionForm(PartyForm):
    until = forms.DateField(
        label="Ne participe plus à partir du",
        required=False,
        widget=forms.DateInput(),
        help_text="Vide : il participe toujours.",
    )
    seen = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["kind", "name", "siren", "rna", "since", "until", "note", "seen"])


class PartyEndForm(Form):
    until = forms.DateField(
        label="Ne participe plus à partir du",
        widget=forms.DateInput(),
        help_text="Premier jour où il ne participe plus.",
    )
