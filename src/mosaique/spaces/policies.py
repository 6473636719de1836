"""Who opens, leads, joins and writes in a space. Pure: the actor and the space's own row."""

from mosaique.access.actor import Actor
from mosaique.access.models import Space
from mosaique.access.roles import Right
from mosaique.kernel.verdict import YES, Verdict, no

_CLOSED = "Cet espace est clos depuis un moment : tout s’y lit, rien ne s’y ajoute."


_ELSEWHERE = (
    "Vous agissez en ce moment pour un autre territoire, et {what} serait signé de ce mandat-là. Passez d’abord à celui d’ici, "
    "depuis le menu de votre nom."
)


def _elsewhere(actor: Actor, space: Space) -> bool:
    """Whether the mandate acted for is of another territory: what is done is signed by it."""
    return actor.in_space(space.pk) and actor.territory_id not in (None, space.territory_id)


def _leading(actor: Actor, space: Space, whose: str) -> Verdict:
    """An act of those who lead an open space; `whose` says to the others to whom it belongs."""
    if not actor.leads(space.territory_id):
        if not actor.animates(space.pk):
            return no(whose)
        if _elsewhere(actor, space):
            return no(_ELSEWHERE.format(what="ce geste"))
    return YES if space.closed_at is None else no(_CLOSED)


def may_create_space(actor: Actor) -> Verdict:
    if actor.leads(actor.territory_id):
        return YES
    return no(
        "Les espaces sont ouverts par l’équipe du projet et la présidence. "
        "Dites-leur quel groupe vous manque, avec qui et pourquoi : elles peuvent l’ouvrir aussitôt."
    )


def may_edit_space(actor: Actor, space: Space) -> Verdict:
    """Its name, its purpose, its readers, its members."""
    return _leading(
        actor, space, "La présentation et les membres d’un espace sont tenus par les personnes qui l’animent."
    )


def may_see_members(actor: Actor, space: Space) -> Verdict:
    """Names are shown to those who take part in the territory, and to the space's own members."""
    if actor.in_space(space.pk) or actor.takes_part_in(space.territory_id):
        return YES
    return no("Les noms sont montrés aux personnes qui participent à la démarche de ce territoire.")


def may_manage_members(actor: Actor, space: Space) -> Verdict:
    return may_edit_space(actor, space)


def may_close_space(actor: Actor, space: Space) -> Verdict:
    return may_edit_space(actor, space)


def may_join(actor: Actor, space: Space) -> Verdict:
    """Join, or ask to."""
    if space.closed_at is not None:
        return no(_CLOSED)
    if actor.in_space(space.pk):
        return no("Vous êtes déjà membre de cet espace.")
    if not actor.takes_part_in(space.territory_id):
        return no("Cet espace est ouvert aux personnes qui participent à la démarche de ce territoire.")
    if space.joining == Space.Joining.INVITATION:
        return no("On entre dans cet espace sur invitation : demandez à une personne qui l’anime.")
    return YES


def may_leave(actor: Actor, space: Space) -> Verdict:
    if not actor.in_space(space.pk):
        return no("Vous n’êtes pas membre de cet espace.")
    if not actor.animates(space.pk) and any(
        held.territory_id == space.territory_id and held.role in space.follows for held in actor.mandates
    ):
        return no("Vous en êtes membre par votre mandat : vous y resterez tant que vous l’exercez.")
    return YES


def may_write_in(actor: Actor, space: Space) -> Verdict:
    """Write in a space one reads: its contributors and animators, and the project team. What is written is signed by the
    mandate acted for: one of the space's own territory."""
    if space.closed_at is not None:
        return no(_CLOSED)
    if _elsewhere(actor, space):
        return no(_ELSEWHERE.format(what="votre message"))
    if not actor.may(Right.COMMENT):
        return no("Votre mandat ne permet pas d’écrire ici.")
    if actor.space_roles.get(space.pk) in ("contributor", "animator") or actor.is_team(space.territory_id):
        return YES
    if actor.in_space(space.pk):
        return no("Vous lisez cet espace sans y écrire : une personne qui l’anime peut changer votre rôle.")
    if may_join(actor, space):
        return no(
            "Les membres de l’espace y écrivent. Rejoignez-le, puis revenez : votre message pourra partir."
        )
    return no("Seuls les membres de cet espace y écrivent.")


def may_lead(actor: Actor, space: Space) -> Verdict:
    """Moderate, compile, close a thread: the animators and the project team."""
    return _leading(actor, space, "Ce geste revient aux personnes qui animent l’espace.")
