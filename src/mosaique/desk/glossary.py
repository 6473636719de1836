"""Words explained, and the questions people ask first."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    word: str
    meaning: str


ENTRIES = (
    Entry(
        "Attribution de compensation",
        "Somme que l’intercommunalité verse à une commune, ou l’inverse, quand la fiscalité "
        "professionnelle est unique (FPU). Elle n’existe pas en fiscalité additionnelle (FA).",
    ),
    Entry(
        "Avis tacite",
        "Avis réputé donné parce que le délai est passé sans délibération. Pour le rapport de "
        "mutualisation, il est favorable.",
    ),
    Entry("CGCT", "Code général des collectivités territoriales."),
    Entry(
        "Comité social territorial (CST)",
        "Instance où employeur et représentants du personnel donnent leur avis sur l’organisation des "
        "services.",
    ),
    Entry(
        "Convention",
        "Acte écrit entre collectivités qui les engage. Le schéma n’engage pas : les conventions qui le "
        "suivent, oui.",
    ),
    Entry(
        "COPIL, COTECH",
        "Comité de pilotage (les élus fixent les orientations) et comité technique (les directions et "
        "secrétaires préparent).",
    ),
    Entry(
        "EPCI",
        "Établissement public de coopération intercommunale : communauté de communes, d’agglomération, "
        "urbaine, métropole.",
    ),
    Entry("ETP", "Équivalent temps plein. Un agent à mi-temps compte pour 0,50 ETP."),
    Entry(
        "Fiche action",
        "Description d’une mise en commun possible : pourquoi, avec qui, sous quelle forme, à quel coût.",
    ),
    Entry(
        "Forme juridique",
        "Manière prévue par la loi de partager : service commun, mise à disposition, groupement de "
        "commandes…",
    ),
    Entry(
        "Clé de répartition",
        "Règle qui partage un coût entre les communes : à parts égales, selon la population, au nombre "
        "d’actes…",
    ),
    Entry(
        "Version figée",
        "Texte qui ne peut plus changer, repéré par un code imprimé au bas de chaque page.",
    ),
    Entry(
        "Rapport relatif aux mutualisations",
        "Document que le président peut établir après chaque renouvellement ; il contient le projet de "
        "schéma et ses effets attendus sur les effectifs et les dépenses de fonctionnement.",
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
        "la mention « boîte partagée ».",
    ),
    Entry(
        "Notre conseil ne se réunit pas avant la fin du délai.",
        "Notez ses prochaines séances : l’équipe du projet le verra. Sans délibération dans les trois "
        "mois, l’avis est réputé favorable ; une délibération tardive reste au dossier.",
    ),
    Entry(
        "Comment savoir si notre exemplaire est le bon ?",
        "Recopiez le code imprimé au bas des pages, ou déposez le fichier, sur la page « Vérifier un "
        "document ».",
    ),
)  # fmt: skip
