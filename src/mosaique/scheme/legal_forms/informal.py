"""Réseau, entraide, charte: sharing without a legal act, the most frequent and the least counted."""

from functools import partial

from mosaique.scheme.legal_forms.base import (
    CstOpinion,
    Document,
    DocumentKind,
    Family,
    Instrument,
    LegalForm,
    Side,
    Step,
    to_check,
    verified,
)
from mosaique.scheme.legal_forms.choice import Partner, welcomes
from mosaique.scheme.legal_forms.sources import SENAT_SECRETAIRES
from mosaique.scheme.legal_forms.steps import has

NONE = "usage, sans article"

NOTE = to_check(
    "Une page suffit : qui anime, quand on se voit, ce qu'on échange, ce qu'on ne fait pas.",
    "conseil, sans article",
)

FORM = LegalForm(
    identifier="informal",
    label="Réseau, entraide",
    summary="Des collègues se réunissent, échangent des modèles et s'entraident, sans acte juridique.",
    family=Family.LIGHT,
    conditions=(),
    bodies=(
        welcomes(
            to_check("Sans acte, chacun peut prendre part aux échanges.", NONE),
            Partner.SYNDICATE,
            Partner.SOCIAL,
            Partner.MANAGEMENT,
            Partner.ASSOCIATION,
        ),
    ),
    provider=Side.EVERYONE,
    beneficiary=Side.EVERYONE,
    reference=to_check("Aucun texte ne l'organise et aucun acte n'est demandé.", NONE),
    who=(to_check("Toute collectivité, tout agent, avec l'accord de son employeur.", NONE),),
    what=(
        to_check(
            "Réseau de secrétaires de mairie, modèles partagés, achats comparés, questions posées à un collègue.",
            NONE,
        ),
        verified(
            "Peu de secrétaires de mairie appartiennent à un réseau : en Lozère, plus de huit sur dix n'en "
            "ont aucun.",
            "constat, sans article",
            SENAT_SECRETAIRES,
        ),
        to_check(
            "Le centre de gestion anime un réseau départemental des secrétaires généraux de mairie.",
            "loi du 30 décembre 2023",
        ),
    ),
    staff_effects=(
        to_check(
            "Aucun effet sur l'emploi. Le temps passé est du temps de travail : l'employeur le sait et l'accepte.",
            NONE,
        ),
    ),
    money_effects=(to_check("Aucun flux entre collectivités. Notez tout de même les déplacements.", NONE),),
    instrument=Instrument.NONE,
    instrument_fact=to_check("Ni convention ni règlement : une charte d'une page peut aider.", NONE),
    documents=(
        Document(
            DocumentKind.NETWORK_NOTE, "Charte ou note d'une page", False, "La personne qui anime", NOTE
        ),
    ),
    cst_opinion=CstOpinion(
        False, to_check("Sans effet sur l'organisation des services, l'avis n'est pas prévu.", NONE)
    ),
    duration_exit=(to_check("Chacun vient et repart quand il veut.", NONE),),
    watch_points=(
        to_check(
            "Dès qu'un agent travaille régulièrement pour une autre collectivité, ou qu'on se rembourse, une "
            "forme écrite le protège : comparez avec la mise à disposition.",
            "conseil, sans article",
        ),
        to_check(
            "Ne faites pas circuler de données personnelles sans accord des employeurs.",
            "règlement (UE) 2016/679",
        ),
    ),
    ac_imputation=False,
    tax_condition=to_check("Le régime fiscal de l'intercommunalité ne change rien.", NONE),
    steps=(Step("Charte ou note d'une page", NOTE, partial(has, DocumentKind.NETWORK_NOTE), reminder=True),),
)
