"""What a person says of a change of perimeter, kind by kind."""

import re
from typing import Any

from django import forms

from mosaique.access.models import Mandate
from mosaique.accounts.services.perimeter import WAYS
from mosaique.kernel.ui.forms import CheckTiles, Form
from mosaique.territory import numbers
from mosaique.territory.models import Authority, PerimeterChange, Territory
from mosaique.territory.naming import curly, listed
from mosaique.territory.reference import index
from mosaique.territory.reference.entities import Commune
from mosaique.territory.services import Draft

Kind = PerimeterChange.Kind
_INSEE = re.compile(r"(?:\d{2}|2[AB])\d{3}")
SHOWN = 6


class ChangeForm(Form):
    """Fields common to every kind; each kind keeps its own."""

    kind: str

    takes_effect_on = forms.DateField(
        label="Date d’effet",
        help_text="Celle que dit l’arrêté préfectoral : le premier jour de la nouvelle situation.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    order_reference = forms.CharField(
        label="Arrêté préfectoral", required=False, max_length=160,
        help_text="Sa date et son numéro, quand vous les avez. Vous pourrez compléter plus tard.",
    )  # fmt: skip
    note = forms.CharField(
        label="Note", required=False, max_length=1000, widget=forms.Textarea,
        help_text="Ce que les autres doivent savoir. Lue par toutes les personnes qui participent.",
    )  # fmt: skip

    def __init__(self, *args: Any, territory: Territory, members: list[Authority], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.territory, self.by_pk = territory, {str(body.pk): body for body in members}
        for name in ("communes", "chief"):
            if name in self.fields:
                first = [("", "Choisir")] if name == "chief" else []
                self.fields[name].choices = [*first, *((pk, body.name) for pk, body in self.by_pk.items())]
        self.order_fields([name for name in self.fields if name not in ("order_reference", "note")])

    def clean_note(self) -> str:
        return str(self.cleaned_data["note"]).strip()

    def draft(self) -> Draft:
        said = self.cleaned_data
        return Draft(
            kind=self.kind, takes_effect_on=said["takes_effect_on"],
            communes=tuple(self.by_pk[pk] for pk in said.get("communes", ())), joining=tuple(said.get("joining", ())),
            successor_name=curly(said.get("successor_name", "").strip()), successor_siren=said.get("successor_siren", ""),
            chief=self.by_pk.get(said.get("chief", "")), with_bodies=said.get("with_bodies", "").strip(),
            order_reference=said["order_reference"].strip(), note=said["note"],
        )  # fmt: skip


def _communes(label: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, widget=CheckTiles(css="quatre"),
        error_messages={"required": "Aucune commune n’est cochée. Le reste de votre saisie est gardé.",
                        "invalid_choice": "Une des communes cochées n’est pas membre ici. Rechargez la page, puis recommencez."},
    )  # fmt: skip


class _WithSiren(ChangeForm):
    successor_siren = forms.CharField(
        label="Numéro SIREN", required=False, max_length=20,
        help_text="Neuf chiffres, s’il est déjà attribué. Sinon, laissez vide.",
    )  # fmt: skip

    def clean_successor_siren(self) -> str:
        try:
            return numbers.read_siren(str(self.cleaned_data["successor_siren"]))
        except numbers.WrongNumber as wrong:
            raise forms.ValidationError(str(wrong)) from None


class LeavingForm(ChangeForm):
    kind = Kind.LEAVING
    communes = _communes("Qui se retire ?")
    field_order = ["communes", "takes_effect_on", "order_reference", "note"]


class NewCommuneForm(_WithSiren):
    kind = Kind.NEW_COMMUNE
    communes = _communes("Quelles communes se réunissent ?")
    successor_name = forms.CharField(label="Nom de la commune nouvelle", max_length=160)
    chief = forms.ChoiceField(
        label="Chef-lieu",
        help_text="La commune qui donne son code Insee à la commune nouvelle (règle du code officiel géographique, à vérifier).",
    )
    field_order = [
        "communes", "successor_name", "chief", "takes_effect_on", "successor_siren", "order_reference", "note",
    ]  # fmt: skip


class MergerForm(_WithSiren):
    kind = Kind.MERGER
    with_bodies = forms.CharField(
        label="Avec quelles intercommunalités ?",
        max_length=300,
        help_text="Leurs noms, séparés par des virgules.",
    )
    successor_name = forms.CharField(label="Nom de la nouvelle intercommunalité", max_length=160)
    field_order = [
        "with_bodies",
        "successor_name",
        "takes_effect_on",
        "successor_siren",
        "order_reference",
        "note",
    ]


class JoiningForm(ChangeForm):
    kind = Kind.JOINING
    joining = forms.CharField(
        label="Quelle commune rejoint l’intercommunalité ?", max_length=200,
        help_text="Son nom ou son code Insee. Plusieurs : séparez-les par des virgules.",
    )  # fmt: skip
    field_order = ["joining", "takes_effect_on", "order_reference", "note"]

    def clean_joining(self) -> list[str]:
        """INSEE codes; a name borne by several communes is asked again, with their codes."""
        found: list[str] = []
        for typed in re.split(r"[,;\n]", str(self.cleaned_data["joining"])):
            if typed.strip():
                found.append(_resolved(typed.strip(), self.territory.epci.department).insee)
        if not found:
            raise forms.ValidationError(self.fields["joining"].error_messages["required"])
        return list(dict.fromkeys(found))


def _resolved(typed: str, department: str) -> Commune:
    code = typed.upper().replace(" ", "")
    if _INSEE.fullmatch(code):
        place = index.commune(code)
        if place is None:
            raise forms.ValidationError(
                f"Le code Insee {code} n’est celui d’aucune commune du code officiel géographique. Votre saisie est gardée."
            )
        return place
    places = index.communes_named(typed)
    near = [place for place in places if place.department_code == department]
    if len(near) == 1 or len(places) == 1:
        return (near or places)[0]
    if not places:
        raise forms.ValidationError(
            f"Aucune commune ne s’appelle « {typed} ». Votre saisie est gardée : vérifiez l’orthographe, ou donnez son code Insee."
        )
    shown = [f"{curly(place.name)} ({place.insee})" for place in (near or places)[:SHOWN]]
    more = f" Il y en a {len(places)} en tout." if len(near or places) > SHOWN else ""
    raise forms.ValidationError(
        f"Plusieurs communes s’appellent ainsi : {listed(shown)}.{more} Donnez le code Insee de la bonne."
    )


#: Address → form; the order is that of the page.
KINDS: dict[str, type[ChangeForm]] = {
    "commune-nouvelle": NewCommuneForm, "retrait": LeavingForm, "adhesion": JoiningForm, "fusion": MergerForm,
}  # fmt: skip


def form_for(kind: str) -> type[ChangeForm]:
    return next(form for form in KINDS.values() if form.kind == kind)


def as_typed(change: PerimeterChange) -> dict[str, Any]:
    """A change as its form shows it."""
    return {
        "takes_effect_on": change.takes_effect_on, "order_reference": change.order_reference, "note": change.note,
        "communes": [str(body.pk) for body in change.communes.all()], "successor_name": change.successor_name,
        "successor_siren": change.successor_siren, "chief": str(change.chief_id or ""), "with_bodies": change.with_bodies,
        "joining": ", ".join(body.insee_code for body in change.communes.all()),
    }  # fmt: skip


class OrderForm(Form):
    """What may still be completed once the change has taken effect."""

    order_reference = forms.CharField(label="Arrêté préfectoral", required=False, max_length=160)
    note = forms.CharField(label="Note", required=False, max_length=1000, widget=forms.Textarea)


class CarryForm(Form):
    """One choice per person of the former communes; nobody is carried over by default."""

    def __init__(self, *args: Any, people: list[Mandate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for mandate in people:
            self.fields[f"m{mandate.pk}"] = forms.ChoiceField(
                label=f"{mandate.person.full_name}, {mandate.title}, {mandate.authority.name}", initial="no",
                choices=[(key, label) for key, (label, _) in WAYS.items()],
            )  # fmt: skip

    @property
    def choices(self) -> dict[int, str]:
        return {int(name[1:]): value for name, value in self.cleaned_data.items()}


class DayForm(Form):
    """« Qui était membre ce jour-là ? »"""

    au = forms.DateField(
        label="Voir les communes membres au", required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
