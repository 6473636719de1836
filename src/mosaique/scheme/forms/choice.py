"""Five questions that narrow the legal forms. Asked by GET: the answers are in the address, to be kept or sent."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from django import forms

from mosaique.kernel.ui.forms import Form, Tiles
from mosaique.scheme.legal_forms.choice import Between, Case, Partner, Power, Staff, Subject

E = TypeVar("E", bound=StrEnum)
_LATER = ("", "Je ne sais pas encore")


PARTNERS = {
    Partner.SYNDICATE: "Un syndicat", Partner.SOCIAL: "Un CCAS ou un CIAS", Partner.MANAGEMENT: "Le centre de gestion",
    Partner.ASSOCIATION: "Une association",
}  # fmt: skip


class ChoiceForm(Form):
    """What, who, the agents, the power, another body. « Je ne sais pas encore » is an answer like the others, and the first one."""

    quoi = forms.ChoiceField(
        label="Que voulez-vous partager ?",
        choices=[
            (Subject.TEAM, "Un service, une équipe"), (Subject.AGENT, "Un agent"), (Subject.ASSETS, "Du matériel, un local"),
            (Subject.PURCHASES, "Des achats"), (Subject.WORKS, "Des travaux"), (Subject.POLICE, "La police municipale"),
            (Subject.POWER, "Une compétence"), (Subject.HELP, "De l’entraide"), _LATER,
        ],
        widget=Tiles(css="quatre"),
    )  # fmt: skip
    qui = forms.ChoiceField(
        label="Qui le ferait avec qui ?",
        choices=[
            (Between.EPCI, "L’intercommunalité et des communes"), (Between.COMMUNES, "Des communes entre elles"),
            (Between.OUTSIDE, "Avec un organisme extérieur"), _LATER,
        ],
        widget=Tiles(css="quatre", help={Between.OUTSIDE: "Centre de gestion, syndicat, département, agence."}),
    )  # fmt: skip
    agents = forms.ChoiceField(
        label="Que deviennent les agents ?",
        choices=[
            (Staff.MOVED, "Ils rejoignent une équipe commune"),
            (Staff.LENT, "Ils gardent leur employeur et travaillent aussi pour l’autre"),
            (Staff.NONE, "Aucun agent n’est partagé"), _LATER,
        ],
        widget=Tiles(css="quatre"),
    )  # fmt: skip
    competence = forms.ChoiceField(
        label="De qui relève ce travail ?",
        choices=[
            (Power.COMMUNES, "D’une compétence des communes"), (Power.EPCI, "D’une compétence déjà transférée"), _LATER,
        ],
        widget=Tiles(css="quatre"),
    )  # fmt: skip
    organisme = forms.ChoiceField(
        label="Un autre organisme en serait-il partie ?",
        choices=[*PARTNERS.items(), ("", "Aucun, ou je ne sais pas encore")],
        widget=Tiles(css="quatre"),
    )


def case_of(answers: Mapping[str, str]) -> Case:
    """The answers of an address; what is not one of the choices is no answer."""

    def one(kind: type[E], name: str) -> E | None:
        value = answers.get(name, "")
        return kind(value) if value in set(kind) else None

    return Case(
        one(Subject, "quoi"),
        one(Between, "qui"),
        one(Staff, "agents"),
        one(Power, "competence"),
        one(Partner, "organisme"),
    )


def said(case: Case) -> dict[str, str]:
    """The same, to be shown again."""
    return {
        "quoi": case.subject or "", "qui": case.between or "", "agents": case.staff or "", "competence": case.power or "",
        "organisme": case.partner or "",
    }  # fmt: skip


def told(case: Case) -> list[str]:
    """« Que voulez-vous partager ? Un agent »: the answers given, as a person reads them."""
    values = said(case)
    return [
        f"{field.label} {dict(field.choices)[values[name]]}"  # type: ignore[attr-defined]
        for name, field in ChoiceForm.base_fields.items()
        if values[name]
    ]
