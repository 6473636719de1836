"""What every seeder needs: the day of the first start, who is who, and the clock held at a past moment."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from mosaique.access.actor import Actor
from mosaique.access.middleware import actor_of
from mosaique.access.models import Person, Space
from mosaique.demo.people import Company
from mosaique.kernel import clock
from mosaique.territory.models import Authority, Territory

#: Days before the first start.
MANDATES = 217
CAMPAIGN_OPENED, CAMPAIGN_CLOSES = 188, -35
SCHEME_OPENED = 172
FREEZE, VOTE = 107, -110
#: Fixed holidays are enough here: the dates of councils, letters and votes avoid them.
HOLIDAYS = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}
COMMUNE_A, COMMUNE_B = "31283", "31435"  # Lautignac, Poucharramet: the two town halls of the cast


@dataclass
class Stage:
    """The set on which the demonstration plays. `draw` is seeded: the same start gives the same content."""

    start: date
    territory: Territory
    company: Company
    communes: dict[str, Authority]
    spaces: dict[str, Space]
    people: dict[str, Person] = field(
        default_factory=dict
    )  # persona, extra, « maire:31135 », « secretaire:31135 »
    bodies: dict[str, Authority] = field(default_factory=dict)  # syndicat, cias, association, cdg
    draw: random.Random = field(default_factory=lambda: random.Random(20260))
    _actors: dict[str, Actor] = field(default_factory=dict)

    def day(self, ago: int) -> date:
        """The date that many days before the first start (negative: after)."""
        return self.start - timedelta(days=ago)

    def working(self, ago: int) -> int:
        """The same day, or the working day before it: nothing official is dated of a Sunday or of Christmas."""
        while (day := self.day(ago)).weekday() >= 5 or (day.month, day.day) in HOLIDAYS:
            ago += 1
        return ago

    def moment(self, ago: int, hour: int = 10, minute: int | None = None) -> datetime:
        """A moment of that day, in Paris."""
        drawn = self.draw.randrange(60) if minute is None else minute
        return datetime.combine(self.day(ago), time(hour, drawn), clock.PARIS)

    @contextmanager
    def at(self, ago: int, hour: int = 10, minute: int | None = None) -> Iterator[datetime]:
        """Hold the clock there."""
        moment = self.moment(ago, hour, minute)
        with clock.at(moment):
            yield moment

    def actor(self, who: str) -> Actor:
        """Who acts. Cards are final once people and spaces are in place."""
        if who not in self._actors:
            person = Person.objects.select_related("card").get(pk=self.people[who].pk)
            shared = person.others_of_mailbox().exists()
            # On a shared mailbox they typed their personal code, as one does.
            self._actors[who] = actor_of(person, shared=shared, confirmed=shared)
        return self._actors[who]

    def forget_actors(self) -> None:
        """After a change of mandates or memberships."""
        self._actors.clear()

    def mayor(self, code: str) -> Actor:
        return self.actor(f"maire:{code}")

    def secretary(self, code: str) -> Actor:
        return self.actor(f"secretaire:{code}")

    def authority(self, who: str) -> Authority:
        """« epci », a body that takes part (« cias ») or an INSEE code."""
        return self.territory.epci if who == "epci" else self.bodies.get(who) or self.communes[who]
