"""What surrounds every page: a plain value that `config` fills once per request and `ui/base.html` reads."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mosaique.kernel.ui.parts import Link, TileLike


@dataclass(frozen=True, slots=True)
class Switch:
    """Another mandate the person may act for: the button « Passer à … »."""

    mandate_id: str
    label: str
    tile: TileLike | None = None


@dataclass(frozen=True, slots=True)
class Tour:
    """The strip of the guided tour: the stop being visited, `here` when its page is the one being read."""

    url: str
    title: str
    text: str
    number: int  # from 1
    total: int
    here: bool

    @property
    def place(self) -> str:
        return (
            f"page {self.number} sur {self.total}"
            if self.here
            else f"en pause à la page {self.number} sur {self.total}"
        )

    @property
    def last(self) -> bool:
        return self.number == self.total

    @property
    def current(self) -> str:
        return str(self.number - 1)

    @property
    def next(self) -> str:
        return str(self.number)

    @property
    def before(self) -> str:
        return str(self.number - 2)


@dataclass(frozen=True, slots=True)
class Chrome:
    """Everything the layout shows. Every field has a neutral default, so a visitor's page needs nothing."""

    home_url: str = "/"
    # The line under the name: « Saint-Cirgue, CC Val 81 » for a commune, « CC Val 81 » for the EPCI.
    place: str = ""
    territory_name: str = ""

    # Who is here. `person_key` is an opaque id: it separates what two people type on a shared computer.
    person_name: str = ""
    person_key: str = ""
    role_label: str = ""
    acting_label: str = ""
    acting_tile: TileLike | None = None

    menu: tuple[Link, ...] = ()
    switches: tuple[Switch, ...] = ()
    switch_url: str = ""
    account_url: str = ""
    # Pages one seldom opens: in the account's menu, not in the main one.
    account_links: tuple[Link, ...] = ()
    search_url: str = ""
    sign_in_url: str = ""
    sign_out_url: str = ""

    # « Bloqué ? » sends the page and what was typed to the person who helps.
    help_url: str = ""
    # On the page from which help was asked: (url, answer, author), read only when the session says one was.
    help_notice: Any = field(default=None, compare=False)
    help_label: str = "Bloqué ? Demander de l’aide"
    footer: tuple[Link, ...] = ()
    sources: str = ""

    demo: bool = False
    demo_date: date | None = None
    # HTML of the demonstration bar (a safe string), placed in the grey strip above the header. It holds the page's own
    # token, so it stays out of the comparison by which the rest of the layout is cached.
    demo_bar: str = field(default="", compare=False)
    today: date | None = None
    # The guided tour is of one page at a time: it stays out of what is rendered once and kept.
    tour: Tour | None = field(default=None, compare=False)

    @property
    def signed_in(self) -> bool:
        return bool(self.person_name)
