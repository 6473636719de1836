"""Who is a member on a day."""

from datetime import date, timedelta
from typing import Any

import pytest

from mosaique.access.actor import ANONYMOUS
from mosaique.kernel import clock
from mosaique.territory import perimeter
from mosaique.territory.models import PerimeterChange, TerritoryMember
from mosaique.territory.services import Draft, announce, enact, kinds

DAY = date(2026, 11, 26)


def _codes(cast: Any, on: date | None = None) -> set[str]:
    return {member.authority.code for member in perimeter.communes(cast.territory, on)}


def test_the_day_of_departure_is_the_first_day_without_the_commune(cast: Any) -> None:
    TerritoryMember.objects.filter(authority=cast.commune_b).update(left_on=DAY)
    code = cast.commune_b.code
    assert code in _codes(cast, DAY - timedelta(days=1))
    assert code not in _codes(cast, DAY)
    with clock.at(DAY):
        assert code not in _codes(cast)
    with clock.at(DAY - timedelta(days=1)):
        assert code in _codes(cast)


def test_who_joins_later_is_not_there_yet(cast: Any) -> None:
    TerritoryMember.objects.filter(authority=cast.commune_b).update(joined_on=DAY)
    assert cast.commune_b.code not in _codes(cast, DAY - timedelta(days=1))
    assert cast.commune_b.code in _codes(cast, DAY)


@pytest.mark.parametrize("kind", PerimeterChange.Kind)
def test_every_kind_has_its_own_rules(kind: str) -> None:
    assert kinds.of(kind).kind == kind


def test_a_kind_without_rules_is_taken_for_no_other(cast: Any) -> None:
    both = (cast.commune_a, cast.commune_b)
    draft = Draft("annexation", DAY, both, successor_name="Val-d’Assou", chief=cast.commune_a)
    with pytest.raises(ValueError, match="annexation"):
        announce(actor=ANONYMOUS, territory=cast.territory, draft=draft)
    change = PerimeterChange.objects.create(
        territory=cast.territory, kind="annexation", takes_effect_on=DAY, announced_at=clock.now()
    )
    with pytest.raises(ValueError, match="annexation"):
        enact(actor=ANONYMOUS, change=change)


def test_the_intercommunality_is_a_member_and_no_commune(cast: Any) -> None:
    every = {body.pk for body in perimeter.bodies(cast.territory)}
    communes = {body.pk for body in perimeter.commune_bodies(cast.territory)}
    assert every - communes == {cast.territory.epci_id}
    assert communes == {member.authority_id for member in perimeter.communes(cast.territory.pk)}
