"""Forms of the ways in that somebody has chosen."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError

from mosaique.accounts import secrecy
from mosaique.accounts.forms import AddressForm, CodeForm, OwnNameForm
from mosaique.accounts.models import Passkey
from mosaique.accounts.pin_forms import PersonalForm
from mosaique.accounts.services.passwords import MAX_LENGTH, MIN_LENGTH
from mosaique.kernel.ui.forms import Form


class NewPasswordForm(Form):
    password = forms.CharField(
        label="Votre mot de passe", strip=False, max_length=MAX_LENGTH * 4,
        help_text=f"{MIN_LENGTH} signes au moins. Quatre mots sans lien entre eux se retiennent mieux qu’un mot compliqué.",
        error_messages={"required": "Le mot de passe manque. Écrivez-le, puis une seconde fois en dessous."},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    again = forms.CharField(
        label="Le même, une seconde fois", strip=False, max_length=MAX_LENGTH * 4,
        error_messages={"required": "Écrivez-le une seconde fois : une faute de frappe vous empêcherait d’entrer avec lui."},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def clean(self) -> None:
        super().clean()
        typed, again = self.cleaned_data.get("password"), self.cleaned_data.get("again")
        if typed and again and typed != again:
            self.add_error("again", "Les deux ne sont pas les mêmes. Rien n’a été enregistré : écrivez-les de nouveau.")  # fmt: skip


class PasswordForm(AddressForm):
    """Address and password together: the answer never says which of the two is wrong."""

    password = forms.CharField(
        label="Votre mot de passe", strip=False, max_length=MAX_LENGTH * 4,
        error_messages={"required": "Le mot de passe manque. Si vous l’avez oublié, recevez un code : il le remplace."},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "username"


class OneTimeCodeForm(CodeForm):
    code = forms.CharField(
        label="Code de votre téléphone", help_text="Six chiffres. Les espaces ne comptent pas.", max_length=24,
        error_messages={"required": "Le code manque. Il tient en six chiffres, dans l’application de votre téléphone."},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )  # fmt: skip


class RecoveryCodeForm(Form):
    recovery_code = forms.CharField(
        label="Code de secours", max_length=40, help_text="Neuf signes. Espaces et majuscules ne comptent pas.",
        error_messages={"required": "Le code de secours manque. Il est sur la feuille imprimée ou recopiée ce jour-là."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip

    def clean_recovery_code(self) -> str:
        code = secrecy.letter_code(self.cleaned_data["recovery_code"])
        if len(code) != secrecy.LETTER_LENGTH:
            raise ValidationError(
                f"Un code de secours tient en {secrecy.LETTER_LENGTH} signes ; vous en avez écrit {len(code)}. Votre saisie est gardée."
            )
        return code


class NameCorrectionForm(PersonalForm, OwnNameForm):
    """The same two fields, and the personal code where others open the mailbox."""


class PasskeyForm(Form):
    name = forms.CharField(
        label="Nom de cette clé", max_length=Passkey.MAX_NAME,
        help_text="Pour la reconnaître dans la liste : « Mon téléphone », « Ordinateur du bureau ».",
        error_messages={"required": "Donnez-lui un nom, pour la reconnaître plus tard."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
