"""Parts of a sheet: each is a small form of its own, so that two people may write in one sheet."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from mosaique.access import themes
from mosaique.access.models import Space, Visibility
from mosaique.kernel import richtext
from mosaique.kernel.quantity import Unknown
from mosaique.kernel.ui.forms import AmountField, CheckTiles, Form, Tiles
from mosaique.scheme.forms.fields import LONG, day_field, long_field, text_field
from mosaique.scheme.models import ActionSheet, Axis, ResidentChange
from mosaique.scheme.registry import LEGAL_FORMS
from mosaique.territory.models import Authority

UNKNOWN_CHOICES = [("", "connu"), *Unknown.choices]


class PartForm(Form):
    """A part of a sheet: `seen` is the version it was read at."""

    title: ClassVar[str]
    rich: ClassVar[tuple[str, ...]] = ()
    seen = forms.IntegerField(widget=forms.HiddenInput())

    @classmethod
    def read(cls, sheet: ActionSheet) -> dict[str, Any]:
        """The stored values, as the form shows them."""
        names = [name for name in cls.base_fields if name != "seen" and hasattr(sheet, name)]
        values: dict[str, Any] = {
            name: richtext.to_markdown(getattr(sheet, name)) if name in cls.rich else getattr(sheet, name)
            for name in names
        }
        return values | {"seen": sheet.version}

    def changes(self) -> dict[str, Any]:
        """What goes to the service."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


class PresentationForm(PartForm):
    """Title, subject, texts, pilots."""

    title = "Présentation"
    rich = ("context", "objectives", "content")

    def __init__(self, *args: Any, axes: Iterable[Axis], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["axis"].queryset = axes

    axis = forms.ModelChoiceField(label="Axe", queryset=Axis.objects.none(), empty_label=None)


PresentationForm.base_fields["title"] = text_field(
    "Titre de la fiche", required=True, help_text="Un verbe et ce qui change."
)
for _name, _field in (
    ("summary", text_field("En une phrase", length=400, help_text="Ce que lira une personne pressée.")),
    ("theme", forms.ChoiceField(label="Thème", choices=[("", "aucun"), *themes.choices()], required=False)),
    ("priority", forms.ChoiceField(label="Priorité", choices=ActionSheet.Priority.choices, required=False)),
    (
        "context",
        long_field(
            "Pourquoi cette fiche", help_text=f"Ce qui ne va pas aujourd’hui, et d’où on le sait. {LONG}"
        ),
    ),
    ("objectives", long_field("Objectifs", rows=4)),
    ("content", long_field("Ce qui est proposé", help_text=LONG, rows=8)),
    (
        "pilot_elected",
        text_field("Pilotage élu", help_text="Une fonction, pas un nom : vice-présidence à l’urbanisme."),
    ),
    (
        "pilot_technical",
        text_field("Pilotage technique", help_text="Une fonction : direction de l’aménagement."),
    ),
    ("partners", text_field("Partenaires", length=400)),
):
    PresentationForm.base_fields[_name] = _field


class LinesForm(PartForm):
    """The four lines: what is open, until when, who decides, what will be done."""

    title = "Ce qui est ouvert à la discussion"
    open_to_what = text_field("Ce qui est ouvert", required=True, length=240)
    open_until = day_field(
        "Jusqu’à quand", "Le jour où les réponses seront lues. Sans date, la fiche l’écrit."
    )
    who_decides = text_field("Qui décide", required=True, length=240)
    outcome = text_field("Ce qui en sera fait", required=True, length=300)


class LegalForm(PartForm):
    """Legal form, direction, payment, entry and exit."""

    title = "Forme juridique"

    def __init__(
        self, *args: Any, authorities: Iterable[Authority], offers_ac: bool, no_ac: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        chosen = [authority.pk for authority in authorities]
        for name in ("provider", "beneficiary"):
            self.fields[name].queryset = Authority.objects.filter(pk__in=chosen)
        choices = [c for c in ActionSheet.Payment.choices if offers_ac or c[0] != ActionSheet.Payment.AC]
        self.fields["payment"].choices = choices
        self.fields["payment"].help_text = no_ac
        self.fields["payment"].error_messages["invalid_choice"] = (  # a choice taken away by the tax regime
            f"Ce mode de paiement n’est pas proposé. {no_ac} Le reste de votre saisie est gardé."
        )

    legal_form = forms.ChoiceField(
        label="Forme envisagée",
        required=False,
        choices=[
            ("", "pas encore choisie"),
            *((form.identifier, form.label) for form in LEGAL_FORMS.values()),
        ],
    )
    provider = forms.ModelChoiceField(
        label="Qui apporte les moyens",
        required=False,
        queryset=Authority.objects.none(),
        empty_label="pas encore décidé",
    )
    beneficiary = forms.ModelChoiceField(
        label="Qui en bénéficie",
        required=False,
        queryset=Authority.objects.none(),
        empty_label="les communes du périmètre",
    )
    payment = forms.ChoiceField(label="Paiement", required=False, choices=ActionSheet.Payment.choices)
    entry_exit = long_field(
        "Entrée et sortie", rows=3, help_text="Comment une commune entre plus tard, et comment elle sort."
    )


class ChosenForm(LegalForm):
    """The legal form, taken from the guided choice: who chose it and why go to the log of the sheet."""

    field_order = ("legal_form", "by", "why")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["legal_form"].required = True

    by = text_field(
        "Qui retient cette forme",
        required=True,
        length=120,
        help_text="Une instance ou une fonction, pas un nom : comité de pilotage, groupe de travail. Écrit dans la fiche.",
    )
    why = long_field(
        "Pourquoi",
        rows=8,
        length=3800,
        help_text="Vos réponses au guide sont reprises ; ajoutez ce qui a compté. Écrit dans la fiche, à la date d’aujourd’hui.",
    )

    def changes(self) -> dict[str, Any]:
        return {name: value for name, value in super().changes().items() if name not in ("by", "why")}


class PartiesForm(PartForm):
    """Bodies other than communes that would be parties to the agreement."""

    title = "Autres parties à l’accord"

    def __init__(self, *args: Any, bodies: Iterable[tuple[Authority, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = {str(body.pk): body for body, _ in bodies}
        self.fields["parties"].choices = [(str(body.pk), f"{body.name} ({kind})") for body, kind in bodies]

    parties = forms.MultipleChoiceField(
        label="Organismes parties à l’accord",
        required=False,
        widget=CheckTiles(),
        help_text="Les communes disent elles-mêmes si elles en sont. Ici, ceux qui signeraient avec elles : syndicat, CIAS, centre de "
        "gestion, association. Ils ne donnent pas de position.",
    )

    @classmethod
    def read(cls, sheet: ActionSheet) -> dict[str, Any]:
        return {
            "seen": sheet.version,
            "parties": [str(pk) for pk in sheet.parties.values_list("pk", flat=True)],
        }

    def chosen(self) -> list[Authority]:
        return [self.bodies[pk] for pk in self.cleaned_data["parties"]]


class MeansForm(PartForm):
    """Agents and means."""

    title = "Moyens et agents"
    agents_concerned = long_field(
        "Agents concernés",
        rows=4,
        help_text="Nombre, métier, employeur avant et après. Jamais de nom : dans une petite mairie, un métier suffit à reconnaître.",
    )
    means = long_field("Moyens", rows=4, help_text="Personnel, matériel, locaux, logiciels.")
    prerequisites = long_field("Préalables", rows=3)
    risks = long_field("Points de vigilance", rows=3)


def _lines_of(text: str, columns: int) -> list[list[str]]:
    rows = []
    for line in text.splitlines():
        if line.strip():
            cells = [cell.strip() for cell in line.split("|")]
            rows.append((cells + [""] * columns)[:columns])
    return rows


class CalendarForm(PartForm):
    """Study, test, start, review and milestones."""

    title = "Calendrier"
    study_on = day_field("Étude")
    test_on = day_field("Essai")
    start_on = day_field("Démarrage visé")
    review_on = day_field("Bilan")
    milestones = long_field(
        "Étapes",
        rows=5,
        length=4000,
        help_text="Une étape par ligne : intitulé | date prévue | date réalisée. Exemple : Convention signée | 01/03/2028.",
    )

    @classmethod
    def read(cls, sheet: ActionSheet) -> dict[str, Any]:
        def shown(day: str) -> str:
            return date.fromisoformat(day).strftime("%d/%m/%Y") if day else ""

        text = "\n".join(
            " | ".join(filter(None, (row["label"], shown(row["due"]), shown(row["done"]))))
            for row in sheet.milestones
        )
        return super().read(sheet) | {"milestones": text}

    def clean_milestones(self) -> list[dict[str, str]]:
        found = []
        for label, due, done in _lines_of(self.cleaned_data["milestones"], 3):
            days = []
            for cell in (due, done):
                try:
                    days.append(forms.DateField().clean(cell).isoformat() if cell else "")
                except ValidationError:
                    raise ValidationError(
                        f"« {cell[:40]} » n’est pas une date (étape « {label[:60]} »). Exemple attendu : 01/03/2028. "
                        "Votre saisie est gardée."
                    ) from None
            found.append({"label": label[:160], "due": days[0], "done": days[1]})
        return found


class FollowUpForm(PartForm):
    """Indicators."""

    title = "Suivi"
    indicators = long_field(
        "Indicateurs",
        rows=6,
        length=4000,
        help_text="Un par ligne : intitulé | unité | aujourd’hui | cible. Exemple : Délai de réponse | jours | 31 | 21.",
    )

    @classmethod
    def read(cls, sheet: ActionSheet) -> dict[str, Any]:
        keys = ("label", "unit", "baseline", "target")
        text = "\n".join(" | ".join(row[key] for key in keys).rstrip(" |") for row in sheet.indicators)
        return super().read(sheet) | {"indicators": text}

    def clean_indicators(self) -> list[dict[str, str]]:
        return [
            {"label": label[:160], "unit": unit[:40], "baseline": baseline[:60], "target": target[:60]}
            for label, unit, baseline, target in _lines_of(self.cleaned_data["indicators"], 4)
        ]


class ResidentForm(PartForm):
    """« Ce que cela change pour l’habitant »: three measures, before and after."""

    title = "Ce que cela change pour l’habitant"

    @classmethod
    def read(cls, sheet: ActionSheet) -> dict[str, Any]:
        values: dict[str, Any] = {"seen": sheet.version}
        for row in sheet.resident_changes.all():
            for name in ("label", "before", "before_unknown", "after", "after_unknown"):
                values[f"{row.aspect}_{name}"] = getattr(row, name)
        return values

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for aspect in ResidentChange.Aspect.values:
            for side in ("before", "after"):
                if cleaned.get(f"{aspect}_{side}") is not None and cleaned.get(f"{aspect}_{side}_unknown"):
                    self.add_error(
                        f"{aspect}_{side}",
                        "Une valeur et un motif d’absence ne vont pas ensemble : gardez l’un des deux. Rien n’est perdu.",
                    )
        return cleaned

    def rows(self) -> list[tuple[str, str, Decimal | None, str, Decimal | None, str]]:
        found = []
        for aspect in ResidentChange.Aspect.values:
            label, before, why, after, then_why = (
                self.cleaned_data[f"{aspect}_{name}"]
                for name in ("label", "before", "before_unknown", "after", "after_unknown")
            )
            if label or before is not None or after is not None or why or then_why:
                found.append((aspect, label, before, why, after, then_why))
        return found

    def groups(self) -> list[tuple[str, str, list[Any]]]:
        """Fields by measure, for the template."""
        names = ("label", "before", "before_unknown", "after", "after_unknown")
        return [
            (
                str(aspect.label).capitalize(),
                ResidentChange.UNITS[aspect.value],
                [self[f"{aspect.value}_{name}"] for name in names],
            )
            for aspect in ResidentChange.Aspect
        ]


_cell: forms.Field
for _aspect in ResidentChange.Aspect:
    _unit = ResidentChange.UNITS[_aspect.value]
    for _name, _cell in (
        (
            "label",
            text_field(
                "De quoi s’agit-il ?", help_text="Exemple : de réponse pour une déclaration préalable."
            ),
        ),
        ("before", AmountField(label="Aujourd’hui", unit=_unit, required=False)),
        (
            "before_unknown",
            forms.ChoiceField(
                label="Aujourd’hui, si ce n’est pas connu", choices=UNKNOWN_CHOICES, required=False
            ),
        ),
        ("after", AmountField(label="Avec cette fiche", unit=_unit, required=False)),
        (
            "after_unknown",
            forms.ChoiceField(
                label="Avec cette fiche, si ce n’est pas connu", choices=UNKNOWN_CHOICES, required=False
            ),
        ),
    ):
        ResidentForm.base_fields[f"{_aspect.value}_{_name}"] = _cell


class ReadersForm(PartForm):
    """Who reads the sheet, and which group works on it."""

    title = "Groupe de travail et lecteurs"

    def __init__(self, *args: Any, spaces: Iterable[Space], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["space"].queryset = spaces

    space = forms.ModelChoiceField(
        label="Groupe de travail",
        required=False,
        queryset=Space.objects.none(),
        empty_label="aucun",
        help_text="La personne qui l’anime peut modifier la fiche.",
    )
    visibility = forms.ChoiceField(
        label="Qui lit la fiche",
        choices=[
            (Visibility.TERRITORY, "Toutes les personnes qui participent"),
            (Visibility.CIRCLE, "Toutes les communes"),
            (Visibility.SPACE, "Les membres du groupe de travail seulement"),
        ],
        widget=Tiles(
            help={
                Visibility.TERRITORY: "Élus, agents, représentants du personnel. La fiche peut entrer dans le rapport.",
                Visibility.CIRCLE: "Maires, adjoints, secrétaires et équipe du projet. Elle n’entre pas encore dans le rapport.",
                Visibility.SPACE: "Le temps d’en parler à quelques-uns. Elle n’entre pas encore dans le rapport.",
            }
        ),
    )

    @classmethod
    def read(cls, sheet: ActionSheet) -> dict[str, Any]:
        return {"seen": sheet.version, "space": sheet.space_id, "visibility": sheet.scope.visibility}


PARTS: dict[str, type[PartForm]] = {
    "presentation": PresentationForm,
    "discussion": LinesForm,
    "habitant": ResidentForm,
    "forme": LegalForm,
    "parties": PartiesForm,
    "moyens": MeansForm,
    "calendrier": CalendarForm,
    "suivi": FollowUpForm,
    "lecteurs": ReadersForm,
}


PART_TITLES: Mapping[str, str] = {key: form.__dict__["title"] for key, form in PARTS.items()}
