"""The actor: a person, what their card lets them reach, and the mandate they act for now. Policies read only this."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from mosaique.access import themes
from mosaique.access.entrusting import OPENS_THE_HALL, Entrusted
from mosaique.access.roles import HALL, RIGHTS, TEAM, Right, Role


@dataclass(frozen=True, slots=True)
class HeldMandate:
    """A mandate as the card keeps it: enough for policies and for the page's header, without a query."""

    id: int
    territory_id: int
    territory_name: str
    authority_id: int
    authority_name: str
    authority_code: str
    authority_kind: str
    role: str
    title: str
    themes: int
    tile_drawing: int
    tile_hue: str
    epci_code: str = ""  # of the territory: the address of its home
    entrusted: tuple[str, ...] = ()  # a delegation: what of the mandate it comes from; empty: all of it
    departed: bool = False  # its commune is no longer a member: it reads what was its own, and writes nothing

    @property
    def is_delegation(self) -> bool:
        return bool(self.entrusted)

    def carries(self, what: str) -> bool:
        """Whether these acts go with the mandate: all of them, or those that were entrusted."""
        return not self.departed and (not self.entrusted or what in self.entrusted)

    @property
    def is_hall(self) -> bool:
        """Speaks, or enters data, for its commune now."""
        return not self.departed and self.was_hall

    @property
    def was_hall(self) -> bool:
        """Reads what is its commune's own, even once the commune has left."""
        return self.role in HALL and (not self.entrusted or bool(OPENS_THE_HALL & set(self.entrusted)))

    def may(self, right: str) -> bool:
        if self.departed and right != Right.READ:
            return False
        if (
            right == Right.DECIDE
            and self.entrusted
            and not {Entrusted.POSITIONS, Entrusted.CONDUCT} & set(self.entrusted)
        ):
            return False
        return right in RIGHTS.get(self.role, frozenset())


@dataclass(frozen=True)
class Actor:
    """Who asks. Reading is the union of the person's mandates; acting is done for one of them (`mandate`)."""

    person_id: int | None = None
    name: str = ""
    is_operator: bool = False
    via_shared_mailbox: bool = False
    is_confirmed: bool = False  # on a shared mailbox: the personal code was typed a short while ago
    card: dict[str, Any] = field(default_factory=dict)
    mandate_id: int | None = None

    @property
    def is_anonymous(self) -> bool:
        return self.person_id is None

    @property
    def is_personal(self) -> bool:
        """Certainly this person: nobody else opens the mailbox, or their personal code has just said so."""
        return not self.via_shared_mailbox or self.is_confirmed

    @cached_property
    def mandates(self) -> tuple[HeldMandate, ...]:
        return tuple(
            HeldMandate(**{**row, "entrusted": tuple(row.get("entrusted", ()))})
            for row in self.card.get("mandates", ())
        )

    @cached_property
    def mandate(self) -> HeldMandate | None:
        """The mandate acted for now: the one chosen, else the first."""
        for held in self.mandates:
            if held.id == self.mandate_id:
                return held
        return self.mandates[0] if self.mandates else None

    @property
    def territory_id(self) -> int | None:
        return self.mandate.territory_id if self.mandate else None

    @property
    def authority_id(self) -> int | None:
        return self.mandate.authority_id if self.mandate else None

    @property
    def role(self) -> str:
        return self.mandate.role if self.mandate else ""

    # What the reading rule uses -------------------------------------------------------------
    @cached_property
    def territory_ids(self) -> tuple[int, ...]:
        return tuple(self.card.get("territories", ()))

    @cached_property
    def hall_authority_ids(self) -> tuple[int, ...]:
        return tuple(self.card.get("halls", ()))

    @cached_property
    def team_territory_ids(self) -> tuple[int, ...]:
        return tuple(self.card.get("teams", ()))

    @cached_property
    def circle_territory_ids(self) -> tuple[int, ...]:
        return tuple(self.card.get("circles", ()))

    @cached_property
    def theme_masks(self) -> dict[int, int]:
        """territory id → bits of the fields of competence, for territories read beyond one's own spaces."""
        return {int(key): value for key, value in self.card.get("masks", {}).items()}

    @cached_property
    def space_roles(self) -> dict[int, str]:
        return {int(key): value for key, value in self.card.get("spaces", {}).items()}

    @property
    def space_ids(self) -> tuple[int, ...]:
        return tuple(self.space_roles)

    def confided(self, kind: str) -> tuple[int, ...]:
        """Rows opened one by one to who holds a link, whatever their scope (`kind`: of kernel.ref)."""
        return tuple(self.card.get("confided", {}).get(kind, ()))

    # Words used by policies ------------------------------------------------------------------
    def may(self, right: str) -> bool:
        """Whether the mandate acted for carries this right (read, comment, propose, decide)."""
        return self.mandate is not None and self.mandate.may(right)

    def is_team(self, territory_id: int) -> bool:
        """Member of the EPCI's project team in this territory, acting for it now."""
        held = self.mandate
        return bool(held and held.territory_id == territory_id and territory_id in self.team_territory_ids
                    and held.authority_kind == "epci" and held.role in TEAM)  # fmt: skip

    def leads(self, territory_id: int | None) -> bool:
        """Leads the process of this territory now: the project team, or the presidency of the intercommunality."""
        held = self.mandate
        if held is None or territory_id is None or held.territory_id != territory_id:
            return False
        if not held.carries(Entrusted.CONDUCT):
            return False
        return held.role == Role.PRESIDENT or self.is_team(territory_id)

    def acts_for(self, authority_id: int) -> bool:
        """Acts now for this authority, in a role that may speak or enter data for it."""
        held = self.mandate
        return bool(held and held.authority_id == authority_id and held.is_hall)

    def decides_for(self, authority_id: int) -> bool:
        return self.acts_for(authority_id) and self.may(Right.DECIDE)

    def carries(self, what: str) -> bool:
        """Whether the mandate acted for carries these acts (`access.entrusting`): a delegation carries what it was given."""
        return self.mandate is not None and self.mandate.carries(what)

    def in_space(self, space_id: int) -> bool:
        return space_id in self.space_roles

    def animates(self, space_id: int) -> bool:
        return self.space_roles.get(space_id) == "animator"

    def takes_part_in(self, territory_id: int | None) -> bool:
        """Reads the territory beyond spaces of their own: not a partner, nor the people of a commune that left."""
        return territory_id in self.theme_masks


ANONYMOUS = Actor()


def taking_part(territory_id: int, territory_name: str = "") -> Actor:
    """Nobody in particular among those who take part in a territory: reads what each of them reads, and no more.

    For what is shown to a whole room (a screen on a wall): whatever the person at the keyboard may read besides, nothing
    of it appears. Decides nothing: its mandate is that of nobody.
    """
    nobody = {
        "id": 0, "territory_id": territory_id, "territory_name": territory_name, "authority_id": 0, "authority_name": "",
        "authority_code": "", "authority_kind": "", "role": Role.COUNCILLOR.value, "title": "", "themes": 0,
        "tile_drawing": 1, "tile_hue": "bv",
    }  # fmt: skip
    return Actor(
        person_id=0,
        card={"territories": [territory_id], "masks": {str(territory_id): themes.ALL}, "mandates": [nobody]},
    )
