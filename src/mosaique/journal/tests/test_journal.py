"""The journal: appended by services only, codes only, digested once a day."""

from datetime import timedelta
from typing import Any

import pytest

from mosaique import journal
from mosaique.access.models import Space
from mosaique.demo.people import Company
from mosaique.journal import verbs
from mosaique.journal.models import DayDigest, Line
from mosaique.journal.tasks import digest_of, digest_yesterday
from mosaique.journal.verbs import Verb
from mosaique.kernel import clock
from mosaique.kernel.service import service

LOOKED = Verb("test_looked", "a regardé {object}")


@pytest.fixture(autouse=True)
def _verb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(verbs.all_verbs(), LOOKED.code, LOOKED)


@service
def look(*, actor: Any, space: Space, **changes: Any) -> Line | None:
    return journal.record(actor, LOOKED, space, **changes)


def test_a_line_says_who_for_whom_and_what_in_codes(cast: Company) -> None:
    line = look(actor=cast.actor("maire"), space=cast.spaces["copil"], field="title", count=2)
    assert line is not None
    assert (line.verb, line.kind, line.ref_id) == ("test_looked", "space", cast.spaces["copil"].pk)
    assert line.authority_id == cast.commune_a.pk
    assert line.scope_id == cast.spaces["copil"].scope_id
    assert line.changes == {"field": "title", "count": 2}


@pytest.mark.parametrize("free", ["Nadine Lacroix", "n@exemple.fr", "x" * 200, object()])
def test_free_text_is_refused(cast: Company, free: object) -> None:
    with pytest.raises(TypeError):
        look(actor=cast.actor("maire"), space=cast.spaces["copil"], note=free)
    assert not Line.objects.filter(verb="test_looked").exists()


def test_only_services_write_and_nobody_rewrites(cast: Company) -> None:
    with pytest.raises(RuntimeError):
        journal.record(cast.actor("maire"), LOOKED, cast.spaces["copil"])
    look(actor=cast.actor("maire"), space=cast.spaces["copil"])
    with pytest.raises(TypeError):
        Line.objects.update(verb="x")
    with pytest.raises(TypeError):
        Line.objects.all().delete()


def test_an_anonymous_service_leaves_no_line(cast: Company) -> None:
    @service(anonymous=True)
    def secret(*, actor: Any) -> None:
        assert journal.record(actor, LOOKED, cast.spaces["copil"]) is None

    before = Line.objects.count()
    secret(actor=cast.actor("maire"))
    assert Line.objects.count() == before


def test_past_days_are_digested_once_and_a_changed_line_shows(cast: Company) -> None:
    line = look(actor=cast.actor("maire"), space=cast.spaces["copil"])
    assert line is not None
    day = clock.today()
    with clock.at(day + timedelta(days=2)):
        digest_yesterday.call()
        digest_yesterday.call()
    digest = DayDigest.objects.get(day=day)
    assert digest_of(day) == (digest.lines, digest.sha256)
    line.ref_id += 1
    line.save()
    assert digest_of(day)[1] != digest.sha256
