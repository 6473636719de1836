"""Debates of the COPIL: mayors and the president."""

from mosaique.demo.content.debate import Debate, Said

DEBATES: tuple[Debate, ...] = (
    Debate(
        "methode",
        "copil",
        "question",
        "Comment travailler sans que les grandes communes décident pour les petites ?",
        "La méthode de travail et le rythme des réunions",
        "Le comité de pilotage",
        "La méthode retenue ouvre le rapport, avec ce qui a été écarté et pourquoi",
        196,
        172,
        (
            Said(
                "presidente",
                (
                    "Avant de parler de balayeuse ou de logiciels, je voudrais que nous nous mettions "
                    "d’accord sur la façon de faire. Quarante-huit communes, des situations très "
                    "différentes, et un schéma que rien ne nous oblige à adopter : il ne vaudra que si "
                    "chacun s’y reconnaît. Qu’est-ce qui vous ferait dire, dans six mois, que votre "
                    "commune a été écoutée ?"
                ),
            ),
            Said(
                "maire:31428",
                (
                    "À Polastron nous sommes soixante-dix. Je n’ai ni directeur ni service, j’ai une "
                    "secrétaire le mardi matin. Si les groupes se réunissent à Cazères à quatorze heures "
                    "en semaine, autant dire que je n’y serai jamais."
                ),
                "reserve",
                9,
            ),
            Said(
                "maire:31135",
                (
                    "Cazères porte déjà beaucoup de charges de centralité et je ne veux pas d’un schéma "
                    "payé par le bourg. Mais je suis prêt à ce que les réunions tournent, y compris dans "
                    "les salles des petites communes."
                ),
                "pour",
                30,
            ),
            Said(
                "maire:31204",
                (
                    "Une demande simple : que les documents arrivent dix jours avant, imprimables, et "
                    "que l’on puisse répondre par écrit quand on ne peut pas venir. Tout le reste suivra."
                ),
                "pour",
                18,
            ),
            Said(
                "maire:31065",
                (
                    "Je propose que chaque fiche dise en une ligne ce qu’elle change pour une commune de "
                    "cent habitants et pour une commune de trois mille. On verra vite si l’on parle de "
                    "la même chose."
                ),
                "pour",
                26,
            ),
            Said(
                "maire:31370",
                (
                    "Je soutiens la proposition de Bérat. J’ajoute que « plus tard » doit être une vraie "
                    "réponse : mon conseil n’a pas à choisir entre tout prendre et passer pour un "
                    "mauvais élève."
                ),
                "pour",
                12,
            ),
            Said(
                "cheffe-de-projet",
                (
                    "Je retiens quatre choses : réunions tournantes à dix-huit heures trente, documents "
                    "dix jours avant, réponse écrite possible, et quatre réponses par fiche (oui, oui "
                    "si, plus tard, non). Je les écris dans la méthode si personne ne s’y oppose d’ici "
                    "vendredi."
                ),
                "info",
                40,
            ),
            Said(
                "maire:31422",
                (
                    "Pas d’opposition à Plagne. Pensez seulement que la fibre n’est pas encore chez tout "
                    "le monde : un courrier papier reste utile."
                ),
                "info",
                22,
            ),
        ),
        answer=(
            "La méthode est adoptée par le comité de pilotage : réunions qui tournent entre "
            "Cazères, Rieumes et les petites communes, documents dix jours avant, réponse écrite "
            "toujours possible, « plus tard » admis sans justification."
        ),
    ),
    Debate(
        "partage-couts",
        "copil",
        "question",
        "Population, usage ou part égale : comment partager les coûts ?",
        "La règle de partage proposée pour chaque type de service",
        "Le comité de pilotage, puis chaque conseil par convention",
        "La règle retenue est chiffrée commune par commune dans chaque fiche",
        158,
        128,
        (
            Said(
                "finances",
                (
                    "Pour préparer les fiches, j’ai besoin de savoir quelle logique vous préférez. La "
                    "population est simple mais elle fait payer ceux qui n’utilisent pas ; l’usage est "
                    "juste mais il faut compter ; la part égale pèse sur les plus petits. Trois "
                    "simulations sont jointes aux fiches 1, 4 et 7."
                ),
                "info",
            ),
            Said(
                "maire:31299",
                (
                    "À Lherm nous instruisons beaucoup de permis : nous sommes prêts à payer à l’acte, "
                    "pas au nombre d’habitants. Sinon les communes qui ne construisent plus paieront "
                    "pour nous, et elles auraient raison de refuser."
                ),
                "pour",
                15,
            ),
            Said(
                "maire:31349",
                (
                    "Mondavezan est d’accord pour l’usage, à une condition : que le tarif soit connu "
                    "avant le vote du budget et qu’il ne bouge pas en cours d’année."
                ),
                "reserve",
                28,
            ),
            Said(
                "maire:31428",
                (
                    "Une part égale de deux mille euros, c’est huit pour cent de ce que je peux dépenser "
                    "librement. Je le dis sans polémique : pour nous, c’est non d’avance."
                ),
                "contre",
                10,
            ),
            Said(
                "dgs",
                (
                    "La part égale n’est retenue dans aucune des simulations pour cette raison. Pour les "
                    "remplacements de secrétaires, la proposition est un prix à la journée ; pour le "
                    "matériel, un prix à la journée aussi ; pour l’urbanisme, un prix par type d’acte. "
                    "La population ne servirait qu’au délégué à la protection des données, dont le "
                    "travail existe même sans demande."
                ),
                "info",
                21,
            ),
            Said(
                "maire:31193",
                (
                    "Et si personne n’utilise le service une année ? La communauté garde-t-elle les "
                    "agents sur son budget ou revient-elle vers nous ?"
                ),
                "question",
                17,
            ),
            Said(
                "dgs",
                (
                    "Elle garde la différence. Elle est affichée dans chaque fiche sous le tableau, avec "
                    "la mention « reste à la charge de la communauté ». C’est un choix politique que le "
                    "bureau assume pour les trois premières années."
                ),
                "info",
                6,
            ),
        ),
        agreed=(
            "- Le partage se fait à l’usage dès que l’usage se compte.\n"
            "- Le tarif est annoncé avant le vote des budgets et ne change pas dans l’année.\n"
            "- La communauté garde la différence les trois premières années."
        ),
        pending="- Le cas d’une commune qui sort en cours de convention n’est pas tranché.",
        pour_into=1,
        answer=(
            "Le comité de pilotage retient le partage à l’usage. Les trois fiches chiffrées "
            "l’appliquent, commune par commune ; la sortie en cours de convention sera réglée "
            "dans chaque convention."
        ),
    ),
    Debate(
        "calendrier-vote",
        "copil",
        "news",
        "Avis des conseils : où nous en sommes",
        "Les dates des séances et les questions de procédure",
        "Chaque conseil municipal, pour son avis",
        "Une réponse à chaque question, ici, dans la semaine",
        104,
        -45,
        (
            Said(
                "cheffe-de-projet",
                (
                    "Le rapport est parti dans les quarante-huit mairies. Chaque conseil a trois mois à "
                    "compter du jour où sa mairie l’a reçu, pas du jour de l’envoi. Sans délibération "
                    "dans ce délai, l’avis est réputé favorable. Dites-moi vos dates de séance, même "
                    "approximatives : je les inscris au tableau."
                ),
                "info",
            ),
            Said(
                "maire:31324",
                (
                    "Martres-Tolosane délibère à sa prochaine séance ordinaire. Nous voterons sans doute "
                    "favorablement, avec une réserve sur le parc de matériel dont je vous ai parlé."
                ),
                "info",
                50,
            ),
            Said(
                "maire:31481",
                (
                    "Notre conseil se réunit une fois par trimestre. Si la séance tombe deux jours après "
                    "la fin du délai, que se passe-t-il exactement ?"
                ),
                "question",
                34,
            ),
            Said(
                "cheffe-de-projet",
                (
                    "L’avis sera déjà réputé favorable. Votre délibération restera quand même au "
                    "dossier, visible à côté, avec sa date. Si vous voulez peser avant le vote "
                    "communautaire, mieux vaut une séance dans le délai : je peux venir présenter le "
                    "texte un soir."
                ),
                "info",
                7,
            ),
            Said(
                "maire",
                (
                    "À Lautignac nous avons reçu le courrier plus tard que les autres, la boîte de la "
                    "mairie était saturée. Le délai court bien de notre réception à nous ?"
                ),
                "question",
                820,
            ),
            Said(
                "cheffe-de-projet",
                (
                    "Oui. La date enregistrée est celle de votre accusé de réception, et votre dernier "
                    "jour est affiché sur votre page d’accueil."
                ),
                "info",
                5,
            ),
            Said(
                "presidente",
                (
                    "Je redis devant tous que les avis défavorables seront lus en séance, avec leurs "
                    "motifs. Ils n’empêchent pas le vote mais ils compteront dans la façon d’écrire les "
                    "conventions."
                ),
                "info",
                90,
            ),
        ),
    ),
)
