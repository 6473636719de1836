"""A territory of the reference size, from a fixed seed, in both applications; its digest tells that two runs measured the same data."""

import hashlib
import random
import secrets
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from django.db import models

from mosaique.access import cards
from mosaique.access.models import Mandate, Membership, Person, Scope, Space, Visibility
from mosaique.access.roles import Role
from mosaique.bench import words
from mosaique.bench.sizes import Size
from mosaique.discussions.models import Post, Thread
from mosaique.kernel.richtext import from_markdown, to_html
from mosaique.territory.models import Authority, Territory, TerritoryMember

M = TypeVar("M", bound=models.Model)
START = datetime(2026, 9, 1, 8, tzinfo=UTC)


_ROLES = (Role.MAYOR, Role.SECRETARY, Role.AGENT, Role.COUNCILLOR, Role.AGENT, Role.AGENT)
# Texts are drawn from a stock: rendering 100,000 different ones would measure the seed, not the pages.
_STOCK = 500


def bulk(model: type[M], rows: Iterator[M], size: int = 2_000) -> list[M]:
    kept: list[M] = []
    batch: list[M] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            kept += model._default_manager.bulk_create(batch)
            batch = []
    return kept + model._default_manager.bulk_create(batch)


def fill(size: Size) -> dict[str, Any]:
    """Fill our tables. Returns the digest and the ids the client needs."""
    rng = random.Random(20261126)
    epci = Authority.objects.create(
        kind="epci", name="CA du banc d’essai", siren="199999999", department="64", tax_regime="FPU"
    )
    territory = Territory.objects.create(
        epci=epci, slug="banc-d-essai", state="open", created_at=START, reference_vintage="2026"
    )
    communes = bulk(
        Authority,
        (
            Authority(
                kind="commune",
                name=f"Commune {n:03}",
                siren=f"18{n:07}",
                insee_code=f"64{n:03}",
                department="64",
                population=100 + n,
            )
            for n in range(size.communes)
        ),
    )
    members = (
        TerritoryMember(
            territory=territory, authority=body, tile_drawing=n % 8, tile_hue=("bv", "ocre", "brique")[n % 3]
        )
        for n, body in enumerate([epci, *communes])
    )
    bulk(TerritoryMember, members)
    people = bulk(
        Person,
        (
            Person(handle=f"bench{n:06}", email=f"p{n}@exemple.fr", given_name=f"Prénom{n}", family_name=f"Nom{n}",
                   password="!", created_at=START)
            for n in range(size.people)
        ),
    )  # fmt: skip
    mandates = bulk(
        Mandate,
        (
            Mandate(person=person, territory=territory, authority=communes[n % len(communes)], role=_ROLES[n % len(_ROLES)],
                    title=str(Role(_ROLES[n % len(_ROLES)]).label).capitalize(), starts_on=date(2026, 4, 1))
            for n, person in enumerate(people)
        ),
    )  # fmt: skip
    spaces = [_space(territory, number) for number in range(size.spaces)]
    # Each person in three spaces: memberships of a real territory, not « everyone everywhere ».
    pairs = {
        (person.pk, spaces[(n * 7 + k * 13) % size.spaces].pk)
        for n, person in enumerate(people)
        for k in range(3)
    }
    bulk(
        Membership,
        (Membership(person_id=p, space_id=s, role="contributor", since=START) for p, s in sorted(pairs)),
    )
    cards.rewrite(people)
    threads = _talk(rng, size, spaces, mandates)
    digest = hashlib.sha256(
        "|".join(
            str(value) for value in Post.objects.order_by("pk").values_list("number", "body_html")[:2_000]
        ).encode()
    ).hexdigest()
    return {"digest": digest[:16], "threads": threads, "pairs": pairs}


def _space(territory: Territory, number: int) -> Space:
    known = Scope.objects.obtain(territory=territory, visibility=Visibility.TERRITORY)
    space = Space.objects.create(
        territory=territory, kind="thematic", name=f"Groupe {number:02}", purpose="Banc d’essai", openness="listed",
        joining="request", scope=known, created_at=START,
    )  # fmt: skip
    space.content_scope = Scope.objects.obtain(territory=territory, visibility=Visibility.SPACE, space=space)
    space.save(update_fields=["content_scope"])
    return space


def _talk(
    rng: random.Random, size: Size, spaces: list[Space], mandates: list[Mandate]
) -> dict[int, list[int]]:
    """Threads and posts; returns space id → thread ids."""
    stock = [from_markdown(words.post(rng)) for _ in range(_STOCK)]
    html = [to_html(document) for document in stock]
    per = size.posts // size.threads
    threads = bulk(
        Thread,
        (
            Thread(
                scope_id=spaces[n % len(spaces)].content_scope_id, space=spaces[n % len(spaces)], title=words.sentence(rng, 4, 8)[:-1],
                open_to_what="Les propositions du groupe", who_decides="Le comité de pilotage", outcome_promise="Un relevé, puis une fiche",
                author_id=mandates[n % len(mandates)].person_id, mandate=mandates[n % len(mandates)], created_at=START,
                post_count=per, last_post_at=START + timedelta(minutes=n),
            )
            for n in range(size.threads)
        ),
    )  # fmt: skip

    def posts() -> Iterator[Post]:
        for thread in threads:
            for number in range(1, per + 1):
                pick, who = rng.randrange(_STOCK), mandates[rng.randrange(len(mandates))]
                yield Post(
                    scope_id=thread.scope_id, thread=thread, number=number, author_id=who.person_id, mandate=who,
                    body=stock[pick], body_html=html[pick], created_at=START + timedelta(minutes=number),
                    client_token=secrets.token_hex(8),
                )  # fmt: skip

    for _ in _batches(posts()):
        pass
    found: dict[int, list[int]] = {}
    for thread in threads:
        found.setdefault(thread.space_id, []).append(thread.pk)
    return found


def _batches(rows: Iterator[Post], size: int = 2_000) -> Iterator[int]:
    """Like `bulk`, without keeping a hundred thousand rows in memory."""
    batch: list[Post] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield len(Post.objects.bulk_create(batch))
            batch = []
    yield len(Post.objects.bulk_create(batch))
