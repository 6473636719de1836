"""Forms of the ways in that somebody has chosen."""

from __future__ import annotations

from django import forms

from mosaique.accounts.forms import AddressForm
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
