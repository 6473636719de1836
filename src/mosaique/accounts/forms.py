"""Forms of sign-in and people."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from mosaique.access import themes
from mosaique.access.models import Mandate
from mosaique.access.roles import Role
from mosaique.accounts import contacts, queries, roster, secrecy
from mosaique.accounts.secrecy import CODE_LENGTH
from mosaique.kernel import clock
from mosaique.kernel.ui.forms import CheckTiles, Form
from mosaique.territory.models import Authority, Territory

_ADDRESS = {
    "invalid": "Cette adresse n’est pas complète. Votre saisie est gardée : vérifiez l’arobase et la fin (.fr, .com…)."
}


class AddressForm(Form):
    email = forms.EmailField(
        label="Votre adresse de courriel",
        help_text="Celle où vous avez reçu l’invitation, même si vous la partagez.",
        max_length=254,
        error_messages={**_ADDRESS, "required": "L’adresse manque. Écrivez-la, puis demandez votre code."},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class OwnNameForm(Form):
    """Who one is: what one does here is signed by it, invitations as well."""

    given_name = forms.CharField(
        label="Votre prénom", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": "Votre prénom manque : ce que vous ferez ici sera signé de votre nom."},
    )  # fmt: skip
    family_name = forms.CharField(
        label="Votre nom", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        error_messages={"required": "Votre nom manque : ce que vous ferez ici sera signé de votre nom."},
    )  # fmt: skip


class CodeForm(Form):
    code = forms.CharField(
        label="Code reçu par courriel",
        help_text="Les espaces ne comptent pas.",
        max_length=24,
        error_messages={
            "required": "Le code manque. Il tient en six chiffres, dans le message que vous avez reçu."
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def clean_code(self) -> str:
        code = re.sub(r"[\s.\-]", "", self.cleaned_data["code"])
        if not code.isdecimal() or not code.isascii():
            raise ValidationError(
                "Le code ne contient que des chiffres. Votre saisie est gardée : corrigez-la."
            )
        missing = CODE_LENGTH - len(code)
        if missing:
            what = (
                "Il manque un chiffre" if missing == 1 else f"Il manque {missing} chiffres" if missing > 0
                else "Il y a trop de chiffres"
            )  # fmt: skip
            raise ValidationError(
                f"{what}. Votre saisie est gardée : {'complétez' if missing > 0 else 'raccourcissez'}-la."
            )
        return code


class PersonForm(Form):
    """One person and their mandate."""

    given_name = forms.CharField(label="Prénom", max_length=80)
    family_name = forms.CharField(label="Nom", max_length=80)
    email = forms.EmailField(
        label="Adresse de courriel", max_length=254, error_messages=_ADDRESS, required=False,
        help_text="Plusieurs personnes peuvent partager une adresse : chacune dira qui elle est en entrant. "
        "Laissez vide si cette personne n’en a pas : vous imprimerez sa lettre.",
    )  # fmt: skip
    authority: forms.ModelChoiceField[Authority] = forms.ModelChoiceField(
        label="Pour quelle collectivité", queryset=None, empty_label="Choisissez",
        error_messages={"invalid_choice": "Cette collectivité n’est pas du territoire. Choisissez-en une de la liste."},
    )  # fmt: skip
    role = forms.ChoiceField(
        label="Rôle",
        choices=[("", "Choisissez"), *((r.value, r.label[:1].upper() + r.label[1:]) for r in Role)],
    )
    title = forms.CharField(
        label="Fonction, comme elle se dit", max_length=120, required=False,
        help_text="« Maire », « Secrétaire générale de mairie », « Responsable de l’urbanisme »…",
    )  # fmt: skip
    substitute_of: forms.ModelChoiceField[Mandate] = forms.ModelChoiceField(
        label="Supplée", queryset=None, required=False, empty_label="Personne",
        help_text="Seulement pour une suppléance : la personne titulaire, de la même collectivité.",
    )  # fmt: skip
    themes = forms.MultipleChoiceField(
        label="Champ de compétence", required=False, choices=themes.choices,
        help_text="Rien de coché : tous les thèmes.", widget=CheckTiles(css="quatre"),
    )  # fmt: skip
    ends_on = forms.DateField(
        label="Premier jour sans ce mandat", required=False, widget=forms.DateInput(), help_text="Vide : sans fin connue.",
        error_messages={"invalid": "Cette date n’existe pas. Votre saisie est gardée : écrivez le jour, le mois et l’année."},
    )  # fmt: skip
    invite = forms.BooleanField(label="Envoyer tout de suite son invitation", required=False, initial=True)

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = self.fields["authority"]
        bodies.queryset = queries.bodies_of(territory)
        named = [(body.pk, body.name) for body in queries.bodies_by_name(territory)]
        bodies.choices = [("", "Choisir"), *named]
        holders = (
            Mandate.objects.filter(territory=territory)
            .held_on(clock.today())
            .select_related("person", "authority")
        )
        self.fields["substitute_of"].queryset = holders
        self.fields["substitute_of"].label_from_instance = lambda m: (
            f"{m.person.full_name}, {m.title}, {m.authority.name}"
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["themes"] = themes.mask(*data.get("themes", []))
        return data


class RosterForm(Form):
    """The pasted list."""

    people = forms.CharField(
        label="Les personnes, une par ligne", max_length=roster.MAX_TEXT, strip=False,
        widget=forms.Textarea(attrs={"rows": "10", "spellcheck": "false"}),
        error_messages={
            "required": "La liste est vide. Collez au moins une ligne.",
            "max_length": "La liste est trop longue pour un seul envoi. Partagez-la en morceaux de 500 lignes.",
        },
    )  # fmt: skip

    def clean_people(self) -> str:
        text = str(self.cleaned_data["people"])
        lines = sum(1 for line in text.splitlines() if line.strip())
        if lines > roster.MAX_LINES + 1:
            raise ValidationError(
                f"{lines} lignes : c’est plus que 500. Tout est gardé ci-dessous : envoyez une première moitié."
            )
        return text


class PeopleFileForm(Form):
    """A file of people; what it is, is read in its content."""

    file = forms.FileField(
        label="Le fichier",
        help_text="Excel (.xlsx), LibreOffice (.ods), CSV ou fiches de contacts (.vcf) ; cinq mégaoctets et 2 000 lignes au plus.",
        error_messages={
            "required": "Aucun fichier n’est choisi. Choisissez-en un, puis lisez-le.",
            "empty": "Ce fichier est vide : il n’y a rien à reprendre. Vérifiez-le, puis choisissez-le de nouveau.",
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv,.txt,.tsv,.vcf,text/csv,text/vcard"}),
    )

    def clean_file(self) -> Any:
        found = self.cleaned_data["file"]
        if found.size > contacts.MAX_BYTES:
            raise ValidationError(
                f"Ce fichier pèse {found.size // contacts.MB} Mo ; cinq au plus. Rien n’a été lu : gardez la seule feuille "
                "des personnes."
            )
        return found


class NewAddressForm(Form):
    """The address where codes and messages go from now on."""

    email = forms.EmailField(
        label="Adresse de courriel", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={**_ADDRESS, "required": "L’adresse manque. Écrivez-la en entier, avec l’arobase."},
    )  # fmt: skip

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class LetterCodeForm(Form):
    code = forms.CharField(
        label="Code de la lettre", max_length=40, help_text="Neuf signes. Espaces, tirets et majuscules ne comptent pas.",
        error_messages={"required": "Le code manque. Il est imprimé en grand au milieu de votre lettre."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip

    def clean_code(self) -> str:
        code = secrecy.letter_code(self.cleaned_data["code"])
        if len(code) != secrecy.LETTER_LENGTH:
            raise ValidationError(
                f"Le code tient en {secrecy.LETTER_LENGTH} signes ; vous en avez écrit {len(code)}. Votre saisie est gardée : "
                "relisez la lettre."
            )
        return code


class EndMandateForm(Form):
    ends_on = forms.DateField(
        label="Premier jour sans ce mandat", widget=forms.DateInput(),
        error_messages={"invalid": "Cette date n’existe pas. Votre saisie est gardée : écrivez le jour, le mois et l’année."},
    )  # fmt: skip
