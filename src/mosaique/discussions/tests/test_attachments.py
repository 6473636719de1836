"""Files joined to posts: what is kept, what is refused without losing the rest, who reads them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mosaique.demo.people import Company
from mosaique.discussions import queries, services
from mosaique.discussions.models import Attachment, Post, Thread
from mosaique.discussions.rendering import size_of
from mosaique.discussions.tests.scene import LINES, token, verbs
from mosaique.files import services as files
from mosaique.files.checks import MAX_SIZE
from mosaique.files.models import Upload
from mosaique.files.tests.test_files import PDF, zipped
from mosaique.kernel import ref
from mosaique.kernel.verdict import Refused
from mosaique.spaces import services as spaces

For = Callable[..., Client]


@pytest.fixture(autouse=True)
def _disk(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def paper(name: str, content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def got(client: Client, url: str) -> int:
    """The status of a download, read to its end (which closes its file)."""
    answer = client.get(url)
    if answer.streaming:
        assert b"".join(answer.streaming_content).startswith(PDF)  # type: ignore[attr-defined]
    return answer.status_code


def say(cast: Company, thread: Thread, *joined: SimpleUploadedFile, n: int = 2) -> Post:
    post: Post = services.write_post(
        actor=cast.actor("partenaire"),
        thread=thread,
        body="Voir ci-joint.",
        client_token=token(n),
        attached=joined,
    )
    return post


def test_files_are_joined_and_listed_in_the_one_query_of_posts(
    cast: Company,
    thread: Thread,
    client_for: For,
    django_assert_num_queries: Any,
) -> None:
    post = say(
        cast, thread, paper("../../etc/Délib n° 3.pdf"), paper("tableau.ods", zipped(content_dot_xml=b"x"))
    )
    assert verbs() == ["thread.opened", "file_given", "file_given", "post.written"] and post.told == ()
    uploads = list(Upload.objects.order_by("pk"))
    assert [u.name for u in uploads] == ["Délib n° 3.pdf", "tableau.ods"]
    assert all(u.scope_id == thread.scope_id for u in uploads)
    assert Post.objects.get(pk=post.pk).files == [[u.pk, u.name, u.size] for u in uploads]
    client = client_for("dgs")
    with django_assert_num_queries(6):
        page = client.get(reverse("thread", args=[thread.pk])).content.decode()
    assert (
        'aria-label="Télécharger, Délib n° 3.pdf"' in page and ">ODS</span>" in page and "1\u00a0ko" in page
    )
    for slug, status in (("dgs", 200), ("animateur", 200), ("maire", 404), (None, 302)):
        assert got(client_for(slug), uploads[0].get_absolute_url()) == status, slug
    assert (
        say(
            cast,
            thread,
            paper("../../etc/Délib n° 3.pdf"),
            paper("tableau.ods", zipped(content_dot_xml=b"x")),
        )
        == post
    )
    assert say(cast, thread, paper("autre.pdf")).files[0][1] == "autre.pdf"  # the same words with other files


BAD = [
    ("bombe.xlsx", zipped(xl__workbook_dot_xml=b"0" * 60_000_000), "anormal"),
    ("faux.pdf", b"\x89PNG\r\n\x1a\n0000", "contenu est autre"),
    ("vide.pdf", b"", "vide"),
    ("dessin.svg", b"<svg onload=alert(1)>", "pas accepté"),
    ("macro.docx", zipped(word__document_dot_xml=b"x", word__vbaProject_dot_bin=b"x"), "macros"),
    ("gros.pdf", PDF + b"0" * MAX_SIZE, "pèse 20 Mo"),
]


@pytest.mark.parametrize(("name", "content", "why"), BAD, ids=[bad[0] for bad in BAD])
def test_a_file_refused_keeps_the_text_and_the_other_files(
    cast: Company,
    thread: Thread,
    client_for: For,
    name: str,
    content: bytes,
    why: str,
) -> None:
    client = client_for("partenaire")
    data = {
        "body": "Voir ci-joint.",
        "client_token": token(2),
        "attached": [paper(name, content), paper("bon.pdf")],
    }
    answer = client.post(reverse("thread", args=[thread.pk]), data)
    post = Post.objects.get(number=2)
    assert answer.url == post.get_absolute_url() and [one[1] for one in post.files] == ["bon.pdf"]
    page = client.get(answer.url).content.decode().replace("\u00a0", " ").replace("\u202f", " ")
    assert "Votre message est publié." in page and f"« {name} » n’est pas joint" in page
    assert why in page and "Voir ci-joint." in page
    assert Upload.objects.count() == 1 and verbs() == ["thread.opened", "file_given", "post.written"]


def test_five_files_and_no_more(cast: Company, thread: Thread) -> None:
    post = say(cast, thread, *(paper(f"{n}.pdf") for n in range(1, 7)))
    assert [one[1] for one in post.files] == [f"{n}.pdf" for n in range(1, 6)]
    assert len(post.told) == 1 and "« 6.pdf »" in post.told[0] and "5 fichiers au plus" in post.told[0]


def test_an_empty_message_asks_for_its_files_again(thread: Thread, client_for: For) -> None:
    data = {"body": " ", "client_token": token(2), "attached": [paper("bon.pdf")]}
    page = client_for("partenaire").post(reverse("thread", args=[thread.pk]), data).content.decode()
    assert "Choisissez de nouveau le fichier" in page and not Upload.objects.exists()


def test_hidden_with_its_post_and_given_back(cast: Company, thread: Thread, client_for: For) -> None:
    post = say(cast, thread, paper("demandeuse.pdf"))
    services.hide_post(actor=cast.actor("animateur"), post=post, reason="Il nomme quelqu’un.")
    upload = Upload.objects.get()
    assert upload.withheld
    url, page_url = upload.get_absolute_url(), reverse("thread", args=[thread.pk])
    for slug, status in (("partenaire", 200), ("animateur", 200), ("dgs", 404), ("maire", 404)):
        client = client_for(slug)
        assert got(client, url) == status, slug
        if slug != "maire":
            assert ("demandeuse.pdf" in client.get(page_url).content.decode()) is (status == 200), slug
    assert (
        ref.resolve(cast.actor("dgs"), [("upload", upload.pk)])[("upload", upload.pk)].label
        == "un fichier masqué"
    )
    services.show_post(actor=cast.actor("animateur"), post=post)
    assert got(client_for("dgs"), url) == 200
    # Set aside while no post holds it: nobody reads it.
    Attachment.objects.all().delete()
    Upload.objects.update(withheld=True)
    assert got(client_for("partenaire"), url) == 404


def test_files_follow_their_space(cast: Company, thread: Thread, client_for: For) -> None:
    say(cast, thread, paper("plan.pdf"))
    url = Upload.objects.get().get_absolute_url()
    assert got(client_for(None), url) == 302
    for openness, status in (("public", 200), ("secret", 404)):
        spaces.change_openness(
            actor=cast.actor("animateur"), space=cast.spaces["urbanisme"], openness=openness
        )
        assert got(client_for("maire"), url) == status


def test_correcting_takes_one_away_and_joins_another(cast: Company, thread: Thread, client_for: For) -> None:
    post = say(cast, thread, paper("un.pdf", PDF + b"1"), paper("deux.pdf", PDF + b"2"))
    first, second = Upload.objects.order_by("pk")
    client, url = client_for("partenaire"), reverse("post_edit", args=[post.pk])
    assert "deux.pdf" in client.get(url).content.decode()
    data = {
        "seen": "1",
        "body": "Voir ci-joint.",
        "without": [str(first.pk)],
        "attached": [paper("trois.pdf", PDF + b"3")],
    }
    assert client.post(url, data).status_code == 302
    post.refresh_from_db()
    assert [one[1] for one in post.files] == ["deux.pdf", "trois.pdf"] and post.version == 2
    assert post.versions.get().files == ["un.pdf", "deux.pdf"]
    assert verbs()[-3:] == ["file_removed", "file_given", "post.edited"]
    assert got(client, first.get_absolute_url()) == 404
    with pytest.raises(Refused):
        services.edit_post(actor=cast.actor("dgs"), post=post, seen=2, body="Non", without=[second.pk])
    # A file of somewhere else is not taken away through one's own message.
    other = say(cast, thread, paper("ailleurs.pdf"), n=3).files[0][0]
    services.edit_post(
        actor=cast.actor("partenaire"), post=post, seen=2, body="Voir ci-joint.", without=[other]
    )
    assert Upload.objects.filter(pk=other).exists()


def test_bytes_go_at_night_when_no_row_bears_them(cast: Company, thread: Thread, tmp_path: Path) -> None:
    import os

    post = say(
        cast,
        thread,
        paper("un.pdf", PDF + b"1"),
        paper("un-encore.pdf", PDF + b"1"),
        paper("deux.pdf", PDF + b"2"),
    )
    same, again, two = Upload.objects.order_by("pk")
    actor = cast.actor("partenaire")
    services.edit_post(actor=actor, post=post, seen=1, body="Rien.", without=[same.pk, two.pk])
    assert files.forget_bytes(actor=actor) == 0  # too fresh
    for upload in (again, two):
        os.utime(upload.path, (0, 0))
    assert files.forget_bytes(actor=actor) == 1
    assert again.path.exists() and not two.path.exists()


def test_opening_a_thread_with_a_file(cast: Company, client_for: For) -> None:
    data = {**LINES, "until": "2026-12-04", "kind": "question", "body": "Voir.", "client_token": token(5),
            "attached": [paper("plan.pdf"), paper("x.exe", b"MZ")]}  # fmt: skip
    client = client_for("agent")
    answer = client.post(reverse("thread_open", args=[cast.spaces["voirie"].pk]), data)
    page = client.get(answer.url).content.decode()
    assert "plan.pdf" in page and "x.exe" in page and "pas accepté" in page


@pytest.mark.parametrize(
    ("count", "shown"), [(0, "1\u00a0ko"), (48_200, "48\u00a0ko"), (2_400_000, "2,4\u00a0Mo")]
)
def test_sizes_in_french(count: int, shown: str) -> None:
    assert size_of(count) == shown


def test_a_row_of_the_page_holds_its_files(cast: Company, thread: Thread) -> None:
    say(cast, thread, paper("plan.pdf"))
    row = queries.posts_of(Thread.objects.for_screen().get(pk=thread.pk), 1)[1]
    assert row.files == Post.objects.get(number=2).files
