"""Debates of the COTECH: directors and secretaries."""

from mosaique.demo.content.debate import Debate, Said

DEBATES: tuple[Debate, ...] = (
    Debate(
        "date-reference",
        "cotech",
        "question",
        "Quelle date de référence pour compter les postes ?",
        "La date et la façon de compter les remplacements",
        "Le comité technique",
        "La règle est écrite en tête de l’inventaire",
        190,
        178,
        (
            Said(
                "dgs",
                (
                    "Pour mesurer une évolution il faut un point de départ commun. Le premier janvier a "
                    "l’avantage d’être la date des documents budgétaires et du rapport social unique."
                ),
                "info",
            ),
            Said(
                "secretaire:31229",
                (
                    "Le premier janvier convient, mais beaucoup de nos contrats saisonniers "
                    "n’apparaîtront pas. Notre agent d’été pour la station d’épuration, par exemple, "
                    "travaille de mai à septembre."
                ),
                "reserve",
                14,
            ),
            Said(
                "dgs-cazeres",
                (
                    "À Cazères nous comptons en équivalent temps plein budgété et pourvu : l’écart entre "
                    "les deux dit tout de suite où l’on peine à recruter. Je recommande de garder les "
                    "deux colonnes."
                ),
                "pour",
                11,
            ),
            Said(
                "rh",
                (
                    "Oui aux deux colonnes. Attention à ne jamais écrire de nom ni de grade trop précis "
                    "dans les communes de deux agents : la mission suffit."
                ),
                "info",
                9,
            ),
            Said(
                "secretaire",
                (
                    "Et quand on partage un agent avec la commune voisine, qui le déclare ? Nous "
                    "employons notre adjoint technique quatorze heures et Sénarens le reste."
                ),
                "question",
                16,
            ),
            Said(
                "rh",
                (
                    "Chaque commune déclare la part qu’elle paie. La colonne « déjà partagé avec » "
                    "permet de recoller les morceaux sans compter deux fois."
                ),
                "info",
                8,
            ),
            Said(
                "representante-du-personnel",
                (
                    "Merci de l’écrire noir sur blanc : aucune personne ne doit pouvoir être reconnue "
                    "par les autres communes. Les collègues nous posent la question tous les jours."
                ),
                "reserve",
                19,
            ),
        ),
        answer=(
            "Situation au 1er janvier, deux colonnes d’équivalents temps plein, une ligne par "
            "poste et jamais de nom. Un poste partagé est déclaré par chaque employeur, pour sa part."
        ),
    ),
    Debate(
        "effet-agents",
        "cotech",
        "question",
        "Que dit-on aux agents, et quand ?",
        "Le contenu et le calendrier de l’information des agents",
        "Les employeurs, après avis du comité social territorial",
        "Une note commune, la même pour tous, avant la fin du trimestre",
        150,
        118,
        (
            Said(
                "representante-du-personnel",
                (
                    "Dans les ateliers on entend que « tout le monde part à la communauté ». Personne ne "
                    "l’a écrit, mais personne ne l’a démenti. Qui parle, et quand ?"
                ),
                "question",
            ),
            Said(
                "rh",
                (
                    "Aucune fiche ne prévoit de transfert obligatoire d’agents techniques. Deux fiches "
                    "prévoient des postes nouveaux, portés par la communauté. Je propose une note d’une "
                    "page, validée par le comité technique, lue dans chaque équipe."
                ),
                "info",
                13,
            ),
            Said(
                "dgs-cazeres",
                (
                    "D’accord pour une note, pas pour une réunion générale : nos agents veulent pouvoir "
                    "poser leurs questions à leur chef, chez eux."
                ),
                "pour",
                20,
            ),
            Said(
                "secretaire:31406",
                (
                    "Chez nous l’équipe, c’est une personne et demie. Il faudrait que quelqu’un de la "
                    "communauté puisse venir avec moi, je ne saurai pas répondre sur les primes."
                ),
                "reserve",
                15,
            ),
            Said(
                "rh",
                (
                    "Je viendrai. Sur les primes, la règle est claire : un agent qui changerait "
                    "d’employeur garde son régime indemnitaire s’il lui est plus favorable, et cela fait "
                    "partie de la fiche d’impact."
                ),
                "info",
                12,
            ),
            Said(
                "representante-du-personnel",
                (
                    "Nous demandons que la fiche d’impact de chaque service passe au comité social "
                    "territorial avant que les conseils ne votent les conventions, pas après. À cette "
                    "condition nous porterons la note avec vous."
                ),
                "reserve",
                25,
            ),
            Said(
                "dgs",
                (
                    "C’est prévu et je l’inscris dans le calendrier : fiche d’impact, comité social "
                    "territorial, puis délibérations. Les élections professionnelles changent la "
                    "composition du comité : nous visons la première séance qui les suit."
                ),
                "info",
                18,
            ),
        ),
        agreed=(
            "- Une note d’une page, identique partout, lue par chaque responsable à son équipe.\n"
            "- La fiche d’impact passe devant le comité social territorial avant tout vote de "
            "convention."
        ),
        pending="- Le soutien aux communes sans encadrant reste à organiser.",
        pour_into=4,
        answer=(
            "La note a été lue dans les équipes. La fiche d’impact du service d’urbanisme est au "
            "comité social territorial ; l’appui aux communes sans encadrant est confié à la "
            "responsable des ressources humaines."
        ),
    ),
)
