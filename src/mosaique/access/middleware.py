"""`request.actor`: read once, lazily, by one query beside the session's."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from mosaique.access import cards
from mosaique.access.actor import ANONYMOUS, Actor
from mosaique.access.confirmation import LIFE
from mosaique.access.models import AccessCard, Person
from mosaique.kernel import clock
from mosaique.kernel.prepared import Prepared
from mosaique.territory.models import Territory

_READER = Prepared(
    lambda person: Person.objects.filter(pk=person, is_active=True).values_list(
        "password",
        "given_name",
        "family_name",
        "erased_at",
        "is_operator",
        "card__data",
        "card__good_until",
        "session_salt",
    )
)
MANDATE_KEY = "mandate"
SHARED_KEY = "shared_mailbox"
CONFIRMED_KEY = "confirmed"  # who typed their personal code, and when

Kept = tuple[dict[str, Any] | None, date | None]  # a card and its date; none yet


def actor_of(
    person: Person, *, mandate_id: int | None = None, shared: bool = False, confirmed: bool = False
) -> Actor:
    """The actor for a person."""
    return _of(person, _as_of_today({person.pk: _card(person)})[person.pk], mandate_id, shared, confirmed)


def actors_of(people: Iterable[Person]) -> list[Actor]:
    """The actors for many, read with their cards."""
    people = list(people)
    found = _as_of_today({person.pk: _card(person) for person in people})
    return [_of(person, found[person.pk]) for person in people]


def _card(person: Person) -> Kept:
    try:
        return person.card.data, person.card.good_until
    except AccessCard.DoesNotExist:
        return None, None


def _as_of_today(kept: dict[int, Kept]) -> dict[int, dict[str, Any]]:
    """Cards by person. Those past their date (a whole council's may be, on one day) are computed again together, for this page:
    the nightly task stores them."""
    today = clock.today()
    past = [
        pk for pk, (data, until) in kept.items() if data is None or (until is not None and until <= today)
    ]
    anew = cards.compute(past, today) if past else {}
    return {pk: anew[pk][0] if pk in anew else data or {} for pk, (data, _) in kept.items()}


def _of(
    person: Person, data: dict[str, Any], mandate_id: int | None = None, shared: bool = False, confirmed: bool = False
) -> Actor:  # fmt: skip
    return Actor(
        person_id=person.pk, name=person.full_name, is_operator=person.is_operator,
        via_shared_mailbox=shared, is_confirmed=confirmed, card=data, mandate_id=mandate_id,
    )  # fmt: skip


def _actor(request: HttpRequest) -> Actor:
    """From the session, in one query of plain values: no model is built for the page's own reader.

    The session's hash is checked as Django does for `request.user`, which stays lazy and is rarely asked for.
    """
    session = request.session
    person_id = session.get(SESSION_KEY)
    if person_id is None:
        return ANONYMOUS
    row = _READER.row(int(person_id))
    if row is None:
        return ANONYMOUS
    person = Person(
        pk=int(person_id),
        password=row[0],
        given_name=row[1],
        family_name=row[2],
        erased_at=row[3],
        is_operator=row[4],
        session_salt=row[7],
    )
    if not constant_time_compare(session.get(HASH_SESSION_KEY, ""), person.get_session_auth_hash()):
        return ANONYMOUS
    shared = session.get(SHARED_KEY, False)
    data = _as_of_today({person.pk: (row[5], row[6])})[person.pk]
    return _of(
        person,
        data,
        session.get(MANDATE_KEY),
        shared,
        shared and confirmed(session.get(CONFIRMED_KEY), person.pk),
    )


def confirmed(kept: Any, person_id: int) -> bool:
    """Whether what the session keeps is this person's own confirmation, and recent."""
    if not isinstance(kept, dict) or kept.get("person") != person_id:
        return False
    return timedelta(0) <= clock.now() - datetime.fromisoformat(kept["at"]) < LIFE


def acting(request: HttpRequest) -> Actor:
    """The actor of a request, typed."""
    return request.actor  # type: ignore[attr-defined]


def own_territory(request: HttpRequest) -> Territory:
    """That of the mandate acted for, or 404: those who only have a space read no page of it."""
    actor = acting(request)
    if not actor.takes_part_in(actor.territory_id):
        raise Http404
    return get_object_or_404(Territory.objects.visible_to(actor).for_screen(), pk=actor.territory_id)


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
