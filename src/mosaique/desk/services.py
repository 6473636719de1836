"""The front hall's one verb: remembering that the guided tour was answered."""

from mosaique.access import marks
from mosaique.access.actor import Actor
from mosaique.desk.tour import KEY
from mosaique.kernel.service import service


@service
def answer_tour(*, actor: Actor) -> None:
    """Taken or declined, the tour is not offered again. A mark of the person's own, as what they have read is."""
    marks.mark_read(actor, KEY)
