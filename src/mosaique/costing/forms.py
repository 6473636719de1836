"""Forms of the figures. Rows are built from the perimeter; errors say where, and nothing typed is lost."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms

from mosaique.costing import registry
from mosaique.costing.engine.keys import AllocationKey, FieldKind
from mosaique.costing.models import CostLine, EtpLine, Scenario
from mosaique.costing.services import Cost, Staff
from mosaique.kernel.quantity import Unknown
from mosaique.kernel.ui.forms import AmountField, CheckTiles, Form, Tiles
from mosaique.territory.models import Authority

BLANK_ROWS = 4
TARIFF_ROWS = 4
WHY = [("", "montant connu"), *Unknown.choices]


class SeenForm(Form):
    """Carries the version that was read."""

    seen = forms.IntegerField(widget=forms.HiddenInput())


class PerimeterForm(SeenForm):
    """Who is counted, who pays first, over which years."""

    def __init__(self, *args: Any, authorities: Sequence[Authority], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(authority.pk), authority.name) for authority in authorities]
        self.authorities = {str(authority.pk): authority for authority in authorities}
        self.fields["parties"].choices = choices  # type: ignore[attr-defined]
        self.fields["carrier"].choices = choices  # type: ignore[attr-defined]

    parties = forms.MultipleChoiceField(
        label="Collectivités comptées",
        widget=CheckTiles(),
        help_text="Celles qui entreraient. Les positions des communes vous guident, sans rien décider.",
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
        self.fields["authority"].choices = choices  # type: ignore[attr-defined]

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
        sent = str(data.get("rows", ""))
        total = min(int(sent), 400) if sent.isdecimal() else total
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
    """The inputs of a key, one field per cell. Field names are the dotted paths the engine uses in its refusals."""

    def __init__(
        self,
        *args: Any,
        key: AllocationKey[Any],
        payers: Sequence[Authority],
        everyone: Sequence[Authority],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.key, self.payers = key, payers
        for spec in key.inputs_spec:
            if spec.kind == FieldKind.TARIFFS:
                for index in range(TARIFF_ROWS):
                    self.fields[f"tariffs.{index}.unit"] = forms.CharField(
                        label=f"Unité {index + 1}",
                        max_length=80,
                        required=False,
                        help_text=spec.columns[0].help if not index else "",
                    )
                    self.fields[f"tariffs.{index}.price"] = AmountField(
                        label=f"Prix {index + 1}", places=4, required=False
                    )
            elif spec.kind == FieldKind.QUANTITY_PER_PARTY:
                for authority in payers:
                    self.fields[f"{spec.name}.{authority.code}"] = AmountField(
                        label=authority.name, places=spec.places, unit="", required=False
                    )
            elif spec.kind == FieldKind.QUANTITY_PER_PARTY_AND_TARIFF:
                for authority in payers:
                    for index in range(TARIFF_ROWS):
                        self.fields[f"{spec.name}.{authority.code}.t{index + 1}"] = AmountField(
                            label=f"{authority.name}, unité {index + 1}",
                            places=spec.places,
                            unit="",
                            required=False,
                        )
            elif spec.name == "payer":
                self.fields[spec.name] = forms.ChoiceField(
                    label=spec.label, help_text=spec.help, choices=[(a.name, a.name) for a in everyone]
                )
            else:
                self.fields[spec.name] = forms.CharField(
                    label=spec.label, help_text=spec.help, max_length=200, required=spec.required
                )
        for field in self.fields.values():
            if field.widget.__class__ is forms.TextInput:
                field.widget.attrs.setdefault("autocomplete", "off")

    def plain(self) -> dict[str, Any]:
        """The cleaned cells as the key's own JSON."""
        data = self.cleaned_data
        inputs: dict[str, Any] = {}
        for spec in self.key.inputs_spec:
            if spec.kind == FieldKind.TARIFFS:
                inputs[spec.name] = [
                    {
                        "id": f"t{i + 1}",
                        "unit": data[f"tariffs.{i}.unit"],
                        "price": _plain(data[f"tariffs.{i}.price"]),
                    }
                    for i in range(TARIFF_ROWS)
                    if data[f"tariffs.{i}.unit"] or data[f"tariffs.{i}.price"] is not None
                ]
            elif spec.kind == FieldKind.QUANTITY_PER_PARTY:
                cells = {a.code: data[f"{spec.name}.{a.code}"] for a in self.payers}
                inputs[spec.name] = {
                    code: _plain(value) for code, value in cells.items() if value is not None
                }
            elif spec.kind == FieldKind.QUANTITY_PER_PARTY_AND_TARIFF:
                inputs[spec.name] = {
                    a.code: {
                        f"t{i + 1}": _plain(data[f"{spec.name}.{a.code}.t{i + 1}"])
                        for i in range(TARIFF_ROWS)
                        if data[f"{spec.name}.{a.code}.t{i + 1}"] is not None
                    }
                    for a in self.payers
                }
            else:
                inputs[spec.name] = data[spec.name]
        return inputs

    def texts(self) -> list[Any]:
        """Fields outside the grids, for the template."""
        return [self[name] for name in self.fields if "." not in name and name != "seen"]

    def tariffs(self) -> list[tuple[Any, Any]]:
        if "tariffs.0.unit" not in self.fields:
            return []
        return [(self[f"tariffs.{i}.unit"], self[f"tariffs.{i}.price"]) for i in range(TARIFF_ROWS)]

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
    """The stored inputs as initial values of `InputsForm`."""
    initial: dict[str, Any] = {"seen": scenario.version}
    if scenario.allocation_key != key:
        return initial
    for name, value in scenario.allocation_inputs.items():
        if isinstance(value, str):
            initial[name] = value
        elif isinstance(value, list):
            for index, row in enumerate(value):
                initial[f"{name}.{index}.unit"], initial[f"{name}.{index}.price"] = (
                    row["unit"],
                    row["price"].replace(".", ","),
                )
        else:
            initial.update(_cells(name, value))
    return initial


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
