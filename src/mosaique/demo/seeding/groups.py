"""The spaces beside those of the cast, and who sits in each."""

from mosaique.access.models import Membership, Space
from mosaique.access.roles import Role
from mosaique.demo.content.threads import DEBATES
from mosaique.demo.seeding.stage import MANDATES, Stage
from mosaique.spaces import services


def make_groups(stage: Stage) -> None:
    """COTECH and the secretaries' group; then everyone who speaks somewhere sits there."""
    with stage.at(MANDATES - 15, 11):
        lead = stage.actor("cheffe-de-projet")
        stage.spaces["cotech"] = services.create_space(
            actor=lead, territory=stage.territory, kind=Space.Kind.INSTANCE, name="Comité technique",
            purpose="Préparer les choix du comité de pilotage avec les directions et les secrétaires.",
            openness=Space.Openness.LISTED, joining=Space.Joining.INVITATION, follows=[Role.DGS, Role.SECRETARY],
        )  # fmt: skip
        stage.spaces["secretariat"] = services.create_space(
            actor=lead, territory=stage.territory, kind=Space.Kind.THEMATIC, name="Groupe Secrétariat de mairie",
            purpose="Se remplacer, se relire, ne plus travailler seule.", theme="secretariat",
            openness=Space.Openness.LISTED, joining=Space.Joining.REQUEST, follows=[Role.SECRETARY],
        )  # fmt: skip
        stage.forget_actors()
        for key, space in stage.spaces.items():
            speakers = sorted({said.who for debate in DEBATES if debate.space == key for said in debate.said})
            missing = [who for who in speakers if space.pk not in stage.actor(who).space_roles]
            services.add_members(
                actor=stage.actor("cheffe-de-projet"), space=space, role=Membership.SpaceRole.CONTRIBUTOR,
                people=[stage.people[who] for who in missing if who != "cheffe-de-projet"],
            )  # fmt: skip
    stage.forget_actors()
    _lead_roads(stage)


def _lead_roads(stage: Stage) -> None:
    """The project officer leads the group on roads and machines, whose entry is free."""
    roads = stage.spaces["voirie"]
    with stage.at(MANDATES - 16, 9):
        services.join(actor=stage.actor("cheffe-de-projet"), space=roads)
        services.set_role(
            actor=stage.actor("cheffe-de-projet"),
            space=roads,
            person=stage.people["cheffe-de-projet"],
            role=Membership.SpaceRole.ANIMATOR,
        )
    stage.forget_actors()
