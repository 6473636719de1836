"""S2: the page of a group: its threads, the sheets it works on, what may be done there."""

from mosaique.access.models import Membership, Space
from mosaique.bench import life
from mosaique.bench.ground import Asked, Ground
from mosaique.bench.pages import PageScenario


class SpacePage(PageScenario):
    code, label = "S2", "Page d’un groupe"
    must_cpu, must_queries, must_kb = 2.0, 10, 10

    def prepare(self, ground: Ground) -> None:
        life.lived_in(ground)

    def ours(self, ground: Ground) -> Asked:
        cookies, paths = [], []
        for person, cookie in ground.readers:
            spaces = Membership.objects.filter(person=person).values_list("space_id", flat=True)
            cookies.append(cookie)
            paths.append([Space(pk=pk).get_absolute_url() for pk in spaces])
        return Asked(cookies, paths)
