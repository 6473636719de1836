"""Debates of the planning group."""

from mosaique.demo.content.debate import Debate, Said

DEBATES: tuple[Debate, ...] = (
    Debate(
        "delais-instruction",
        "urbanisme",
        "question",
        "Que peut-on promettre à l’habitant qui dépose une déclaration préalable ?",
        "Le délai annoncé et le partage des tâches entre mairie et service",
        "Le comité de pilotage, sur proposition du groupe",
        "Le délai retenu devient l’indicateur de la fiche 4",
        168,
        140,
        (
            Said(
                "animateur",
                (
                    "Aujourd’hui une déclaration préalable pour une clôture met vingt-huit jours en "
                    "moyenne à Poucharramet, parce que je suis seul et que je pars en congés. Avec un "
                    "service commun, jusqu’où peut-on descendre sans se mentir ?"
                ),
            ),
            Said(
                "instructrice",
                (
                    "Sur les dossiers complets, dix-huit jours sont tenables à trois instructeurs. Le "
                    "vrai gain est ailleurs : la moitié de mes journées part en demandes de pièces "
                    "manquantes."
                ),
                "info",
                10,
            ),
            Said(
                "secretaire:31250",
                (
                    "Parce que nous n’osons pas refuser un dossier au guichet. Si l’on avait une liste "
                    "de contrôle d’une page, la même dans toutes les mairies, je vérifierais les pièces "
                    "avant de vous les envoyer."
                ),
                "pour",
                16,
            ),
            Said(
                "partenaire",
                (
                    "Le centre de gestion a vu trois services démarrer sans liste de contrôle et tous "
                    "l’ont écrite au bout d’un an. Commencez par là : nous pouvons vous transmettre deux "
                    "modèles rédigés dans le département."
                ),
                "info",
                21,
            ),
            Said(
                "maire:31481",
                (
                    "Je veux garder le premier contact. Quand un administré dépose un permis, il vient à "
                    "la mairie, il parle au maire, et la décision reste signée du maire. Est-ce bien "
                    "écrit quelque part ?"
                ),
                "reserve",
                24,
            ),
            Said(
                "dgs",
                (
                    "C’est écrit et ce sera dans la convention : dépôt en mairie, instruction par le "
                    "service, signature du maire. Le service prépare, il ne décide rien."
                ),
                "info",
                8,
            ),
            Said(
                "instructrice",
                (
                    "Je propose d’annoncer vingt et un jours pour une déclaration préalable complète et "
                    "de mesurer chaque trimestre, en publiant aussi les mauvais résultats."
                ),
                "pour",
                19,
            ),
        ),
        agreed=(
            "- La mairie reçoit, vérifie la liste des pièces et transmet sous deux jours.\n"
            "- Le service instruit ; le maire signe.\n"
            "- Objectif annoncé : vingt et un jours pour une déclaration préalable complète."
        ),
        pending=(
            "- Qui reçoit l’habitant quand le dossier est refusé : la mairie le souhaite, le service aussi."
        ),
        pour_into=4,
        answer=(
            "Vingt et un jours deviennent l’objectif public de la fiche 4. La liste de contrôle "
            "est rédigée ; l’entretien après un refus se tient en mairie, avec l’instructeur si "
            "le maire le demande."
        ),
    ),
    Debate(
        "permis-complexes",
        "urbanisme",
        "idea",
        "Une permanence d’architecte-conseil pour les projets en centre ancien",
        "L’idée, son lieu et sa fréquence",
        "Le groupe Urbanisme",
        "Une expérience de six mois, ou un abandon expliqué",
        133,
        95,
        (
            Said(
                "maire:31324",
                (
                    "Nos rues autour de la collégiale voient arriver des projets que personne ici ne "
                    "sait lire. Une demi-journée par mois avec un architecte éviterait bien des refus et "
                    "bien des larmes."
                ),
            ),
            Said(
                "animateur",
                (
                    "L’idée me plaît. À Poucharramet j’aurais envoyé trois familles cette année, "
                    "toujours pour des extensions en limite de parcelle."
                ),
                "pour",
                14,
            ),
            Said(
                "dgs",
                (
                    "Le conseil d’architecture du département assure déjà des permanences gratuites. "
                    "Avant de créer quelque chose, demandons-lui d’en tenir une à Martres et une à "
                    "Rieumes."
                ),
                "reserve",
                22,
            ),
            Said(
                "maire:31454",
                (
                    "Rieumes prête la salle du rez-de-chaussée, elle est accessible et libre le jeudi. "
                    "Si la permanence se remplit, nous en parlerons à nos voisins."
                ),
                "pour",
                18,
            ),
            Said(
                "partenaire",
                (
                    "Deux collectivités que nous accompagnons ont fait ainsi, et la permanence a tenu "
                    "parce que les secrétaires inscrivaient elles-mêmes les habitants. Prévoyez le "
                    "carnet de rendez-vous avant la plaquette."
                ),
                "info",
                27,
            ),
        ),
    ),
    Debate(
        "numerique-ads",
        "urbanisme",
        "question",
        "Quel logiciel pour déposer et suivre les dossiers ?",
        "Les fonctions attendues, avant tout devis",
        "Le comité technique",
        "Un cahier des besoins d’une page, joint à la consultation",
        92,
        -20,
        (
            Said(
                "instructrice",
                (
                    "Nous avons aujourd’hui trois logiciels différents et deux communes sur papier. "
                    "Avant de comparer des prix, dites-moi ce qui vous fait perdre du temps."
                ),
            ),
            Said(
                "secretaire:31101",
                (
                    "Saisir deux fois : une fois dans le registre, une fois dans l’outil. À Cambernard "
                    "je passe vingt minutes par dossier à recopier. Je joins mes relevés de temps et la "
                    "liste que je donne au guichet."
                ),
                "info",
                12,
                joined=("temps-passe.ods", "liste-de-controle.pdf"),
            ),
            Said(
                "secretaire:31538",
                (
                    "Ce qui me manque, c’est de savoir où en est un dossier quand l’habitant téléphone. "
                    "Un simple état « reçu, incomplet, instruit, signé » suffirait."
                ),
                "info",
                15,
            ),
            Said(
                "maire:31299",
                (
                    "Et que l’on puisse récupérer nos données si l’on change d’avis. Nous avons déjà "
                    "payé une fois pour sortir d’un logiciel."
                ),
                "reserve",
                23,
            ),
            Said(
                "animateur",
                (
                    "Je note trois besoins : une seule saisie, un état lisible par la mairie, la sortie "
                    "des données sans frais. Encore dix jours pour en ajouter."
                ),
                "info",
                30,
            ),
            Said(
                "secretaire-b",
                (
                    "pensez à la signature : notre maire ne vient en mairie que deux fois par semaine, "
                    "et tout attend son retour."
                ),
                "question",
                41,
                cites="animateur",
            ),
        ),
    ),
)
