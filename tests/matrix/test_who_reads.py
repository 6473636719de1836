"""« Qui peut voir ceci ? » stands on the page of every object that has a circle of readers and a page of its own."""

from typing import Any

import pytest
from django.urls import reverse

from mosaique.kernel import ref
from tests.matrix.doors import client_of
from tests.world.builder import World

# Told elsewhere, and where.
ELSEWHERE = {
    "upload": "its page is the file itself; the object it belongs to says who reads it",
    "post": "read by those who read its thread",
    "axis": "a part of the scheme’s page",
    "chapter": "a part of the scheme’s page",
    "inventory_release": "said in words on the page where figures are released",
    "inventory_summary": "stands in its section’s place, with the same question, for those who do not read the lines",
    "inventory_import": "a preview for the one who sent the file",
    "releve": "read by those who read its thread",
    "inventory_estimate": "a part of the inventory’s page",
    "mandate": "no page of its own",
    "invitations": "no page of its own",
    "territory": "read by everyone",
    "perimeter_change": "its page says it: everyone who takes part",
}
LOOKERS = ("cheffe-de-projet", "animateur", "secretaire", "maire", "maire-b")


def _kinds() -> list[str]:
    return [kind for kind in ref.kinds() if kind not in ELSEWHERE]


def test_what_is_told_elsewhere_exists() -> None:
    assert set(ELSEWHERE) <= set(ref.kinds())


@pytest.mark.parametrize("kind", _kinds())
def test_the_question_stands_on_the_page(kind: str, world: World) -> None:
    seen = 0
    for obj in ref.kinds()[kind].model().objects.all()[:6]:  # type: ignore[attr-defined]
        seen += _asked(world, kind, obj)
    assert seen, "no object of this kind on a page anyone opens"


def _asked(world: World, kind: str, obj: Any) -> bool:
    address = reverse("who_can_see", kwargs={"kind": kind, "pk": obj.pk})
    for slug in LOOKERS:
        answer = client_of(world, slug).get(obj.get_absolute_url(), follow=True)
        if answer.status_code == 200 and address in answer.whole.decode():
            return True
    return False
