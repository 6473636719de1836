"""Services: their signature is checked, they are atomic, and what runs inside is known."""

from typing import Any

import pytest
from django.db import transaction

from mosaique.kernel import clock, mail
from mosaique.kernel import service as services
from mosaique.kernel.models import OutgoingMail
from mosaique.kernel.service import service
from mosaique.kernel.testing.guards import WroteWhereForbidden, no_writes, writes_only_in_services


def test_a_service_takes_the_actor_first_and_only_keywords() -> None:
    with pytest.raises(TypeError, match="actor"):

        @service
        def no_actor(*, thing: int) -> None: ...

    with pytest.raises(TypeError, match="keyword"):

        @service
        def positional(actor: Any, thing: int) -> None: ...


@service
def _writes_then_fails(*, actor: Any, fail: bool) -> None:
    mail.queue(to="a@exemple.fr", subject="s", text="t", kind="k")
    if fail:
        raise RuntimeError("boom")


def test_a_failed_service_leaves_nothing(db: None) -> None:
    with pytest.raises(RuntimeError):
        _writes_then_fails(actor=None, fail=True)
    assert OutgoingMail.objects.count() == 0
    _writes_then_fails(actor=None, fail=False)
    assert OutgoingMail.objects.get().created_at == clock.now()


def test_inside_and_anonymous_are_known_only_inside() -> None:
    seen: list[tuple[bool, bool]] = []

    @service(anonymous=True)
    def secret(*, actor: Any) -> None:
        seen.append((services.inside(), services.is_anonymous()))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mosaique.kernel.service.transaction.atomic", __import__("contextlib").nullcontext)
        secret(actor=None)
    assert seen == [(True, True)]
    assert not services.inside()
    assert not services.is_anonymous()


def test_guards_see_a_write_outside_a_service_and_in_a_get(db: None) -> None:
    with pytest.raises(WroteWhereForbidden), transaction.atomic(), writes_only_in_services():
        OutgoingMail.objects.create(
            to="a@b.fr", subject="s", text="t", kind="k", created_at=clock.now(), send_after=clock.now()
        )
    with writes_only_in_services():
        _writes_then_fails(actor=None, fail=False)
    with pytest.raises(WroteWhereForbidden), no_writes():
        _writes_then_fails(actor=None, fail=False)
