"""The personal code in forms: asked for in the very form of an act, chosen and changed in one's account."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms

from mosaique.accounts.pins import LONGEST, SHORTEST
from mosaique.accounts.services.pin import Standing
from mosaique.kernel.ui.forms import Form

NAMES = ("renewal", "pin", "pin_again")
_WHY = "Cette boîte est partagée : ce code montre que c’est bien vous."
_FIGURES = f"De {SHORTEST} à {LONGEST} chiffres, que personne d’autre ne connaît. Ni suite, ni année."


@dataclass
class Asked:
    """What a form asks besides its own fields, and what was wrong with what was given."""

    standing: Standing
    notice: str = ""  # paused or closed: nothing can be typed
    optional: bool = False  # only some of what this form may send is personal
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        return self.standing in (Standing.NONE, Standing.RENEWAL)

    def fields(self) -> dict[str, forms.Field]:
        if self.notice:
            return {}
        only = " Seulement si vous prenez position, ou en changez." if self.optional else ""
        if not self.is_new:
            why = f"{_WHY} Il vaut ensuite dix minutes.{only}"
            found: dict[str, forms.Field] = {"pin": _figures("Votre code personnel", why)}
        else:
            renewal = {"renewal": _renewal()} if self.standing == Standing.RENEWAL else {}
            found = {
                **renewal, "pin": _figures("Choisissez votre code personnel", f"{_WHY} {_FIGURES}{only}"),
                "pin_again": _figures("Le même code, une seconde fois"),
            }  # fmt: skip
        for one in found.values():
            one.required = not self.optional
        return found


def _figures(label: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=24, strip=True,
        error_messages={"required": "Votre code personnel manque. Le reste de votre saisie est gardé."},
        # Never kept by the browser: it is the one others use too.
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "pin"}),
    )  # fmt: skip


def _renewal() -> forms.CharField:
    return forms.CharField(
        label="Code donné par l’équipe du projet", max_length=40,
        help_text="Les neuf signes qu’elle vous a dits de vive voix : votre ancien code a été mis de côté.",
        error_messages={"required": "Ce code manque. Appelez l’équipe du projet : elle vous le dira de vive voix."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip


class PersonalForm(Form):
    """A form whose sending must be certainly the person's. `personal`: from `confirming.ask`; None asks nothing.

    The template says where: `{% include "accounts/pin_fields.html" %}`, inside the form, before its button.
    """

    def __init__(self, *args: Any, personal: Asked | None = None, **kwargs: Any) -> None:
        self.personal = personal
        if personal is not None:
            self.base_fields = {**self.base_fields, **personal.fields()}
        super().__init__(*args, **kwargs)

    @property
    def pin_fields(self) -> Iterator[forms.BoundField]:
        return (self[name] for name in NAMES if name in self.fields)

    def get_context(self) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context()
        context["fields"] = [one for one in context["fields"] if one[0].name not in NAMES]
        return context

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in NAMES:
            data.pop(name, None)
        for name, sentence in (self.personal.faults if self.personal else {}).items():
            if name not in self.errors:
                self.add_error(name if name in self.fields else None, sentence)
        return data


class OwnCodeForm(Form):
    """In one's account: the first choice, another one, or the choice opened again by the team."""

    current = forms.CharField(
        label="Votre code actuel", max_length=24,
        error_messages={"required": "Votre code actuel manque : il montre que c’est bien vous qui le changez."},
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "pin"}),
    )  # fmt: skip
    renewal = _renewal()
    pin = _figures("Votre code personnel", _FIGURES)
    pin_again = _figures("Le même code, une seconde fois")

    def __init__(self, *args: Any, standing: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if standing != Standing.CHOSEN:
            del self.fields["current"]
        else:
            self.fields["pin"].label = "Votre nouveau code personnel"
        if standing != Standing.RENEWAL:
            del self.fields["renewal"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "pin" in data and "pin_again" in data and data["pin"] != data.pop("pin_again"):
            self.add_error("pin_again", NOT_THE_SAME)
        return data


NOT_THE_SAME = "Les deux codes ne sont pas les mêmes. Tapez-les de nouveau : rien n’a été choisi."
