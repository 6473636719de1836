"""The scheme of the demonstration: its axes, its chapters, the order of its sheets."""

from mosaique.demo.content import sheets_advice, sheets_offices, sheets_shared
from mosaique.demo.content.sheet import Sheet

SHEETS: tuple[Sheet, ...] = (*sheets_offices.SHEETS, *sheets_advice.SHEETS, *sheets_shared.SHEETS)

# Invented colours of the documents, read on paper: a deep blue and a brick.
MAIN_COLOUR, ACCENT_COLOUR = "24456b", "b0512c"

AXES: tuple[tuple[str, str], ...] = (
    (
        "Garder ouvertes les petites mairies",
        (
            "Une mairie fermée, c’est un habitant qui fait vingt kilomètres. Cet axe réunit ce "
            "qui permet à une secrétaire seule de ne plus l’être."
        ),
    ),
    (
        "Instruire et conseiller à plusieurs",
        (
            "Certains métiers demandent une équipe pour se former et s’absenter. La décision "
            "reste dans chaque mairie ; la technique se partage."
        ),
    ),
    (
        "Partager engins et ateliers",
        (
            "Une machine qui dort coûte autant qu’une machine qui tourne. Les communes "
            "réservent, la communauté possède, les ateliers entretiennent."
        ),
    ),
    (
        "Acheter mieux, et au bon moment",
        ("Les contrats finissent à des dates différentes : les rapprocher suffit souvent à obtenir un prix."),
    ),
)

CHAPTERS: dict[str, str] = {
    "cadre": (
        "La communauté et ses quarante-huit communes ont choisi d’établir ce rapport, que la "
        "loi n’impose pas, parce que les besoins dits par les mairies se ressemblaient. Il "
        "rassemble ce que chacune a bien voulu mettre en commun et ne décide rien à leur "
        "place."
    ),
    "methode": (
        "Le comité de pilotage réunit les maires et la présidence. Le comité technique "
        "prépare ses choix avec les directions et les secrétaires. Trois groupes de travail "
        "ont écrit les fiches.\n\n"
        "- Les réunions tournent entre les communes, à dix-huit heures trente.\n"
        "- Les documents partent dix jours avant, et l’on peut répondre par écrit.\n"
        "- Chaque fiche admet quatre réponses : oui, oui si, plus tard, non.\n\n"
        "Le comité social territorial a été informé dès l’inventaire, puis saisi des fiches "
        "qui touchent les agents."
    ),
    "territoire": (
        "Entre la Garonne et le Savès, quatre bourgs de plus de trois mille habitants "
        "côtoient vingt-trois communes de moins de deux cents. La distance, plus que le "
        "nombre, fait la difficulté : il faut quarante minutes pour traverser le territoire."
    ),
    "etat_des_lieux": (
        "Trente communes ont rendu leur inventaire complet. Trois constats reviennent.\n\n"
        "1. Les postes de secrétaire sont presque tous à temps partiel, et près du quart des "
        "titulaires partiront en retraite dans les cinq ans.\n"
        "2. Les engins lourds servent peu : moins de cinquante jours par an pour les "
        "balayeuses.\n"
        "3. Vingt-deux contrats d’électricité finissent la même année sans que personne "
        "l’ait voulu.\n\n"
        "Dix-huit inventaires manquent encore, en tout ou partie : les chiffres absents sont "
        "imprimés « non communiqué »."
    ),
    "attentes": (
        "Les mairies demandent d’abord de ne plus être seules : un remplacement qui arrive "
        "vite, quelqu’un à appeler, un modèle relu.\n\n"
        "Les agents demandent à être informés avant les conseils, et que personne ne puisse "
        "être reconnu dans un tableau.\n\n"
        "Les maires demandent que le prix soit connu avant le budget, et que « plus tard » "
        "ne soit pas un reproche."
    ),
    "orientations": (
        "Quatre axes répondent à ces attentes, du plus proche de l’habitant au plus discret. "
        "Aucun ne suppose que toutes les communes avancent au même pas."
    ),
    "impacts": (
        "Un signe plus annonce une dépense ou un poste en plus pour la collectivité, un "
        "signe moins une dépense ou un poste en moins. Les remboursements entre membres "
        "s’annulent dans l’ensemble."
    ),
    "calendrier": (
        "Le réseau des secrétaires existe déjà. Les achats groupés suivent les échéances des "
        "contrats. Les services communs ouvrent après l’avis du comité social territorial et "
        "les délibérations concordantes."
    ),
    "finances": (
        "Le partage se fait à l’usage dès que l’usage se compte, et à la population "
        "seulement quand le travail existe sans demande. Les tarifs sont annoncés avant le "
        "vote des budgets. La communauté garde la différence pendant trois ans."
    ),
    "suivi": (
        "Un tableau d’avancement est présenté chaque année au conseil communautaire, avec "
        "les indicateurs de chaque fiche, bons ou mauvais. À mi-mandat, le comité de "
        "pilotage propose de réviser, d’étendre ou d’arrêter chaque action."
    ),
    "annexes": (
        "Les fiches encore à l’étude ne sont pas soumises à l’avis : elles figurent ici pour "
        "que chacun sache ce qui se prépare."
    ),
}
