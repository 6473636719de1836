"""Sheets of the last two axes: machines and workshops, purchases."""

from mosaique.demo.content.sheet import Money, People, Sheet

SHEETS: tuple[Sheet, ...] = (
    Sheet(
        axis=3,
        title="Deux balayeuses et un broyeur au service des communes",
        theme="technique",
        space="voirie",
        status="retained",
        summary="La communauté achète, les communes réservent à la journée, l’atelier de Lherm entretient.",
        context=(
            "Deux communes possèdent une balayeuse, utilisée moins de cinquante jours par an et "
            "souvent en panne. Quatorze en louent une avant leur fête, à un prix qui a presque "
            "doublé.\n\n"
            "Le broyage des tailles de haies se fait encore au feu ou à la déchetterie, faute "
            "d’engin."
        ),
        objectives=(
            "- Un passage de balayeuse par mois dans les bourgs qui le souhaitent.\n"
            "- Un broyeur disponible d’octobre à mars.\n"
            "- Des machines entretenues par des gens dont c’est le métier."
        ),
        content=(
            "La communauté achète deux balayeuses compactes et un broyeur, et les met à "
            "disposition selon un règlement.\n\n"
            "Le calendrier est affiché un mois à l’avance dans chaque mairie. La machine vient "
            "avec son conducteur pour la balayeuse, sans conducteur pour le broyeur si l’agent "
            "communal est formé."
        ),
        pilot_elected="Vice-présidence à la voirie",
        pilot_technical="Direction des services techniques",
        partners="Atelier municipal de Lherm",
        legal_form="shared_assets",
        provider="epci",
        payment="invoice",
        entry_exit="Aucun engagement de durée : on paie les journées réservées.",
        agents=(
            "Un conducteur recruté par la communauté. Une demi-journée par semaine d’un mécanicien de Lherm."
        ),
        means="Deux balayeuses, un broyeur, une remorque, un abri à Cazères et un à Rieumes.",
        prerequisites="Règlement de mise à disposition voté par le conseil communautaire.",
        risks="Une panne en période de fêtes ; un prix de journée trop haut si peu de communes réservent.",
        priority="high",
        days={"study_on": -155, "test_on": 120, "start_on": 245, "review_on": 610},
        milestones=(
            ("Essai d’une compacte prêtée par le constructeur", -108, True),
            ("Consultation des fournisseurs", 80, False),
            ("Première tournée", 245, False),
        ),
        indicators=(
            ("Jours d’usage par machine et par an", "jours", "41", "150"),
            ("Communes servies", "communes", "2", "20"),
            ("Volume broyé plutôt que porté en déchetterie", "m³", "", "600"),
        ),
        residents=(
            ("hours", "de balayage dans les bourgs servis", "1", "4"),
            ("distance", "pour déposer des branches à broyer", "12", "3"),
        ),
        money=(
            Money(
                "epci",
                "investment",
                "Deux balayeuses compactes et un broyeur",
                "236000",
                source="Moyenne de trois catalogues",
            ),
            Money("epci", "running", "Conducteur, charges comprises", "38900", source="Grille indiciaire"),
            Money(
                "epci",
                "running",
                "Carburant, entretien et assurance",
                "21700",
                source="Comptes de Cazères et de Rieumes, extrapolés",
            ),
            Money(
                "epci",
                "running",
                "Demi-journée hebdomadaire du mécanicien de Lherm",
                "6150",
                source="Fiche de paye, part employeur",
            ),
            Money(
                "31135",
                "avoided",
                "Entretien et assurance de la balayeuse municipale",
                "9800",
                source="Compte administratif",
            ),
            Money(
                "31454",
                "avoided",
                "Entretien et assurance de la balayeuse municipale",
                "7350",
                source="Compte administratif",
            ),
            Money("31193", "avoided", "Locations avant les fêtes", "1920", source="Factures"),
            Money(
                "31299",
                "avoided",
                "Heures du mécanicien remboursées",
                "6150",
                source="Fiche de paye, part employeur",
            ),
        ),
        people=(
            People("epci", "0", "1", note="Un conducteur à recruter", source="Tableau des effectifs"),
            People("31299", "1", "0.9", note="Une demi-journée par semaine pour l’atelier commun"),
            People("31454", unknown="refuse", note="La commune attend l’avis de ses agents"),
        ),
        key="unit_price",
        tariffs=(("balayeuse", "journée de balayeuse", "390"), ("broyeur", "journée de broyeur", "145")),
        usage="machines",
        key_source="Vœux exprimés dans les inventaires",
        positions=(
            ("31435", "yes", ""),
            ("31324", "yes_if", "Si un passage a lieu la veille du marché de la poterie."),
            ("31193", "yes_if", "Si personne ne balaie avant sept heures et demie."),
            ("31422", "no", "Nous n’avons ni caniveau ni marché."),
            ("31135", "yes_if", "À condition qu’une des deux machines dorme à Cazères."),
            ("31454", "yes", ""),
            ("31283", "later", "Quand nous aurons vu le premier calendrier des tournées."),
        ),
        leaning="mixed",
        decisions=(
            (
                117,
                "Comité de pilotage",
                (
                    "Deux machines compactes sont préférées à une grosse. L’une est basée à Cazères, "
                    "l’autre à Rieumes."
                ),
            ),
            (
                114,
                "Direction des services techniques",
                "Aucune tournée ne commence avant sept heures et demie dans les bourgs.",
            ),
        ),
        documents=(("asset_rules", "Projet de règlement, huit articles"),),
    ),
    Sheet(
        axis=3,
        title="Faucher les accotements par secteur",
        theme="technique",
        space="voirie",
        status="building",
        summary=(
            "Les communes équipées fauchent aussi pour leurs voisines, sur les voies d’intérêt communautaire."
        ),
        context=(
            "Six communes possèdent une épareuse. Sept kilomètres de voies communautaires sont "
            "fauchés par une entreprise, alors que les engins communaux passent à côté."
        ),
        objectives=(
            "- Deux passages par an sur chaque voie communautaire.\n"
            "- Une carte des fauches tardives, respectée par tous."
        ),
        content=(
            "Cazères, Lherm et Le Fousseret mettent leur équipe à disposition de la communauté "
            "pour les voies communautaires de leur secteur. Le travail est payé au kilomètre "
            "fauché, au coût réel."
        ),
        pilot_elected="Mairie de Mondavezan",
        pilot_technical="Équipe voirie de Cazères",
        partners="Association de botanistes du canton",
        legal_form="mad_service_up",
        provider="31135",
        beneficiary="epci",
        payment="invoice",
        entry_exit="Par saison, d’avril à octobre.",
        agents="Trois conducteurs, pour une part de leur temps, sous leur employeur actuel.",
        means="Trois épareuses existantes, du carburant, une carte.",
        prerequisites="Coût au kilomètre calculé par chaque commune prestataire.",
        risks="Une saison humide double le nombre de passages.",
        priority="medium",
        days={"study_on": -130, "test_on": 160, "start_on": 310},
        milestones=(("Carte des fauches tardives", 110, False),),
        indicators=(("Voies communautaires fauchées en régie", "km", "0", "64"),),
        residents=(("delay", "pour dégager un carrefour signalé", "10", "3"),),
        money=(
            Money(
                "epci",
                "running",
                "Remboursement au kilomètre des trois équipes",
                "24300",
                source="Hypothèse : 64 kilomètres, deux passages",
            ),
            Money(
                "epci", "avoided", "Marché de fauchage actuel", "29500", source="Dernière facture annuelle"
            ),
            Money("31299", "running", "Usure supplémentaire de l’épareuse", unknown="inconnu"),
        ),
        people=(
            People("epci", unknown="inconnu"),
            People("31135", "3", "2.7", note="0,30 pour la communauté pendant la saison"),
        ),
        positions=(
            ("31349", "yes", ""),
            ("31422", "no", "Un agriculteur de la commune s’en charge bien."),
            ("31283", "yes_if", "Si le côté des orchidées reste debout jusqu’en juillet."),
            ("31193", "later", "Notre épareuse doit d’abord être remplacée."),
            ("31204", "yes_if", "Si l’on nous prévient la veille."),
        ),
        leaning="mixed",
        decisions=(
            (
                111,
                "Groupe Voirie et matériel",
                "La carte des fauches tardives est tenue par les agents, pas par un bureau d’études.",
            ),
        ),
    ),
    Sheet(
        axis=4,
        title="Acheter l’électricité ensemble",
        theme="achats",
        space="secretariat",
        status="ready",
        summary=(
            "Un groupement de commandes pour les bâtiments et l’éclairage, avec une part "
            "renouvelable en option."
        ),
        context=(
            "Vingt-deux contrats finissent dans les douze mois. Les prix obtenus séparément l’an "
            "dernier allaient du simple au double pour des consommations semblables."
        ),
        objectives=(
            "- Une seule consultation, deux mois avant l’échéance.\n"
            "- Des factures lisibles par la secrétaire.\n"
            "- Une option renouvelable chiffrée à part."
        ),
        content=(
            "La communauté coordonne le groupement : elle recueille les points de livraison, "
            "rédige le cahier des charges et attribue. Chaque commune signe et paie son propre "
            "contrat."
        ),
        pilot_elected="Mairie de Bérat",
        pilot_technical="Responsable des finances de la communauté",
        partners="Syndicat départemental d’énergie",
        bodies=("cias", "syndicat"),
        paying=(("cias", "60"), ("syndicat", "")),
        legal_form="purchasing_group",
        provider="epci",
        payment="",
        entry_exit="Adhésion avant la publication, pour la durée du marché.",
        agents="Aucun effet : le travail est fait par le service des finances en place.",
        means="Quinze jours de préparation, une annonce légale.",
        prerequisites="Convention constitutive signée par chaque membre.",
        risks="Un marché de l’énergie agité le jour de l’ouverture des offres.",
        priority="high",
        days={"study_on": -145, "start_on": 170, "review_on": 900},
        milestones=(
            ("Tableau des points de livraison", -112, True),
            ("Publication de l’avis", 60, False),
            ("Première livraison", 170, False),
        ),
        indicators=(
            ("Communes membres du groupement", "communes", "0", "25"),
            ("Écart entre le prix le plus haut et le plus bas", "%", "97", "0"),
        ),
        residents=(),
        money=(
            Money(
                "epci",
                "running",
                "Annonce et analyse des offres",
                "3900",
                source="Estimation du service des finances",
            ),
            Money(
                "31065",
                "avoided",
                "Baisse attendue de la facture",
                "8600",
                source="Hypothèse prudente : cinq pour cent",
            ),
            Money(
                "31229",
                "avoided",
                "Baisse attendue de la facture",
                "2150",
                source="Même hypothèse, facture de l’an dernier",
            ),
            Money("31538", "avoided", "Baisse attendue de la facture", unknown="non_communique"),
        ),
        people=(People("epci", "0.3", "0.3", note="Sans effet : travail du service en place"),),
        key="flat",
        positions=(
            ("31065", "yes_if", "Si le cahier des charges comporte une option renouvelable."),
            ("31153", "later", "À la fin de notre adhésion au syndicat d’énergie."),
            ("31229", "yes", ""),
            ("31538", "yes", ""),
            ("31283", "yes", ""),
            ("31135", "yes_if", "Si l’éclairage public fait l’objet d’un lot séparé."),
        ),
        leaning="warm",
        decisions=(
            (
                112,
                "Comité de pilotage",
                (
                    "L’éclairage public forme un lot distinct, et la part renouvelable une option de "
                    "chaque lot."
                ),
            ),
        ),
        documents=(("convention", "Convention constitutive, projet à signer"),),
    ),
    Sheet(
        axis=4,
        title="Une cuisine centrale pour les écoles",
        theme="enfance",
        space="cotech",
        status="dropped",
        summary="Réunir la préparation des repas de onze écoles dans un seul lieu.",
        context=(
            "Onze communes servent des repas livrés par trois prestataires. Le pain et les "
            "légumes viennent parfois de deux cents kilomètres."
        ),
        objectives="- Des repas préparés sur place.\n- Un prix égal pour toutes les familles.",
        content=(
            "Construire une cuisine de huit cents repas par jour à Rieumes, avec une livraison "
            "en liaison froide."
        ),
        pilot_elected="Mairie de Rieumes",
        pilot_technical="Service enfance de la communauté",
        risks="Un investissement lourd avant toute économie.",
        priority="low",
        days={"study_on": -148},
        money=(
            Money(
                "epci",
                "investment",
                "Construction et équipement",
                "2400000",
                source="Ratio d’un bureau d’études, à vérifier",
            ),
        ),
        positions=(
            ("31454", "yes", ""),
            ("31324", "no", "Nos enfants mangent déjà bien, cuisinés à l’école."),
            ("31299", "later", "Pas avant la fin du contrat en cours."),
            ("31193", "no", "L’emprunt nous mènerait trop loin."),
        ),
        leaning="cool",
        dropped=(
            "Huit des onze communes concernées préfèrent garder leur cuisine ou leur "
            "prestataire. L’achat groupé de denrées locales sera étudié à part."
        ),
    ),
)
