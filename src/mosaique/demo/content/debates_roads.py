"""Debates of the group on roads and machines."""

from mosaique.demo.content.debate import Debate, Said

DEBATES: tuple[Debate, ...] = (
    Debate(
        "balayeuse",
        "voirie",
        "question",
        "Une balayeuse pour tous, ou deux plus petites ?",
        "Le choix du matériel et l’ordre des tournées",
        "Le comité de pilotage, sur proposition du groupe",
        "Le choix et son coût sont écrits dans la fiche 7",
        164,
        138,
        (
            Said(
                "technique",
                (
                    "L’inventaire compte deux balayeuses, à Cazères et à Rieumes, utilisées "
                    "quarante-cinq et trente-huit jours par an. Une seule machine de bonne taille "
                    "couvrirait vingt communes à raison d’un passage par mois. Qui connaît le terrain "
                    "peut-il me dire si c’est réaliste ?"
                ),
            ),
            Said(
                "voirie-cazeres",
                (
                    "Réaliste sur le papier. En vrai, une balayeuse passe trois jours par mois à "
                    "l’atelier et le marché de Cazères demande deux passages par semaine. Si elle est au "
                    "Fousseret le samedi matin, notre place reste sale."
                ),
                "reserve",
                9,
            ),
            Said(
                "agent",
                (
                    "Chez nous, à Lautignac, il y a quatre cents mètres de caniveaux. Un passage tous "
                    "les deux mois serait déjà un luxe, je le fais au balai de cantonnier."
                ),
                "pour",
                13,
            ),
            Said(
                "espaces-verts",
                (
                    "À Rieumes la machine a neuf ans et l’aspiration ne tire plus les feuilles. On ne "
                    "peut pas la compter comme une machine qui marche."
                ),
                "info",
                17,
            ),
            Said(
                "maire:31193",
                (
                    "Le bruit à six heures du matin, c’est moi qui reçois les appels. Je demande que les "
                    "horaires soient fixés avec les communes, pas par le planning de l’atelier."
                ),
                "reserve",
                20,
            ),
            Said(
                "mecanicien",
                (
                    "Deux compactes du même modèle valent mieux qu’une grosse : les pièces sont les "
                    "mêmes, et quand l’une est sur le pont l’autre roule. Je peux assurer l’entretien "
                    "des deux à Lherm si l’on me donne une demi-journée par semaine."
                ),
                "pour",
                11,
            ),
            Said(
                "technique",
                (
                    "La proposition de Lherm est la bonne. Je chiffre deux compactes, l’une basée à "
                    "Cazères, l’autre à Rieumes, entretenues à Lherm, avec un calendrier affiché en "
                    "mairie un mois à l’avance."
                ),
                "info",
                26,
            ),
        ),
        agreed=(
            "- Deux balayeuses compactes du même modèle, entretenues à l’atelier de Lherm.\n"
            "- Calendrier des passages affiché un mois à l’avance dans chaque mairie.\n"
            "- Horaires fixés avec chaque commune."
        ),
        pending="- Le prix de la journée dépend du nombre de communes qui entrent.",
        pour_into=7,
        answer=(
            "Le comité de pilotage suit le groupe : deux compactes, Cazères et Rieumes, atelier "
            "à Lherm. Le prix de la journée est calculé dans la fiche 7 d’après les vœux de "
            "chacun."
        ),
    ),
    Debate(
        "fauchage",
        "voirie",
        "question",
        "Fauchage des accotements : faut-il laisser faire les communes équipées ?",
        "L’organisation des tournées et les routes concernées",
        "Chaque commune, pour ses chemins",
        "La fiche 8 dit qui fauche quoi, et à quel prix",
        147,
        120,
        (
            Said(
                "voirie-cazeres",
                (
                    "Nous avons deux épareuses et un agent qui aime ce travail. Au printemps nous "
                    "passons devant des chemins d’autres communes sans baisser le bras. C’est un peu "
                    "absurde."
                ),
            ),
            Said(
                "maire:31349",
                (
                    "Tout à fait d’accord, et Mondavezan paierait volontiers le passage plutôt que de "
                    "louer une machine trois jours."
                ),
                "pour",
                8,
            ),
            Said(
                "agent",
                (
                    "Attention aux périodes : chez nous les orchidées sortent en mai et l’on a pris "
                    "l’habitude de ne faucher qu’un côté. Si quelqu’un d’autre vient, il faut le lui "
                    "dire."
                ),
                "reserve",
                14,
            ),
            Said(
                "espaces-verts",
                (
                    "On pourrait tenir une carte des fauches tardives, commune par commune. Je veux bien "
                    "la commencer, je l’ai déjà pour Rieumes."
                ),
                "pour",
                12,
            ),
            Said(
                "representante-du-personnel",
                (
                    "Qui encadre l’agent quand il travaille à vingt kilomètres de sa commune ? Et qui "
                    "paie s’il abîme un muret ?"
                ),
                "question",
                19,
            ),
            Said(
                "technique",
                (
                    "L’agent reste employé par sa commune et suit les instructions de la communauté "
                    "pendant la tournée : c’est une mise à disposition de service. L’assurance de la "
                    "communauté couvre les dommages, nous l’avons vérifié auprès de l’assureur."
                ),
                "info",
                23,
            ),
            Said(
                "maire:31422",
                (
                    "On se moque du monde : encore une usine à gaz inventée par des gens qui n’ont "
                    "jamais tenu une débroussailleuse, à commencer par le directeur."
                ),
                "contre",
                5,
                (
                    "Le désaccord a toute sa place ; l’attaque visant une personne, non. Vous pouvez "
                    "réécrire votre position sans viser quelqu’un."
                ),
            ),
            Said(
                "maire:31422",
                (
                    "Je reformule. Plagne fauche deux jours par an avec un voisin agriculteur, sans "
                    "convention et sans facture. Je ne vois pas ce qu’une organisation de plus nous "
                    "apporterait."
                ),
                "contre",
                16,
            ),
        ),
        answer=(
            "La fiche 8 reste en construction : elle ne sera pas soumise aux conseils cette "
            "fois-ci. Les communes qui s’arrangent déjà entre voisins continuent comme elles "
            "l’entendent."
        ),
    ),
    Debate(
        "pret-materiel",
        "voirie",
        "idea",
        "Un calendrier de prêt pour le podium, les barrières et les tentes",
        "L’idée et ses règles de prêt",
        "Le groupe Voirie et matériel",
        "Un essai dès la saison des fêtes, ou une raison de ne pas le faire",
        101,
        -30,
        (
            Said(
                "espaces-verts",
                (
                    "Tous les étés je reçois des coups de fil : « vous n’auriez pas des barrières samedi "
                    "? » Un calendrier partagé, avec qui a pris quoi et quand il le rend, nous "
                    "changerait la vie."
                ),
            ),
            Said(
                "maire:31370",
                (
                    "Montégut-Bourjac n’a rien à prêter mais emprunterait un podium une fois par an. "
                    "Sommes-nous les bienvenus quand même ?"
                ),
                "question",
                17,
            ),
            Said(
                "espaces-verts",
                (
                    "Bien sûr. Il faudrait seulement venir le chercher et le rendre propre, c’est tout "
                    "ce que l’on demande."
                ),
                "info",
                4,
            ),
            Said(
                "mecanicien",
                (
                    "Je demande une caution ou au moins une fiche d’état : le dernier podium est revenu "
                    "avec un plancher fendu et personne n’était au courant."
                ),
                "reserve",
                22,
            ),
            Said(
                "maire:31204",
                (
                    "À Fustignac, la fête se joue sur deux tentes. Si une commune plus grosse réserve "
                    "tout en janvier, nous n’aurons rien en août : prévoyez une limite par commune."
                ),
                "reserve",
                15,
            ),
            Said(
                "technique",
                (
                    "Règle proposée pour l’essai : réservation ouverte trois mois avant, deux lots au "
                    "plus par commune et par week-end, fiche d’état signée au départ et au retour."
                ),
                "info",
                33,
            ),
        ),
    ),
)
