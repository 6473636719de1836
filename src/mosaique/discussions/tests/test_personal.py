"""From a mailbox that several open, a message needs no code; a position does, taken or changed, with its words."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client

from mosaique.accounts import services as accounts
from mosaique.demo.people import Company
from mosaique.discussions import services
from mosaique.discussions.models import Draft, Post, Thread
from mosaique.discussions.tests.scene import token
from mosaique.kernel.verdict import Problem

PIN = "4071"
For = Callable[[str], Client]


def test_a_position_is_confirmed_a_message_is_not(cast: Company, thread: Thread) -> None:
    dgs = replace(cast.actor("dgs"), via_shared_mailbox=True)
    sure = replace(dgs, is_confirmed=True)
    services.write_post(actor=dgs, thread=thread, body="Bonjour à tous.", client_token=token(2))
    with pytest.raises(Problem, match="boîte est partagée"):
        services.write_post(actor=dgs, thread=thread, body="Pour.", client_token=token(3), position="pour")
    said = services.write_post(
        actor=sure, thread=thread, body="Pour.", client_token=token(3), position="pour"
    )
    for other in ("contre", "", "pour"):  # the words of a position are part of it
        with pytest.raises(Problem, match="boîte est partagée"):
            services.edit_post(actor=dgs, post=said, seen=1, body="Pour, sauf la voirie.", position=other)
    services.edit_post(actor=sure, post=said, seen=1, body="Contre, finalement.", position="contre")
    assert Post.objects.get(pk=said.pk).position == "contre"


def test_the_reply_asks_in_its_place_and_keeps_the_words(
    cast: Company, thread: Thread, shared_client_for: For
) -> None:
    accounts.choose_pin(actor=cast.actor("dgs"), pin=PIN)
    client, url, before = shared_client_for("dgs"), thread.get_absolute_url(), thread.posts.count()
    assert 'id="id_pin"' in client.get(url).content.decode()
    assert client.post(url, {"body": "Sans position.", "client_token": token(4)}).status_code == 302
    typed = {"body": "Nous sommes **pour**.", "client_token": token(5), "position": "pour"}
    for pin, why in (("", "Votre code personnel manque"), ("9988", "il vous reste")):
        page = client.post(url, {**typed, "pin": pin}).content.decode()
        assert (
            why in page.replace("\u00a0", " ")
            and "Nous sommes **pour**." in page
            and 'value="pour" selected' in page
        )
    assert client.post(url, {**typed, "pin": PIN}).status_code == 302
    assert thread.posts.count() == before + 2 and 'id="id_pin"' not in client.get(url).content.decode()


def test_a_correction_asks_when_the_message_bears_a_position(
    cast: Company, thread: Thread, shared_client_for: For
) -> None:
    """Others open the mailbox: the words of somebody's reserve are not theirs to change, even under the same heading."""
    accounts.choose_pin(actor=cast.actor("dgs"), pin=PIN)
    dgs, client = cast.actor("dgs"), shared_client_for("dgs")
    said = services.write_post(actor=dgs, thread=thread, body="Bonjour.", client_token=token(6))
    url = f"/messages/{said.pk}/corriger/"
    assert client.post(url, {"seen": 1, "body": "Bonjour à tous."}).status_code == 302
    post = services.write_post(
        actor=dgs, thread=thread, body="Pas la voirie.", client_token=token(7), position="reserve"
    )
    url = f"/messages/{post.pk}/corriger/"
    assert "Seulement si vous prenez position" not in client.get(url).content.decode()
    for changed in (
        {"body": "Tout sauf l’eau.", "position": "reserve"},
        {"body": "Contre.", "position": "contre"},
    ):
        page = client.post(url, {"seen": 1, **changed}).content.decode()
        assert "Votre code personnel manque" in page and changed["body"] in page
    post.refresh_from_db()
    assert post.version == 1 and "voirie" in post.body_html
    assert client.post(url, {"seen": 1, **changed, "pin": PIN}).status_code == 302


def test_a_draft_never_holds_the_code(cast: Company, thread: Thread, shared_client_for: For) -> None:
    client = shared_client_for("dgs")
    client.post(
        f"/fils/{thread.pk}/brouillon/",
        {"body": "En cours.", "position": "pour", "pin": PIN, "pin_again": PIN, "draft_seen": "0"},
    )
    assert PIN not in str(Draft.objects.get().fields)
