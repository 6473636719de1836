"""What can be journaled: each room lists its verbs in its `registry.py`."""

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Verb:
    """A kind of act. `phrase` completes « Nadine Lacroix … » in the feed; `{object}` is the object's label.

    `public_phrase` hides who acted where the person need not be named (« La commune de … a rendu … »).
    `in_feed` – shown in « Depuis votre visite »; technical acts are not.
    """

    code: str
    phrase: str
    in_feed: bool = True


_verbs: dict[str, Verb] = {}


def register(*verbs: Verb) -> None:
    for verb in verbs:
        if verb.code in _verbs and _verbs[verb.code] != verb:
            raise ValueError(f"two verbs named {verb.code}")
        _verbs[verb.code] = verb


def all_verbs() -> dict[str, Verb]:
    from mosaique.kernel import registry

    registry.load()
    return _verbs


@cache
def rooms() -> dict[str, str]:
    """Code of a verb → the room that lists it in its `registry.py`: where the act is done."""
    all_verbs()
    return {
        verb.code: room
        for room in settings.ROOMS
        if find_spec(f"mosaique.{room}.registry")
        for verb in vars(import_module(f"mosaique.{room}.registry")).values()
        if isinstance(verb, Verb)
    }
