"""Forms of the figures. Rows are built from the perimeter; errors say where, and nothing typed is lost."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms

from mosaique.costing import registry
from mosaique.costing.criteria import CRITERIA
from mosaique.costing.engine import adjustments
from mosaique.costing.engine.keys import AllocationKey, FieldKind, FieldSpec
from mosaique.costing.models import CostLine, EtpLine, Scenario
from mosaique.costing.services import Cost, Staff
from mosaique.kernel.quantity import Unknown
from mosaique.kernel.sent import whole
from mosaique.kernel.ui.forms import AmountField, CheckTiles, Form, Tiles, prepare
from mosaique.territory.models import Authority

BLANK_ROWS = 4
WHY = [("", "montant connu"), *Unknown.choices]


class SeenForm(Form):
    """Carries the version that was read."""

    seen = forms.IntegerField(widget=forms.HiddenInput())


def _named(authority: Authority, gone: frozenset[int]) -> str:
    if authority.pk in gone:
        return f"{authority.name} (ne participe plus)"
    return f"{authority.name} (organisme)" if authority.kind == Authority.Kind.OTHER else authority.name


class PerimeterForm(SeenForm):
    """Who is counted, who pays first, over which years."""

    def __init__(
        self, *args: Any, authorities: Sequence[Authority], gone: frozenset[int] = frozenset(), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(authority.pk), _named(authority, gone)) for authority in authorities]
        self.authorities = {str(authority.pk): authority for authority in authorities}
        self.fields["parties"].choices = choices
        self.fields["carrier"].choices = choices

    parties = forms.MultipleChoiceField(
        label="Collectivités comptées",
        widget=CheckTiles(css="quatre"),
        help_text="Celles qui entreraient. Les positions des communes vous guident, sans rien décider. Un syndicat, un CIAS ou une "
        "association s’inscrit d’abord parmi les parties.",
    )
    carrier = forms.ChoiceField(
        label="Qui porte le service", help_text="La collectivité qui paie d’abord et se fait rembourser."
    )
    carrier_shares = forms.BooleanField(label="Elle prend aussi une part du coût", required=False)
    first_year = forms.IntegerField(label="Première année", min_value=2020, max_value=2060)
    last_year = forms.IntegerField(label="Dernière année", min_value=2020, max_value=2060)
    full_year = forms.IntegerField(
        label="Année pleine",
        min_value=2020,
        max_value=2060,
        help_text="Celle dont les chiffres sont montrés en premier.",
    )

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            **{
                name: data[name]
                for name in ("carrier_shares", "first_year", "last_year", "full_year", "seen")
            },
            "carrier": self.authorities[data["carrier"]],
            "parties": [self.authorities[pk] for pk in data["parties"]],
        }


class CostRowForm(Form):
    """One amount."""

    def __init__(self, *args: Any, authorities: Sequence[Authority], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.authorities = {str(authority.pk): authority for authority in authorities}
        choices = [(pk, authority.name) for pk, authority in self.authorities.items()]
        self.fields["authority"].choices = choices

    label = forms.CharField(label="Intitulé", max_length=120, required=False)
    authority = forms.ChoiceField(label="Collectivité")
    kind = forms.ChoiceField(label="Nature", choices=CostLine.Kind.choices)
    amount = AmountField(label="Montant", required=False)
    unknown = forms.ChoiceField(label="S’il n’est pas connu", choices=WHY, required=False)
    source = forms.CharField(label="Source", max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "amount" in self.errors:
            return data
        amount, why, label = data.get("amount"), data.get("unknown"), data.get("label")
        if amount is not None and why:
            self.add_error(
                "unknown",
                "Un montant et un motif d’absence ne vont pas ensemble : gardez l’un des deux. Rien n’est perdu.",
            )
        elif (amount is not None or why) and not label:
            self.add_error(
                "label", "Dites ce que paie ce montant : personnel, logiciel, véhicule… Le montant est gardé."
            )
        elif label and amount is None and not why:
            self.add_error(
                "amount", "Donnez le montant, ou dites pourquoi il n’est pas connu. L’intitulé est gardé."
            )
        return data

    def cost(self) -> Cost | None:
        data = self.cleaned_data
        if not data.get("label"):
            return None
        return Cost(
            self.authorities[data["authority"]],
            data["kind"],
            data["label"],
            data["amount"],
            data["unknown"],
            data["source"],
        )


def cost_rows(
    data: Any, stored: Iterable[CostLine], authorities: Sequence[Authority], carrier: Authority | None
) -> list[CostRowForm]:
    """The stored amounts of a year, then blank rows (as many as were sent)."""
    initials: list[dict[str, Any]] = [
        {
            "label": line.label,
            "authority": str(line.authority_id),
            "kind": line.kind,
            "amount": line.amount,
            "unknown": line.unknown,
            "source": line.source,
        }
        for line in stored
    ]
    total = len(initials) + BLANK_ROWS
    if data is not None:
        sent = whole(str(data.get("rows", "")))
        total = total if sent is None else min(sent, 400)
    blank = {"authority": str(carrier.pk) if carrier else "", "kind": CostLine.Kind.RUNNING}
    return [
        CostRowForm(
            data,
            prefix=f"l{index}",
            authorities=authorities,
            initial=initials[index] if index < len(initials) else blank,
        )
        for index in range(total)
    ]


class StaffRowForm(Form):
    """The staff of one authority: before and after, or only the difference."""

    def __init__(self, *args: Any, authority: Authority, **kwargs: Any) -> None:
        self.authority = authority
        super().__init__(*args, **kwargs)

    before = AmountField(label="Aujourd’hui", unit="ETP", required=False)
    after = AmountField(label="Prévu", unit="ETP", required=False)
    delta = AmountField(label="Écart seul", unit="ETP", minimum=None, required=False)
    unknown = forms.ChoiceField(
        label="Si ce n’est pas connu", choices=[("", "connu"), *Unknown.choices], required=False
    )
    note = forms.CharField(label="Ce qui change", max_length=200, required=False)
    source = forms.CharField(label="Source", max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return data
        before, after, delta = data["before"], data["after"], data["delta"]
        if delta is not None and (before is not None or after is not None):
            self.add_error(
                "delta", "Donnez l’avant et l’après, ou l’écart seul : pas les deux. Votre saisie est gardée."
            )
        elif (before is None) != (after is None) and not data["unknown"]:
            missing = "before" if before is None else "after"
            self.add_error(
                missing, "Il manque un des deux nombres : donnez-le, ou dites pourquoi il n’est pas connu."
            )
        elif data["unknown"] and (delta is not None or (before is not None and after is not None)):
            self.add_error(
                "unknown", "Le chiffre est donné : le motif d’absence est de trop. Votre saisie est gardée."
            )
        for name in ("before", "after", "delta"):
            if data.get(name) is not None and abs(data[name]) > 2000:
                self.add_error(
                    name,
                    "Plus de 2 000 ETP pour une collectivité : avez-vous saisi des heures ? Votre saisie est gardée.",
                )
        return data

    def staff(self) -> Staff:
        data = self.cleaned_data
        return Staff(
            self.authority,
            data["before"],
            data["after"],
            data["delta"],
            data["unknown"],
            data["source"],
            data["note"],
        )


def staff_rows(data: Any, stored: Iterable[EtpLine], authorities: Sequence[Authority]) -> list[StaffRowForm]:
    initials: dict[int, dict[str, Any]] = {}
    for line in stored:
        row = initials.setdefault(line.authority_id, {})
        row.update({line.kind: line.etp, "source": line.source, "note": line.note})
        if line.unknown:
            row["unknown"] = line.unknown
    return [
        StaffRowForm(
            data, prefix=f"a{authority.pk}", authority=authority, initial=initials.get(authority.pk, {})
        )
        for authority in authorities
    ]


class YearForm(SeenForm):
    """What goes with a year's rows."""

    carry = forms.BooleanField(label="Reporter ces lignes sur les années qui suivent", required=False)


class KeyChoiceForm(Form):
    """Which key."""

    key = forms.ChoiceField(
        label="Clé de répartition",
        choices=[(name, key.label) for name, key in registry.KEYS.items()],
        widget=Tiles(help={name: key.explain() for name, key in registry.KEYS.items()}),
    )


class InputsForm(SeenForm):
    """The inputs of a key, one field per cell, then what may be laid over any key (engine.adjustments).

    Field names are the dotted paths the engine uses in its refusals.
    """

    def __init__(
        self,
        *args: Any,
        key: AllocationKey[Any],
        payers: Sequence[Authority],
        everyone: Sequence[Authority],
        keeper: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.key, self.payers, self.keeper = key, payers, keeper
        self.rows_spec = next((spec for spec in key.inputs_spec if spec.kind == FieldKind.ROWS), None)
        self._most = self.rows_spec.most if self.rows_spec else 0
        for spec in key.inputs_spec:
            self._add(spec, everyone)
        self._add_adjustments()
        self._add_agreed()
        for field in self.fields.values():
            prepare(field)
            if field.widget.__class__ is forms.TextInput:
                field.widget.attrs.setdefault("autocomplete", "off")

    def _add(self, spec: FieldSpec, everyone: Sequence[Authority]) -> None:
        if spec.kind == FieldKind.ROWS:
            for index in range(spec.most):
                for column in spec.columns:
                    name, label = f"{spec.name}.{index}.{column.name}", f"{column.label}, ligne {index + 1}"
                    help_text = "" if index else column.help
                    self.fields[name] = (
                        forms.CharField(label=label, max_length=80, required=False, help_text=help_text)
                        if column.kind == FieldKind.TEXT
                        else AmountField(
                            label=label, places=column.places, unit="", required=False, help_text=help_text
                        )
                    )
        elif spec.kind == FieldKind.QUANTITY_PER_PARTY:
            for authority in self.payers:
                self.fields[f"{spec.name}.{authority.code}"] = AmountField(
                    label=authority.name, places=spec.places, unit="", required=False
                )
        elif spec.kind == FieldKind.QUANTITY_PER_PARTY_AND_ROW:
            for authority in self.payers:
                for index in range(self._most):
                    self.fields[f"{spec.name}.{authority.code}.t{index + 1}"] = AmountField(
                        label=f"{authority.name}, ligne {index + 1}",
                        places=spec.places,
                        unit="",
                        required=False,
                    )
        elif spec.kind in (FieldKind.QUANTITY, FieldKind.AMOUNT):
            self.fields[spec.name] = AmountField(
                label=spec.label, help_text=spec.help, places=spec.places, unit="", required=spec.required
            )
        elif spec.kind == FieldKind.CHOICE:
            self.fields[spec.name] = forms.ChoiceField(
                label=spec.label, help_text=spec.help, choices=spec.choices, required=spec.required
            )
        elif spec.name == "payer":
            self.fields[spec.name] = forms.ChoiceField(
                label=spec.label, help_text=spec.help, choices=[(a.name, a.name) for a in everyone]
            )
        else:
            self.fields[spec.name] = forms.CharField(
                label=spec.label, help_text=spec.help, max_length=200, required=spec.required
            )

    def _add_adjustments(self) -> None:
        who = self.keeper or "le porteur"
        self.fields["adjust.first"] = AmountField(
            label=f"Part gardée d’abord par {who} (%)", places=2, unit="", required=False,
            help_text="En pour cent du coût ; le reste est réparti par la clé.",
        )  # fmt: skip
        self.fields["adjust.first_amount"] = AmountField(
            label=f"Ou montant gardé d’abord par {who}", places=2, unit="€", required=False,
            help_text="Par an. L’un ou l’autre, pas les deux.",
        )  # fmt: skip
        for name, label in (
            ("minimum", "Au moins, par collectivité"),
            ("maximum", "Au plus, par collectivité"),
        ):
            self.fields[f"adjust.{name}"] = AmountField(
                label=label, places=2, unit="€", required=False, help_text="Par an. Ce que cela déplace revient aux autres.",
            )  # fmt: skip
        self.fields["adjust.exempt"] = forms.MultipleChoiceField(
            label="Exonérées : elles ne paient rien",
            choices=[(a.code, a.name) for a in self.payers],
            widget=CheckTiles(css="quatre"),
            required=False,
        )

    def _add_agreed(self) -> None:
        """The part of each body that is no commune, in euros or in percent: it may have none of the key's criterion."""
        self.bodies = [authority for authority in self.payers if authority.kind == Authority.Kind.OTHER]
        for authority in self.bodies:
            self.fields[f"adjust.agreed_amount.{authority.code}"] = AmountField(
                label=f"Somme convenue pour {authority.name}", places=2, unit="€", required=False
            )
            self.fields[f"adjust.agreed_percent.{authority.code}"] = AmountField(
                label=f"Ou pourcentage convenu pour {authority.name}", places=4, unit="%", required=False
            )

    def plain(self) -> dict[str, Any]:
        """The cleaned cells as the key's own JSON, with its adjustments."""
        data = self.cleaned_data
        inputs: dict[str, Any] = {}
        for spec in self.key.inputs_spec:
            if spec.kind == FieldKind.ROWS:
                inputs[spec.name] = self._rows(spec)
            elif spec.kind == FieldKind.QUANTITY_PER_PARTY:
                cells = {a.code: data[f"{spec.name}.{a.code}"] for a in self.payers}
                inputs[spec.name] = {
                    code: _plain(value) for code, value in cells.items() if value is not None
                }
            elif spec.kind == FieldKind.QUANTITY_PER_PARTY_AND_ROW:
                inputs[spec.name] = {
                    a.code: {
                        f"t{i + 1}": _plain(data[f"{spec.name}.{a.code}.t{i + 1}"])
                        for i in range(self._most)
                        if data[f"{spec.name}.{a.code}.t{i + 1}"] is not None
                    }
                    for a in self.payers
                }
            elif spec.kind in (FieldKind.QUANTITY, FieldKind.AMOUNT):
                inputs[spec.name] = _plain(data[spec.name])
            else:
                inputs[spec.name] = data[spec.name]
        inputs[adjustments.NAME] = {
            "first": _plain(data["adjust.first"]) or "0", "keeper": self.keeper, "exempt": data["adjust.exempt"],
            "minimum": _plain(data["adjust.minimum"]), "maximum": _plain(data["adjust.maximum"]),
            "first_amount": _plain(data["adjust.first_amount"]),
            **{
                name: {
                    body.code: _plain(data[f"adjust.{name}.{body.code}"]) for body in self.bodies
                    if data[f"adjust.{name}.{body.code}"] is not None
                }
                for name in adjustments.AGREED
            },
        }  # fmt: skip
        return inputs

    def _rows(self, spec: FieldSpec) -> list[dict[str, Any]]:
        """The rows in which something is written; a number as text, an empty one as nothing."""
        found = []
        for index in range(spec.most):
            cells = {
                column.name: self.cleaned_data[f"{spec.name}.{index}.{column.name}"]
                for column in spec.columns
            }
            if any(value not in (None, "") for value in cells.values()):
                found.append(
                    {
                        "id": f"t{index + 1}",
                        **{n: _plain(v) if isinstance(v, Decimal) else v for n, v in cells.items()},
                    }
                )
        return found

    def texts(self) -> list[Any]:
        """Fields outside the grids, for the template."""
        return [self[name] for name in self.fields if "." not in name and name != "seen"]

    def adjusting(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("adjust.") and name.count(".") == 1]

    def agreeing(self) -> list[tuple[Authority, list[Any]]]:
        """One row per body that is no commune: what was agreed for it."""
        return [
            (body, [self[f"adjust.{name}.{body.code}"] for name in adjustments.AGREED])
            for body in self.bodies
        ]

    @property
    def is_adjusted(self) -> bool:
        """Whether the fold of adjustments is shown open: something is written there, or refused."""
        return any(field.errors or field.value() not in (None, "", "0", []) for field in self.adjusting())

    def rows(self) -> list[list[Any]]:
        """The short list of a key (prices, criteria, tiers): cells by row."""
        if self.rows_spec is None:
            return []
        columns, name = self.rows_spec.columns, self.rows_spec.name
        return [[self[f"{name}.{i}.{column.name}"] for column in columns] for i in range(self._most)]

    def grid(self) -> list[tuple[Authority, list[Any]]]:
        """One row per authority: its cells."""
        rows = []
        for authority in self.payers:
            cells = [self[name] for name in self.fields if name.split(".")[1:2] == [authority.code]]
            if cells:
                rows.append((authority, cells))
        return rows


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def stored_inputs(scenario: Scenario, key: str) -> dict[str, Any]:
    """The stored inputs as initial values of `InputsForm`. Of another key, what was agreed for bodies: it holds under every key."""
    inputs: Mapping[str, Any] = scenario.allocation_inputs
    if scenario.allocation_key != key:
        laid_over = inputs.get(adjustments.NAME) or {}
        inputs = {
            adjustments.NAME: {name: laid_over[name] for name in adjustments.AGREED if name in laid_over}
        }
    return {"seen": scenario.version, **initial_of(inputs)}


def initial_of(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Inputs of a key as the cells of its form."""
    initial: dict[str, Any] = {}
    for name, value in inputs.items():
        if isinstance(value, str):
            initial[name] = value.replace(".", ",") if _is_number(value) else value
        elif isinstance(value, list):
            for index, row in enumerate(value):
                for column, cell in row.items():
                    if column != "id" and cell is not None:
                        initial[f"{name}.{index}.{column}"] = (
                            cell.replace(".", ",") if _is_number(cell) else cell
                        )
        elif name == adjustments.NAME:
            for column, cell in value.items():
                if isinstance(cell, list):
                    initial[f"{name}.{column}"] = cell
                elif isinstance(cell, Mapping):
                    initial.update(_cells(f"{name}.{column}", cell))
                elif cell not in (None, "", "0") and column != "keeper":
                    initial[f"{name}.{column}"] = cell.replace(".", ",")
        else:
            initial.update(_cells(name, value))
    return initial


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal()


def _cells(name: str, value: Mapping[str, Any]) -> dict[str, str]:
    found = {}
    for code, cell in value.items():
        if isinstance(cell, Mapping):
            found.update(
                {f"{name}.{code}.{tariff}": str(number).replace(".", ",") for tariff, number in cell.items()}
            )
        else:
            found[f"{name}.{code}"] = str(cell).replace(".", ",")
    return found


class CriterionForm(Form):
    """The values of one criterion for one year, one cell per commune, and where they come from."""

    source = forms.CharField(
        label="D’où viennent ces valeurs", max_length=200,
        help_text="Organisme et document : « IGN, longueur de voirie 2025 », « service d’urbanisme, registre des actes ».",
    )  # fmt: skip

    def __init__(self, *args: Any, communes: Sequence[Authority], places: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.communes = communes
        for commune in communes:
            self.fields[f"values.{commune.code}"] = AmountField(
                label=commune.name, places=places, unit="", required=False
            )

    def grid(self) -> list[tuple[Authority, Any]]:
        return [(commune, self[f"values.{commune.code}"]) for commune in self.communes]

    def values(self) -> dict[int, Decimal | None]:
        """Authority id → its value; None where nothing is known."""
        return {commune.pk: self.cleaned_data[f"values.{commune.code}"] for commune in self.communes}


class CriterionChoiceForm(Form):
    """Which criterion, which year."""

    critere = forms.ChoiceField(
        label="Critère", choices=[(c.slug, c.label) for c in CRITERIA.values() if not c.official]
    )
    annee = forms.IntegerField(label="Année des valeurs", min_value=2000, max_value=2060)
