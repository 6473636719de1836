"""To whom one writes, in a body, about personal data."""

from django import forms

from mosaique.kernel.ui.forms import Form


class ProtectionContactForm(Form):
    contact = forms.CharField(
        label="À qui écrire",
        max_length=160,
        required=False,
        help_text="Le délégué à la protection des données, ou le service qui en tient lieu. Un service plutôt qu’un nom : il reste.",
    )
    email = forms.EmailField(
        label="Son adresse de courriel",
        max_length=254,
        required=False,
        help_text="Elle est montrée à tous. Une adresse de service, donc, plutôt qu’une adresse personnelle.",
        error_messages={
            "invalid": "Cette adresse n’est pas complète. Votre saisie est gardée : vérifiez l’arobase et la fin (.fr, .com…)."
        },
    )
