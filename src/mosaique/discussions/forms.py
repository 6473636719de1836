"""Forms of discussions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms

from mosaique.accounts.pin_forms import PersonalForm
from mosaique.discussions.models import Post, Thread
from mosaique.discussions.services import MAX_FILES, MAX_POST
from mosaique.kernel.typography import typographie
from mosaique.kernel.ui.forms import CheckTiles, Form, SeveralFiles, Tiles

TOO_LONG = {
    "max_length": f"Ce texte est trop long : {MAX_POST} signes au plus. Il est gardé : raccourcissez-le, ou joignez un document."
}
FORMAT_HELP = (
    "Une ligne vide sépare les paragraphes ; un tiret au début d’une ligne fait une liste. « @Prénom Nom » prévient une "
    "personne qui lit ici ; « @animation », qui anime l’espace."
)
POSITION_HELP = "Elle sera comptée dans le relevé. La dernière que vous prenez remplace les précédentes."
FILES_HELP = f"{MAX_FILES} au plus : PDF, image (PNG, JPEG), DOCX, XLSX, ODT ou ODS, 20 Mo chacune. Lues par qui lit cet échange."
POSITIONS: list[tuple[str, str]] = [
    ("", "Aucune en particulier"), (Post.Position.FOR, "Pour"), (Post.Position.AGAINST, "Contre"),
    (Post.Position.RESERVE, "Avec une réserve"), (Post.Position.QUESTION, "Je pose une question"),
    (Post.Position.INFO, "J’apporte une information"),
]  # fmt: skip


def _files() -> SeveralFiles:
    return SeveralFiles(label="Pièces jointes", help_text=FILES_HELP)


class _Token(PersonalForm):
    client_token = forms.RegexField(regex=r"^[0-9a-f]{16,32}$", widget=forms.HiddenInput())


class _Drafted(_Token):
    # A browser that restores fields on reload must not restore an old version with new words.
    draft_seen = forms.IntegerField(required=False, widget=forms.HiddenInput(attrs={"autocomplete": "off"}))


class ReplyForm(_Drafted):
    body = forms.CharField(
        label="Votre message", max_length=MAX_POST, widget=forms.Textarea(attrs={"rows": "4"}),
        help_text=FORMAT_HELP,
        error_messages={**TOO_LONG, "required": "Le message est vide : écrivez-le avant de le publier."},
    )  # fmt: skip
    position = forms.ChoiceField(
        label="Votre position", required=False, choices=POSITIONS,
        help_text=POSITION_HELP,
    )  # fmt: skip
    attached = _files()


@dataclass
class Reply:
    """What the reply form of a thread's page shows. Plain values: building and rendering a form costs a fifth of the page."""

    token: str
    body: str = ""
    position: str = ""
    fault: str = ""
    help: str = typographie(FORMAT_HELP)
    position_help: str = typographie(POSITION_HELP)
    draft_seen: str = "0"
    kept_at: datetime | None = None  # when the draft that is shown was kept
    files_help: str = typographie(FILES_HELP)
    files_fault: str = ""
    positions: list[tuple[str, str]] = field(default_factory=lambda: POSITIONS)
    sent: ReplyForm | None = None  # what was refused: only then is the form itself read
    asking: ReplyForm | None = None  # on a shared mailbox, the form that asks for the personal code

    @classmethod
    def of(cls, form: ReplyForm) -> "Reply":
        typed = (form.data.get(name, "") for name in ("client_token", "body", "position", "draft_seen"))
        token, body, position, seen = typed
        return cls(token, body, position, draft_seen=seen, fault=" ".join(str(error) for error in form.errors.get("body", [])),
                   files_fault=" ".join(str(error) for error in form.errors.get("attached", [])), sent=form,
                   asking=form if form.personal else None)  # fmt: skip


class PostEditForm(PersonalForm):
    seen = forms.IntegerField(widget=forms.HiddenInput())
    body = forms.CharField(
        label="Votre message", max_length=MAX_POST, widget=forms.Textarea(attrs={"rows": "8"}), help_text=FORMAT_HELP,
        error_messages=TOO_LONG,
    )  # fmt: skip
    position = forms.ChoiceField(label="Votre position", required=False, choices=POSITIONS)
    without = forms.TypedMultipleChoiceField(
        label="Pièces jointes à retirer", required=False, coerce=int, widget=CheckTiles(), empty_value=[],
        help_text="Une pièce retirée n’est plus lue par personne.",
    )  # fmt: skip
    attached = _files()

    def __init__(self, *args: Any, joined: Sequence[Sequence[Any]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if joined:
            self.fields["without"].choices = [(pk, name) for pk, name, _ in joined]
        else:
            del self.fields["without"]


class _FourLines(Form):
    title = forms.CharField(label="La question, en une phrase", max_length=160)
    open_to_what = forms.CharField(
        label="Ce qui est ouvert", max_length=240, help_text="Ce sur quoi l’on peut encore peser : « La règle de signature ».",
        widget=forms.Textarea(attrs={"rows": "2"}),
    )  # fmt: skip
    until = forms.DateField(
        label="Jusqu’à quand", required=False, widget=forms.DateInput(),
        help_text="Dernier jour pour écrire. Vide : tant qu’une réponse n’est pas donnée.",
        error_messages={"invalid": "Cette date n’existe pas. Votre saisie est gardée : écrivez le jour, le mois et l’année."},
    )  # fmt: skip
    who_decides = forms.CharField(
        label="Qui décide", max_length=240, help_text="« Le groupe propose, le comité de pilotage décide ».",
        widget=forms.Textarea(attrs={"rows": "2"}),
    )  # fmt: skip
    outcome_promise = forms.CharField(
        label="Ce qui en sera fait", max_length=240, help_text="« L’animateur écrit le relevé dans la fiche ».",
        widget=forms.Textarea(attrs={"rows": "2"}),
    )  # fmt: skip


class ThreadForm(_FourLines, _Drafted):
    kind = forms.ChoiceField(
        label="De quoi s’agit-il", choices=[(v, str(label).capitalize()) for v, label in Thread.Kind.choices],
        widget=Tiles(
            help={
                "question": "Une réponse sera donnée.",
                "idea": "À débattre, puis à retenir ou non.",
                "news": "À savoir ; on peut réagir.",
            }
        ),
        initial=Thread.Kind.QUESTION,
    )  # fmt: skip
    body = forms.CharField(
        label="Premier message", max_length=MAX_POST, widget=forms.Textarea(attrs={"rows": "6"}), help_text=FORMAT_HELP,
        error_messages=TOO_LONG,
    )  # fmt: skip
    attached = _files()
    field_order = [
        "kind",
        "title",
        "open_to_what",
        "until",
        "who_decides",
        "outcome_promise",
        "body",
        "attached",
        "client_token",
        "draft_seen",
    ]


#: What is kept of a form as one types, with the words of its labels.
REPLY_DRAFT = {"body": "Votre message", "position": "Votre position"}
THREAD_DRAFT = {
    name: str(field.label) for name, field in ThreadForm.base_fields.items()
    if name not in ("attached", "client_token", "draft_seen")
}  # fmt: skip


class ThreadEditForm(_FourLines):
    seen = forms.IntegerField(widget=forms.HiddenInput())


class ModerationForm(Form):
    reason = forms.CharField(
        label="Raison", max_length=300, widget=forms.Textarea(attrs={"rows": "2"}),
        help_text="Montrée à tous, pour que la personne puisse réécrire : « Il nomme un demandeur de permis. »",
        error_messages={"required": "La raison manque : elle sera montrée à la personne, pour qu’elle puisse réécrire."},
    )  # fmt: skip


class CloseForm(Form):
    answer = forms.CharField(
        label="La réponse donnée", max_length=MAX_POST, widget=forms.Textarea(attrs={"rows": "5"}),
        help_text="Ce qui a été décidé et ce qui a été fait de ce qui a été dit. Elle figurera en tête de l’échange.",
        error_messages={**TOO_LONG, "required": "La réponse manque : dites ce qui a été fait de ce qui a été dit, même en une phrase."},
    )  # fmt: skip


class ReleveForm(Form):
    seen = forms.IntegerField(widget=forms.HiddenInput())
    agreed = forms.CharField(
        label="D’accord", required=False, max_length=MAX_POST, widget=forms.Textarea(attrs={"rows": "5"}),
        help_text="Ce qui est décidé ou convenu. Un tiret au début d’une ligne fait une liste.", error_messages=TOO_LONG,
    )  # fmt: skip
    pending = forms.CharField(
        label="Pas encore", required=False, max_length=MAX_POST, widget=forms.Textarea(attrs={"rows": "5"}),
        help_text="Ce qui reste ouvert, et ce qu’il faudrait pour avancer.", error_messages=TOO_LONG,
    )  # fmt: skip
