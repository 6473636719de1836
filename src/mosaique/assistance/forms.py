"""What is asked, what is answered."""

from django import forms

from mosaique.assistance.services import MAX_TYPED, MAX_WORDS
from mosaique.kernel.ui.forms import Form


class AskForm(Form):
    words = forms.CharField(
        label="Qu’est-ce qui vous bloque ?", max_length=MAX_WORDS, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Avec vos mots : « je ne sais pas quoi mettre dans cette case », « le bouton ne répond pas ».",
    )  # fmt: skip
    typed = forms.CharField(
        label="Voici ce qui partira de la page", required=False, max_length=MAX_TYPED, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Ce que vous aviez écrit dans la page. Effacez ce que vous ne voulez pas envoyer. Jamais de mot de passe ni de code.",
    )  # fmt: skip
    page = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)
    title = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)


class ReplyForm(Form):
    body = forms.CharField(
        label="Votre réponse", max_length=MAX_WORDS, widget=forms.Textarea(attrs={"rows": 4})
    )
