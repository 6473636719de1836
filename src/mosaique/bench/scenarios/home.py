"""S3: a person's home, over all that is theirs: found as it was, and after an act of somebody else."""

from collections.abc import Callable, Iterator
from itertools import count

from mosaique.bench import life
from mosaique.bench.ground import Asked, Ground
from mosaique.bench.pages import PageScenario
from mosaique.discussions.models import Thread
from mosaique.discussions.registry import POST_WRITTEN
from mosaique.inventory.models import SectionSheet
from mosaique.inventory.registry import ROWS_ENTERED
from mosaique.journal.models import Line
from mosaique.kernel import clock


class Home(PageScenario):
    code, label = "S3", "Accueil d’une personne"
    must_cpu, must_queries, must_kb = 2.5, 10, 12
    visits = {"again": "rien de neuf", "anew": "après un acte d’une autre personne"}

    def prepare(self, ground: Ground) -> None:
        life.lived_in(ground)

    def ours(self, ground: Ground) -> Asked:
        cookies = [cookie for _, cookie in ground.readers]
        return Asked(cookies, [["/"] for _ in cookies])

    def between(self, ground: Ground, visit: str) -> Callable[[], None] | None:
        """What happens before each page is asked for: a message, then a line of an inventory, in turn."""
        if visit != "anew":
            return None
        acts = _acts(ground)
        return lambda: next(acts)


def _acts(ground: Ground) -> Iterator[None]:
    """The lines of the journal that two frequent acts leave; what they write besides is not what a home pays for."""
    lead = life.lived_in(ground).lead
    threads = list(Thread.objects.order_by("pk").values_list("pk", "scope_id")[:50])
    sheets = list(SectionSheet.objects.order_by("pk").values_list("pk", "scope_id")[:50])
    assert lead.mandate is not None
    for number in count():
        verb, kind, rows = (
            (ROWS_ENTERED, "inventory_section", sheets) if number % 2 else (POST_WRITTEN, "thread", threads)
        )
        pk, scope = rows[number % len(rows)]
        Line.objects.create(
            at=clock.now(), verb=verb.code, person_id=lead.person_id, mandate_id=lead.mandate.id,
            authority_id=lead.mandate.authority_id, scope_id=scope, kind=kind, ref_id=pk, territory_id=lead.territory_id,
        )  # fmt: skip
        yield
