"""Fields that the forms of the scheme share."""

from django import forms

LONG = "Une ligne vide sépare deux paragraphes. « - » commence une liste, « ## » un intertitre, **mot** le met en gras."


def text_field(
    label: str, *, help_text: str = "", required: bool = False, length: int = 160
) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=length)


def long_field(label: str, *, help_text: str = "", rows: int = 6, length: int = 20_000) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=length,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def day_field(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.DateInput(),
        error_messages={
            "invalid": "Cette date n’existe pas. Exemple attendu : 04/12/2026. Le reste de votre saisie est gardé."
        },
    )
