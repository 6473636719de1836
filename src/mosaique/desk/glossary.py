"""Words explained, and the questions people ask first."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    word: str
    meaning: str


ENTRIES = (
    Entry(
        "Attribution de compensation",
        "Somme que l’intercommunalité verse à une commune, ou l’inverse, quand la fiscalité professionnelle est "
        "unique (FPU). Elle n’existe pas en fiscalité additionnelle (FA).",
    ),
    Entry(
        "Avis tacite",
        "Avis réputé donné parce que le délai est passé sans délibération. Pour le rapport de mutualisation, il "
        "est favorable.",
    ),
    Entry(
        "CCAS, CIAS",
        "Centre communal, ou intercommunal, d’action sociale : un établissement à part de la commune ou de "
        "l’intercommunalité, avec son budget et ses agents.",
    ),
    Entry(
        "Centre de gestion (CDG)",
        "Établissement du département au service des employeurs locaux. Il propose des missions par convention, "
        "et accueille le comité social territorial des petites collectivités.",
    ),
    Entry("CGCT", "Code général des collectivités territoriales."),
    Entry(
        "Clé d’accès",
        "Ce que garde votre téléphone ou votre ordinateur pour vous faire entrer : il vous reconnaît à votre doigt, à votre "
        "visage ou à son propre code. Rien n’est à retenir ni à recopier.",
    ),
    Entry(
        "Clé de répartition",
        "Règle qui partage un coût entre les communes : à parts égales, selon la population, au nombre d’actes…",
    ),
    Entry(
        "CLECT",
        "Commission locale d’évaluation des charges transférées. Elle chiffre ce qu’une compétence transférée "
        "coûtait à chaque commune, pour corriger l’attribution de compensation.",
    ),
    Entry(
        "Co-maîtrise d’ouvrage",
        "Plusieurs collectivités concernées par les mêmes travaux en confient la conduite à l’une d’elles, par "
        "convention (code de la commande publique, article L. 2422-12 ; à vérifier).",
    ),
    Entry(
        "Code à usage unique",
        "Six chiffres qui ne servent qu’une fois : reçus par courriel ou, si vous avez ajouté une deuxième étape, donnés par "
        "une application de votre téléphone.",
    ),
    Entry(
        "Comité social territorial (CST)",
        "Instance où employeur et représentants du personnel donnent leur avis sur l’organisation des services.",
    ),
    Entry(
        "Commune déléguée",
        "Ancienne commune réunie dans une commune nouvelle, quand elle garde un maire délégué et une annexe de la mairie (CGCT, "
        "articles L. 2113-10 et suivants ; à vérifier). Ici, son nom et ce qu’elle a dit restent à leur date.",
    ),
    Entry(
        "Commune nouvelle",
        "Commune née de la réunion de plusieurs autres (CGCT, articles L. 2113-1 et suivants ; à vérifier). Elle prend leur place "
        "dans l’intercommunalité à sa date d’effet.",
    ),
    Entry(
        "Convention",
        "Acte écrit entre collectivités qui les engage. Le schéma n’engage pas : les conventions qui le suivent, "
        "oui.",
    ),
    Entry(
        "COPIL, COTECH",
        "Comité de pilotage (les élus fixent les orientations) et comité technique (les directions et secrétaires"
        " préparent).",
    ),
    Entry(
        "Délégation de compétence",
        "Une collectivité confie l’exercice d’une compétence à une autre, par convention et pour un temps : elle "
        "en reste titulaire (CGCT, article L. 1111-8 ; à vérifier). Ce n’est pas une mutualisation au sens "
        "strict.",
    ),
    Entry("Délibérations concordantes", "Le même texte, voté séparément par chaque conseil."),
    Entry(
        "Entente",
        "Communes, intercommunalités ou syndicats s’accordent par convention sur un service ou un ouvrage "
        "d’intérêt commun, sans créer d’organisme. Une conférence les réunit ; ses décisions valent une fois "
        "approuvées par chaque conseil (CGCT, articles L. 5221-1 et L. 5221-2).",
    ),
    Entry(
        "EPCI",
        "Établissement public de coopération intercommunale : communauté de communes, d’agglomération, urbaine, "
        "métropole.",
    ),
    Entry("ETP", "Équivalent temps plein. Un agent à mi-temps compte pour 0,50 ETP."),
    Entry(
        "Fiche action",
        "Description d’une mise en commun possible : pourquoi, avec qui, sous quelle forme, à quel coût.",
    ),
    Entry(
        "Fiche d’impact",
        "Annexe de la convention de service commun : ce qui change pour les agents, organisation, conditions de "
        "travail, rémunération et droits acquis (CGCT, article L. 5211-4-2).",
    ),
    Entry(
        "Forme juridique",
        "Manière prévue par la loi de partager : service commun, mise à disposition, groupement de commandes…",
    ),
    Entry(
        "Groupement de commandes",
        "Plusieurs acheteurs passent un marché ensemble ; un coordonnateur, nommé par leur convention, agit pour "
        "eux (code de la commande publique, articles L. 2113-6 à L. 2113-8 ; à vérifier).",
    ),
    Entry(
        "Mandat de maîtrise d’ouvrage",
        "Une collectivité fait conduire ses travaux par une autre, en son nom : l’ouvrage reste le sien (code de "
        "la commande publique, article L. 2422-5 ; à vérifier).",
    ),
    Entry(
        "Mise à disposition de service",
        "Un service reste chez son employeur et travaille aussi pour une autre collectivité, qui rembourse selon "
        "un coût unitaire. De la commune vers l’intercommunalité ou l’inverse : comme « ascendante » et « "
        "descendante » s’emploient dans les deux sens, nous disons qui apporte et qui bénéficie.",
    ),
    Entry(
        "Mise à disposition individuelle",
        "Un agent, avec son accord, travaille une part de son temps pour un autre employeur public.",
    ),
    Entry(
        "Partie",
        "Qui prend part à une mise en commun : l’intercommunalité, une commune, ou un autre organisme inscrit par "
        "l’équipe du projet (syndicat, CIAS, centre de gestion, association).",
    ),
    Entry(
        "Prestation de services",
        "Une collectivité réalise un travail pour une autre, contre un prix. Elle peut relever de la commande "
        "publique : faites vérifier avant de signer.",
    ),
    Entry(
        "Rapport relatif aux mutualisations",
        "Document que le président peut établir après chaque renouvellement ; il contient le projet de schéma et "
        "ses effets attendus sur les effectifs et les dépenses de fonctionnement.",
    ),
    Entry(
        "Retrait",
        "Départ d’une commune de son intercommunalité, par arrêté du préfet (CGCT, articles L. 5211-19 et L. 5214-26 ; à vérifier). "
        "Elle n’est plus comptée dans ce qui s’ouvre ensuite ; ce qu’elle a dit avant reste.",
    ),
    Entry(
        "RNA",
        "Répertoire national des associations. Le numéro commence par W et tient ensuite en neuf chiffres.",
    ),
    Entry(
        "Service commun",
        "Une équipe pour l’intercommunalité et des communes, en dehors des compétences transférées (CGCT, article"
        " L. 5211-4-2).",
    ),
    Entry(
        "Service unifié",
        "Plusieurs collectivités regroupent leurs services sous une seule, par convention (CGCT, article L. "
        "5111-1-1 ; à vérifier pour les communes).",
    ),
    Entry(
        "Syndicat",
        "Établissement public créé par des communes (SIVU, SIVOM), ou avec d’autres collectivités (syndicat mixte), "
        "pour un ou plusieurs services. Il n’a pas de fiscalité propre.",
    ),
    Entry(
        "Transfert de compétence",
        "Les communes remettent une compétence à l’intercommunalité, qui l’exerce à leur place ; les statuts "
        "changent. Ce n’est pas une mutualisation au sens strict.",
    ),
    Entry(
        "Version figée",
        "Texte qui ne peut plus changer, repéré par un code imprimé au bas de chaque page.",
    ),
)
QUESTIONS = (
    Entry(
        "Ma commune est-elle obligée de quelque chose ?",
        "Non. Le schéma est facultatif, il n’engage pas par lui-même, et une position donnée ici est une "
        "intention, pas une délibération.",
    ),
    Entry(
        "Qui voit ce que nous saisissons ?",
        "Votre mairie choisit, section par section. Le bouton « Qui peut voir ceci ? » nomme les "
        "personnes. Rien n’entre dans le rapport sans que votre commune l’ait versé.",
    ),
    Entry(
        "Je ne connais pas un chiffre.",
        "Dites-le : « ne sait pas », « non concerné » ou « refus de communiquer ». Une case vide n’est "
        "jamais comptée comme zéro.",
    ),
    Entry(
        "La connexion se coupe pendant ma saisie.",
        "Ce que vous avez tapé est gardé sur votre appareil et part dès que le réseau revient.",
    ),
    Entry(
        "Nous sommes plusieurs à lire la même boîte.",
        "Après le code, la page demande « Qui êtes-vous ? ». Chacun agit sous son nom, et l’acte garde "
        "la mention « boîte partagée ». Un avis, une position ou un vote s’y confirme par le code personnel de chacun.",
    ),
    Entry(
        "J’ai oublié mon code personnel.",
        "Appelez l’équipe du projet : elle met l’ancien de côté et vous dit neuf signes de vive voix, qui permettent d’en choisir "
        "un autre. Rien n’est envoyé par courriel, puisque d’autres lisent la boîte.",
    ),
    Entry(
        "Notre conseil ne se réunit pas avant la fin du délai.",
        "Notez ses prochaines séances : l’équipe du projet le verra. Sans délibération dans les trois "
        "mois, l’avis est réputé favorable ; une délibération tardive reste au dossier.",
    ),
    Entry(
        "Notre commune change : commune nouvelle, retrait. Que deviennent nos données ?",
        "Rien n’est effacé. Ce que la commune a saisi, ses positions et l’avis de son conseil restent à leur date. Sa mairie "
        "emporte tout en une archive, avant et après, depuis la page de la commune.",
    ),
    Entry(
        "Comment savoir si notre exemplaire est le bon ?",
        "Recopiez le code imprimé au bas des pages, ou déposez le fichier, sur la page « Vérifier un "
        "document ».",
    ),
)  # fmt: skip
