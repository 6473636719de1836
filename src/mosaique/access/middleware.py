"""`request.actor`: read once, lazily, by one query beside the session's."""

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from mosaique.access import cards
from mosaique.access.actor import ANONYMOUS, Actor
from mosaique.access.models import AccessCard, Person
from mosaique.kernel import clock

MANDATE_KEY = "mandate"
SHARED_KEY = "shared_mailbox"


def actor_of(person: Person, *, mandate_id: int | None = None, shared: bool = False) -> Actor:
    """The actor for a person. A card past its date is computed again for this page (the nightly task stores it)."""
    try:
        card = person.card
    except AccessCard.DoesNotExist:
        card = None
    if card is None or (card.good_until is not None and card.good_until <= clock.today()):
        data, _ = cards.compute(person, clock.today())
    else:
        data = card.data
    return Actor(
        person_id=person.pk, name=person.full_name, is_operator=person.is_operator,
        via_shared_mailbox=shared, card=data, mandate_id=mandate_id,
    )  # fmt: skip


def _actor(request: HttpRequest) -> Actor:
    user: Any = request.user
    if not user.is_authenticated:
        return ANONYMOUS
    session = request.session
    return actor_of(
        cast(Person, user), mandate_id=session.get(MANDATE_KEY), shared=session.get(SHARED_KEY, False)
    )


def acting(request: HttpRequest) -> Actor:
    """The actor of a request, typed."""
    return request.actor  # type: ignore[attr-defined,no-any-return]


class ActorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        response = self.get_response(request)
        # What a person may see is never kept by a shared cache, nor shown by « back » after signing out.
        if "Cache-Control" not in response.headers and request.COOKIES:
            response.headers["Cache-Control"] = "no-store, private"
        return response
