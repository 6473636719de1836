"""The sources in which verified facts were read."""

from mosaique.scheme.legal_forms.base import Source

SERVICE_COMMUN_TEXT = Source(
    "CGCT, article L. 5211-4-2, version en vigueur depuis le 23 février 2022, lue sur Doctrine",
    "https://www.doctrine.fr/l/texts/codes/LEGITEXT000006070633/articles/LEGIARTI000023260132",
)
UNIT_COST_TEXT = Source(
    "CGCT, article D. 5211-16, lu sur Codes et lois",
    "https://codes-et-lois.fr/code-general-des-collectivites-territoriales/article-d5211-16",
)
REFERENCE_TABLE = Source("Table publique de références, contrôlée sur Légifrance en octobre 2026")
EXFILO_MAD = Source("Exfilo, les conventions de mise à disposition de services", "https://exfilo.fr/?p=490")
EXFILO_CIF = Source("Exfilo, le coefficient d'intégration fiscale", "https://www.exfilo.fr/tag/cif/")
EMPEIRIA = Source(
    "Empeiria, la création de services communs",
    "https://empeiria-conseils.fr/notre-expertise/nos-articles/"
    "69-la-creation-de-services-communs-hors-transfert-de-competences-cgct-article-l-5211-4-4",
)
CDG66 = Source(
    "Centre de gestion des Pyrénées-Orientales, la fiche d'impact",
    "https://cdg66.fr/transfert-de-competence-fiche-dimpact",
)
CNFPT_RH = Source(
    "CNFPT, impacts financiers de la mutualisation sur les ressources humaines",
    "http://www.cnfpt.fr/s-informer/bouquets-ressources/impacts-financiers-mutualisation-rh",
)
WEKA = Source(
    "Weka, les attributions de compensation", "https://www.weka.fr/forum/topic/attributions-de-compensation/"
)
BDT_BIENS = Source(
    "Banque des Territoires, biens partagés entre communes et communautés",
    "https://www.banquedesterritoires.fr/biens-partages-entre-communes-et-communautes-quel-regime",
)
BDT_PHALSBOURG = Source(
    "Banque des Territoires, une banque intercommunale de matériel de manifestations",
    "https://www.banquedesterritoires.fr/une-banque-intercommunale-de-materiel-de-manifestations-en-moselle-57",
)
SAUBENS = Source(
    "Convention de mise à disposition pour la voirie, Muretain Agglo et Saubens, 2018",
    "https://lawinsider.com/fr/contracts/cUSAEh3yc7M",
)
SENAT_SECRETAIRES = Source(
    "Sénat, rapport sur les secrétaires de mairie", "https://senat.fr/rap/r22-676/r22-6761.html"
)
