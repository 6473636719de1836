"""Input of a consultation → clean values. The sentences of impossible dates come from the services, which know the file."""

from typing import Any

from django import forms

from mosaique.accounts.pin_forms import PersonalForm
from mosaique.consultation.models import Adoption, Channel, DatedFact, Opinion
from mosaique.consultation.services.adoption import CommunityVote
from mosaique.consultation.services.opinions import Vote
from mosaique.kernel.ui.forms import Form, Tiles

_ON_PAPER = [choice for choice in Channel.choices if choice[0] in (Channel.LETTER, Channel.HAND)]
_DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _date(label: str, help_text: str = "", *, required: bool = True) -> forms.DateField:
    return forms.DateField(label=label, help_text=help_text, widget=_DATE, required=required)


def _count(label: str) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=500, required=False)


class OpenForm(Form):
    """Before the sending: when the vote is planned, and what happens on a Sunday."""

    planned_vote_on = _date(
        "Vote prévu au conseil communautaire",
        "Pour que chaque mairie sache quand son avis servira.",
        required=False,
    )
    extend_if_non_working = forms.TypedChoiceField(
        label="Si le dernier jour du délai tombe un samedi, un dimanche ou un jour férié",
        help_text="La loi ne le dit pas pour ce rapport. Votre choix sera écrit à côté de chaque date.",
        choices=[("0", "Le délai finit ce jour-là"), ("1", "Le délai finit le premier jour ouvré suivant")],
        coerce=lambda value: value == "1",
        initial="0",
        widget=Tiles,
    )


class ChannelForm(Form):
    """How the report leaves for one council."""

    channel = forms.ChoiceField(label="Moyen d’envoi", choices=Channel.choices)

    def __init__(self, *args: Any, reached: bool = True, **kwargs: Any) -> None:
        """`reached`: someone of this town hall has a mailbox here. Otherwise a link or a message would go nowhere."""
        super().__init__(*args, **kwargs)
        self.initial.setdefault("channel", Channel.LINK if reached else Channel.LETTER)
        if not reached:
            self.fields["channel"].choices = _ON_PAPER


class FactForm(Form):
    """A date and its proof."""

    on_date = _date("Date")
    channel = forms.ChoiceField(label="Par quel moyen", choices=Channel.choices)
    reference = forms.CharField(
        label="Numéro ou référence",
        required=False,
        max_length=80,
        help_text="Par exemple le numéro de la lettre recommandée.",
    )
    proof = forms.FileField(
        label="Preuve",
        required=False,
        help_text="Avis de réception, bordereau signé, réponse de la mairie : PDF ou image, 20 Mo au plus.",
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on_date"].label = "Envoyé le" if kind == DatedFact.Kind.SENT else "Reçu par la mairie le"


class CorrectionForm(FactForm):
    """The same, with the reason that stays at the file."""

    reason = forms.CharField(
        label="Pourquoi cette correction",
        max_length=300,
        help_text="Cette raison reste visible à côté de l’ancienne date.",
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    field_order = ["on_date", "reason", "channel", "reference", "proof"]


class OpinionForm(PersonalForm):
    """What the deliberation says. Only the answer and the date are asked for; the rest when it is known."""

    answer = forms.ChoiceField(label="L’avis du conseil", choices=Opinion.Answer.choices, widget=Tiles)
    reserves = forms.CharField(
        label="Réserves", required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Telles que le conseil les a votées. Chacune recevra une réponse écrite.",
    )  # fmt: skip
    voted_on = _date("Séance du", "Le jour où le conseil a délibéré.")
    number = forms.CharField(label="Numéro de la délibération", required=False, max_length=40)
    votes_for = _count("Pour")
    votes_against = _count("Contre")
    abstentions = _count("Abstentions")
    deliberation = forms.FileField(
        label="La délibération",
        required=False,
        help_text="PDF ou image, 20 Mo au plus. Vous pouvez la déposer plus tard.",
    )
    reason = forms.CharField(
        label="Pourquoi cette correction", max_length=300, required=False,
        help_text="L’avis déjà enregistré reste visible, avec cette raison. Inutile si vous ne faites que compléter : voix, numéro, "
        "délibération.",
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, correcting: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.leave_unmarked("votes_for", "votes_against", "abstentions")
        if not correcting:
            del self.fields["reason"], self.fields["seen"]

    def vote(self) -> Vote:
        clean = self.cleaned_data
        return Vote(
            answer=clean["answer"], voted_on=clean["voted_on"], number=clean["number"], votes_for=clean["votes_for"],
            votes_against=clean["votes_against"], abstentions=clean["abstentions"], reserves=clean["reserves"],
        )  # fmt: skip


class ReserveAnswerForm(Form):
    """The written answer to a council's reserves; corrected, it says why."""

    text = forms.CharField(
        label="La réponse", max_length=5000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Ce qui change dans le projet, ou pourquoi rien ne change. Elle est lue par toutes les communes.",
    )  # fmt: skip
    reason = forms.CharField(
        label="Pourquoi cette correction", max_length=300,
        help_text="L’ancienne réponse reste visible, avec cette raison.",
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, correcting: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not correcting:
            del self.fields["reason"]


class SittingForm(Form):
    on_date = _date("Jour de la séance")
    at_time = forms.TimeField(
        label="Heure", required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )


class SendingForm(Form):
    """How the adopted scheme left for a council without a known mailbox."""

    on_date = _date("Envoyé le")
    channel = forms.ChoiceField(label="Par quel moyen", choices=_ON_PAPER)
    reference = forms.CharField(label="Numéro ou référence", required=False, max_length=80)


class AdoptionForm(PersonalForm):
    """The community council's vote."""

    outcome = forms.ChoiceField(label="Résultat", choices=Adoption.Outcome.choices, widget=Tiles)
    voted_on = _date("Séance du")
    number = forms.CharField(label="Numéro de la délibération", max_length=40)
    votes_for = forms.IntegerField(label="Pour", min_value=0, max_value=500)
    votes_against = forms.IntegerField(label="Contre", min_value=0, max_value=500)
    abstentions = forms.IntegerField(label="Abstentions", min_value=0, max_value=500)
    deliberation = forms.FileField(
        label="La délibération", required=False, help_text="PDF ou image, 20 Mo au plus."
    )

    def vote(self) -> CommunityVote:
        clean = self.cleaned_data
        return CommunityVote(
            clean["outcome"], clean["voted_on"], clean["number"], clean["votes_for"], clean["votes_against"],
            clean["abstentions"],
        )  # fmt: skip
