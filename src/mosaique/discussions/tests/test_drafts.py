"""Drafts: kept for their author alone, given back on any device, gone with the sending, never one over another."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mosaique.access.actor import ANONYMOUS
from mosaique.demo.people import Company
from mosaique.discussions import services
from mosaique.discussions.models import Draft, Post, Thread
from mosaique.discussions.tests.scene import LINES, token, verbs
from mosaique.kernel import clock
from mosaique.kernel.verdict import Problem, Refused, Stale

For = Callable[..., Client]
JSON = {"HTTP_ACCEPT": "application/json"}


def keep(cast: Company, place: Any, body: str, seen: int = 0, slug: str = "dgs", **more: str) -> Draft | None:
    found: Draft | None = services.keep_draft(
        actor=cast.actor(slug), place=place, seen=seen, fields={"body": body, "position": "", **more}
    )
    return found


def test_what_is_typed_is_kept_and_given_back_to_its_author_alone(
    cast: Company, thread: Thread, client_for: For, django_assert_num_queries: Any
) -> None:
    before = verbs()
    draft = keep(cast, thread, "Je commence à", position="reserve")
    assert draft and verbs() == before
    url = reverse("thread", args=[thread.pk])
    client = client_for("dgs")
    with django_assert_num_queries(6):
        page = client.get(url).content.decode()
    assert "Je commence à</textarea>" in page and '<option value="reserve" selected>' in page
    assert f'name="draft_seen" value="{draft.version}"' in page and "Brouillon gardé le" in page
    for slug in ("animateur", "partenaire"):
        assert "Je commence à" not in client_for(slug).get(url).content.decode()


def test_nothing_typed_forgets_it(cast: Company, thread: Thread) -> None:
    draft = keep(cast, thread, "Un mot")
    assert draft and keep(cast, thread, " ", draft.version) is None
    assert not Draft.objects.exists() and keep(cast, thread, "") is None


def test_two_devices_lose_neither_text(cast: Company, thread: Thread, client_for: For) -> None:
    first = keep(cast, thread, "Du bureau")
    assert first is not None
    assert keep(cast, thread, "Du bureau") == first  # the same words from elsewhere: nothing to say
    with pytest.raises(Stale) as stale:
        services.keep_draft(
            actor=cast.actor("dgs"), place=thread, seen=0, fields={"body": "Du téléphone", "position": ""},
            labels={"body": "Votre message"},
        )  # fmt: skip
    assert stale.value.fields == [("Votre message", "Du bureau", "Du téléphone")]
    client, url = client_for("dgs"), reverse("thread_draft", args=[thread.pk])
    data = {"body": "Du téléphone", "draft_seen": "0"}
    answer = client.post(url, data, **JSON)
    assert answer.status_code == 409
    assert answer.json()["fields"]["body"] == "Du bureau" and answer.json()["version"] == first.version
    page = client.post(url, data)
    assert page.status_code == 409
    assert "Du bureau" in page.content.decode() and "Du téléphone" in page.content.decode()
    assert (
        client.post(url, {**data, "draft_seen": str(first.version)}, **JSON).json()["version"] > first.version
    )


def test_a_draft_goes_with_its_sending(cast: Company, thread: Thread) -> None:
    draft = keep(cast, thread, "Prêt à partir")
    keep(cast, thread, "Celui d’une autre", slug="animateur")
    assert draft is not None
    with pytest.raises(Problem):
        services.write_post(
            actor=cast.actor("dgs"), thread=thread, body=" ", client_token=token(3), draft_seen=draft.version
        )
    assert Draft.objects.count() == 2
    services.write_post(
        actor=cast.actor("dgs"),
        thread=thread,
        body="Prêt, et parti",
        client_token=token(3),
        draft_seen=draft.version,
    )
    assert Draft.objects.get().fields["body"] == "Celui d’une autre"
    # A saving that was on its way brings nothing back; a new beginning is kept, under a version never seen.
    assert keep(cast, thread, "Prêt, et parti", draft.version) is None
    with clock.at(clock.now() + timedelta(minutes=5)):
        again = keep(cast, thread, "Autre chose")
    assert again is not None and again.version > draft.version


def test_words_of_another_device_outlive_a_sending(cast: Company, thread: Thread) -> None:
    old = keep(cast, thread, "Du bureau")
    assert old is not None
    keep(cast, thread, "Du bureau, puis du téléphone", old.version)
    services.write_post(
        actor=cast.actor("dgs"),
        thread=thread,
        body="Du bureau",
        client_token=token(3),
        draft_seen=old.version,
    )
    assert Draft.objects.get().fields["body"] == "Du bureau, puis du téléphone"


def test_kept_by_its_button_without_a_script(cast: Company, thread: Thread, client_for: For) -> None:
    client, url = client_for("dgs"), reverse("thread_draft", args=[thread.pk])
    with clock.at(clock.now().replace(hour=9, minute=42)):
        answer = client.post(url, {"body": "À finir", "position": "pour", "draft_seen": "0"})
        assert answer.url == f"{thread.get_absolute_url()}?ecrire=1#repondre"
        page = client.get(answer.url).content.decode()
    assert "Brouillon gardé à 10\u00a0h\u00a042" in page and "À finir</textarea>" in page
    data = {"body": "À finir, bientôt", "draft_seen": str(Draft.objects.get().version)}
    joined = client.post(url, {**data, "attached": SimpleUploadedFile("a.pdf", b"%PDF-")}, follow=True)
    assert "Les pièces jointes n’en font pas partie" in joined.content.decode()
    assert client_for("maire").post(url, {"body": "Non"}).status_code == 404
    assert (
        client_for(None).post(url, {"body": "Non"}, **JSON).status_code == 302
    )  # the script says that the session is over


def test_the_new_question_is_kept_too(cast: Company, client_for: For) -> None:
    space = cast.spaces["voirie"]
    client, url = client_for("agent"), reverse("space_draft", args=[space.pk])
    data = {
        "title": "Qui prête",
        "body": "",
        "kind": "idea",
        "draft_seen": "0",
        "until": "2026-1",
        "open_to_what": "Le prêt",
    }
    answer = client.post(url, data, **JSON)
    assert answer.status_code == 200 and answer.json()["at"] == "12\u00a0h\u00a000"
    page = client.get(reverse("thread_open", args=[space.pk])).content.decode()
    assert 'value="Qui prête"' in page and "Brouillon gardé le" in page and "2026-1" in page
    assert client_for("maire").post(url, data).status_code == 403
    services.open_thread(
        actor=cast.actor("agent"), space=space, body="Qui prête ?", client_token=token(4),
        draft_seen=answer.json()["version"], **LINES,
    )  # fmt: skip
    assert not Draft.objects.exists()


def test_what_cannot_be_kept_is_said(cast: Company, thread: Thread, client_for: For) -> None:
    with pytest.raises(Problem, match="gardé que sur cet appareil"):
        keep(cast, thread, "x" * 60_001)
    answer = client_for("dgs").post(reverse("thread_draft", args=[thread.pk]), {"body": "x" * 60_001}, **JSON)
    assert answer.status_code == 400 and "signes" in answer.json()["reason"]
    with pytest.raises(Refused):
        services.keep_draft(actor=ANONYMOUS, place=thread, seen=0, fields={"body": "Un"})


def test_typed_until_the_thread_was_closed_and_kept(cast: Company, thread: Thread, client_for: For) -> None:
    services.close_thread(actor=cast.actor("animateur"), thread=thread, answer="Non.")
    assert keep(cast, thread, "J’écrivais encore <b>") is not None
    url = reverse("thread", args=[thread.pk])
    assert "J’écrivais encore &lt;b&gt;" in client_for("dgs").get(url).content.decode()
    assert "J’écrivais encore" not in client_for("animateur").get(url).content.decode()


def test_old_drafts_and_those_of_the_erased_are_forgotten(cast: Company, thread: Thread) -> None:
    keep(cast, thread, "Vieux")
    with clock.at(clock.now() + timedelta(days=60)):
        keep(cast, thread, "Récent", slug="animateur")
        keep(cast, thread, "D’une personne effacée", slug="partenaire")
    person = cast.people["partenaire"]
    person.erased_at = clock.now()
    person.save(update_fields=["erased_at"])
    with clock.at(clock.now() + timedelta(days=91)):
        assert services.forget_drafts(actor=ANONYMOUS) == 2
    assert Draft.objects.get().fields["body"] == "Récent" and Post.objects.count() == 1
