"""S1: the page of a thread, ten posts, in a territory of 100,000 posts."""

from mosaique.access.models import Membership
from mosaique.bench.ground import Asked, Ground
from mosaique.bench.pages import PageScenario
from mosaique.discussions.models import Thread


class ThreadPage(PageScenario):
    code, label = "S1", "Page d’un échange"
    must_cpu, must_queries, must_kb = 1.5, 6, 8
    # A page asked for the first time also writes the reader's mark; both must hold.
    visits = {"first": "première visite", "again": "relecture"}

    def ours(self, ground: Ground) -> Asked:
        cookies, paths = [], []
        for person, cookie in ground.readers:
            spaces = Membership.objects.filter(person=person).values_list("space_id", flat=True)
            cookies.append(cookie)
            paths.append(
                [
                    Thread(pk=pk).get_absolute_url()
                    for space in spaces
                    for pk in ground.filled["threads"][space]
                ]
            )
        return Asked(cookies, paths)
