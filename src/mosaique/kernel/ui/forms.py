"""Forms: how a field is shown, what an error says, and the base class of every form of the product.

`Renderer` is FORM_RENDERER. `Form` (or `FormMixin` for a ModelForm) keeps HTML's own validation out of the way: its
bubbles say « Veuillez renseigner ce champ » in the browser's words, one at a time, and vanish.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import django.forms
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.renderers import DjangoTemplates

from mosaique.kernel import typography
from mosaique.kernel.quantity import BadNumber, parse_decimal
from mosaique.kernel.verdict import Problem

_HERE = Path(__file__).resolve().parent
_DJANGO_REQUIRED = forms.Field.default_error_messages["required"]
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# What happened, what was kept, what to do; never « invalide ».
_EMAIL = "Cette adresse n’est pas complète ou contient une faute. Exemple : mairie@commune.example. Votre saisie est gardée."
_AGAIN = "Choisissez de nouveau le fichier : il n’a pas pu être gardé avec le reste de votre saisie."
_SENTENCES: tuple[tuple[type[forms.Field], str, str], ...] = (
    (
        forms.DateField,
        "invalid",
        "Cette date n’existe pas ou n’est pas lisible. Exemple : 04/12/2026. Votre saisie est gardée.",
    ),
    (
        forms.DateTimeField,
        "invalid",
        "Cette date et cette heure ne sont pas lisibles. Exemple : 04/12/2026 14:30. Votre saisie est gardée.",
    ),
    (forms.TimeField, "invalid", "Cette heure n’est pas lisible. Exemple : 14:30. Votre saisie est gardée."),
    (forms.IntegerField, "invalid", "Un nombre entier est attendu, sans virgule. Votre saisie est gardée."),
    (
        forms.IntegerField,
        "max_value",
        "%(show_value)s dépasse le plus grand nombre possible ici, %(limit_value)s. Vérifiez-le ; votre saisie est gardée.",
    ),
    (
        forms.IntegerField,
        "min_value",
        "%(show_value)s est en dessous du plus petit nombre possible ici, %(limit_value)s. Vérifiez-le ; votre saisie est gardée.",
    ),
    (forms.ChoiceField, "invalid_choice", "« %(value)s » ne fait pas partie des choix proposés."),
    (forms.MultipleChoiceField, "invalid_choice", "« %(value)s » ne fait pas partie des choix proposés."),
    (
        forms.ModelChoiceField,
        "invalid_choice",
        "Ce choix n’est plus proposé : il a peut-être été retiré. Choisissez-en un autre.",
    ),
    (
        forms.FileField,
        "empty",
        "Ce fichier est vide. Vérifiez-le sur votre appareil, puis joignez-le de nouveau.",
    ),
)


#: A text kept shorter than this says so before it is typed.
_SHORT = 1000
_TOO_LONG = "Ce texte compte %(show_value)s caractères ; la case en prend %(limit_value)s. Il est gardé : raccourcissez-le."


class Renderer(DjangoTemplates):
    """Our templates first, then Django's own, in an engine apart: the settings' engine does not matter here."""

    form_template_name = "ui/forms/form.html"
    formset_template_name = "ui/forms/formset.html"
    field_template_name = "ui/forms/field.html"

    @property
    def engine(self) -> Any:
        found = self.__dict__.get("_engine")
        if found is None:
            dirs = [_HERE / "templates", Path(django.forms.__file__).parent / "templates"]
            options = {"builtins": ["mosaique.kernel.ui.templatetags.ui"]}
            found = self.backend({"APP_DIRS": False, "DIRS": dirs, "NAME": "forms", "OPTIONS": options})
            self.__dict__["_engine"] = found
        return found


@dataclass(frozen=True, slots=True)
class ErrorLine:
    """One thing to see again: where (an id, empty for the form as a whole), its label, the sentence."""

    id: str
    label: str
    message: str


def first_id(bound: forms.BoundField) -> str:
    """The id of the first control of a field."""
    return bound.id_for_label or f"{bound.auto_id}_0"


def error_lines(form: forms.BaseForm) -> Iterator[ErrorLine]:
    """Everything to see again, in the order of the page."""
    if not form.is_bound:
        return
    for message in form.non_field_errors():
        yield ErrorLine("", "", str(message))
    for bound in form:
        for message in bound.errors:
            if bound.is_hidden:
                yield ErrorLine("", "", str(message))
            else:
                yield ErrorLine(first_id(bound), str(bound.label), str(message))


class FormMixin:
    """What every form of the product shares. Use before `forms.ModelForm`, or take `Form`."""

    use_required_attribute = False
    # Each field has attributes of its own (choices, queryset, widget) that the type of `Field` does not know.
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            prepare(field)

    def leave_unmarked(self, *names: str) -> None:
        """Fields that are not said to be optional one by one: it is said of them together, or one of them is needed."""
        for name in names:
            self.fields[name].unmarked = True

    def refuse(self, problem: Problem) -> None:
        """Show the sentence of a service that could not take the input, beside its field when it names one."""
        name = problem.field if problem.field in self.fields else NON_FIELD_ERRORS
        self.add_error(None if name == NON_FIELD_ERRORS else name, problem.message)  # type: ignore[attr-defined]
        self._ask_files_again()

    def full_clean(self) -> None:
        super().full_clean()
        self._ask_files_again()

    def _ask_files_again(self) -> None:
        """A browser never gives a file back: whoever is refused for another reason would send without it."""
        form: Any = self
        if not form._errors or not form.files:
            return
        for name, field in self.fields.items():
            given = isinstance(field, forms.FileField) and form.files.get(form.add_prefix(name))
            if given and name not in form._errors:
                form.add_error(name, _AGAIN)


class Form(FormMixin, forms.Form):
    """Base of every form."""


class DatePicker(forms.DateInput):
    """The native picker: whatever its language, it sends ISO dates. What is not a date is shown as it was typed."""

    input_type = "date"

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__(dict(attrs or {}), format="%Y-%m-%d")

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        shown = context["widget"]["value"]
        if shown and not _ISO_DAY.fullmatch(str(shown)):
            context["widget"]["type"] = "text"
        return context


def prepare(field: forms.Field) -> None:
    """Our widgets and our sentences. A form that adds fields once it is made gives them here."""
    widget = field.widget
    if type(widget) is forms.DateInput:
        field.widget = DatePicker(widget.attrs)
        field.widget.is_required = field.required
    elif type(widget) is forms.DateTimeInput:
        widget.input_type, widget.format = "datetime-local", "%Y-%m-%dT%H:%M"
    elif type(widget) is forms.TimeInput:
        widget.input_type, widget.format = "time", "%H:%M"
    elif type(widget) is forms.Textarea:
        if widget.attrs.get("cols") == "40":
            del widget.attrs["cols"]
        if widget.attrs.get("rows") == "10":
            widget.attrs["rows"] = "5"
        # A browser cuts a pasted text at its maxlength without a word: the answer says it instead, and keeps it all.
        limit = widget.attrs.pop("maxlength", None)
        if limit and int(limit) <= _SHORT and "caractères" not in field.help_text:
            field.help_text = f"{field.help_text} {limit} caractères au plus.".strip()
    if field.error_messages.get("required") == _DJANGO_REQUIRED:
        field.error_messages["required"] = _missing(field)
    if isinstance(field, forms.EmailField):
        field.error_messages.setdefault("invalid", _EMAIL)
    if isinstance(field, forms.CharField):
        field.error_messages.setdefault("max_length", _TOO_LONG)
    for kind, code, sentence in _SENTENCES:
        # A sentence written for this very field is better than ours: only Django's own is replaced.
        if isinstance(field, kind) and field.error_messages.get(code) == kind.default_error_messages.get(
            code
        ):
            field.error_messages[code] = sentence


def _missing(field: forms.Field) -> str:
    if isinstance(field, forms.FileField):
        return "Aucun fichier n’est joint. Choisissez-le, puis envoyez de nouveau."
    if isinstance(field, forms.BooleanField):
        return "Cette case est à cocher pour continuer."
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return "Aucune réponse n’est choisie. Le reste de votre saisie est gardé."
    return "Cette case est vide. Le reste de votre saisie est gardé."


class Tiles(forms.RadioSelect):
    """Radio tiles; `help` gives a second line to some of them, `css` their layout (quatre-v, quatre)."""

    def __init__(
        self,
        attrs: Mapping[str, Any] | None = None,
        choices: Iterable[Any] = (),
        *,
        help: Mapping[str, str] | None = None,
        css: str = "",
    ) -> None:
        super().__init__(dict(attrs or {}), choices)
        self.help = dict(help or {})
        self.css = css

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["css"] = self.css
        return context

    def create_option(self, name: Any, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        option["help"] = self.help.get(str(value), "")
        return option


class CheckTiles(Tiles, forms.CheckboxSelectMultiple):
    """The same with several answers. A long list stands closer, and with script it is searched; `search` says what for."""

    #: More boxes than one takes in at a glance.
    LONG = 15

    def __init__(self, *args: Any, search: str = "Chercher dans la liste", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.search = search

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        if len(list(self.choices)) > self.LONG:
            context["widget"] |= {"css": "serre", "search": self.search}
        return context


class SeveralFiles(forms.FileField):
    """Several files at once, as a list. Each is judged by the service that keeps it: one refused, the others stay."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", _SeveralFilesInput())
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        return [one for one in data or [] if one]


class _SeveralFilesInput(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class AmountField(forms.Field):
    """A number as people type it (« 1 234,56 »), cleaned into a Decimal. `unit` is written after the field."""

    def __init__(
        self, *, places: int = 2, minimum: Decimal | None = Decimal(0), unit: str = "€", **kwargs: Any
    ) -> None:
        self.places, self.minimum = places, minimum
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**kwargs)
        self.unit = unit

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values:
            return None
        if isinstance(value, Decimal):
            return value
        try:
            return parse_decimal(str(value), places=self.places, minimum=self.minimum)
        except BadNumber as bad:
            raise ValidationError(f"{bad} Votre saisie est gardée.") from None

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            return typography.decimal_number(value, self.places)
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != self.to_python(initial)
        except ValidationError:
            return True
