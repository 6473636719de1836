"""The front hall's verbs: the guided tour answered, the day aimed at for the vote."""

from datetime import date

from mosaique.access import marks
from mosaique.access.actor import Actor
from mosaique.consultation import queries as consultation
from mosaique.consultation import services as consultation_services
from mosaique.desk.policies import may_set_target
from mosaique.desk.tour import KEY
from mosaique.kernel.service import service
from mosaique.kernel.verdict import require
from mosaique.territory import services as territory_services
from mosaique.territory.models import Territory


@service
def answer_tour(*, actor: Actor) -> None:
    """Taken or declined, the tour is not offered again. A mark of the person's own, as what they have read is."""
    marks.mark_read(actor, KEY)


@service
def aim_at(*, actor: Actor, territory: Territory, day: date | None) -> None:
    """The day aimed at; the vote announced to the councils of a consultation under way is the same day."""
    require(may_set_target(actor, territory))
    territory_services.set_adoption_target(actor=actor, territory=territory, day=day)
    opened = consultation.current(actor)
    if opened is not None:
        consultation_services.move_vote(actor=actor, consultation=opened, day=day)
