"""The criteria by which a cost may be shared: what each counts, in which unit, and whether it is already known here.

Three populations exist and differ: each says which it is (Insee for the first two, the State's grants for the third).
"""

from dataclasses import dataclass

from mosaique.kernel.typography import typographie


@dataclass(frozen=True, slots=True)
class CriterionSpec:
    """`official`: read from the shipped reference, with its vintage; it is not typed. `places`: decimals accepted."""

    slug: str
    label: str
    unit: str
    help: str
    places: int = 0
    official: bool = False

    def __post_init__(self) -> None:
        for name in ("label", "unit", "help"):
            object.__setattr__(self, name, typographie(getattr(self, name)))


_ALL = (
    CriterionSpec("population_municipale", "population municipale", "hab.", "Insee. Déjà connue ici.", official=True),
    CriterionSpec("population_totale", "population totale", "hab.", "Insee : la population municipale et celle comptée à part."),
    CriterionSpec("population_dgf", "population DGF", "hab.", "Celle des dotations de l'État : elle ajoute les résidences secondaires."),
    CriterionSpec("potentiel_financier", "potentiel financier", "€", "Fiche DGF de la commune : ses ressources possibles.", places=2),
    CriterionSpec("voirie", "longueur de voirie communale", "km", "Fiche DGF de la commune.", places=3),
    CriterionSpec("superficie", "superficie", "ha", "Insee ou cadastre.", places=2),
    CriterionSpec("eleves", "élèves", "élèves", "Effectif de rentrée de l'année."),
    CriterionSpec("actes_ads", "actes d'urbanisme", "actes", "Permis, déclarations et certificats instruits dans l'année."),
    CriterionSpec(
        "equivalents_pc", "équivalents permis de construire", "éq. PC",
        "Pondérations usuelles : permis 1, aménager 1,2, déclaration 0,7, démolir 0,8, certificat b 0,4, a 0,2. Chaque "
        "service fixe les siennes.", places=2,
    ),
    CriterionSpec("postes_informatiques", "postes informatiques", "postes", "Ordinateurs en service, écoles comprises ou non : dites-le."),
    CriterionSpec("bulletins_paie", "bulletins de paie", "bulletins", "Dans l'année, élus compris ou non : dites-le."),
    CriterionSpec("mandats", "mandats et titres", "pièces", "Pièces comptables de l'année."),
    CriterionSpec("heures", "heures de service", "heures", "Heures constatées dans l'année.", places=2),
)  # fmt: skip

CRITERIA: dict[str, CriterionSpec] = {one.slug: one for one in _ALL}
