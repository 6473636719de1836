"""What a legal form is made of. Every sentence is ours, for a secretary with no lawyer at hand."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from mosaique.kernel.typography import date_long, typographie

if TYPE_CHECKING:
    from mosaique.scheme.legal_forms.choice import BodyRule, Condition
    from mosaique.scheme.legal_forms.steps import SheetFacts

# The day on which the verified facts of these files were read in the sources they cite.
CHECKED_ON = date(2026, 11, 23)

MARKS_FR = typographie(
    "« Vérifié le » : ce jour-là, nous avons lu ce point dans la source citée. « À vérifier » : c'est une "
    "connaissance générale ou un usage, que nous n'avons pas relu ; ce point n'autorise ni n'empêche rien dans "
    "l'outil. Dans les deux cas, ceci informe et ne remplace pas un conseil juridique."
)


_CITED = re.compile(
    r"\b[LRD]\.\s?\d[\d-]*\d|\b1609 nonies C\b|décret n°\s?[\d-]+\d|Conseil d’État, \d+\s\w+ \d{4}"
)
_IN_ADDRESS = re.compile(r"\barticle-([lrd]\d[\d-]*\d)")


def cited(text: str) -> frozenset[str]:
    """Articles, decrees and decisions a text names, spelt one way: « L5211-4-2 »."""
    return frozenset(re.sub(r"[.\s]", "", found) for found in _CITED.findall(typographie(text)))


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was read. `url` may be empty when the source has no stable address; `about`: what it was read for,
    when its name does not say it."""

    name: str
    url: str = ""
    about: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", typographie(self.name))
        object.__setattr__(self, "about", typographie(self.about))
        for code in _IN_ADDRESS.findall(self.url):
            if code.upper() not in self.covers:
                raise ValueError(f"the address of « {self.name} » is the one of {code.upper()}")

    @property
    def covers(self) -> frozenset[str]:
        """What this source may be cited for."""
        return cited(self.name) | cited(self.about)


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement of law or practice: text, article, and whether somebody read it in a source."""

    text: str
    article: str
    verified_on: date | None
    source: Source | None

    def __post_init__(self) -> None:
        if (self.verified_on is None) != (self.source is None):
            raise ValueError("a verified fact cites its source; an unverified one has none to cite")
        object.__setattr__(self, "text", typographie(self.text))
        object.__setattr__(self, "article", typographie(self.article))
        if self.source and (elsewhere := cited(self.article) - self.source.covers):
            raise ValueError(f"« {self.source.name} » was not read for {', '.join(sorted(elsewhere))}")

    @property
    def is_verified(self) -> bool:
        return self.verified_on is not None

    @property
    def mark(self) -> str:
        """« vérifié le 23 novembre 2026 » or « à vérifier »."""
        return "à vérifier" if self.verified_on is None else f"vérifié le {date_long(self.verified_on)}"


def verified(text: str, article: str, source: Source) -> Fact:
    """A fact read in `source` on `CHECKED_ON`."""
    return Fact(text, article, CHECKED_ON, source)


def to_check(text: str, article: str) -> Fact:
    """A fact of general knowledge or an advice of ours, shown as such."""
    return Fact(text, article, None, None)


class Side(StrEnum):
    """Provider and beneficiary are stored; « ascendante » and « descendante » are not used alike everywhere."""

    EPCI = "epci"
    COMMUNE = "commune"
    EITHER = "either"
    EVERYONE = "everyone"


class Instrument(StrEnum):
    """The act that carries the sharing."""

    CONVENTION = "convention"
    RULES = "rules"
    STATUTES = "statutes"
    NONE = "none"


class DocumentKind(StrEnum):
    """Documents a sheet may hold."""

    CONVENTION = "convention"
    STAFF_IMPACT_SHEET = "staff_impact_sheet"
    AGREEMENTS = "agreements"
    CST_OPINION = "cst_opinion"
    DELIBERATIONS = "deliberations"
    ASSET_RULES = "asset_rules"
    UNIT_COST = "unit_cost"
    ANNUAL_STATEMENT = "annual_statement"
    NETWORK_NOTE = "network_note"
    AGENT_CONSENT = "agent_consent"
    ORDER = "order"
    STATUTES = "statutes"
    PREFECT_ORDER = "prefect_order"
    CLECT_REPORT = "clect_report"


class Family(StrEnum):
    """How the forms are gathered on their page: by what one wants to do."""

    LIGHT = "Sans acte, ou pour acheter et équiper"
    TEAM = "Partager une équipe ou un agent"
    COMMUNES = "Entre communes, ou à plusieurs collectivités"
    ENTRUST = "Confier ou transférer"


@dataclass(frozen=True, slots=True)
class Document:
    """A document, who prepares it and the fact behind it. `required` says what the fact says, with its mark."""

    kind: DocumentKind
    label: str
    required: bool
    by_whom: str
    fact: Fact

    def __post_init__(self) -> None:
        object.__setattr__(self, "label", typographie(self.label))
        object.__setattr__(self, "by_whom", typographie(self.by_whom))


@dataclass(frozen=True, slots=True)
class CstOpinion:
    """Whether the comité social territorial gives an opinion, and on what."""

    needed: bool
    fact: Fact


@dataclass(frozen=True, slots=True)
class Step:
    """Something to gather before signing. `done` answers True, False, or None when nobody has said.

    `reminder`: shown, but not part of « prête à signer » (it comes after the signature, or is only advice).
    """

    label: str
    fact: Fact
    done: Callable[["SheetFacts"], bool | None]
    reminder: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "label", typographie(self.label))


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalForm:
    """One legal form. `provider` and `beneficiary` tell the direction; `ac_imputation` whether the text foresees
    charging the attribution de compensation (under FPU only)."""

    identifier: str
    label: str
    summary: str
    family: Family
    conditions: tuple["Condition", ...]
    bodies: tuple["BodyRule", ...]
    provider: Side
    beneficiary: Side
    reference: Fact
    who: tuple[Fact, ...]
    what: tuple[Fact, ...]
    staff_effects: tuple[Fact, ...]
    money_effects: tuple[Fact, ...]
    instrument: Instrument
    instrument_fact: Fact
    documents: tuple[Document, ...]
    cst_opinion: CstOpinion
    duration_exit: tuple[Fact, ...]
    watch_points: tuple[Fact, ...]
    ac_imputation: bool
    tax_condition: Fact
    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "label", typographie(self.label))
        object.__setattr__(self, "summary", typographie(self.summary))

    @property
    def article(self) -> str:
        return self.reference.article

    def facts(self) -> Iterator[Fact]:
        """Every fact of the form, wherever it is said."""
        yield from (self.reference, self.instrument_fact, self.cst_opinion.fact, self.tax_condition)
        for group in (
            self.who,
            self.what,
            self.staff_effects,
            self.money_effects,
            self.duration_exit,
            self.watch_points,
        ):
            yield from group
        yield from (document.fact for document in self.documents)
        yield from (step.fact for step in self.steps)
        yield from (condition.fact for condition in self.conditions)
        yield from (rule.fact for rule in self.bodies)
