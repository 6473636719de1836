"""What the reference already tells of an EPCI, in sentences: what a project officer will not have to type."""

from mosaique.kernel.typography import integer
from mosaique.territory.naming import curly, in_words, listed
from mosaique.territory.reference import index
from mosaique.territory.reference.entities import Epci

#: A budget debate is due in communes of 3,500 inhabitants or more and in EPCI holding one (CGCT L. 2312-1 and
#: L. 5211-36); elsewhere the yearly communication is made at the vote of the budget (L. 5211-39-1).
BUDGET_DEBATE = 3_500
_TAX = {
    "FA": "Fiscalité additionnelle : pas d’attribution de compensation, les communes remboursent sur titre",
    "FPU": "Fiscalité professionnelle unique : la part d’une commune peut être imputée sur son attribution de "
    "compensation",
}


def _siren(siren: str) -> str:
    """« 248 100 497 », unbreakable."""
    return "\u00a0".join((siren[:3], siren[3:6], siren[6:]))


def _debate(body: Epci) -> str:
    people = index.communes_of(body.siren)
    large = [place for place in people if place.municipal_population >= BUDGET_DEBATE]
    threshold = f"{integer(BUDGET_DEBATE)} habitants"
    if large:
        names = f"Une commune d’au moins {threshold}" if len(large) == 1 else (
            f"{in_words(len(large), feminine=True).capitalize()} communes d’au moins {threshold}"
        )  # fmt: skip
        return f"{names} : la communication annuelle se fait au débat d’orientation budgétaire"
    if any(place.total_population >= BUDGET_DEBATE for place in people):
        return (
            f"Aucune commune de {threshold} en population municipale, mais une en population totale : débat "
            "d’orientation budgétaire à vérifier"
        )
    return f"Aucune commune de {threshold} : la communication annuelle se fait au vote du budget"


def already_known(body: Epci) -> list[str]:
    """Identity, tax regime, yearly communication, départements: plain sentences without a final stop."""
    largest = index.commune(body.largest_commune_insee)
    departments = index.departments_of(body)
    if len(departments) == 1:
        where = f"Un seul département, {departments[0].with_article}"
    else:
        where = f"{in_words(len(departments)).capitalize()} départements, {listed([d.label for d in departments])}"
    most = f" ; commune la plus peuplée : {curly(largest.name)}" if largest else ""
    return [
        f"SIREN {_siren(body.siren)} et codes Insee des {body.commune_count} communes",
        _TAX[body.tax_regime],
        _debate(body),
        where + most,
    ]
