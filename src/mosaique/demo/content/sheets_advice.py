"""Sheets of the second axis: planning, personal data, contracts."""

from mosaique.demo.content.sheet import Money, People, Sheet

SHEETS: tuple[Sheet, ...] = (
    Sheet(
        axis=2,
        title="Instruire ensemble les autorisations d’urbanisme",
        theme="urbanisme",
        space="urbanisme",
        status="ready",
        summary=(
            "Un service commun de trois instructeurs : la mairie reçoit, le service instruit, le maire signe."
        ),
        context=(
            "L’État n’instruit plus pour les communes de la communauté. Aujourd’hui, cinq "
            "communes instruisent seules, trente-huit passent par une convention qui prend fin, "
            "cinq n’ont plus de solution écrite.\n\n"
            "Un agent seul ne peut ni s’arrêter ni se former. Les délais vont de quinze à trente "
            "et un jours selon la commune et la saison."
        ),
        objectives=(
            "- Répondre en vingt et un jours à une déclaration préalable complète.\n"
            "- Ne plus laisser un dossier sans instructeur plus de trois jours.\n"
            "- Publier chaque trimestre les délais, bons ou mauvais."
        ),
        content=(
            "Le service commun réunit trois instructeurs : les deux de la communauté et le "
            "responsable de l’urbanisme de Poucharramet, pour la part de son temps qu’il y "
            "consacre.\n\n"
            "- **La mairie** reçoit l’habitant, vérifie la liste des pièces et transmet sous "
            "deux jours.\n"
            "- **Le service** demande les pièces, consulte, rédige la proposition.\n"
            "- **Le maire** signe la décision et garde le dernier mot."
        ),
        pilot_elected="Vice-présidence à l’urbanisme",
        pilot_technical="Responsable de l’urbanisme de Poucharramet",
        partners="Centre de gestion, conseil d’architecture du département",
        legal_form="service_commun",
        provider="epci",
        payment="ac",
        entry_exit=(
            "Entrée au 1er janvier. Sortie après un an de préavis ; les dossiers déposés avant "
            "la sortie sont menés à leur terme."
        ),
        agents=(
            "Deux agents de la communauté et un agent de Poucharramet, mis à disposition pour "
            "six dixièmes de son temps."
        ),
        means="Trois postes de travail, un logiciel unique, une salle d’accueil à Rieumes.",
        prerequisites="Fiche d’impact, avis du comité social territorial, délibérations concordantes.",
        risks="Un pic de dépôts au printemps ; la reprise des dossiers en cours dans l’ancien logiciel.",
        priority="high",
        days={"study_on": -160, "test_on": 95, "start_on": 235, "review_on": 600},
        milestones=(
            ("Liste de contrôle d’une page", -105, True),
            ("Choix du logiciel", 70, False),
            ("Ouverture du service", 235, False),
        ),
        indicators=(
            ("Délai moyen d’une déclaration préalable complète", "jours", "28", "21"),
            ("Dossiers incomplets au dépôt", "%", "46", "20"),
            ("Décisions tacites non voulues", "décisions", "7", "0"),
        ),
        residents=(
            ("delay", "de réponse pour une déclaration préalable complète", "28", "21"),
            ("distance", "jusqu’au rendez-vous avec un instructeur", "31", "14"),
            ("hours", "d’accueil sur rendez-vous", "4", "12"),
        ),
        money=(
            Money(
                "epci",
                "running",
                "Deux instructeurs en poste, charges comprises",
                "91200",
                source="Budget primitif",
            ),
            Money(
                "epci",
                "running",
                "Remboursement à Poucharramet de six dixièmes de poste",
                "27900",
                source="Fiche de paye, part employeur",
            ),
            Money(
                "epci",
                "running",
                "Logiciel, hébergement et assistance",
                "11640",
                source="Devis, licence annuelle",
            ),
            Money("epci", "investment", "Reprise des dossiers en cours", "8500", source="Devis"),
            Money(
                "epci", "avoided", "Convention actuelle d’instruction", "38400", source="Dernier état annuel"
            ),
            Money(
                "31435",
                "avoided",
                "Part de poste remboursée par le service commun",
                "27900",
                source="Budget communal",
            ),
            Money(
                "31299",
                "avoided",
                "Assistance juridique à l’instruction",
                "6200",
                source="Compte administratif",
            ),
            Money("31324", "avoided", "Instruction par un bureau privé", unknown="non_communique"),
        ),
        people=(
            People(
                "epci",
                "2",
                "2.6",
                note="0,60 mis à disposition par Poucharramet",
                source="Tableau des effectifs",
            ),
            People(
                "31435",
                "1",
                "0.4",
                note="0,60 mis à disposition, employeur inchangé",
                source="Inventaire de la commune",
            ),
            People("31324", unknown="non_communique", note="Temps passé au guichet non mesuré"),
        ),
        key="unit_price",
        tariffs=(
            ("dp", "déclaration préalable", "92"),
            ("pc", "permis de construire", "238"),
            ("cu", "certificat d’urbanisme", "46"),
        ),
        usage="planning",
        key_source="Registres des communes, moyenne des trois dernières années",
        positions=(
            ("31283", "yes_if", "Si une instructrice reçoit à Lautignac une matinée par mois."),
            ("31481", "yes_if", "Si le premier rendez-vous avec l’habitant reste en mairie."),
            ("31299", "yes_if", "Si nous récupérons nos données sans frais en cas de sortie."),
            ("31349", "yes_if", "Si le tarif par acte est fixé pour trois ans."),
            ("31135", "later", "Quand notre propre instructrice partira en retraite."),
            ("31065", "no", "Bérat instruit seule depuis vingt ans et souhaite continuer."),
            ("31204", "yes", ""),
            ("31435", "yes", ""),
            ("31454", "yes", ""),
        ),
        leaning="mixed",
        decisions=(
            (
                113,
                "Groupe Urbanisme",
                (
                    "Le premier rendez-vous se tient en mairie, avec un instructeur en visite deux fois "
                    "par mois si la mairie le demande."
                ),
            ),
        ),
        documents=(
            ("staff_impact_sheet", "Version soumise au comité social territorial"),
            ("convention", "Troisième projet, relu par le groupe"),
        ),
    ),
    Sheet(
        axis=2,
        title="Un délégué à la protection des données pour toutes les mairies",
        theme="numerique",
        space="secretariat",
        status="ready",
        summary="Un poste aux trois cinquièmes, deux visites par an et des mentions prêtes à l’emploi.",
        context=(
            "La désignation d’un délégué est obligatoire pour une commune, quelle que soit sa "
            "taille. Vingt-six communes n’en ont pas déclaré, et la plupart des registres n’ont "
            "pas été rouverts depuis leur création."
        ),
        objectives=(
            "- Un délégué déclaré partout.\n"
            "- Un registre relu deux fois par an avec la secrétaire.\n"
            "- Une réponse en deux jours en cas de fuite de données."
        ),
        content=(
            "Le délégué de Cazères, à raison d’un jour par semaine aujourd’hui, devient délégué "
            "du territoire à trois jours. Il visite deux fois par an chaque commune de moins de "
            "mille habitants et tient une bibliothèque de mentions : cantine, cimetière, "
            "location de salle, vidéoprotection."
        ),
        pilot_elected="Mairie de Cazères",
        pilot_technical="Direction générale des services de Cazères",
        partners="Autorité de contrôle, centre de gestion",
        legal_form="mad_service_down",
        provider="epci",
        payment="invoice",
        entry_exit="Adhésion par année civile, reconduite sans formalité.",
        agents="Un agent, aujourd’hui employé par Cazères, recruté par la communauté avec son accord.",
        means="Trois jours par semaine, un logiciel de registre, les déplacements.",
        prerequisites="Coût unitaire notifié avant le vote des budgets.",
        risks="Un poste isolé : prévoir un suppléant en cas d’absence longue.",
        priority="medium",
        days={"study_on": -140, "start_on": 130, "review_on": 500},
        milestones=(("Vingt mentions rédigées", 100, False), ("Première tournée achevée", 320, False)),
        indicators=(
            ("Communes ayant déclaré un délégué", "communes", "22", "48"),
            ("Registres relus dans l’année", "registres", "6", "40"),
        ),
        residents=(("delay", "de réponse à une demande d’accès à ses données", "?", "15"),),
        money=(
            Money(
                "epci",
                "running",
                "Trois cinquièmes de poste, charges comprises",
                "31800",
                source="Grille indiciaire",
            ),
            Money("epci", "running", "Logiciel de registre et déplacements", "4350", source="Devis"),
            Money(
                "31135",
                "avoided",
                "Un cinquième de poste aujourd’hui à la charge de la ville",
                "10400",
                source="Budget de la ville",
            ),
        ),
        people=(
            People("epci", "0", "0.6", note="Recrutement par mutation, avec accord"),
            People("31135", "0.2", "0", note="Départ vers la communauté"),
        ),
        key="fixed_variable",
        usage="population",
        key_source="Insee, population municipale 2023",
        positions=(
            ("31428", "yes_if", "Si la cotisation ne dépasse pas cent euros par an."),
            ("31481", "later", "À la fin de notre contrat avec un prestataire, dans dix-huit mois."),
            ("31250", "yes", ""),
            ("31101", "yes", ""),
        ),
        leaning="warm",
        decisions=(
            (
                115,
                "Comité technique",
                (
                    "La visite porte en priorité sur les communes sans registre, puis sur celles qui "
                    "filment un lieu public."
                ),
            ),
        ),
        documents=(("unit_cost", "Calculé sur le budget primitif, à notifier"),),
    ),
    Sheet(
        axis=2,
        title="Une aide pour lire et rédiger les marchés publics",
        theme="achats",
        space="cotech",
        status="idea",
        summary="Une idée née d’un marché de chemins resté sans réponse : être aidé avant de publier.",
        context=(
            "Trois communes ont dû relancer un marché l’an dernier, faute d’un cahier des "
            "charges lisible par les entreprises."
        ),
        objectives="- Être relu avant publication.\n- Partager les clauses qui fonctionnent.",
        content=(
            "À préciser : une heure au téléphone chaque semaine, ou un acheteur partagé. Aucun "
            "chiffre n’est encore avancé."
        ),
        pilot_elected="À désigner",
        pilot_technical="À désigner",
        positions=(
            ("31193", "yes", ""),
            ("31349", "yes_if", "Si l’aide vaut aussi pour les petits travaux sans publicité."),
        ),
        leaning="cool",
    ),
)
