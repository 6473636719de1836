"""Entente: several councils agree on a subject of common interest, without a new legal person (CGCT L. 5221-1, L. 5221-2)."""

from functools import partial

from mosaique.scheme.legal_forms import deliberations
from mosaique.scheme.legal_forms.base import (
    CstOpinion,
    Document,
    DocumentKind,
    Family,
    Instrument,
    LegalForm,
    Side,
    Step,
    to_check,
    verified,
)
from mosaique.scheme.legal_forms.choice import (
    Partner,
    Staff,
    Subject,
    about,
    bars_associations,
    doubts,
    staff,
    welcomes,
)
from mosaique.scheme.legal_forms.sources import BDT_ENTENTE, GAZETTE_ENTENTE
from mosaique.scheme.legal_forms.steps import has

ARTICLE = "CGCT, articles L. 5221-1 et L. 5221-2"

CONVENTION = verified(
    "Une convention crée l'entente et en règle le fonctionnement.", ARTICLE, GAZETTE_ENTENTE
)
RATIFIED = verified(
    "Une conférence réunit les parties ; ses décisions valent une fois approuvées par chaque conseil.",
    ARTICLE,
    BDT_ENTENTE,
)

FORM = LegalForm(
    identifier="entente",
    label="Entente",
    summary="Des collectivités s'accordent sur un ouvrage ou un service d'intérêt commun, sans créer d'organisme.",
    family=Family.COMMUNES,
    conditions=(
        about(
            to_check("Elle porte sur un ouvrage ou un service d'intérêt commun.", ARTICLE),
            Subject.TEAM,
            Subject.ASSETS,
            Subject.WORKS,
        ),
        staff(
            to_check(
                "Sans personne juridique, l'entente n'emploie personne : aucun agent ne la rejoint.", ARTICLE
            ),
            Staff.NONE,
        ),
    ),
    bodies=(
        welcomes(
            verified("Un syndicat peut être partie à l'entente.", ARTICLE, GAZETTE_ENTENTE), Partner.SYNDICATE
        ),
        doubts(
            to_check(
                "Le texte réunit communes, intercommunalités et syndicats ; qu'un autre établissement public y entre "
                "reste à établir.",
                ARTICLE,
            ),
            Partner.SOCIAL,
            Partner.MANAGEMENT,
        ),
        bars_associations(ARTICLE),
    ),
    provider=Side.EVERYONE,
    beneficiary=Side.EVERYONE,
    reference=verified(
        "Plusieurs conseils peuvent s'entendre sur un objet d'utilité commune, sans créer de personne juridique.",
        ARTICLE,
        GAZETTE_ENTENTE,
    ),
    who=(verified("Communes, intercommunalités et syndicats, entre eux.", ARTICLE, GAZETTE_ENTENTE),),
    what=(
        to_check("Entretenir un équipement commun, conduire une étude, tenir un service partagé.", ARTICLE),
    ),
    staff_effects=(to_check("L'entente n'a pas d'agent : chacun garde les siens.", ARTICLE),),
    money_effects=(
        verified(
            "Le coût est partagé entre les parties, sans bénéfice pour aucune.", ARTICLE, GAZETTE_ENTENTE
        ),
    ),
    instrument=Instrument.CONVENTION,
    instrument_fact=CONVENTION,
    documents=(
        Document(DocumentKind.CONVENTION, "Convention d'entente", True, "Les parties ensemble", CONVENTION),
        deliberations.DOCUMENT,
    ),
    cst_opinion=CstOpinion(
        False,
        to_check("Sans effet sur les agents, l'avis du comité social territorial n'est pas prévu.", ARTICLE),
    ),
    duration_exit=(RATIFIED,),
    watch_points=(
        verified(
            "Le juge attend un même service rendu de part et d'autre, et des territoires qui se touchent.",
            "Conseil d'État, 3 février 2012",
            GAZETTE_ENTENTE,
        ),
    ),
    ac_imputation=False,
    tax_condition=to_check("Le régime fiscal de l'intercommunalité ne change rien.", ARTICLE),
    steps=(
        Step("Projet de convention d'entente", CONVENTION, partial(has, DocumentKind.CONVENTION)),
        deliberations.STEP,
    ),
)
