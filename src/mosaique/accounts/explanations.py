"""What each role can do and weigh on, in plain French: the first screen and « Mon compte »."""

from dataclasses import dataclass

from mosaique.access.actor import HeldMandate
from mosaique.access.roles import Right, Role

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


def rights_of(held: HeldMandate) -> list[RightLine]:
    """None for the people of a commune that left: what they keep is said by `place_of`."""
    return (
        [] if held.departed else [RightLine(words, held.may(right)) for right, words in RIGHT_WORDS.items()]
    )


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


def place_of(held: HeldMandate) -> str:
    """One or two sentences: the place of this mandate in the whole."""
    if held.departed:
        return (
            f"{held.authority_name} ne fait plus partie de {held.territory_name} : vous gardez la lecture de ce qui était à elle, "
            "sans plus rien écrire."
        )
    return _PLACE[Role(held.role)]
