"""Entrusting a part of a mandate: to whom, what, until when."""

from collections.abc import Sequence
from typing import Any

from django import forms

from mosaique.access.entrusting import BY_ROLE
from mosaique.access.models import Mandate
from mosaique.accounts.pin_forms import PersonalForm
from mosaique.kernel.ui.forms import CheckTiles

_DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class EntrustForm(PersonalForm):
    to = forms.ChoiceField(label="À qui", help_text="Une personne de la même collectivité.")
    what = forms.MultipleChoiceField(label="Ce que vous confiez", widget=CheckTiles())
    starts_on = forms.DateField(label="À partir du", widget=_DATE)
    last_day = forms.DateField(
        label="Jusqu’au", widget=_DATE, help_text="Compris. Vous pouvez y mettre fin plus tôt."
    )
    order_reference = forms.CharField(
        label="Arrêté de délégation",
        max_length=120,
        required=False,
        help_text="Son numéro et sa date, s’il y en a un.",
    )

    def __init__(
        self, *args: Any, mandate: Mandate, people: Sequence[Mandate], on_behalf: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in people}
        self.fields["to"].choices = [(str(one.pk), f"{one.person.full_name}, {one.title}") for one in people]
        self.fields["what"].choices = [(kind.value, kind.label) for kind in BY_ROLE.get(mandate.role, ())]
        if on_behalf:
            self.fields["order_reference"].required = True
            self.fields["order_reference"].help_text = "Ou l’écrit d’après lequel vous l’enregistrez."

    def values(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        return {**data, "to": self.people[data["to"]]}
