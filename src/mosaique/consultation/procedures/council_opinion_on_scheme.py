"""Opinion of a conseil municipal on the report and draft scheme (CGCT L. 5211-39-1)."""

from mosaique.consultation.deadlines import ARTICLE, COUNTING, SCHEME_TEXT, THREE_MONTHS
from mosaique.consultation.procedures.base import Procedure, Silence
from mosaique.scheme.legal_forms.base import to_check, verified

PROCEDURE = Procedure(
    identifier="council_opinion_on_scheme",
    label="Avis des conseils municipaux sur le rapport et le projet de schéma",
    asked_to="Chaque conseil municipal, pour sa commune",
    silence=Silence.FAVOURABLE,
    silence_fact=verified(
        "Sans réponse dans les trois mois, l'avis est réputé favorable.", ARTICLE, SCHEME_TEXT
    ),
    months=3,
    delay_fact=THREE_MONTHS,
    counting_fact=COUNTING,
    effect_fact=to_check(
        "L'avis éclaire le conseil communautaire et ne le lie pas : un avis défavorable n'empêche pas le vote.",
        ARTICLE,
    ),
    notes=(
        verified("Le schéma est facultatif depuis le 29 décembre 2019.", ARTICLE, SCHEME_TEXT),
        verified(
            "Une fois approuvé par le conseil communautaire, le schéma est envoyé à chaque conseil municipal.",
            ARTICLE,
            SCHEME_TEXT,
        ),
        to_check(
            "Une délibération arrivée après le délai reste au dossier, à côté de l'avis tacite.", ARTICLE
        ),
    ),
)
