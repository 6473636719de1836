"""Debates of the secretaries' group: replacements, archives, energy, personal data."""

from mosaique.demo.content.debate import Debate, Said

DEBATES: tuple[Debate, ...] = (
    Debate(
        "remplacement",
        "secretariat",
        "question",
        "Quand vous êtes absente, que se passe-t-il dans votre mairie ?",
        "Ce qui doit continuer pendant une absence, et ce qui peut attendre",
        "Le comité technique, puis le comité de pilotage",
        "La liste devient le cahier des charges de la fiche 1",
        176,
        150,
        (
            Said(
                "cheffe-de-projet",
                (
                    "Je prépare la fiche sur les remplacements. Avant d’écrire quoi que ce soit, "
                    "racontez-moi votre dernière absence : qui a ouvert, qui a payé les factures, "
                    "qu’est-ce qui a été perdu ?"
                ),
            ),
            Said(
                "secretaire:31538",
                (
                    "Trois semaines d’arrêt en février. La mairie a fermé, le maire a relevé le "
                    "courrier, et les payes sont parties avec deux jours de retard. La paye, c’est ce "
                    "qui ne doit jamais attendre."
                ),
                "info",
                11,
            ),
            Said(
                "secretaire:31153",
                (
                    "Chez nous personne d’autre n’a le mot de passe de l’état civil. Un décès pendant "
                    "mes congés et tout s’arrête, la famille attend."
                ),
                "info",
                9,
            ),
            Said(
                "secretaire",
                (
                    "À Lautignac le maire sait faire une attestation mais pas un mandat. Ce qu’il me "
                    "faudrait, ce n’est pas quelqu’un qui sait tout, c’est quelqu’un qui vienne deux "
                    "matinées et qui sache qui appeler."
                ),
                "pour",
                18,
            ),
            Said(
                "secretaire:31229",
                (
                    "Il manque un mode d’emploi de chaque mairie. Le jour où j’ai remplacé une collègue, "
                    "j’ai passé la matinée à chercher la clé du coffre et le numéro du prestataire "
                    "informatique."
                ),
                "info",
                14,
            ),
            Said(
                "secretaire-b",
                (
                    "D’accord avec Gratens. Une fiche de deux pages par mairie, tenue à jour, rangée au "
                    "même endroit chez tout le monde. Cela ne coûte rien et cela peut commencer demain."
                ),
                "pour",
                7,
            ),
            Said(
                "secretaire:31406",
                (
                    "Je veux bien aller remplacer ailleurs une fois par mois, mais pas si mon maire doit "
                    "payer mes kilomètres. Je le dis en riant à moitié."
                ),
                "reserve",
                20,
            ),
        ),
        agreed=(
            "- Paye, état civil et mandats ne doivent jamais attendre plus de deux jours.\n"
            "- Chaque mairie tient un mode d’emploi de deux pages.\n"
            "- Un remplacement commence par deux matinées par semaine."
        ),
        pending="- Les frais de déplacement des volontaires.",
        pour_into=1,
        answer=(
            "La liste est devenue le cahier des charges de la fiche 1. Les déplacements sont "
            "compris dans le tarif : aucune commune volontaire ne les paiera."
        ),
    ),
    Debate(
        "archives",
        "secretariat",
        "question",
        "Vos archives : qui peut dire où est le cadastre napoléonien ?",
        "L’état des fonds et l’aide attendue",
        "Le comité technique",
        "La fiche 3 dira si une archiviste partagée se justifie",
        112,
        -15,
        (
            Said(
                "secretaire:31423",
                (
                    "J’ouvre le sujet parce que la cave a pris l’eau à l’automne. Une partie des "
                    "registres de délibérations d’avant-guerre est gondolée. Je ne sais ni quoi jeter, "
                    "ni quoi sauver, ni à qui demander."
                ),
            ),
            Said(
                "dgs-cazeres",
                (
                    "Surtout ne jetez rien : une élimination demande le visa des archives "
                    "départementales. Appelez-les, elles se déplacent pour un sinistre."
                ),
                "info",
                5,
            ),
            Said(
                "secretaire:31101",
                (
                    "Cambernard a fait classer son fonds il y a huit ans par le centre de gestion. "
                    "Depuis, je retrouve un permis en deux minutes. Cela vaut largement la dépense."
                ),
                "pour",
                16,
            ),
            Said(
                "maire:31370",
                (
                    "Chez nous les archives sont dans trois armoires et un grenier. Tant que le toit "
                    "tient, mon conseil ne votera pas un euro là-dessus, soyons francs."
                ),
                "reserve",
                23,
            ),
            Said(
                "secretaire:31250",
                (
                    "Combien de mètres linéaires faut-il pour occuper une archiviste à mi-temps ? Si "
                    "quelqu’un a un chiffre, je mesure mes rayonnages ce soir."
                ),
                "question",
                12,
            ),
            Said(
                "cheffe-de-projet",
                (
                    "J’attends la réponse du centre de gestion. En attendant, indiquez vos mètres "
                    "linéaires à la louche dans l’inventaire, rubrique besoins : cela suffira pour "
                    "savoir si l’on parle d’un quart de poste ou d’un poste entier."
                ),
                "info",
                26,
            ),
        ),
    ),
    Debate(
        "electricite",
        "secretariat",
        "question",
        "Groupement d’achat d’électricité : qui a un contrat qui finit l’an prochain ?",
        "Les communes partantes et la date de la consultation",
        "Chaque conseil, qui adhère ou non",
        "Une consultation commune si dix communes au moins répondent",
        143,
        110,
        (
            Said(
                "cheffe-de-projet",
                (
                    "L’inventaire montre vingt-deux contrats d’électricité qui finissent dans les douze "
                    "mois. Ensemble, nous pouvons négocier ; séparément, chacun subira le tarif du "
                    "moment. Qui est prêt à déléguer la consultation ?"
                ),
            ),
            Said(
                "secretaire:31229",
                (
                    "Gratens est partante. Notre contrat finit en décembre et le préavis est de deux "
                    "mois, j’ai failli laisser passer la date l’an dernier."
                ),
                "pour",
                10,
            ),
            Said(
                "secretaire:31538",
                (
                    "Nous aussi, mais notre salle des fêtes a un abonnement que personne ne comprend. "
                    "Faut-il l’inclure ou la laisser de côté ?"
                ),
                "question",
                13,
            ),
            Said(
                "finances",
                (
                    "Incluez tout, même les petits compteurs : c’est le volume qui fait le prix. Je vous "
                    "envoie un tableau à remplir avec le numéro de chaque point de livraison."
                ),
                "info",
                8,
            ),
            Said(
                "secretaire:31153",
                (
                    "Couladère adhère déjà au groupement du syndicat d’énergie jusqu’à l’année suivante. "
                    "Nous ne pouvons pas être dans deux achats à la fois."
                ),
                "info",
                21,
            ),
            Said(
                "maire:31065",
                (
                    "Bérat demande que le cahier des charges exige une part d’électricité renouvelable. "
                    "Pas pour la galerie : nous avons voté un engagement en ce sens."
                ),
                "reserve",
                17,
            ),
            Said(
                "finances",
                (
                    "Ce sera une option chiffrée à part, que chaque conseil prendra ou non. Une commune "
                    "qui n’en veut pas ne paiera pas pour les autres."
                ),
                "info",
                9,
            ),
        ),
        answer=(
            "Dix-neuf communes sont partantes. La consultation est préparée par la communauté, "
            "avec une option renouvelable chiffrée séparément ; les communes liées au syndicat "
            "d’énergie pourront rejoindre à l’échéance suivante."
        ),
    ),
    Debate(
        "donnees-personnelles",
        "secretariat",
        "question",
        "RGPD : qui tient vraiment son registre ?",
        "Les difficultés, sans jugement",
        "Le comité technique",
        "La fiche 5 prévoit les visites en fonction de ce qui est dit ici",
        126,
        100,
        (
            Said(
                "secretaire:31250",
                (
                    "Je commence, puisqu’il faut bien. Notre registre date du modèle envoyé il y a six "
                    "ans, je ne l’ai jamais rouvert, et la liste électorale traîne sur une clé."
                ),
            ),
            Said(
                "secretaire:31101",
                (
                    "Merci de votre franchise. Ici il n’existe pas du tout, et je ne sais pas si la "
                    "vidéo du local des associations doit y figurer."
                ),
                "info",
                12,
            ),
            Said(
                "dgs-cazeres",
                (
                    "Elle doit y figurer, avec la durée de conservation et l’affichage à l’entrée. Nous "
                    "avons un délégué à Cazères, à raison d’un jour par semaine : il serait d’accord "
                    "pour élargir."
                ),
                "info",
                10,
            ),
            Said(
                "secretaire-b",
                (
                    "Élargir à combien de communes ? Un jour par semaine pour quarante-huit mairies, "
                    "cela ferait une visite tous les deux ans."
                ),
                "question",
                15,
            ),
            Said(
                "dgs",
                (
                    "La fiche prévoit un poste aux trois cinquièmes et deux visites par an dans les "
                    "communes de moins de mille habitants. Ce n’est pas du luxe, mais le registre serait "
                    "enfin tenu."
                ),
                "info",
                19,
            ),
            Said(
                "secretaire",
                (
                    "Ce qui m’aiderait le plus, ce sont des mentions toutes prêtes pour nos formulaires "
                    ": cantine, salle des fêtes, cimetière. Le registre, je peux m’y mettre, mais pas "
                    "rédiger."
                ),
                "pour",
                24,
            ),
        ),
        answer=(
            "La fiche 5 prévoit deux visites par an et une vingtaine de mentions prêtes à "
            "copier. Les communes qui filment un lieu public seront vues les premières."
        ),
    ),
)
