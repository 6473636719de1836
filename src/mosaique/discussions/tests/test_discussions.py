"""Threads, posts, relevés: who may, what is kept, what a page costs."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mosaique.access.actor import ANONYMOUS
from mosaique.demo.cast import CAST
from mosaique.demo.people import Company
from mosaique.discussions import destinations, policies, queries, services
from mosaique.discussions.models import Post, Releve, Thread
from mosaique.discussions.tests.scene import LINES, token, verbs
from mosaique.kernel import clock, richtext
from mosaique.kernel.verdict import Problem, Refused, Stale
from mosaique.spaces import services as spaces
from mosaique.territory.models import TerritoryMember

SLUGS = {p.slug for p in CAST}
WRITERS = {"cheffe-de-projet", "dgs", "animateur", "partenaire"}
LEADS = {"cheffe-de-projet", "dgs", "presidente", "animateur"}


def say(cast: Company, thread: Thread, slug: str, body: str, n: int, position: str = "") -> Post:
    post: Post = services.write_post(
        actor=cast.actor(slug), thread=thread, body=body, client_token=token(n), position=position
    )
    return post


def fresh(thread: Thread) -> Thread:
    return Thread.objects.for_screen().get(pk=thread.pk)


def allowed(cast: Company, policy: Callable[..., Any], row: Any) -> set[str]:
    actors = {slug: cast.actor(slug) for slug in SLUGS} | {"habitante": ANONYMOUS}
    with CaptureQueriesContext(connection) as made:
        found = {slug for slug, actor in actors.items() if policy(actor, row)}
    assert len(made) == 0
    return found


def test_who_may_do_what_in_a_thread(cast: Company, thread: Thread) -> None:
    row = fresh(thread)
    assert allowed(cast, policies.may_open_thread, cast.spaces["urbanisme"]) == WRITERS
    assert allowed(cast, policies.may_post, row) == WRITERS
    assert allowed(cast, policies.may_edit_thread, row) == LEADS
    assert allowed(cast, policies.may_close_thread, row) == LEADS
    assert allowed(cast, policies.may_write_releve, row) == LEADS


def test_who_may_do_what_to_a_post(cast: Company, thread: Thread) -> None:
    post = Post.objects.for_screen().get(pk=say(cast, thread, "partenaire", "Un avis.", 2).pk)
    assert allowed(cast, policies.may_edit_post, post) == {"partenaire"}
    assert allowed(cast, policies.may_moderate, post) == LEADS
    assert allowed(cast, policies.may_read_hidden, post) == {"partenaire", "animateur"}
    post.hidden_at = clock.now()
    assert allowed(cast, policies.may_edit_post, post) == set()


def test_time_and_closing_end_the_writing(cast: Company, thread: Thread) -> None:
    row = fresh(thread)
    with clock.at(date(2026, 12, 4)):
        assert policies.may_post(cast.actor("animateur"), row)
    with clock.at(date(2026, 12, 5)):
        assert "jusqu’au" in policies.may_post(cast.actor("animateur"), row).reason
    row.closed_at = clock.now()
    for policy in (policies.may_post, policies.may_edit_thread, policies.may_close_thread):
        assert allowed(cast, policy, row) == set()
    assert allowed(cast, policies.may_write_releve, row) == LEADS


def test_opening_writes_the_question_and_its_first_post(cast: Company, thread: Thread) -> None:
    post = thread.posts.get()
    assert (
        post.number == 1
        and "<strong>qui</strong>" in post.body_html
        and post.scope == cast.spaces["urbanisme"].content_scope
    )
    assert (thread.post_count, thread.author_count, thread.authority_count) == (1, 1, 1)
    assert verbs() == ["thread.opened"]
    again = services.open_thread(
        actor=cast.actor("animateur"),
        space=cast.spaces["urbanisme"],
        body="Bonjour, **qui** signe ?",
        client_token=token(1),
        **LINES,
    )
    assert again == thread and Thread.objects.count() == 1


def test_the_same_form_sent_twice_writes_once(cast: Company, thread: Thread) -> None:
    first = say(cast, thread, "dgs", "Quinze jours.", 2, "pour")
    assert say(cast, thread, "dgs", "Quinze jours.", 2, "pour") == first
    thread.refresh_from_db()
    assert (thread.post_count, thread.author_count, thread.authority_count) == (2, 2, 2)
    assert verbs() == ["thread.opened", "post.written"]


@pytest.mark.parametrize(
    ("body", "told"),
    [("", "Le message est vide"), ("  \n ", "Le message est vide"), ("x" * 20_001, "20001 signes")],
)
def test_what_cannot_be_said(cast: Company, thread: Thread, body: str, told: str) -> None:
    with pytest.raises(Problem, match=told):
        say(cast, thread, "dgs", body, 2)
    with pytest.raises(Refused):
        say(cast, thread, "maire", "Bonjour", 3)


def test_a_correction_keeps_the_former_text(
    cast: Company, thread: Thread, client_for: Callable[..., Client]
) -> None:
    post = say(cast, thread, "dgs", "Quinze jours.", 2)
    services.edit_post(actor=cast.actor("dgs"), post=post, seen=1, body="Vingt jours.", position="reserve")
    post.refresh_from_db()
    assert (post.version, post.position) == (2, "reserve") and "Quinze" in post.versions.get().body_html
    with pytest.raises(Stale) as stale:
        services.edit_post(actor=cast.actor("dgs"), post=post, seen=1, body="Dix jours.")
    assert stale.value.fields == [("Message", "Vingt jours.", "Dix jours.")]
    page = client_for("partenaire").get(reverse("post_history", args=[post.pk])).content.decode()
    assert "Quinze jours." in page and "Vingt jours." in page
    services.edit_post(actor=cast.actor("dgs"), post=post, seen=2, body="Vingt jours.", position="reserve")
    assert verbs() == ["thread.opened", "post.written", "post.edited"]


def test_a_hidden_post_keeps_its_text_for_its_author_and_the_animators(
    cast: Company, thread: Thread, client_for: Callable[..., Client]
) -> None:
    post = say(cast, thread, "partenaire", "Le dossier de madame Untel.", 2, "contre")
    with pytest.raises(Problem, match="La raison manque"):
        services.hide_post(actor=cast.actor("animateur"), post=post, reason=" ")
    services.hide_post(actor=cast.actor("animateur"), post=post, reason="Il nomme une demandeuse.")
    with pytest.raises(Problem, match="déjà masqué"):
        services.hide_post(actor=cast.actor("animateur"), post=post, reason="Encore.")
    url = reverse("thread", args=[thread.pk])
    for slug, reads_it in (("partenaire", True), ("animateur", True), ("dgs", False)):
        page = client_for(slug).get(url).content.decode()
        assert "Il nomme une demandeuse." in page
        assert ("madame Untel" in page) is reads_it, slug
        history = client_for(slug).get(reverse("post_history", args=[post.pk]))
        assert history.status_code == (200 if reads_it else 404)
    assert queries.positions_now(thread) == {}
    services.show_post(actor=cast.actor("animateur"), post=post)
    assert "madame Untel" in client_for("dgs").get(url).content.decode()
    assert verbs() == ["thread.opened", "post.written", "post.hidden", "post.shown"]


def test_a_hidden_message_waits_for_its_author_until_they_have_read_why(
    cast: Company, thread: Thread, client_for: Callable[..., Client]
) -> None:
    post = say(cast, thread, "partenaire", "Le dossier de madame Untel.", 2)
    url = reverse("thread", args=[thread.pk])
    client_for("partenaire").get(url)
    assert queries.todos(cast.actor("partenaire")) == []
    animator = client_for("animateur")
    with clock.at(clock.now() + timedelta(hours=1)):
        done = animator.post(reverse("post_hide", args=[post.pk]), {"reason": "Il nomme quelqu’un."})
    assert "Le message est masqué." in animator.get(done.url).content.decode()
    assert [todo.action for todo in queries.todos(cast.actor("partenaire"))] == ["Lire la raison"]
    assert queries.todos(cast.actor("dgs")) == []
    with clock.at(clock.now() + timedelta(hours=2)):
        client_for("partenaire").get(url)
    assert queries.todos(cast.actor("partenaire")) == []


def test_an_answer_that_was_promised_waits_for_whoever_animates(
    cast: Company, thread: Thread, client_for: Callable[..., Client]
) -> None:
    assert queries.todos(cast.actor("animateur")) == []
    with clock.at(clock.now() + timedelta(days=9)):
        due = [(todo.title, todo.due) for todo in queries.todos(cast.actor("animateur"))]
        assert due == [("Donner la réponse attendue dans « Qui signe les permis ? »", LINES["until"])]
        assert queries.todos(cast.actor("partenaire")) == []
        services.close_thread(actor=cast.actor("animateur"), thread=thread, answer="Le maire signe.")
        assert queries.todos(cast.actor("animateur")) == []


def test_what_became_of_a_message_is_said_under_it(
    cast: Company, thread: Thread, client_for: Callable[..., Client]
) -> None:
    client, url = client_for("partenaire"), reverse("thread", args=[thread.pk])
    bad = SimpleUploadedFile("note.exe", b"MZ" * 40)
    answer = client.post(url, {"body": "Voyez la pièce.", "client_token": token(5), "attached": bad})
    page = client.get(answer.url).content.decode()
    assert page.count("data-messages") == 1
    assert page.index("Voyez la pièce.") < page.index("data-messages") < page.index('id="repondre"')
    kept = client.post(reverse("thread_draft", args=[thread.pk]), {"body": "Plus tard.", "draft_seen": "0"})
    page = client.get(kept.url.partition("#")[0]).content.decode()
    assert page.index("Voyez la pièce.") < page.index("data-messages") < page.index('id="repondre"')
    # A number that no message bears, or another notice: at the top, never nowhere.
    animator = client_for("animateur")
    animator.post(reverse("thread_edit", args=[thread.pk]), {"seen": 1, **LINES, "until": "2026-12-05"})
    page = animator.get(f"{url}?message=99").content.decode()
    assert page.count("data-messages") == 1 and page.index("data-messages") < page.index("<h1")


def test_a_stale_question_shows_both_texts(
    cast: Company, thread: Thread, client_for: Callable[..., Client]
) -> None:
    services.edit_thread(
        actor=cast.actor("animateur"), thread=thread, seen=1, **{**LINES, "title": "Qui signe ?"}
    )
    client = client_for("dgs")
    data = {**LINES, "seen": "1", "title": "Qui signera ?", "until": "2026-12-04"}
    answer = client.post(reverse("thread_edit", args=[thread.pk]), data)
    page = answer.content.decode()
    assert answer.status_code == 409 and "Qui signera ?" in page and "Qui signe ?" in page
    assert verbs() == ["thread.opened", "thread.edited"]


def test_closing_gives_the_answer(cast: Company, thread: Thread, client_for: Callable[..., Client]) -> None:
    client = client_for("animateur")
    url = reverse("thread_close", args=[thread.pk])
    assert "La réponse manque" in client.post(url, {"answer": ""}).content.decode()
    assert client.post(url, {"answer": "Le maire signe **toutes** les décisions."}).status_code == 302
    page = client.get(reverse("thread", args=[thread.pk])).content.decode()
    assert "La réponse donnée" in page and "<strong>toutes</strong>" in page and "Ce qui était ouvert" in page
    assert verbs() == ["thread.opened", "thread.closed"]


# --- Relevés -----------------------------------------------------------------------------------------------
def test_the_releve_counts_the_last_position_of_each(cast: Company, thread: Thread) -> None:
    say(cast, thread, "dgs", "Pour.", 2, "pour")
    say(cast, thread, "dgs", "Finalement, une réserve.", 3, "reserve")
    say(cast, thread, "partenaire", "Pour.", 4, "pour")
    say(cast, thread, "partenaire", "Combien ?", 5, "question")
    releve = services.write_releve(
        actor=cast.actor("animateur"), thread=thread, seen=0, agreed="- Le maire signe.", pending="Le délai."
    )
    lines = {line.position: (line.count, line.titles) for line in queries.position_lines(releve.positions)}
    assert lines["pour"] == (1, ["Conseillère au centre de gestion, Centre de gestion (démonstration)"])
    assert (
        lines["reserve"] == (1, ["Directeur général des services, CC Val 81"]) and lines["question"][0] == 1
    )
    doc = richtext.validate(queries.releve_doc(releve))
    text = richtext.to_text(doc)
    assert "Le maire signe." in text and "Réserve : 1" in text
    assert verbs()[-1] == "releve.written"


def test_a_releve_is_not_empty_and_not_lost(cast: Company, thread: Thread) -> None:
    actor = cast.actor("animateur")
    with pytest.raises(Problem, match="Le relevé est vide"):
        services.write_releve(actor=actor, thread=thread, seen=0, agreed="", pending=" ")
    # A version that never was: there is nothing to write over.
    services.write_releve(actor=actor, thread=thread, seen=3, agreed="Un.", pending="")
    with pytest.raises(Stale) as stale:
        services.write_releve(actor=cast.actor("dgs"), thread=thread, seen=0, agreed="Deux.", pending="")
    assert stale.value.fields[0] == ("D’accord", "Un.", "Deux.")
    with pytest.raises(Refused):
        services.write_releve(
            actor=cast.actor("partenaire"), thread=thread, seen=1, agreed="Trois.", pending=""
        )


def test_a_releve_is_put_where_a_room_offers(
    cast: Company, thread: Thread, client_for: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    received: list[tuple[int, int]] = []
    place = destinations.Destination(
        "space", "Verser dans un espace", lambda actor, space: [(space.pk, space.name)],
        lambda actor, releve, target: received.append((releve.pk, target)),
    )  # fmt: skip
    monkeypatch.setitem(destinations.all_destinations(), "space", place)
    client = client_for("animateur")
    assert client.get(reverse("releve_deliver", args=[thread.pk])).url == reverse(
        "releve_edit", args=[thread.pk]
    )
    data = {"seen": "0", "agreed": "Le maire signe.", "pending": ""}
    url = reverse("releve_deliver", args=[thread.pk])
    assert client.post(reverse("releve_edit", args=[thread.pk]), data).url == url
    assert "Verser dans un espace" in client.get(url).content.decode()
    assert client.post(url, {"kind": "space", "target": thread.space_id}).status_code == 302
    assert received == [(Releve.objects.get().pk, thread.space_id)]
    page = client.get(url).content.decode()
    assert "Le relevé est versé" in page and "Déjà versé" in page and "Groupe Urbanisme" in page
    client.post(url, {"kind": "ailleurs", "target": "1"})
    assert "ne peut pas recevoir" in client.get(url).content.decode()
    assert verbs()[-2:] == ["releve.written", "releve.delivered"]


def test_threads_follow_their_space(cast: Company, thread: Thread, client_for: Callable[..., Client]) -> None:
    url = reverse("thread", args=[thread.pk])
    services.write_releve(actor=cast.actor("animateur"), thread=thread, seen=0, agreed="Un.", pending="")
    assert client_for("maire").get(url).status_code == 404 and client_for(None).get(url).status_code == 302
    spaces.change_openness(actor=cast.actor("animateur"), space=cast.spaces["urbanisme"], openness="public")
    assert client_for("maire").get(url).status_code == 200
    page = client_for(None).get(url).content.decode()
    assert "Se connecter pour répondre" in page
    assert (
        Post.objects.visible_to(ANONYMOUS).count() == 1 and Releve.objects.visible_to(ANONYMOUS).count() == 1
    )
    spaces.change_openness(actor=cast.actor("animateur"), space=cast.spaces["urbanisme"], openness="secret")
    assert client_for("maire").get(url).status_code == 404
    assert Post.objects.visible_to(cast.actor("maire")).count() == 0


# --- Pages -------------------------------------------------------------------------------------------------
def fill(cast: Company, thread: Thread, count: int) -> None:
    for n in range(2, count + 1):
        say(
            cast,
            thread,
            ("dgs", "animateur", "partenaire")[n % 3],
            f"Message numéro {n}.",
            n,
            "pour" if n % 4 == 0 else "",
        )


@pytest.mark.parametrize("count", [1, 20, 45])
def test_a_page_costs_six_queries_at_most(
    cast: Company, thread: Thread, client_for: Callable[..., Client], count: int
) -> None:
    fill(cast, thread, count)
    services.write_releve(actor=cast.actor("animateur"), thread=thread, seen=0, agreed="Un.", pending="")
    client = client_for("dgs")
    costs = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as made:
            page = client.get(reverse("thread", args=[thread.pk])).content.decode()
        costs.append(len(made))
    # Session, actor, thread, posts, when last read; the first reading also marks it.
    assert costs == [6, 5]
    assert page.count("<article") == (count - 1) % 20 + 1


def test_pages_go_back_in_time(cast: Company, thread: Thread, client_for: Callable[..., Client]) -> None:
    fill(cast, thread, 21)
    client = client_for("dgs")
    url = reverse("thread", args=[thread.pk])
    last = client.get(url).content.decode()
    assert "Message numéro 21." in last and "Lire les 20 messages plus anciens" in last
    for query in ("?page=1", "?message=3"):
        first = client.get(url + query).content.decode()
        assert "Message numéro 3." in first and "Lire la suite" in first
    assert "Message numéro 21." in client.get(url + "?page=99").content.decode()


def test_a_reply_refused_gives_the_text_back(
    cast: Company, thread: Thread, client_for: Callable[..., Client]
) -> None:
    client = client_for("dgs")
    url = reverse("thread", args=[thread.pk])
    page = client.post(url, {"body": "", "client_token": token(9)}).content.decode()
    assert "Le message est vide" in page
    with clock.at(date(2026, 12, 5)):
        page = client.post(url, {"body": "Trop tard, mais gardé.", "client_token": token(9)}).content.decode()
    assert "Trop tard, mais gardé." in page and "Votre texte est gardé" in page
    answer = client.post(url, {"body": "À temps.", "client_token": token(9), "position": "pour"})
    assert answer.status_code == 302 and answer.url.endswith("?message=2#m2")
    assert Post.objects.get(number=2).position == "pour"


def test_what_was_typed_is_text(cast: Company, thread: Thread, client_for: Callable[..., Client]) -> None:
    say(cast, thread, "dgs", '<script>alert(1)</script> [x](javascript:alert(1)) "', 2)
    services.hide_post(actor=cast.actor("animateur"), post=thread.posts.get(number=1), reason="<b>non</b>")
    page = client_for("dgs").get(reverse("thread", args=[thread.pk])).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;" in page and 'href="javascript' not in page
    assert "&lt;b&gt;non" in page


def test_a_shared_mailbox_is_said(cast: Company, thread: Thread, client_for: Callable[..., Client]) -> None:
    client = client_for("dgs")
    session = client.session
    session["shared_mailbox"] = True
    session.save()
    url = reverse("thread", args=[thread.pk])
    client.post(url, {"body": "Un.", "client_token": token(7)})
    assert "boîte partagée" in client.get(url).content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_of_threads_costs_the_same(
    cast: Company,
    thread: Thread,
    client_for: Callable[..., Client],
    django_assert_num_queries: Any,
    count: int,
) -> None:
    for n in range(2, count + 1):
        services.open_thread(
            actor=cast.actor("animateur"),
            space=thread.space,
            body="Un.",
            client_token=token(n),
            **{**LINES, "title": f"Question {n}"},
        )
    client = client_for("dgs")
    with django_assert_num_queries(5):
        page = client.get(reverse("threads", args=[thread.space_id])).content.decode()
    assert page.count("Nouveau") == min(count, 25)
    with django_assert_num_queries(6):
        page = client.get(reverse("space", args=[thread.space_id])).content.decode()
    assert ("Voir tous les échanges" in page) is (count > 10)


def test_reading_marks_and_a_new_post_shows_again(
    cast: Company, thread: Thread, client_for: Callable[..., Client]
) -> None:
    client = client_for("dgs")
    listing = reverse("threads", args=[thread.space_id])
    client.get(reverse("thread", args=[thread.pk]))
    assert "Nouveau" not in client.get(listing).content.decode()
    with clock.at(clock.now() + timedelta(minutes=1)):
        say(cast, thread, "partenaire", "Du neuf.", 2)
        assert "Nouveau" in client.get(listing).content.decode()


def test_an_empty_space_says_what_to_do(cast: Company, client_for: Callable[..., Client]) -> None:
    url = reverse("space", args=[cast.spaces["voirie"].pk])
    assert "Posez la première question" in client_for("agent").get(url).content.decode()
    assert "Rejoignez-le" in client_for("maire").get(url).content.decode()


def test_opening_by_its_page(cast: Company, client_for: Callable[..., Client]) -> None:
    client = client_for("agent")
    url = reverse("thread_open", args=[cast.spaces["voirie"].pk])
    assert "Les quatre lignes" in client.get(url).content.decode()
    data = {
        **LINES,
        "until": "2026-12-04",
        "kind": "question",
        "body": "Qui prête l’épareuse ?",
        "client_token": token(5),
    }
    past = client.post(url, {**data, "until": "2020-01-01"}).content.decode()
    assert "Cette date est passée" in past and "Qui prête" in past
    assert client.post(url, data).url == Thread.objects.get().get_absolute_url()
    assert client_for("maire").get(url).status_code == 403
    assert (
        client_for("cheffe-de-projet")
        .get(reverse("thread_open", args=[cast.spaces["urbanisme"].pk]))
        .status_code
        == 404
    )


def test_moderating_by_its_page(cast: Company, thread: Thread, client_for: Callable[..., Client]) -> None:
    post = say(cast, thread, "partenaire", "À revoir.", 2)
    client = client_for("animateur")
    url = reverse("post_hide", args=[post.pk])
    assert "À revoir." in client.get(url).content.decode()
    assert "La raison manque" in client.post(url, {"reason": ""}).content.decode()
    assert client.post(url, {"reason": "Hors sujet."}).status_code == 302
    assert "Hors sujet." in client.get(url).content.decode()
    assert client.post(url).status_code == 302
    post.refresh_from_db()
    assert post.hidden_at is None
    assert client_for("dgs").get(reverse("post_edit", args=[post.pk])).status_code == 403
    edit = client_for("partenaire")
    assert "À revoir." in edit.get(reverse("post_edit", args=[post.pk])).content.decode()
    assert edit.post(reverse("post_edit", args=[post.pk]), {"seen": "1", "body": "Revu."}).status_code == 302


def test_the_posts_of_a_page_are_what_the_models_say(cast: Company, thread: Thread) -> None:
    fill(cast, thread, 21)
    services.hide_post(actor=cast.actor("animateur"), post=thread.posts.get(number=3), reason="Hors sujet.")
    services.edit_post(actor=cast.actor("dgs"), post=thread.posts.get(number=6), seen=1, body="Autrement.")
    row = fresh(thread)
    for page, count in ((1, 20), (2, 1), (3, 0)):
        rows = queries.posts_of(row, page)
        assert len(rows) == count
        for one in rows:
            post = Post.objects.select_related("author", "mandate__authority").get(pk=one.id)
            member = TerritoryMember.objects.filter(
                authority=post.mandate.authority, territory=cast.territory
            ).first()
            assert one == queries.PostRow(
                post.number, post.pk, post.author_id, post.author.given_name, post.author.family_name, post.author.erased_at,
                post.mandate.title, post.mandate.authority.name, post.position, post.body_html, post.created_at,
                post.edited_at, post.hidden_at, post.hidden_reason, post.via_shared_mailbox,
                member.tile_drawing if member else None, member.tile_hue if member else None, post.files, None,
            )  # fmt: skip


def test_the_same_form_with_other_words_is_another_message(cast: Company, thread: Thread) -> None:
    dgs, before = cast.actor("dgs"), Post.objects.count()
    for body in ("Un.", "Un.", "Deux.", "Un."):
        services.write_post(actor=dgs, thread=thread, body=body, client_token=token(8))
    assert Post.objects.count() == before + 2


def test_no_two_gestures_of_a_thread_have_the_same_name(
    cast: Company, thread: Thread, client_for: Callable[..., Client]
) -> None:
    for n in range(2, 5):
        say(cast, thread, "dgs", "Encore moi.", n)
    body = client_for("animateur").get(reverse("thread", args=[thread.pk])).content.decode()
    names = re.findall(r'class="touche" href="[^"]*" aria-label="([^"]*)"', body)
    assert sum(name.startswith("Masquer le message n°") for name in names) == 4
    assert len(names) == len(set(names))


def test_an_empty_reply_is_told_in_a_summary_that_leads_to_it(
    thread: Thread, client_for: Callable[..., Client]
) -> None:
    answer = client_for("dgs").post(
        reverse("thread", args=[thread.pk]), {"body": " ", "client_token": token(7)}
    )
    body = answer.content.decode()
    summary = body.partition("data-erreurs")[2].partition("</ul>")[0]
    assert '<a href="#id_body">Votre message</a>' in summary and "Le message est vide" in summary
    assert body.index("data-erreurs") < body.index('<textarea id="id_body"')
