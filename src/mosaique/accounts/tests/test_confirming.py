"""On a shared mailbox, the form of an act asks for the personal code in its place, loses nothing, and asks once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from mosaique.access.confirmation import LIFE
from mosaique.access.middleware import CONFIRMED_KEY
from mosaique.access.models import Mandate
from mosaique.accounts import services
from mosaique.accounts.models import PersonalCode
from mosaique.accounts.services.pin import PAUSE
from mosaique.demo.people import Company
from mosaique.journal.models import Line
from mosaique.kernel import clock
from mosaique.scheme import services as scheme
from mosaique.scheme.models import ActionSheet, Position

PIN = "4071"
For = Callable[[str], Client]


def plain(page: Any) -> str:
    text: str = page.content.decode()
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


@pytest.fixture
def sheet(cast: Company) -> ActionSheet:
    lead = cast.actor("cheffe-de-projet")
    plan = scheme.open_scheme(actor=lead, territory=cast.territory)
    axis = scheme.add_axis(actor=lead, scheme=plan, title="Services")
    made = scheme.create_sheet(actor=lead, scheme=plan, axis=axis, title="Partager une balayeuse")
    scheme.set_status(actor=lead, sheet=made, to=ActionSheet.Status.STUDY)
    return ActionSheet.objects.for_screen().get(pk=made.pk)


def answer(client: Client, sheet: ActionSheet, **more: str) -> Any:
    sent = {"position": "si", "condition": "Si le maire signe chaque convention.", **more}
    return client.post(f"/fiches/{sheet.pk}/position/", sent)


def test_the_first_time_the_code_is_chosen_in_the_form_itself(
    cast: Company, sheet: ActionSheet, shared_client_for: For
) -> None:
    client = shared_client_for("maire")
    page = plain(client.get(sheet.get_absolute_url()))
    assert "Cette boîte est partagée" in page and 'id="id_pin_again"' in page
    refused = plain(answer(client, sheet))
    assert "Votre code personnel manque" in refused and "Si le maire signe chaque convention." in refused
    weak = plain(answer(client, sheet, pin="1234", pin_again="1234"))
    assert "se suivent" in weak and "Si le maire signe chaque convention." in weak and "1234" not in weak
    other = plain(answer(client, sheet, pin=PIN, pin_again="4072"))
    assert (
        "ne sont pas les mêmes" in other
        and not Position.objects.exists()
        and not PersonalCode.objects.exists()
    )
    assert answer(client, sheet, pin=PIN, pin_again=PIN).status_code == 302
    said = Position.objects.get()
    assert said.condition == "Si le maire signe chaque convention."
    assert Line.objects.get(verb="position_given").changes["confirmed"] is True
    assert "id_pin" not in plain(client.get(sheet.get_absolute_url())), "not asked again for ten minutes"


def test_a_wrong_code_is_counted_though_the_act_is_refused(
    cast: Company, sheet: ActionSheet, shared_client_for: For
) -> None:
    services.choose_pin(actor=cast.actor("maire"), pin=PIN)
    client = shared_client_for("maire")
    for left in ("4 essais", "3 essais", "2 essais", "un essai"):
        page = plain(answer(client, sheet, pin="9988"))
        assert left in page and "Si le maire signe chaque convention." in page and "9988" not in page
    assert PersonalCode.objects.get().tries == 4
    paused = plain(answer(client, sheet, pin="9988"))
    assert "en pause jusqu'à 12 h 15" in paused and "Si le maire signe chaque convention." in paused
    assert "en pause" in plain(answer(client, sheet, pin=PIN)) and not Position.objects.exists()
    assert "en pause" in plain(client.get(sheet.get_absolute_url()))
    with clock.at(clock.now() + PAUSE):
        assert answer(client, sheet, pin=PIN).status_code == 302
    assert PersonalCode.objects.get().tries == 0


def test_a_confirmation_ends(cast: Company, sheet: ActionSheet, shared_client_for: For) -> None:
    services.choose_pin(actor=cast.actor("maire"), pin=PIN)
    client = shared_client_for("maire")
    assert answer(client, sheet, pin=PIN).status_code == 302
    with clock.at(clock.now() + LIFE - timedelta(seconds=1)):
        assert answer(client, sheet, position="non").status_code == 302
    with clock.at(clock.now() + LIFE):
        assert "Votre code personnel manque" in plain(answer(client, sheet, position="tard"))
    assert Position.objects.count() == 2


def test_a_good_code_is_not_asked_again_with_the_corrections(
    cast: Company, sheet: ActionSheet, shared_client_for: For
) -> None:
    services.choose_pin(actor=cast.actor("maire"), pin=PIN)
    client = shared_client_for("maire")
    page = plain(answer(client, sheet, condition="", pin=PIN))
    assert "attend votre condition" in page and "id_pin" not in page
    assert answer(client, sheet).status_code == 302


def test_nothing_is_asked_where_nobody_else_opens_the_mailbox(
    cast: Company, sheet: ActionSheet, client_for: Callable[[str | None], Client]
) -> None:
    client = client_for("maire")
    assert "id_pin" not in plain(client.get(sheet.get_absolute_url()))
    assert answer(client, sheet).status_code == 302
    assert "confirmed" not in Line.objects.get(verb="position_given").changes


def test_whoever_comes_in_next_is_not_confirmed(cast: Company, sheet: ActionSheet, settings: Any) -> None:
    """The same browser: Alain confirmed, then signed out; or came in again."""
    services.choose_pin(actor=cast.actor("maire"), pin=PIN)
    client, mailbox = Client(), cast.people["maire"].email

    def come_in(slug: str) -> None:
        from mosaique.kernel.models import OutgoingMail

        client.post("/connexion/", {"email": mailbox})
        sent = OutgoingMail.objects.filter(kind="code").latest("pk")
        client.post("/connexion/code/", {"code": sent.subject.removeprefix("Votre code : ")})
        client.post("/connexion/qui/", {"qui": str(cast.people[slug].pk)})

    come_in("maire")
    assert answer(client, sheet, pin=PIN).status_code == 302 and CONFIRMED_KEY in client.session
    come_in("maire")
    assert CONFIRMED_KEY not in client.session
    assert "Votre code personnel manque" in plain(answer(client, sheet))
    answer(client, sheet, pin=PIN)
    come_in("secretaire")
    assert CONFIRMED_KEY not in client.session
    client.post("/deconnexion/")
    assert CONFIRMED_KEY not in client.session


def test_a_mandate_is_not_confided_without_it_and_who_receives_it_confirms_with_their_own(
    cast: Company, sheet: ActionSheet, shared_client_for: For
) -> None:
    """Else whoever opens the mayor's mailbox would entrust herself with his voice."""
    for slug in ("maire", "agent"):
        services.choose_pin(actor=cast.actor(slug), pin=PIN if slug == "maire" else "8305")
    mayor, agent = cast.people["maire"], Mandate.objects.get(person=cast.people["agent"])
    agent.role = "councillor"
    agent.save()
    own = Mandate.objects.get(person=mayor)
    sent = {"to": agent.pk, "what": ["positions"], "starts_on": "2026-11-26", "last_day": "2026-12-20"}
    client = shared_client_for("maire")
    url = f"/mandats/{own.pk}/confier/"
    assert "Votre code personnel manque" in plain(client.post(url, sent))
    assert not Mandate.objects.exclude(entrusted=[]).exists()
    assert client.post(url, {**sent, "pin": PIN}).status_code == 302
    given = Mandate.objects.exclude(entrusted=[]).get()
    deputy = shared_client_for("agent")
    deputy.post("/mandat/", {"mandate": given.pk})
    assert "il vous reste 4 essais" in plain(answer(deputy, sheet, pin=PIN)), (
        "the mayor's own code is not hers"
    )
    assert answer(deputy, sheet, pin="8305").status_code == 302
    assert Position.objects.get().said_by == given


def test_one_chooses_and_changes_it_in_ones_account(cast: Company, shared_client_for: For) -> None:
    client = shared_client_for("maire")
    assert "Choisir mon code personnel" in plain(client.get("/compte/"))
    empty = plain(client.post("/compte/code/", {"pin": "", "pin_again": ""}))
    assert "code personnel manque" in empty
    assert client.post("/compte/code/", {"pin": PIN, "pin_again": PIN}).status_code == 302
    assert '<time datetime="2026-11-26">26 novembre 2026</time>' in plain(client.get("/compte/"))
    wrong = plain(client.post("/compte/code/", {"current": "9988", "pin": "8305", "pin_again": "8305"}))
    assert "il vous reste 4 essais" in wrong
    weak = plain(client.post("/compte/code/", {"current": PIN, "pin": "1111", "pin_again": "1111"}))
    assert "répété" in weak
    assert (
        client.post("/compte/code/", {"current": PIN, "pin": "8305", "pin_again": "8305"}).status_code == 302
    )
    assert services.check_pin(actor=cast.actor("maire"), pin="8305").answer == "good"


def test_it_is_proposed_from_the_first_page(cast: Company, client_for: Any, shared_client_for: For) -> None:
    client = shared_client_for("maire")
    assert "Vous partagez votre boîte" in plain(client.get("/bienvenue/"))
    assert "Vous partagez votre boîte" not in plain(client_for("maire-b").get("/bienvenue/"))
    services.choose_pin(actor=cast.actor("maire"), pin=PIN)
    assert "Vous partagez votre boîte" not in plain(client.get("/bienvenue/"))


def test_the_team_sets_it_aside_and_says_the_code_once(
    cast: Company, client_for: Any, shared_client_for: For
) -> None:
    services.choose_pin(actor=cast.actor("maire"), pin=PIN)
    own = Mandate.objects.get(person=cast.people["maire"])
    lead = client_for("cheffe-de-projet")
    assert f"/personnes/{own.pk}/code/" in plain(lead.get(f"/personnes/{own.pk}/"))
    assert client_for("secretaire").get(f"/personnes/{own.pk}/code/").status_code == 403
    page = lead.post(f"/personnes/{own.pk}/code/", {"mettre": "1"})
    said = page.context["code"]
    assert (
        said in page.content.decode() and said not in lead.get(f"/personnes/{own.pk}/code/").content.decode()
    )
    mayor = shared_client_for("maire")
    assert "L'équipe du projet l'a mis de côté" in plain(mayor.get("/compte/"))
    sent = {"renewal": "AAA AAA AAA", "pin": "8305", "pin_again": "8305"}
    assert "il vous reste 4 essais" in plain(mayor.post("/compte/code/", sent))
    assert mayor.post("/compte/code/", {**sent, "renewal": said}).status_code == 302


def test_closed_it_says_whom_to_call(cast: Company, sheet: ActionSheet, shared_client_for: For) -> None:
    services.choose_pin(actor=cast.actor("maire"), pin=PIN)
    PersonalCode.objects.update(tries=PersonalCode.MOST_TRIES)
    client = shared_client_for("maire")
    for page in (
        client.get("/compte/code/"),
        client.get(sheet.get_absolute_url()),
        answer(client, sheet, pin=PIN),
    ):
        assert "Appelez l'équipe du projet" in plain(page) and "id_pin" not in plain(page)
    assert not Position.objects.exists()


def test_a_service_called_by_any_other_way_refuses_too(cast: Company, sheet: ActionSheet) -> None:
    from mosaique.kernel.verdict import Problem

    mayor = replace(cast.actor("maire"), via_shared_mailbox=True)
    with pytest.raises(Problem) as refused:
        scheme.give_position(actor=mayor, sheet=sheet, answer="yes", council_on=date(2026, 11, 20))
    assert refused.value.field == "pin" and not Position.objects.exists()
