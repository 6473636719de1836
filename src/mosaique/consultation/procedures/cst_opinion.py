"""Opinion of a comité social territorial on the scheme: prudent practice, informative, without a clock."""

from mosaique.consultation.procedures.base import Procedure, Silence
from mosaique.scheme.legal_forms.base import Source, to_check, verified

CDG44 = Source(
    "Centre de gestion de Loire-Atlantique, élections professionnelles 2026",
    "https://www.cdg44.fr/pilotage-des-ressources-humaines/elections-professionnelles-2026",
)
ARTICLE = "CGFP, article L. 253-5"

PROCEDURE = Procedure(
    identifier="cst_opinion",
    label="Avis du comité social territorial (CST)",
    asked_to="Le CST de chaque employeur concerné, ou celui du centre de gestion",
    silence=Silence.NOTHING,
    silence_fact=to_check("Sans avis du comité, rien n'est réputé dit : l'avis n'est pas rendu.", ARTICLE),
    months=None,
    delay_fact=to_check(
        "Aucun délai n'est compté ici : le comité donne son avis en séance, à une date à demander tôt.",
        ARTICLE,
    ),
    counting_fact=to_check(
        "La date qui compte est celle de la séance, pas celle de l'envoi du dossier.", "usage, sans article"
    ),
    effect_fact=to_check(
        "L'avis est consultatif. Si tous les représentants du personnel votent contre, une seconde réunion a "
        "lieu : notez les deux.",
        ARTICLE,
    ),
    notes=(
        to_check(
            "Consulter le comité sur le schéma lui-même n'est pas écrit dans l'article L. 5211-39-1 ; c'est "
            "l'usage, et c'est prudent, car l'organisation des services est de son ressort.",
            ARTICLE,
        ),
        verified(
            "Les élections professionnelles ont lieu le 10 décembre 2026 : les comités changent de composition.",
            "Élections professionnelles de 2026",
            CDG44,
        ),
        verified(
            "Sous 50 agents, c'est le comité du centre de gestion qui est consulté.", "CGFP, livre II", CDG44
        ),
    ),
)
