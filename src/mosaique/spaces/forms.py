"""Forms of spaces: each choice says in plain words what it does."""

from typing import Any

from django import forms

from mosaique.access import themes
from mosaique.access.models import Membership, Space
from mosaique.access.roles import OUTSIDE, Role
from mosaique.kernel.ui.forms import CheckTiles, Form, Tiles

OPENNESS_HELP: dict[str, str] = {
    Space.Openness.SECRET: "Personne d’autre ne sait qu’il existe.",
    Space.Openness.LISTED: "Tout le monde voit son nom et son but ; seuls ses membres lisent les échanges.",
    Space.Openness.TERRITORY: "Élus, secrétaires, agents, représentants du personnel lisent ; ses membres écrivent.",
    Space.Openness.PUBLIC: "Les habitants lisent aussi, sans compte, dès que le territoire est ouvert.",
}
OPENNESS = [
    (Space.Openness.SECRET, "Connu de ses seuls membres"),
    (Space.Openness.LISTED, "Connu de tous, lu par ses membres"),
    (Space.Openness.TERRITORY, "Lu par toutes les personnes qui participent"),
    (Space.Openness.PUBLIC, "Lu par tout le monde"),
]
JOINING_HELP: dict[str, str] = {
    Space.Joining.INVITATION: "Les personnes qui l’animent choisissent.",
    Space.Joining.REQUEST: "On demande, une personne qui l’anime répond.",
    Space.Joining.FREE: "On entre en un clic.",
}
JOINING = [
    (Space.Joining.INVITATION, "Sur invitation"),
    (Space.Joining.REQUEST, "Sur demande"),
    (Space.Joining.FREE, "Librement"),
]
ROLE_HELP: dict[str, str] = {
    Membership.SpaceRole.READER: "Lit, sans écrire.",
    Membership.SpaceRole.CONTRIBUTOR: "Lit, écrit, propose.",
    Membership.SpaceRole.ANIMATOR: "Tient les membres, modère, écrit les relevés.",
}
ROLES = [(value, label.capitalize()) for value, label in Membership.SpaceRole.choices]
TEMPLATES: dict[str, dict[str, Any]] = {
    Space.Kind.INSTANCE: {
        "openness": Space.Openness.LISTED, "joining": Space.Joining.INVITATION,
        "follows": [Role.MAYOR.value, Role.PRESIDENT.value], "name": "Comité de pilotage",
    },
    Space.Kind.THEMATIC: {"openness": Space.Openness.TERRITORY, "joining": Space.Joining.FREE, "follows": []},
}  # fmt: skip
_FOLLOWED = [(role.value, role.label[:1].upper() + role.label[1:]) for role in Role if role not in OUTSIDE]


class _Presentation(Form):
    name = forms.CharField(
        label="Nom de l’espace",
        max_length=120,
        help_text="Tel qu’on l’appelle : « Comité de pilotage », « Groupe Voirie ».",
    )
    purpose = forms.CharField(
        label="À quoi il sert", max_length=300, help_text="Une phrase que tout le monde comprend.",
        widget=forms.Textarea(attrs={"rows": "2"}),
    )  # fmt: skip
    theme = forms.ChoiceField(
        label="Thème", required=False, choices=[("", "Aucun en particulier"), *themes.choices()]
    )
    joining = forms.ChoiceField(label="Comment on y entre", choices=JOINING, widget=Tiles(help=JOINING_HELP))
    follows = forms.MultipleChoiceField(
        label="Membres par leur mandat", required=False, choices=_FOLLOWED, widget=CheckTiles(css="quatre"),
        help_text="Cochez un rôle : toutes les personnes qui l’exercent sont membres, et le restent quand les mandats changent.",
    )  # fmt: skip


class SpaceForm(_Presentation):
    """A new space."""

    kind = forms.ChoiceField(choices=Space.Kind.choices, widget=forms.HiddenInput())
    openness = forms.ChoiceField(label="Qui lit", choices=OPENNESS, widget=Tiles(help=OPENNESS_HELP))
    field_order = ["kind", "name", "purpose", "theme", "openness", "joining", "follows"]


class SpaceEditForm(_Presentation):
    seen = forms.IntegerField(widget=forms.HiddenInput())


class OpennessForm(Form):
    openness = forms.ChoiceField(
        label="Qui lit cet espace", choices=OPENNESS, widget=Tiles(help=OPENNESS_HELP)
    )


class AddMembersForm(Form):
    people = forms.MultipleChoiceField(
        label="Personnes à ajouter", choices=[], widget=CheckTiles(search="Chercher un nom, une fonction, une commune"),
        error_messages={
            "required": "Personne n’est choisi. Cochez au moins un nom.",
            "invalid_choice": "Une des personnes n’est plus de ce territoire, ou est déjà membre. Relisez la liste.",
        },
    )  # fmt: skip
    role = forms.ChoiceField(
        label="Leur rôle",
        choices=ROLES,
        initial=Membership.SpaceRole.CONTRIBUTOR,
        widget=Tiles(help=ROLE_HELP),
    )

    def __init__(self, *args: Any, people: list[tuple[int, str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = [(str(pk), name) for pk, name, _ in people]
        self.fields["people"].widget.help = {str(pk): title for pk, _, title in people}
