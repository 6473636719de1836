"""« Bloqué ? »: what leaves, who reads it, who is told, what is forgotten."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mosaique.access.actor import ANONYMOUS
from mosaique.assistance import policies, queries, services
from mosaique.assistance.askers import Asker, guest_with
from mosaique.assistance.models import HelpCall
from mosaique.demo.people import Company
from mosaique.journal.models import Line
from mosaique.kernel import clock
from mosaique.kernel.models import OutgoingMail
from mosaique.kernel.verdict import Problem, Refused

URL = "https://mosaique.example"


def call_of(cast: Company, slug: str = "secretaire", **more: Any) -> HelpCall:
    actor = cast.actor(slug)
    asker = Asker(actor, actor.name, "Secrétaire générale de mairie", cast.territory.pk)
    given = {
        "words": "Je ne sais pas quoi mettre.",
        "typed": "ETP : 35",
        "path": "/inventaires/",
        "title": "Inventaires",
    }
    found: HelpCall = services.ask(actor=actor, asker=asker, address=URL, **{**given, **more})
    return found


def test_a_call_an_answer_and_its_end_leave_lines_messages_and_states(cast: Company) -> None:
    secretary, lead = cast.actor("secretaire"), cast.actor("cheffe-de-projet")
    start = Line.objects.count()
    call = call_of(cast)
    sent = OutgoingMail.objects.filter(kind="help_call")
    assert {mail.to for mail in sent} == {cast.people[slug].email for slug in ("cheffe-de-projet", "dgs")}
    assert not any("35" in mail.text or "quoi mettre" in mail.text for mail in sent)  # words stay in Mosaïque
    assert [todo.url for todo in queries.todos(lead)] == [call.get_absolute_url()]
    assert queries.todos(secretary) == []
    services.reply(actor=lead, call=call, body="Mettez 1,00 : 35 heures font un temps plein.", address=URL)
    call.refresh_from_db()
    assert call.state == "answered" and queries.todos(lead) == []
    assert [todo.title for todo in queries.todos(secretary)] == ["Lire la réponse à votre demande d’aide"]
    assert OutgoingMail.objects.filter(kind="help_call", to=secretary_mail(cast)).count() == 1
    services.reply(actor=secretary, call=call, body="Et pour deux agents ?", address=URL)
    call.refresh_from_db()
    assert call.state == "open" and [reply.from_team for reply in call.replies.all()] == [True, False]
    services.close(actor=secretary, call=call)
    with pytest.raises(Refused, match="réglée"):
        services.reply(actor=lead, call=call, body="Encore", address=URL)
    assert [(line.verb, line.person_id) for line in Line.objects.order_by("pk")[start:]] == [
        ("help_called", secretary.person_id), ("help_replied", lead.person_id), ("help_replied", secretary.person_id),
        ("help_settled", secretary.person_id),
    ]  # fmt: skip


def secretary_mail(cast: Company) -> str:
    return str(cast.people["secretaire"].email)


def test_only_who_asked_and_the_project_team_read_it(cast: Company, django_assert_num_queries: Any) -> None:
    call = HelpCall.objects.for_screen().get(pk=call_of(cast).pk)
    readers = {
        slug
        for slug in cast.people
        if HelpCall.objects.visible_to(cast.actor(slug)).filter(pk=call.pk).exists()
    }
    assert readers == {"secretaire", "cheffe-de-projet", "dgs"}  # not the mayor of the same commune
    assert not HelpCall.objects.visible_to(ANONYMOUS).exists()
    actors = {slug: cast.actor(slug) for slug in cast.people}
    with django_assert_num_queries(0):
        assert {slug for slug, actor in actors.items() if policies.may_reply(actor, call)} == readers
        assert {slug for slug, actor in actors.items() if policies.may_answer_calls(actor)} == readers - {
            "secretaire"
        }


def test_who_asks_without_an_account_reads_that_call_only(cast: Company) -> None:
    other = call_of(cast)
    guest = Asker(guest_with(0, "Camille"), "Camille", "par un lien", cast.territory.pk)
    call = services.ask(actor=guest.actor, asker=guest, words="Au secours", address=URL)
    assert (call.person_id, call.guest_name, call.who) == (None, "Camille", "Camille")
    assert other.guest_name == ""  # a person's name is read when shown: erasing them erases it here
    reader = guest_with(call.pk, "Camille")
    assert list(HelpCall.objects.visible_to(reader)) == [call]
    with pytest.raises(Refused):
        services.reply(actor=reader, call=other, body="x", address=URL)
    services.reply(actor=reader, call=call, body="Précision", address=URL)
    assert call.replies.get().from_team is False


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/inventaires/?q=secret", "/inventaires/"), ("//pirate.example/x", ""), ("https://pirate.example/", ""),
        ("/confie/abcdefghijkl/", ""), ("/nulle-part/", "/nulle-part/"), ("javascript:alert(1)", ""),
    ],
)  # fmt: skip
def test_an_address_is_kept_without_what_it_may_hide(path: str, kept: str) -> None:
    assert services.safe_path(path) == kept


def test_what_was_typed_is_forgotten_a_month_after_the_end(cast: Company) -> None:
    call, fresh, waiting = call_of(cast), call_of(cast, words="Deux"), call_of(cast, words="Trois")
    for one in (call, fresh):
        services.close(actor=cast.actor("secretaire"), call=one)
    HelpCall.objects.filter(pk=call.pk).update(closed_at=clock.now() - services.KEEP - timedelta(days=1))
    assert services.forget_typed(actor=ANONYMOUS) == 1
    typed = dict(HelpCall.objects.values_list("pk", "typed"))
    assert typed == {call.pk: "", fresh.pk: "ETP : 35", waiting.pk: "ETP : 35"}
    assert Line.objects.filter(verb="help_purged").count() == 1


def test_nothing_said_is_refused_and_nothing_leaves(cast: Company) -> None:
    with pytest.raises(Problem, match="Rien n’est encore parti"):
        call_of(cast, words="  ")
    assert not HelpCall.objects.exists() and not OutgoingMail.objects.exists()


def test_without_script_the_page_one_comes_from_is_sent_and_its_answer_stands_there(
    cast: Company, client_for: Any, django_assert_num_queries: Any
) -> None:
    client: Client = client_for("secretaire")
    home = client.get("/aide/").content.decode()
    assert 'href="/bloque/"' in home
    page = client.get("/bloque/", headers={"referer": "http://testserver/aide/?x=1"}).content.decode()
    assert 'value="/aide/"' in page
    answer = client.post("/bloque/", {"words": "", "page": "/aide/"})
    assert answer.status_code == 400
    answer = client.post(
        "/bloque/", {"words": "Où cliquer ?", "page": "/aide/", "typed": "<script>x</script>"}, follow=True
    )
    assert "&lt;script&gt;" in answer.content.decode()
    call = HelpCall.objects.get()
    assert "En attente d’une réponse" in client.get("/aide/").content.decode()
    services.reply(actor=cast.actor("cheffe-de-projet"), call=call, body="En haut à droite.", address=URL)
    assert "En haut à droite." in client.get("/aide/").content.decode()
    assert "En haut à droite." not in client.get("/accessibilite/").content.decode()
    client.post(call.get_absolute_url(), {"regle": "1"})
    assert "En haut à droite." not in client.get("/aide/").content.decode()
    assert client_for("maire").get(call.get_absolute_url()).status_code == 404
    assert 'href="/bloque/"' not in Client().get("/aide/").content.decode()


def test_it_stands_on_a_page_of_error_and_costs_other_pages_no_query(cast: Company, client_for: Any) -> None:
    client: Client = client_for("secretaire")
    lost = client.get("/nulle-part/")
    assert lost.status_code == 404 and 'href="/bloque/"' in lost.content.decode()
    with CaptureQueriesContext(connection) as before:
        client.get("/accessibilite/")
    client.post("/bloque/", {"words": "Perdue", "page": "/nulle-part/"})
    client.get("/bloque/")  # tells the message of the sending
    with CaptureQueriesContext(connection) as after:
        client.get("/accessibilite/")
    assert len(after) == len(before)
    assert not any("assistance_" in query["sql"] for query in after.captured_queries)
    assert "Votre demande d’aide sur cette page" in client.get("/nulle-part/").content.decode()
