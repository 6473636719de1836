"""Plausible lines of inventories, by size of commune. Drawn, never told of a real town hall."""

#: mission, filière, catégorie, statut, ETP prévus (choices drawn from)
SMALL_POSTS = (
    ("Secrétariat général de mairie", "administrative", "B", "titulaire", ("0,40", "0,50", "0,60")),
    ("Entretien des chemins et des bâtiments", "technique", "C", "titulaire", ("0,40", "0,50", "0,80")),
)
MIDDLE_POSTS = (
    ("Secrétariat général de mairie", "administrative", "B", "titulaire", ("0,80", "1,00")),
    ("Accueil et agence postale", "administrative", "C", "titulaire", ("0,50", "0,60")),
    ("Agent polyvalent, voirie et espaces verts", "technique", "C", "titulaire", ("1,00",)),
    ("Entretien des locaux et de l’école", "technique", "C", "cdd", ("0,45", "0,57")),
    ("Assistance en classe maternelle", "medico_sociale", "C", "titulaire", ("0,80", "0,90")),
)
LARGE_POSTS = (
    ("Direction générale des services", "administrative", "A", "titulaire", ("1,00",)),
    ("Comptabilité et paye", "administrative", "B", "titulaire", ("1,00",)),
    ("État civil et élections", "administrative", "C", "titulaire", ("1,00",)),
    ("Urbanisme et affaires foncières", "administrative", "B", "titulaire", ("0,80", "1,00")),
    ("Responsable des ateliers", "technique", "B", "titulaire", ("1,00",)),
    ("Équipe voirie, groupe de trois postes", "technique", "C", "titulaire", ("3,00 groupe",)),
    ("Espaces verts et fleurissement", "technique", "C", "titulaire", ("1,00",)),
    ("Restauration scolaire, groupe de deux postes", "technique", "C", "titulaire", ("1,60 groupe",)),
    ("Animation périscolaire", "animation", "C", "cdd", ("0,60", "0,70")),
    ("Bibliothèque", "culturelle", "C", "titulaire", ("0,50", "0,80")),
    ("Police municipale", "police", "C", "titulaire", ("1,00",)),
)
#: désignation, famille, jours par an, entretien, prêtable
EQUIPMENT = (
    ("Tracteur de 75 chevaux", "tracteur", (40, 110), (900, 2600), "conditions"),
    ("Tracteur de 90 chevaux avec chargeur", "tracteur", (60, 130), (1400, 3200), "conditions"),
    ("Épareuse à bras de cinq mètres", "epareuse", (12, 32), (700, 1900), "conditions"),
    ("Tondeuse autoportée, coupe d’un mètre vingt", "tondeuse", (30, 60), (180, 620), "non"),
    ("Benne de trois tonnes et demie", "camion", (50, 160), (800, 2100), "conditions"),
    ("Fourgon d’atelier", "camion", (120, 210), (600, 1700), "non"),
    ("Barrières de sécurité, lot de trente", "barrieres", (4, 14), (0, 60), "oui"),
    ("Tables et bancs, vingt ensembles", "autre", (10, 30), (0, 90), "oui"),
    ("Tente de huit mètres sur cinq", "chapiteaux", (3, 9), (40, 160), "oui"),
    ("Podium démontable de vingt-quatre mètres carrés", "podium", (3, 11), (80, 260), "conditions"),
    ("Enceintes et deux micros", "sonorisation", (5, 18), (0, 120), "oui"),
    ("Lame de déneigement", "deneigement", (0, 5), (30, 110), "conditions"),
    ("Broyeur de végétaux, branches de dix centimètres", "broyeur", (6, 22), (250, 700), "conditions"),
    ("Traceur de plans", "impression", (15, 60), (150, 420), "non"),
    ("Minibus de neuf places", "minibus", (40, 120), (500, 1300), "conditions"),
)
SWEEPERS = {
    "31135": ("Balayeuse de voirie, deux mètres cubes", 45, 9800),
    "31454": ("Balayeuse de voirie, neuf ans", 38, 7350),
}
#: objet, famille, fournisseurs inventés, montant par habitant en centimes (au moins un minimum)
CONTRACTS = (
    (
        "Électricité des bâtiments et de l’éclairage",
        "electricite",
        ("Énergie des Coteaux", "Watt et Garonne"),
        2600,
        1900,
    ),
    (
        "Assurance des bâtiments et de la responsabilité",
        "assurances",
        ("Mutuelle des Vallées", "Assurances du Savès"),
        900,
        1100,
    ),
    ("Téléphone et accès internet", "telephonie", ("Télécom Terrefort", "Réseau Lauragais"), 320, 780),
    (
        "Location et entretien du copieur",
        "copieurs",
        ("Copie Service Muret", "Bureautique Volvestre"),
        260,
        640,
    ),
    ("Logiciels de mairie", "logiciels", ("Logimairie Sud", "Atelier numérique du Comminges"), 520, 1350),
    ("Vérification des installations électriques", "controles", ("Contrôle Occitan",), 180, 310),
    ("Gaz de l’école et de la salle", "gaz", ("Gaz des Terrasses",), 1500, 2400),
    (
        "Repas de la cantine livrés",
        "repas",
        ("Cuisine des Trois Rivières", "La Table d’Écoliers"),
        4100,
        6200,
    ),
    ("Ménage des salles communales", "menage", ("Propre et Net du Touch",), 700, 950),
)
#: thème, besoin, priorité, précision, offre, payer
NEEDS = (
    ("secretariat", "occasionnel", "1", "Un remplacement pendant les congés d’été", "", "selon"),
    ("secretariat", "permanent", "1", "Une demi-journée par semaine pour les dossiers de fond", "", "oui"),
    ("urbanisme", "permanent", "1", "Un avis sûr avant de répondre aux habitants", "", "oui"),
    ("urbanisme", "occasionnel", "2", "Relire un dossier difficile", "Une salle de permanence", "selon"),
    ("achats", "occasionnel", "2", "Un cahier des charges relu avant publication", "", "selon"),
    ("numerique", "permanent", "2", "Quelqu’un à appeler quand l’ordinateur tombe en panne", "", "oui"),
    ("numerique", "occasionnel", "1", "Tenir le registre des traitements", "", "selon"),
    (
        "technique",
        "occasionnel",
        "1",
        "Une balayeuse une fois par mois",
        "Un abri fermé pour une machine",
        "selon",
    ),
    (
        "technique",
        "occasionnel",
        "3",
        "Un bras pour élaguer les platanes",
        "Deux journées d’agent en hiver",
        "non",
    ),
    ("juridique", "occasionnel", "2", "Vérifier une délibération avant la séance", "", "selon"),
    ("rh", "aucun", "3", "", "Un modèle d’entretien professionnel", "non"),
    ("enfance", "occasionnel", "2", "Remplacer une animatrice le mercredi", "", "oui"),
    ("culture", "aucun", "3", "", "Prêter la salle des fêtes hors saison", "non"),
    ("transition", "occasionnel", "3", "Savoir par quel bâtiment commencer l’isolation", "", "selon"),
    ("finances", "occasionnel", "2", "Comparer deux offres de prêt", "", "non"),
)

#: Invented software and houses: (function, name, least price, workstations).
SOFTWARE = (
    ("finances", "Comptabilité Garonne", 640, 1), ("paie", "Paie Garonne", 410, 1), ("etat_civil", "Registre Volvestre", 280, 1),
    ("sauvegarde", "Copie de nuit", 120, 1), ("urbanisme", "Droits des sols en ligne", 350, 1),
)  # fmt: skip
SOFTWARE_SELLERS = ("Garonne Logiciels", "Syndicat numérique du Sud", "Atelier des mairies")
#: (what is counted, how many a year for a hundred thousand inhabitants, where the number comes from).
VOLUMES = (
    ("permis", 900, "releve"), ("declarations", 2200, "releve"), ("factures", 62_000, "logiciel"), ("paies", 9_500, "logiciel"),
    ("voirie", 3_900, "estime"), ("eleves", 9_000, "releve"),
)  # fmt: skip
