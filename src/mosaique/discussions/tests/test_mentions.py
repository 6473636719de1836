"""« @Prénom Nom »: who is meant, who is told and when, what never comes out."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mosaique.access import marks
from mosaique.access.actor import ANONYMOUS
from mosaique.demo.people import Company
from mosaique.discussions import mentions, queries, services
from mosaique.discussions.mentions import Someone
from mosaique.discussions.models import Mention, Post, Thread
from mosaique.discussions.tests.scene import LINES, token, verbs
from mosaique.kernel import clock
from mosaique.kernel.models import OutgoingMail
from mosaique.spaces import services as spaces

For = Callable[..., Client]
READERS = [
    Someone(1, "Léa Martin"), Someone(2, "Léa Martin-Roux", animates=True), Someone(3, "Jean d’Arc"),
    Someone(4, "Paul Roux"), Someone(5, "Paul Roux"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "stored", "ids", "nobody", "several"),
    [
        ("Bonjour @Léa Martin, merci.", "Bonjour @{1}, merci.", [1], [], []),
        ("@lea martin-roux et @LÉA\u00a0MARTIN", "@{2} et @{1}", [2, 1], [], []),
        ("@Jean d'Arc : oui", "@{3} : oui", [3], [], []),
        ("@Léa Martinet arrive", "@Léa Martinet arrive", [], ["Léa Martinet"], []),
        ("@Paul Roux ?", "@Paul Roux ?", [], [], ["Paul Roux"]),
        ("@animation, à vous", "@animation, à vous", [2], [], []),
        ("@Marie Curie est là", "@Marie Curie est là", [], ["Marie Curie"], []),
        ("@tous, mairie@exemple.fr, @{1}", "@tous, mairie@exemple.fr, @{1}", [], [], []),
        ("@Léa Martin @Léa Martin", "@{1} @{1}", [1], [], []),
    ],
)  # fmt: skip
def test_who_is_meant(text: str, stored: str, ids: list[int], nobody: list[str], several: list[str]) -> None:
    found = mentions.find(text, READERS)
    assert (found.text, found.ids, found.nobody, found.several) == (stored, ids, nobody, several)


def test_names_are_text_and_a_mark_typed_by_hand_names_nobody() -> None:
    assert mentions.shown("<p>@{1} @{9}</p>", {1: "<b>X</b>"}, 1) == (
        '<p><span class="mention toi">@&lt;b&gt;X&lt;/b&gt;</span> @{9}</p>'
    )
    assert mentions.unpacked("12|Jeanne Bonnet\x1e3|personne effacée") == {
        12: "Jeanne Bonnet",
        3: "personne effacée",
    }


def cite(
    cast: Company, thread: Thread, *slugs: str, by: str = "partenaire", n: int = 2, more: str = ""
) -> Post:
    names = " ".join(f"@{cast.people[slug].full_name}" for slug in slugs)
    post: Post = services.write_post(
        actor=cast.actor(by), thread=thread, body=f"Voyez {names} {more}", client_token=token(n)
    )
    return post


def tell() -> list[str]:
    services.tell_mentioned(actor=ANONYMOUS, address="https://mosaique.example")
    return list(OutgoingMail.objects.filter(kind="mention").order_by("pk").values_list("to", flat=True))


def todos(cast: Company, slug: str) -> list[str]:
    return [todo.title for todo in queries.todos(cast.actor(slug))]


def test_a_reader_is_named_told_once_and_reads_it(
    cast: Company, thread: Thread, client_for: For, django_assert_num_queries: Any
) -> None:
    post = cite(cast, thread, "dgs", "partenaire", more="@Marie Inconnue")
    dgs = cast.people["dgs"]
    assert f"@{{{dgs.pk}}}" in post.body_html and dgs.family_name not in str(post.body)
    assert post.cited == (dgs.full_name,)  # nobody is told of themselves
    assert len(post.told) == 1 and "« Marie Inconnue »" in post.told[0]
    assert verbs() == ["thread.opened", "post.written"]
    assert (
        todos(cast, "dgs") == ["On vous cite dans « Qui signe les permis ? »"]
        and todos(cast, "partenaire") == []
    )
    assert tell() == [dgs.email] == tell()
    mail = OutgoingMail.objects.get(kind="mention")
    assert f"https://mosaique.example{post.get_absolute_url()}" in mail.text and "permis" not in mail.text
    client, url = client_for("dgs"), reverse("thread", args=[thread.pk])
    assert "On vous cite dans" in client.get("/").content.decode()
    with django_assert_num_queries(6):
        page = client.get(url).content.decode()
    assert f'<span class="mention toi">@{dgs.full_name}</span>' in page and "@{" not in page
    assert todos(cast, "dgs") == [] and "On vous cite dans" not in client.get("/").content.decode()


def test_who_does_not_read_here_is_not_named_nor_known(
    cast: Company, thread: Thread, client_for: For
) -> None:
    post = cite(cast, thread, "maire")
    name = cast.people["maire"].full_name
    stranger = services.write_post(
        actor=cast.actor("partenaire"), thread=thread, body="Voyez @Zoé Personne", client_token=token(8)
    )
    assert post.told[0].replace(name, "X") == stranger.told[0].replace("Zoé Personne", "X")
    assert not Mention.objects.exists() and tell() == [] and todos(cast, "maire") == []
    names = (
        client_for("dgs").get(reverse("thread_people", args=[thread.pk]), {"q": name[:3]}).json()["people"]
    )
    assert name not in [one["name"] for one in names]


def test_correcting_tells_only_whom_it_adds(cast: Company, thread: Thread, client_for: For) -> None:
    post = cite(cast, thread, "dgs")
    assert len(tell()) == 1
    client, url = client_for("partenaire"), reverse("post_edit", args=[post.pk])
    dgs, animator = cast.people["dgs"].full_name, cast.people["animateur"].full_name
    assert f"@{dgs}" in client.get(url).content.decode()
    client.post(url, {"seen": "1", "body": f"Voyez plutôt @{dgs} et @{animator}"})
    assert tell() == [cast.people["dgs"].email, cast.people["animateur"].email]
    client.post(url, {"seen": "2", "body": f"Voyez @{animator}"})
    assert todos(cast, "dgs") == [] and len(todos(cast, "animateur")) == 1 and len(tell()) == 2
    history = client.get(reverse("post_history", args=[post.pk])).content.decode()
    assert f"@{dgs}" in history and "@{" not in history


def test_named_by_a_correction_after_reading(cast: Company, thread: Thread, client_for: For) -> None:
    post = services.write_post(
        actor=cast.actor("partenaire"), thread=thread, body="Bonjour", client_token=token(2)
    )
    client, url = client_for("dgs"), reverse("thread", args=[thread.pk])
    client.get(url)
    with clock.at(clock.now() + timedelta(minutes=3)):
        services.edit_post(
            actor=cast.actor("partenaire"), post=post, seen=1, body=f"Bonjour @{cast.people['dgs'].full_name}"
        )
        assert len(todos(cast, "dgs")) == 1
        client.get(url)
        assert todos(cast, "dgs") == []


def test_hidden_left_or_already_read_nobody_is_written_to(cast: Company, thread: Thread) -> None:
    post = cite(cast, thread, "dgs")
    services.hide_post(actor=cast.actor("animateur"), post=post, reason="Hors sujet.")
    assert tell() == [] and todos(cast, "dgs") == []
    services.show_post(actor=cast.actor("animateur"), post=post)
    assert len(todos(cast, "dgs")) == 1
    marks.mark_read(cast.actor("dgs"), "thread", thread.pk)
    assert tell() == []
    cite(cast, thread, "partenaire", by="animateur", n=5)
    spaces.remove_member(
        actor=cast.actor("animateur"), space=cast.spaces["urbanisme"], person=cast.people["partenaire"]
    )
    assert tell() == [] and todos(cast, "partenaire") == []
    assert not Mention.objects.filter(to_tell=True).exists()


def test_the_animators_are_named_together(cast: Company, thread: Thread) -> None:
    post = services.write_post(
        actor=cast.actor("partenaire"),
        thread=thread,
        body="@animation, peut-on clore ?",
        client_token=token(2),
    )
    assert post.cited == (cast.people["animateur"].full_name,) and "@animation" in post.body_html
    assert tell() == [cast.people["animateur"].email]


def test_named_in_a_first_message_a_partner_finds_it_at_home(cast: Company, client_for: For) -> None:
    opened = services.open_thread(
        actor=cast.actor("animateur"), space=cast.spaces["urbanisme"], client_token=token(6), **LINES,
        body=f"Qui signe, @{cast.people['partenaire'].full_name} ?",
    )  # fmt: skip
    assert opened.cited == (cast.people["partenaire"].full_name,)
    assert "On vous cite dans" in client_for("partenaire").get("/").content.decode()


def test_an_erased_person_is_named_nowhere(cast: Company, thread: Thread, client_for: For) -> None:
    cite(cast, thread, "dgs")
    person = cast.people["dgs"]
    name = person.full_name
    person.erased_at, person.is_active = clock.now(), False
    person.save(update_fields=["erased_at", "is_active"])
    page = client_for("animateur").get(reverse("thread", args=[thread.pk])).content.decode()
    assert "@personne effacée" in page and name not in page
    assert tell() == []


def test_names_are_offered_among_readers(cast: Company, thread: Thread, client_for: For) -> None:
    client, url = client_for("partenaire"), reverse("thread_people", args=[thread.pk])
    everyone = [one["name"] for one in client.get(url).json()["people"]]
    assert everyone[0] == "animation"
    assert set(everyone[1:]) == {cast.people[slug].full_name for slug in ("animateur", "dgs", "partenaire")}
    family = cast.people["dgs"].family_name
    assert [one["name"] for one in client.get(url, {"q": family[:4].upper()}).json()["people"]] == [
        cast.people["dgs"].full_name
    ]
    assert client_for("maire").get(url).status_code == 404


def test_who_has_written_here_is_offered_first_and_told_from_a_namesake(
    cast: Company, thread: Thread, client_for: For
) -> None:
    url = reverse("thread_people", args=[thread.pk])
    first = client_for("animateur").get(url).json()["people"][1]
    assert first["name"] == cast.people["animateur"].full_name and ", " in first["title"], first
    cite(cast, thread, by="partenaire")
    offered = [one["name"] for one in client_for("animateur").get(url).json()["people"]]
    assert set(offered[1:3]) == {cast.people[slug].full_name for slug in ("animateur", "partenaire")}


def test_the_author_is_told_who_will_be(cast: Company, thread: Thread, client_for: For) -> None:
    client = client_for("partenaire")
    body = f"@{cast.people['dgs'].full_name} et @{cast.people['animateur'].full_name}, et @Jeanne Absente"
    answer = client.post(reverse("thread", args=[thread.pk]), {"body": body, "client_token": token(3)})
    page = client.get(answer.url).content.decode()
    assert "Un message prévient" in page and "Personne ne lit cet échange sous le nom de" in page
