"""Sheets of the first axis: town halls that stay open."""

from mosaique.demo.content.sheet import Money, People, Sheet

SHEETS: tuple[Sheet, ...] = (
    Sheet(
        axis=1,
        title="Remplacer une secrétaire de mairie absente",
        theme="secretariat",
        space="secretariat",
        status="retained",
        summary=(
            "Deux secrétaires itinérantes, portées par la communauté, interviennent dans les "
            "deux jours ouvrés qui suivent une absence."
        ),
        context=(
            "Trente et une des quarante-huit mairies n’ont qu’une secrétaire, souvent à temps "
            "très partiel. Une absence de trois semaines ferme la mairie : la paye part en "
            "retard, l’état civil attend, les mandats s’accumulent.\n\n"
            "Le centre de gestion propose des remplaçants, mais sous dix à quinze jours et sans "
            "connaissance des logiciels locaux. Huit communes y ont recouru l’an dernier ; cinq "
            "n’ont trouvé personne."
        ),
        objectives=(
            "- Rouvrir toute mairie fermée par une absence sous deux jours ouvrés.\n"
            "- Garantir trois actes en toutes circonstances : la paye, l’état civil, les mandats."
            "\n"
            "- Laisser à chaque secrétaire un mode d’emploi écrit de sa mairie."
        ),
        content=(
            "Deux postes de secrétaire générale de mairie itinérante sont créés à la communauté, "
            "avec un véhicule partagé.\n\n"
            "1. La mairie signale l’absence par un appel ou un courriel.\n"
            "2. La première matinée a lieu sous deux jours ouvrés ; le rythme ordinaire est de "
            "deux matinées par semaine.\n"
            "3. Hors remplacement, les itinérantes aident à rédiger les modes d’emploi et "
            "tiennent les modèles de délibérations.\n\n"
            "Le maire garde l’autorité sur le travail fait dans sa mairie pendant l’intervention."
        ),
        pilot_elected="Vice-présidence à la mutualisation",
        pilot_technical="Direction générale des services de la communauté",
        partners="Centre de gestion, réseau des secrétaires de mairie",
        legal_form="service_commun",
        provider="epci",
        payment="invoice",
        entry_exit=(
            "Entrée au 1er janvier ou au 1er juillet. Sortie après un préavis de six mois, sans "
            "pénalité la première année."
        ),
        agents="Deux recrutements. Aucun agent communal n’est transféré ni mis à disposition.",
        means=(
            "Deux postes de catégorie B, un véhicule, deux ordinateurs portables, un abonnement "
            "à chaque logiciel métier."
        ),
        prerequisites=(
            "Avis du comité social territorial sur la convention et la fiche d’impact. Mode "
            "d’emploi remis par chaque mairie."
        ),
        risks=(
            "La période de janvier à mars concentre les demandes : un ordre de priorité doit "
            "être écrit avant le démarrage."
        ),
        priority="high",
        days={"study_on": -150, "test_on": 60, "start_on": 220, "review_on": 590},
        milestones=(
            ("Convention type relue par les juristes", -120, True),
            ("Recrutement de la première itinérante", 150, False),
            ("Trente modes d’emploi remis", 210, False),
        ),
        indicators=(
            ("Délai entre l’appel et la première matinée", "jours ouvrés", "12", "2"),
            ("Mairies fermées plus d’une semaine dans l’année", "mairies", "9", "0"),
            ("Journées d’intervention par an", "jours", "", "260"),
        ),
        residents=(
            ("delay", "pour rouvrir une mairie fermée par une absence", "12", "2"),
            ("hours", "d’ouverture maintenus dans les plus petites mairies", "?", "6"),
        ),
        money=(
            Money(
                "epci",
                "running",
                "Deux postes de secrétaire itinérante, charges comprises",
                "83600",
                source="Grille indiciaire, échelon moyen",
            ),
            Money(
                "epci",
                "running",
                "Véhicule partagé et déplacements",
                "7450",
                source="Devis de location longue durée",
            ),
            Money(
                "epci", "running", "Ordinateurs, téléphones et logiciels", "4180", source="Marché en cours"
            ),
            Money(
                "epci",
                "receipt",
                "Aide au démarrage",
                "12000",
                source="Courrier d’intention du département, à confirmer",
            ),
            Money(
                "31538",
                "avoided",
                "Remplacement par le centre de gestion",
                "3240",
                source="Facture de l’an dernier",
            ),
            Money(
                "31250",
                "avoided",
                "Heures complémentaires pendant les congés",
                "1860",
                source="Compte administratif",
            ),
            Money("31229", "avoided", "Remplacement par le centre de gestion", unknown="non_communique"),
        ),
        people=(
            People("epci", "0", "2", note="Deux créations, à recruter", source="Tableau des effectifs"),
            People(
                "31229",
                unknown="non_communique",
                note="La commune n’a pas encore répondu sur ses remplacements",
            ),
        ),
        key="unit_price",
        tariffs=(("jour", "jour d’intervention", "265"),),
        usage="replacement",
        key_source="Prévision d’usage tirée des inventaires",
        positions=(
            ("31283", "yes", ""),
            ("31435", "yes", ""),
            ("31428", "yes_if", "Si le prix de la journée est annoncé avant le vote de notre budget."),
            ("31370", "yes_if", "À condition de pouvoir appeler pour une demi-journée seulement."),
            ("31406", "yes_if", "Sous réserve que les kilomètres soient compris dans le tarif."),
            ("31135", "no", "La ville assure ses propres remplacements."),
            ("31422", "later", "Après le départ en retraite de notre secrétaire, prévu dans deux ans."),
            ("31153", "yes_if", "Si la remplaçante connaît notre logiciel d’état civil."),
        ),
        leaning="warm",
        decisions=(
            (
                118,
                "Comité de pilotage",
                (
                    "La fiche est retenue. Le tarif à la journée comprend les déplacements, pour "
                    "répondre à la condition posée par Palaminy."
                ),
            ),
            (
                116,
                "Vice-présidence à la mutualisation",
                (
                    "La demi-journée est admise, au prix d’une demi-journée : la condition de "
                    "Montégut-Bourjac est satisfaite."
                ),
            ),
        ),
        documents=(("staff_impact_sheet", "Projet transmis au secrétariat du comité social territorial"),),
    ),
    Sheet(
        axis=1,
        title="Un réseau des secrétaires de mairie",
        theme="secretariat",
        space="secretariat",
        status="retained",
        summary="Une demi-journée par mois, des modèles communs et un numéro à appeler quand on bute.",
        context=(
            "Chaque secrétaire refait seule ce que sa voisine a déjà écrit : la délibération sur "
            "les tarifs du cimetière, le règlement de la salle, la réponse à un recours gracieux."
            "\n\n"
            "Un premier échange a réuni vingt-deux personnes au printemps. Toutes ont demandé "
            "qu’il y en ait un deuxième."
        ),
        objectives=(
            "- Ne plus rédiger seule un acte courant.\n"
            "- Savoir qui appeler, pour chaque sujet, sur le territoire.\n"
            "- Accueillir une nouvelle collègue en une matinée plutôt qu’en un trimestre."
        ),
        content=(
            "Le réseau se réunit une demi-journée par mois, dans une mairie différente. L’ordre "
            "du jour est fixé par les participantes.\n\n"
            "Une bibliothèque de modèles est tenue par deux volontaires. Chaque modèle porte la "
            "date de sa dernière relecture.\n\n"
            "Un annuaire dit qui maîtrise quoi : marchés, urbanisme, élections, paye, cimetière."
        ),
        pilot_elected="Mairie de Gratens",
        pilot_technical="Secrétariat général de Poucharramet",
        partners="Centre de gestion",
        bodies=("association", "cdg"),
        legal_form="informal",
        entry_exit="On y vient, on s’en retire : aucune inscription n’est demandée.",
        agents=(
            "Toutes les secrétaires qui le souhaitent, sur leur temps de travail avec l’accord de leur maire."
        ),
        means="Une salle, un espace de travail partagé, six heures par mois de la cheffe de projet.",
        prerequisites="Une note des maires autorisant la demi-journée mensuelle.",
        risks="L’élan retombe si les réunions deviennent des réunions d’information descendante.",
        priority="medium",
        days={"study_on": -165, "start_on": -95, "review_on": 270},
        milestones=(
            ("Deuxième rencontre du réseau", -100, True),
            ("Bibliothèque de vingt modèles", 40, False),
        ),
        indicators=(
            ("Participantes à chaque rencontre", "personnes", "22", "30"),
            ("Modèles relus dans l’année", "modèles", "0", "20"),
        ),
        residents=(("delay", "de réponse à une demande courante en mairie", "?", "3"),),
        money=(
            Money(
                "epci",
                "running",
                "Accueil des rencontres et impression des modèles",
                "1380",
                source="Estimation de la direction",
            ),
        ),
        people=(
            People(
                "epci",
                "0.5",
                "0.54",
                note="Six heures par mois de la cheffe de projet",
                source="Lettre de mission",
            ),
        ),
        positions=(
            ("31428", "yes", ""),
            ("31204", "yes", ""),
            ("31538", "yes", ""),
            ("31065", "yes_if", "Si les rencontres évitent la semaine de la paye."),
        ),
        leaning="warm",
        decisions=(
            (
                121,
                "Comité de pilotage",
                "La fiche est retenue sans convention : aucune collectivité ne paie ni ne reçoit.",
            ),
        ),
        documents=(("network_note", "Une page, lue à la deuxième rencontre"),),
    ),
    Sheet(
        axis=1,
        title="Une archiviste partagée entre les mairies",
        theme="secretariat",
        space="secretariat",
        status="study",
        summary="Savoir d’abord ce que contiennent les greniers, décider ensuite d’un poste.",
        context=(
            "Neuf communes ont signalé un fonds non classé et deux un dégât des eaux. Personne "
            "ne connaît le volume total."
        ),
        objectives=(
            "- Mesurer les fonds de chaque mairie.\n"
            "- Comparer un poste partagé et des missions du centre de gestion."
        ),
        content=(
            "Une étude de six mois, menée avec les archives départementales, qui se conclut par "
            "une note de quatre pages et deux hypothèses chiffrées."
        ),
        pilot_elected="Mairie de Plagnole",
        pilot_technical="Direction générale des services",
        partners="Archives départementales, centre de gestion",
        risks="Un sinistre avant la fin de l’étude.",
        priority="low",
        days={"study_on": 30, "review_on": 210},
        milestones=(("Relevé des mètres linéaires", 60, False),),
        indicators=(("Fonds classés et inventoriés", "communes", "11", ""),),
        residents=(("delay", "pour retrouver un acte de plus de trente ans", "?", "?"),),
        people=(),
        money=(Money("epci", "running", "Mission de relevé par le centre de gestion", unknown="inconnu"),),
        positions=(
            ("31370", "later", "Quand la toiture de la mairie sera payée."),
            ("31423", "yes", ""),
            ("31101", "no", "Notre fonds est classé depuis huit ans."),
        ),
        leaning="cool",
    ),
)
