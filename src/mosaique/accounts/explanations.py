"""What each role can do and weigh on, in plain French: the first screen, « Mon compte », the form that adds people."""

from dataclasses import dataclass

from mosaique.access.roles import RIGHTS, Right, Role

RIGHT_WORDS = {
    Right.READ: "Lire ce qui est ouvert à votre rôle et à votre champ de compétence",
    Right.COMMENT: "Commenter : ouvrir un échange dans vos espaces, poser une question, dire pour ou contre, émettre une réserve",
    Right.PROPOSE: "Proposer : écrire une fiche, modifier un texte ouvert",
    Right.DECIDE: "Décider au nom de votre collectivité : dire son intention, rendre son avis",
}


@dataclass(frozen=True, slots=True)
class RightLine:
    """One of the four rights, held or not."""

    label: str
    held: bool


def rights_of(role: str) -> list[RightLine]:
    held = RIGHTS.get(role, frozenset())
    return [RightLine(words, right in held) for right, words in RIGHT_WORDS.items()]


_PLACE = {
    Role.PRESIDENT: "Vous portez la démarche : vous voyez où en est l’accord, et le conseil communautaire vote le schéma.",
    Role.PROJECT_LEAD: "Vous conduisez la démarche : vous réunissez, relancez, écrivez. Vous ne décidez pour aucune commune.",
    Role.DGS: "Vous veillez aux chiffres, au droit et au calendrier. Vous ne décidez pour aucune commune.",
    Role.MAYOR: "Vous parlez pour votre commune : elle entre dans une action, y met une condition, attend ou refuse.",
    Role.DEPUTY: "Vous travaillez les sujets avec le maire, et pouvez proposer. La position de la commune reste la sienne.",
    Role.COUNCILLOR: "Vous lisez et commentez. L’avis de votre commune sera voté par votre conseil municipal.",
    Role.SECRETARY: "Vous préparez ce que votre mairie répond : inventaire, relectures, propositions. Le maire valide ce qui l’engage.",
    Role.AGENT: "Vous dites le métier tel qu’il se fait. Ce que vous écrivez est lu par le groupe où vous l’écrivez.",
    Role.STAFF_REP: "Vous suivez l’effet de chaque action sur les agents, employeur par employeur, et pouvez le commenter.",
    Role.PARTNER: "Vous aidez dans les espaces où l’on vous a invité, et n’y voyez que ceux-là.",
}


def place_of(role: str) -> str:
    """One or two sentences: the place of this role in the whole."""
    return _PLACE.get(Role(role), "") if role in Role.values else ""
