"""The sources in which verified facts were read."""

from mosaique.scheme.legal_forms.base import Source

SERVICE_COMMUN_TEXT = Source(
    "CGCT, article L. 5211-4-2, version en vigueur depuis le 23 février 2022, lue sur Doctrine",
    "https://www.doctrine.fr/l/texts/codes/LEGITEXT000006070633/articles/LEGIARTI000023260132",
    about="CGI, article 1609 nonies C, auquel il renvoie",
)
UNIT_COST_TEXT = Source(
    "CGCT, article D. 5211-16, lu sur Codes et lois",
    "https://codes-et-lois.fr/code-general-des-collectivites-territoriales/article-d5211-16",
)
REFERENCE_TABLE = Source(
    "Table publique de références, contrôlée sur Légifrance en octobre 2026",
    about="CGCT, articles L. 5211-4-2 et L. 5211-4-3",
)
EXFILO_MAD = Source(
    "Exfilo, les conventions de mise à disposition de services",
    "https://exfilo.fr/?p=490",
    about="CGCT, article L. 5211-4-1",
)
EXFILO_CIF = Source(
    "Exfilo, le coefficient d'intégration fiscale",
    "https://www.exfilo.fr/tag/cif/",
    about="CGCT, article L. 5211-29",
)
EMPEIRIA = Source(
    "Empeiria, la création de services communs",
    "https://empeiria-conseils.fr/notre-expertise/nos-articles/"
    "69-la-creation-de-services-communs-hors-transfert-de-competences-cgct-article-l-5211-4-4",
    about="CGCT, article L. 5211-29",
)
CDG66 = Source(
    "Centre de gestion des Pyrénées-Orientales, la fiche d'impact",
    "https://cdg66.fr/transfert-de-competence-fiche-dimpact",
)
CNFPT_RH = Source(
    "CNFPT, impacts financiers de la mutualisation sur les ressources humaines",
    "http://www.cnfpt.fr/s-informer/bouquets-ressources/impacts-financiers-mutualisation-rh",
    about="CGCT, article L. 5211-4-1",
)
WEKA = Source(
    "Weka, les attributions de compensation", "https://www.weka.fr/forum/topic/attributions-de-compensation/"
)
BDT_BIENS = Source(
    "Banque des Territoires, biens partagés entre communes et communautés",
    "https://www.banquedesterritoires.fr/biens-partages-entre-communes-et-communautes-quel-regime",
    about="CGCT, article L. 5211-4-3",
)
BDT_PHALSBOURG = Source(
    "Banque des Territoires, une banque intercommunale de matériel de manifestations",
    "https://www.banquedesterritoires.fr/une-banque-intercommunale-de-materiel-de-manifestations-en-moselle-57",
)
SAUBENS = Source(
    "Convention de mise à disposition pour la voirie, Muretain Agglo et Saubens, 2018",
    "https://lawinsider.com/fr/contracts/cUSAEh3yc7M",
    about="CGCT, article L. 5211-4-1",
)
SENAT_SECRETAIRES = Source(
    "Sénat, rapport sur les secrétaires de mairie", "https://senat.fr/rap/r22-676/r22-6761.html"
)
FBL_SITE = "https://french-business-law.com/rench-legislation-art/article-{}-of-the-french-general-code-of-local-authorities"
L5111_1_1_TEXT = Source("CGCT, article L. 5111-1-1, lu sur French Business Law", FBL_SITE.format("l5111-1-1"))
R5111_1_TEXT = Source("CGCT, article R. 5111-1, lu sur French Business Law", FBL_SITE.format("r5111-1"))
L5215_27_TEXT = Source("CGCT, article L. 5215-27, lu sur French Business Law", FBL_SITE.format("l5215-27"))
L5211_17_TEXT = Source("CGCT, article L. 5211-17, lu sur French Business Law", FBL_SITE.format("l5211-17"))
L5211_17_2_TEXT = Source(
    "CGCT, article L. 5211-17-2, lu sur French Business Law", FBL_SITE.format("l5211-17-2")
)
GAZETTE_MAD = Source(
    "La Gazette des communes, article 8896",
    about="CGFP, article L. 512-6 ; décret n° 2008-580",
)
GAZETTE_ENTENTE = Source(
    "La Gazette des communes, article 143223",
    about="CGCT, articles L. 5221-1 et L. 5221-2 ; Conseil d'État, 3 février 2012",
)
BDT_ENTENTE = Source(
    "Banque des Territoires, une entente intercommunale en toute légalité",
    "https://www.banquedesterritoires.fr/une-entente-intercommunale-en-toute-legalite-qui-refait-surface",
    about="CGCT, articles L. 5221-1 et L. 5221-2",
)
GAZETTE_POLICE = Source(
    "La Gazette des communes, article 884377",
    about="Code de la sécurité intérieure, articles L. 512-1, L. 512-2 et R. 512-1",
)
CLECT_APT = Source(
    "Communauté de communes Pays d'Apt Luberon, page sur la commission d'évaluation des charges",
    about="CGI, article 1609 nonies C",
)
CLECT_CBG = Source(
    "CBG Territoires, l'attribution de compensation",
    "https://cbgterritoires.fr/comptabilite-fiscalite-attribution-de-compensation/",
    about="CGI, article 1609 nonies C",
)
BDT_CLECT = Source(
    "Banque des Territoires, rapport de la CLECT et révision de l'attribution de compensation",
    about="CGI, article 1609 nonies C",
)
MERTEN = Source(
    "Commune de Merten, convention avec le centre de gestion pour un délégué à la protection des données",
    "http://ville-merten.fr/fr/compte-rendu/80060/annexe-convention-rgpd",
)
