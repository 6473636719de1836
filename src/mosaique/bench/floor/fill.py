"""The same content for the floor. Run in its own process, told by `apart`: two settings do not live together.

`python -m mosaique.bench.floor.fill SIZE` prints, as JSON, session cookies and the paths each may ask.
"""

import json
import random
import sys
from typing import Any


def main(size_name: str) -> None:
    import django

    django.setup()
    from datetime import UTC, datetime, timedelta

    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.db import connection

    from mosaique.bench import words
    from mosaique.bench.apart import SCHEMA
    from mosaique.bench.sizes import SIZES
    from mosaique.bench.tidying import tidy

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
    call_command("migrate", verbosity=0)
    from mosaique.bench.floor.models import Room, Seat, Talk, Word

    size, rng, start = SIZES[size_name], random.Random(20261126), datetime(2026, 9, 1, 8, tzinfo=UTC)
    users = User.objects.bulk_create(
        [User(username=f"user{n}", password="!") for n in range(size.people)], 2000
    )
    rooms = Room.objects.bulk_create([Room(name=f"Groupe {n:02}") for n in range(size.spaces)])
    pairs = sorted(
        {(u.pk, rooms[(n * 7 + k * 13) % size.spaces].pk) for n, u in enumerate(users) for k in range(3)}
    )
    Seat.objects.bulk_create([Seat(user_id=u, room_id=r) for u, r in pairs], 2000)
    talks = Talk.objects.bulk_create(
        [
            Talk(room=rooms[n % size.spaces], title=words.sentence(rng, 4, 8)[:-1])
            for n in range(size.threads)
        ],
        2000,
    )
    stock = [words.post(rng) for _ in range(500)]
    per = size.posts // size.threads
    batch: list[Word] = []
    for talk in talks:
        for number in range(per):
            batch.append(
                Word(
                    talk=talk,
                    author=users[rng.randrange(len(users))],
                    body=stock[rng.randrange(500)],
                    at=start + timedelta(minutes=number),
                )
            )
        if len(batch) >= 2000:
            Word.objects.bulk_create(batch)
            batch = []
    Word.objects.bulk_create(batch)
    tidy()
    sys.stdout.write(json.dumps(_sessions(users, pairs, talks)))


def _sessions(users: list[Any], pairs: list[tuple[int, int]], talks: list[Any]) -> dict[str, list[Any]]:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    rooms_of: dict[int, list[int]] = {}
    for user, room in pairs:
        rooms_of.setdefault(user, []).append(room)
    talks_of: dict[int, list[int]] = {}
    for talk in talks:
        talks_of.setdefault(talk.room_id, []).append(talk.pk)
    cookies, paths = [], []
    for user in users[:: max(1, len(users) // 16)][:16]:
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        cookies.append(f"sessionid={session.session_key}")
        readable = [pk for room in rooms_of[user.pk] for pk in talks_of[room]]
        paths.append([f"/talk/{pk}/" for pk in readable])
    return {"cookies": cookies, "paths": paths}


if __name__ == "__main__":
    main(sys.argv[1])
