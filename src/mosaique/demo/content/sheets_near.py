"""Sheets of the first two axes: town halls that stay open, planning and advice."""

from mosaique.demo.content.sheet import Money, People, Sheet

SHEETS: tuple[Sheet, ...] = (
    Sheet(
        axis=1, title="Remplacer une secrétaire de mairie absente", theme="secretariat", space="secretariat", status="retained",
        summary="Deux secrétaires itinérantes, portées par la communauté, interviennent dans les deux jours ouvrés qui suivent une absence.",
        context="""Trente et une des quarante-huit mairies n’ont qu’une secrétaire, souvent à temps très partiel. Une absence de trois semaines ferme la mairie : la paye part en retard, l’état civil attend, les mandats s’accumulent.

Le centre de gestion propose des remplaçants, mais sous dix à quinze jours et sans connaissance des logiciels locaux. Huit communes y ont recouru l’an dernier ; cinq n’ont trouvé personne.""",
        objectives="""- Rouvrir toute mairie fermée par une absence sous deux jours ouvrés.
- Garantir trois actes en toutes circonstances : la paye, l’état civil, les mandats.
- Laisser à chaque secrétaire un mode d’emploi écrit de sa mairie.""",
        content="""Deux postes de secrétaire générale de mairie itinérante sont créés à la communauté, avec un véhicule partagé.

1. La mairie signale l’absence par un appel ou un courriel.
2. La première matinée a lieu sous deux jours ouvrés ; le rythme ordinaire est de deux matinées par semaine.
3. Hors remplacement, les itinérantes aident à rédiger les modes d’emploi et tiennent les modèles de délibérations.

Le maire garde l’autorité sur le travail fait dans sa mairie pendant l’intervention.""",
        pilot_elected="Vice-présidence à la mutualisation", pilot_technical="Direction générale des services de la communauté",
        partners="Centre de gestion, réseau des secrétaires de mairie", legal_form="service_commun", provider="epci", payment="invoice",
        entry_exit="Entrée au 1er janvier ou au 1er juillet. Sortie après un préavis de six mois, sans pénalité la première année.",
        agents="Deux recrutements. Aucun agent communal n’est transféré ni mis à disposition.",
        means="Deux postes de catégorie B, un véhicule, deux ordinateurs portables, un abonnement à chaque logiciel métier.",
        prerequisites="Avis du comité social territorial sur la convention et la fiche d’impact. Mode d’emploi remis par chaque mairie.",
        risks="La période de janvier à mars concentre les demandes : un ordre de priorité doit être écrit avant le démarrage.",
        priority="high", days={"study_on": -150, "test_on": 60, "start_on": 220, "review_on": 590},
        milestones=(("Convention type relue par les juristes", -120, True), ("Recrutement de la première itinérante", 150, False), ("Trente modes d’emploi remis", 210, False)),
        indicators=(("Délai entre l’appel et la première matinée", "jours ouvrés", "12", "2"), ("Mairies fermées plus d’une semaine dans l’année", "mairies", "9", "0"), ("Journées d’intervention par an", "jours", "", "260")),
        residents=(("delay", "pour rouvrir une mairie fermée par une absence", "12", "2"), ("hours", "d’ouverture maintenues dans les plus petites mairies", "?", "6")),
        money=(
            Money("epci", "running", "Deux postes de secrétaire itinérante, charges comprises", "83600", source="Grille indiciaire, échelon moyen"),
            Money("epci", "running", "Véhicule partagé et déplacements", "7450", source="Devis de location longue durée"),
            Money("epci", "running", "Ordinateurs, téléphones et logiciels", "4180", source="Marché en cours"),
            Money("epci", "receipt", "Aide au démarrage", "12000", source="Courrier d’intention du département, à confirmer"),
            Money("31538", "avoided", "Remplacement par le centre de gestion", "3240", source="Facture de l’an dernier"),
            Money("31250", "avoided", "Heures complémentaires pendant les congés", "1860", source="Compte administratif"),
            Money("31229", "avoided", "Remplacement par le centre de gestion", unknown="non_communique"),
        ),
        people=(
            People("epci", "0", "2", note="Deux créations, à recruter", source="Tableau des effectifs"),
            People("31229", unknown="non_communique", note="La commune n’a pas encore répondu sur ses remplacements"),
        ),
        key="unit_price", tariffs=(("jour", "jour d’intervention", "265"),), usage="replacement", key_source="Prévision d’usage tirée des inventaires",
        positions=(
            ("31428", "yes_if", "Si le prix de la journée est annoncé avant le vote de notre budget."),
            ("31370", "yes_if", "À condition de pouvoir appeler pour une demi-journée seulement."),
            ("31406", "yes_if", "Sous réserve que les kilomètres soient compris dans le tarif."),
            ("31135", "no", "La ville assure ses propres remplacements."),
            ("31422", "later", "Après le départ en retraite de notre secrétaire, prévu dans deux ans."),
            ("31153", "yes_if", "Si la remplaçante connaît notre logiciel d’état civil."),
        ),
        leaning="warm",
        decisions=(
            (118, "Comité de pilotage", "La fiche est retenue. Le tarif à la journée comprend les déplacements, pour répondre à la condition posée par Palaminy."),
            (116, "Vice-présidence à la mutualisation", "La demi-journée est admise, au prix d’une demi-journée : la condition de Montégut-Bourjac est satisfaite."),
        ),
        documents=(("staff_impact_sheet", "Projet transmis au secrétariat du comité social territorial"),),
    ),
    Sheet(
        axis=1, title="Un réseau des secrétaires de mairie", theme="secretariat", space="secretariat", status="retained",
        summary="Une demi-journée par mois, des modèles communs et un numéro à appeler quand on bute.",
        context="""Chaque secrétaire refait seule ce que sa voisine a déjà écrit : la délibération sur les tarifs du cimetière, le règlement de la salle, la réponse à un recours gracieux.

Un premier échange a réuni vingt-deux personnes au printemps. Toutes ont demandé qu’il y en ait un deuxième.""",
        objectives="""- Ne plus rédiger seule un acte courant.
- Savoir qui appeler, pour chaque sujet, sur le territoire.
- Accueillir une nouvelle collègue en une matinée plutôt qu’en un trimestre.""",
        content="""Le réseau se réunit une demi-journée par mois, dans une mairie différente. L’ordre du jour est fixé par les participantes.

Une bibliothèque de modèles est tenue par deux volontaires. Chaque modèle porte la date de sa dernière relecture.

Un annuaire dit qui maîtrise quoi : marchés, urbanisme, élections, paye, cimetière.""",
        pilot_elected="Mairie de Gratens", pilot_technical="Secrétariat général de Poucharramet", partners="Centre de gestion",
        legal_form="informal", entry_exit="On y vient, on s’en retire : aucune inscription n’est demandée.",
        agents="Toutes les secrétaires qui le souhaitent, sur leur temps de travail avec l’accord de leur maire.",
        means="Une salle, un espace de travail partagé, six heures par mois de la cheffe de projet.", prerequisites="Une note des maires autorisant la demi-journée mensuelle.",
        risks="L’élan retombe si les réunions deviennent des réunions d’information descendante.", priority="medium",
        days={"study_on": -165, "start_on": -95, "review_on": 270},
        milestones=(("Deuxième rencontre du réseau", -100, True), ("Bibliothèque de vingt modèles", 40, False)),
        indicators=(("Participantes à chaque rencontre", "personnes", "22", "30"), ("Modèles relus dans l’année", "modèles", "0", "20")),
        residents=(("delay", "de réponse à une demande courante en mairie", "?", "3"),),
        money=(Money("epci", "running", "Accueil des rencontres et impression des modèles", "1380", source="Estimation de la direction"),),
        people=(People("epci", "0.5", "0.54", note="Six heures par mois de la cheffe de projet", source="Lettre de mission"),),
        positions=(
            ("31428", "yes", ""), ("31204", "yes", ""), ("31538", "yes", ""),
            ("31065", "yes_if", "Si les rencontres évitent la semaine de la paye."),
        ),
        leaning="warm",
        decisions=((121, "Comité de pilotage", "La fiche est retenue sans convention : aucune collectivité ne paie ni ne reçoit."),),
        documents=(("network_note", "Une page, lue à la deuxième rencontre"),),
    ),
    Sheet(
        axis=1, title="Une archiviste partagée entre les mairies", theme="secretariat", space="secretariat", status="study",
        summary="Savoir d’abord ce que contiennent les greniers, décider ensuite d’un poste.",
        context="Neuf communes ont signalé un fonds non classé et deux un dégât des eaux. Personne ne connaît le volume total.",
        objectives="- Mesurer les fonds de chaque mairie.\n- Comparer un poste partagé et des missions du centre de gestion.",
        content="Une étude de six mois, menée avec les archives départementales, qui se conclut par une note de quatre pages et deux hypothèses chiffrées.",
        pilot_elected="Mairie de Plagnole", pilot_technical="Direction générale des services", partners="Archives départementales, centre de gestion",
        risks="Un sinistre avant la fin de l’étude.", priority="low", days={"study_on": 30, "review_on": 210},
        milestones=(("Relevé des mètres linéaires", 60, False),),
        indicators=(("Fonds classés et inventoriés", "communes", "11", ""),), residents=(("delay", "pour retrouver un acte de plus de trente ans", "?", "?"),),
        people=(), money=(Money("epci", "running", "Mission de relevé par le centre de gestion", unknown="inconnu"),),
        positions=(("31370", "later", "Quand la toiture de la mairie sera payée."), ("31423", "yes", ""), ("31101", "no", "Notre fonds est classé depuis huit ans.")),
        leaning="cool",
    ),
    Sheet(
        axis=2, title="Instruire ensemble les autorisations d’urbanisme", theme="urbanisme", space="urbanisme", status="ready",
        summary="Un service commun de trois instructeurs : la mairie reçoit, le service instruit, le maire signe.",
        context="""L’État n’instruit plus pour les communes de la communauté. Aujourd’hui, cinq communes instruisent seules, trente-huit passent par une convention qui prend fin, cinq n’ont plus de solution écrite.

Un agent seul ne peut ni s’arrêter ni se former. Les délais vont de quinze à trente et un jours selon la commune et la saison.""",
        objectives="""- Répondre en vingt et un jours à une déclaration préalable complète.
- Ne plus laisser un dossier sans instructeur plus de trois jours.
- Publier chaque trimestre les délais, bons ou mauvais.""",
        content="""Le service commun réunit trois instructeurs : les deux de la communauté et le responsable de l’urbanisme de Poucharramet, pour la part de son temps qu’il y consacre.

- **La mairie** reçoit l’habitant, vérifie la liste des pièces et transmet sous deux jours.
- **Le service** demande les pièces, consulte, rédige la proposition.
- **Le maire** signe la décision et garde le dernier mot.""",
        pilot_elected="Vice-présidence à l’urbanisme", pilot_technical="Responsable de l’urbanisme de Poucharramet",
        partners="Centre de gestion, conseil d’architecture du département", legal_form="service_commun", provider="epci", payment="ac",
        entry_exit="Entrée au 1er janvier. Sortie après un an de préavis ; les dossiers déposés avant la sortie sont menés à leur terme.",
        agents="Deux agents de la communauté et un agent de Poucharramet, mis à disposition pour six dixièmes de son temps.",
        means="Trois postes de travail, un logiciel unique, une salle d’accueil à Rieumes.",
        prerequisites="Fiche d’impact, avis du comité social territorial, délibérations concordantes.",
        risks="Un pic de dépôts au printemps ; la reprise des dossiers en cours dans l’ancien logiciel.",
        priority="high", days={"study_on": -160, "test_on": 95, "start_on": 235, "review_on": 600},
        milestones=(("Liste de contrôle d’une page", -105, True), ("Choix du logiciel", 70, False), ("Ouverture du service", 235, False)),
        indicators=(("Délai moyen d’une déclaration préalable complète", "jours", "28", "21"), ("Dossiers incomplets au dépôt", "%", "46", "20"), ("Décisions tacites non voulues", "décisions", "7", "0")),
        residents=(("delay", "de réponse pour une déclaration préalable complète", "28", "21"), ("distance", "jusqu’au rendez-vous avec un instructeur", "31", "14"), ("hours", "d’accueil sur rendez-vous", "4", "12")),
        money=(
            Money("epci", "running", "Deux instructeurs en poste, charges comprises", "91200", source="Budget primitif"),
            Money("epci", "running", "Remboursement à Poucharramet de six dixièmes de poste", "27900", source="Fiche de paye, part employeur"),
            Money("epci", "running", "Logiciel, hébergement et assistance", "11640", source="Devis, licence annuelle"),
            Money("epci", "investment", "Reprise des dossiers en cours", "8500", source="Devis"),
            Money("epci", "avoided", "Convention actuelle d’instruction", "38400", source="Dernier état annuel"),
            Money("31435", "avoided", "Part de poste remboursée par le service commun", "27900", source="Budget communal"),
            Money("31299", "avoided", "Assistance juridique à l’instruction", "6200", source="Compte administratif"),
            Money("31324", "avoided", "Instruction par un bureau privé", unknown="non_communique"),
        ),
        people=(
            People("epci", "2", "2.6", note="0,60 mis à disposition par Poucharramet", source="Tableau des effectifs"),
            People("31435", "1", "0.4", note="0,60 mis à disposition, employeur inchangé", source="Inventaire de la commune"),
            People("31324", unknown="non_communique", note="Temps passé au guichet non mesuré"),
        ),
        key="unit_price", tariffs=(("dp", "déclaration préalable", "92"), ("pc", "permis de construire", "238"), ("cu", "certificat d’urbanisme", "46")),
        usage="planning", key_source="Registres des communes, moyenne des trois dernières années",
        positions=(
            ("31481", "yes_if", "Si le premier rendez-vous avec l’habitant reste en mairie."),
            ("31299", "yes_if", "Si nous récupérons nos données sans frais en cas de sortie."),
            ("31349", "yes_if", "Si le tarif par acte est fixé pour trois ans."),
            ("31135", "later", "Quand notre propre instructrice partira en retraite."),
            ("31065", "no", "Bérat instruit seule depuis vingt ans et souhaite continuer."),
            ("31204", "yes", ""), ("31435", "yes", ""), ("31454", "yes", ""),
        ),
        leaning="mixed",
        decisions=((113, "Groupe Urbanisme", "Le premier rendez-vous se tient en mairie, avec un instructeur en visite deux fois par mois si la mairie le demande."),),
        documents=(("staff_impact_sheet", "Version soumise au comité social territorial"), ("convention", "Troisième projet, relu par le groupe")),
    ),
    Sheet(
        axis=2, title="Un délégué à la protection des données pour toutes les mairies", theme="numerique", space="secretariat", status="ready",
        summary="Un poste aux trois cinquièmes, deux visites par an et des mentions prêtes à l’emploi.",
        context="La désignation d’un délégué est obligatoire pour une commune, quelle que soit sa taille. Vingt-six communes n’en ont pas déclaré, et la plupart des registres n’ont pas été rouverts depuis leur création.",
        objectives="- Un délégué déclaré partout.\n- Un registre relu deux fois par an avec la secrétaire.\n- Une réponse en deux jours en cas de fuite de données.",
        content="Le délégué de Cazères, à raison d’un jour par semaine aujourd’hui, devient délégué du territoire à trois jours. Il visite deux fois par an chaque commune de moins de mille habitants et tient une bibliothèque de mentions : cantine, cimetière, location de salle, vidéoprotection.",
        pilot_elected="Mairie de Cazères", pilot_technical="Direction générale des services de Cazères", partners="Autorité de contrôle, centre de gestion",
        legal_form="mad_service_down", provider="epci", payment="invoice",
        entry_exit="Adhésion par année civile, reconduite sans formalité.", agents="Un agent, aujourd’hui employé par Cazères, recruté par la communauté avec son accord.",
        means="Trois jours par semaine, un logiciel de registre, les déplacements.", prerequisites="Coût unitaire notifié avant le vote des budgets.",
        risks="Un poste isolé : prévoir un suppléant en cas d’absence longue.", priority="medium", days={"study_on": -140, "start_on": 130, "review_on": 500},
        milestones=(("Vingt mentions rédigées", 100, False), ("Première tournée achevée", 320, False)),
        indicators=(("Communes ayant déclaré un délégué", "communes", "22", "48"), ("Registres relus dans l’année", "registres", "6", "40")),
        residents=(("delay", "de réponse à une demande d’accès à ses données", "?", "15"),),
        money=(
            Money("epci", "running", "Trois cinquièmes de poste, charges comprises", "31800", source="Grille indiciaire"),
            Money("epci", "running", "Logiciel de registre et déplacements", "4350", source="Devis"),
            Money("31135", "avoided", "Un cinquième de poste aujourd’hui à la charge de la ville", "10400", source="Budget de la ville"),
        ),
        people=(People("epci", "0", "0.6", note="Recrutement par mutation, avec accord"), People("31135", "0.2", "0", note="Départ vers la communauté")),
        key="pro_rata", usage="population", key_source="Insee, population municipale 2023",
        positions=(
            ("31428", "yes_if", "Si la cotisation ne dépasse pas cent euros par an."),
            ("31481", "later", "À la fin de notre contrat avec un prestataire, dans dix-huit mois."),
            ("31250", "yes", ""), ("31101", "yes", ""),
        ),
        leaning="warm",
        decisions=((115, "Comité technique", "La visite porte en priorité sur les communes sans registre, puis sur celles qui filment un lieu public."),),
        documents=(("unit_cost", "Calculé sur le budget primitif, à notifier"),),
    ),
    Sheet(
        axis=2, title="Une aide pour lire et rédiger les marchés publics", theme="achats", space="cotech", status="idea",
        summary="Une idée née d’un marché de chemins resté sans réponse : être aidé avant de publier.",
        context="Trois communes ont dû relancer un marché l’an dernier, faute d’un cahier des charges lisible par les entreprises.",
        objectives="- Être relu avant publication.\n- Partager les clauses qui fonctionnent.",
        content="À préciser : une heure au téléphone chaque semaine, ou un acheteur partagé. Aucun chiffre n’est encore avancé.",
        pilot_elected="À désigner", pilot_technical="À désigner", positions=(("31193", "yes", ""), ("31349", "yes_if", "Si l’aide vaut aussi pour les petits travaux sans publicité.")), leaning="cool",
    ),
)  # fmt: skip
