"""Where invitations stand, told by what really happened; reminders that slow down; letters when no message arrives."""

import io
import re
import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
from aiosmtpd.controller import Controller
from django.test import Client
from django.urls import reverse

from mosaique.access.actor import ANONYMOUS
from mosaique.access.models import Mandate, Person
from mosaique.accounts import policies, queries, roster, secrecy, services, tracking
from mosaique.accounts.models import Invitation, PostalAddress
from mosaique.accounts.services import Answer
from mosaique.demo.people import Company
from mosaique.journal.models import Line
from mosaique.kernel import clock
from mosaique.kernel.delivery import deliver
from mosaique.kernel.models import OutgoingMail
from mosaique.kernel.verdict import Problem, Refused


def verbs() -> list[str]:
    return list(Line.objects.order_by("pk").values_list("verb", flat=True))


def invited(cast: Company, email: str = "odile@exemple.fr", family: str = "Rey") -> Mandate:
    text = f"Odile {family} ; {email} ; Trébas ; maire"
    rows = roster.read(text, queries.facts_for(cast.territory, {email}), clock.today())
    services.invite_rows(actor=cast.actor("dgs"), territory=cast.territory, rows=rows)
    return Mandate.objects.get(person__family_name=family)


def stands(cast: Company, mandate: Mandate) -> str:
    return follow(cast, mandate).standing.code


def follow(cast: Company, mandate: Mandate) -> tracking.Followed:
    return next(one for one in queries.followed(cast.territory.pk) if one.mandate.pk == mandate.pk)


def link() -> str:
    text = OutgoingMail.objects.filter(kind="invitation").latest("pk").text
    return re.search(r"https?://[^/\s]+(/invitation/\S+)", text).group(1)  # type: ignore[union-attr]


class TownHall:
    busy = 1

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address.startswith("inconnue"):
            return "550 5.1.1 Mailbox unknown"
        if address.startswith("occupee") and self.busy:
            self.busy -= 1
            return "451 4.7.1 Come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        return "250 OK"


@pytest.fixture
def hall(settings: Any) -> Iterator[None]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(TownHall(), hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield
    controller.stop()


def test_what_the_mail_server_says_is_what_the_list_says(
    cast: Company, hall: None, client_for: Callable[..., Client]
) -> None:
    good, gone = invited(cast), invited(cast, "inconnue@exemple.fr", "Absent")
    busy = invited(cast, "occupee@exemple.fr", "Occupe")
    assert stands(cast, good) == "leaving"
    deliver()
    assert [stands(cast, one) for one in (good, gone, busy)] == ["sent", "refused", "leaving"]
    assert "nouvel essai" in follow(cast, busy).standing.detail
    page = client_for("dgs").get(reverse("people") + "?etat=refused").content.decode()
    assert "Odile Absent" in page and "Odile Rey" not in page and "inconnue de sa messagerie" in page
    with clock.at(clock.now() + timedelta(minutes=3)):
        deliver()
        assert stands(cast, busy) == "sent"
    with clock.at(clock.now() + timedelta(days=8)):
        assert stands(cast, good) == "never"
    with clock.at(clock.now() + timedelta(days=31)):
        assert stands(cast, good) == "expired"
    # Refused once: the address. Refused twice: the letter.
    assert follow(cast, gone).act == "address"
    services.invite(actor=cast.actor("dgs"), mandate=gone)
    deliver()
    assert follow(cast, gone).act == "letter" and follow(cast, gone).refusals == 2


def test_opening_a_link_counts_for_nothing_and_a_button_does(
    cast: Company, client_for: Callable[..., Client]
) -> None:
    mandate, client = invited(cast), client_for(None)
    OutgoingMail.objects.update(state="sent", sent_at=clock.now())
    page = client.get(link()).content.decode()
    assert (
        "Voir mon invitation" in page and "odile@exemple.fr" not in page and stands(cast, mandate) == "sent"
    )
    client.post(link(), {"voir": "1"})
    assert stands(cast, mandate) == "opened" and Invitation.objects.get().state == "sent"
    page = client.get(link()).content.decode()
    assert "odile@exemple.fr" in page and "Voir mon invitation" not in page
    assert client.post(link()).url == reverse("welcome")
    assert (
        stands(cast, mandate) == "entered"
        and services.see_invitation(actor=ANONYMOUS, token="x") is Answer.UNKNOWN
    )


def test_the_invitation_that_holds_is_said_to_hold(cast: Company, client_for: Callable[..., Client]) -> None:
    mandate = invited(cast)
    page = client_for("cheffe-de-projet").get(reverse("person", kwargs={"pk": mandate.pk})).content.decode()
    assert "(celle qui a cours)" in page and "celle que vous lisez" not in page


def test_a_message_come_back_is_noted_once(cast: Company) -> None:
    mandate = invited(cast)
    OutgoingMail.objects.update(state="sent", sent_at=clock.now())
    with pytest.raises(Refused):
        services.note_bounce(actor=cast.actor("maire"), mandate=mandate)
    services.note_bounce(actor=cast.actor("dgs"), mandate=mandate)
    assert "Le message est revenu" in follow(cast, mandate).standing.detail
    with pytest.raises(Problem, match="rien n’a été noté"):
        services.note_bounce(actor=cast.actor("dgs"), mandate=mandate)
    assert verbs() == ["people.invited", "invitation.bounced"]


def test_reminders_slow_down_then_stop(cast: Company) -> None:
    mandate = invited(cast)
    OutgoingMail.objects.update(state="sent", sent_at=clock.now())
    start = clock.now()

    def remind(days: int) -> bool:
        with clock.at(start + timedelta(days=days)):
            try:
                services.remind_people(
                    actor=cast.actor("dgs"), territory=cast.territory, mandates=[mandate.pk]
                )
            except Problem:
                return False
            OutgoingMail.objects.update(state="sent", sent_at=clock.now())
            return True

    days = (2, 3, 9, 10, 23, 24, 90)
    assert [remind(n) for n in days] == [False, True, False, True, False, True, False]
    with clock.at(start + timedelta(days=30)):
        assert follow(cast, mandate).is_exhausted
    last = OutgoingMail.objects.latest("pk")
    assert last.subject.startswith("Rappel : ") and "remplace le précédent" in last.text
    assert Invitation.objects.filter(state="sent").count() == 1
    assert verbs() == ["people.invited", *["people.reminded"] * 3]


def test_the_reminders_page_says_who_and_sends_to_those_ticked(
    cast: Company, client_for: Callable[..., Client]
) -> None:
    one, other = invited(cast), invited(cast, "jean@exemple.fr", "Puech")
    OutgoingMail.objects.update(state="sent", sent_at=clock.now())
    client = client_for("presidente")
    with clock.at(clock.now() + timedelta(days=4)):
        page = client.get(reverse("people_remind")).content.decode()
        assert "Deux personnes n’ont pas encore ouvert" in page and f'value="{other.pk}" checked' in page
        assert client.post(reverse("people_remind"), {"personne": [one.pk]}).url == reverse("people")
    assert (
        OutgoingMail.objects.filter(subject__startswith="Rappel").values_list("to", flat=True)[0]
        == "odile@exemple.fr"
    )
    assert OutgoingMail.objects.filter(subject__startswith="Rappel").count() == 1


def test_an_address_is_put_right_before_anyone_came_in(cast: Company) -> None:
    mandate = invited(cast, "odil@exemple.fr")
    old = link()
    services.correct_address(actor=cast.actor("dgs"), mandate=mandate, email=" Odile@Exemple.fr ")
    mandate.person.refresh_from_db()
    assert (
        mandate.person.email == "odile@exemple.fr"
        and OutgoingMail.objects.latest("pk").to == "odile@exemple.fr"
    )
    token = old.strip("/").split("/")[-1]
    assert services.accept_invitation(actor=ANONYMOUS, token=token)[0] is Answer.USED
    assert verbs() == ["people.invited", "person.address", "people.invited"]
    mandate.person.last_login = clock.now()
    mandate.person.save()
    with pytest.raises(Problem, match="déjà ouvert son compte"):
        services.correct_address(actor=cast.actor("dgs"), mandate=mandate, email="autre@exemple.fr")


# --- Letters --------------------------------------------------------------------------------
def printed(cast: Company, *mandates: Mandate, address: str = "") -> list[services.letters.Printed]:
    found: list[services.letters.Printed] = services.print_letters(
        actor=cast.actor("dgs"), territory=cast.territory, mandates=[one.pk for one in mandates],
        addresses={one.authority_id: address for one in mandates},
    )  # fmt: skip
    return found


def test_who_may_have_a_letter(cast: Company) -> None:
    mandate = invited(cast)
    assert policies.may_print_letter(cast.actor("dgs"), mandate)
    assert not policies.may_print_letter(cast.actor("maire"), mandate)
    mandate.person.last_login = clock.now()
    assert "ouvrirait son compte" in policies.may_print_letter(cast.actor("dgs"), mandate).reason
    mandate.person.email = ""
    assert policies.may_print_letter(cast.actor("dgs"), mandate)


def test_a_code_is_kept_nowhere_and_printing_again_replaces_it(cast: Company) -> None:
    mandate = invited(cast)
    [first] = printed(cast, mandate, address="12, rue du Pont\n\n 81340   TRÉBAS ")
    assert len(first.code) == 9 and not set(first.code) - set(secrecy.LETTER_SIGNS)
    assert (
        first.code not in str(list(Invitation.objects.values()))
        and first.lines == "12, rue du Pont\n81340 TRÉBAS"
    )
    [second] = printed(cast, mandate)
    assert second.lines == first.lines and PostalAddress.objects.get().authority == mandate.authority
    assert services.letters.find_letter(first.code).state == "replaced"  # type: ignore[union-attr]
    assert follow(cast, mandate).standing.code == "letter"
    with clock.at(clock.now() + timedelta(days=60)):
        assert follow(cast, mandate).act == "letter"
        found = services.letters.find_letter(second.code)
        assert services.accept_letter(actor=ANONYMOUS, invitation=found, email="")[0] is Answer.EXPIRED
    assert verbs() == ["people.invited", "people.letters", "people.letters"]


def code_in(response: Any) -> str:
    document = pypdfium2.PdfDocument(io.BytesIO(response.content))
    assert len(document) == 1, "one page"
    text = document[0].get_textpage().get_text_range()
    assert "Mairie de Trébas" in text and "Odile Rey" in text and "/courrier" in text
    found = re.search(rf"\b([{secrecy.LETTER_SIGNS}]{{3}} ?){{3}}\b", text)
    assert found, text
    return found.group(0)


def test_from_the_paper_to_an_address_that_is_proved(
    cast: Company, client_for: Callable[..., Client]
) -> None:
    mandate, mail_link = invited(cast, "inconnue@exemple.fr"), link()
    team = client_for("cheffe-de-projet")
    url = reverse("mandate_letter", args=[mandate.pk])
    assert "Mairie de Trébas" in team.get(url).content.decode()
    answer = team.post(
        url, {"lettre": [mandate.pk], f"adresse-{mandate.authority_id}": "Mairie de Trébas\n81340 Trébas"}
    )
    assert answer["Content-Type"] == "application/pdf" and answer["Cache-Control"] == "no-store"
    code = code_in(answer)
    client = client_for(None)
    assert "J’ai reçu une lettre" in client.get(reverse("sign_in")).content.decode()
    assert (
        "n’est celui d’aucune lettre"
        in client.post(reverse("letter"), {"code": "AAA AAA AAA"}).content.decode()
    )
    assert "vous en avez écrit 4" in client.post(reverse("letter"), {"code": "AAA 3"}).content.decode()
    assert client.post(reverse("letter"), {"code": code.lower().replace(" ", "-")}).url == reverse(
        "letter_person"
    )
    assert "Bienvenue, Odile Rey" in client.get(reverse("letter_person")).content.decode()
    assert client.post(reverse("letter_person"), {"email": "Odile@exemple.fr"}).url == reverse("letter_check")
    mandate.person.refresh_from_db()
    assert mandate.person.email == "inconnue@exemple.fr", "nothing moves before the proof"
    message = OutgoingMail.objects.latest("pk")
    assert message.to == "odile@exemple.fr" and "connexion/lien" not in message.text
    assert "Ce n’est pas ce code" in client.post(reverse("letter_check"), {"code": "000000"}).content.decode()
    proof = re.search(r"(\d{3}) (\d{3})\n", message.text)
    assert proof and client.post(reverse("letter_check"), {"code": "".join(proof.groups())}).url == reverse(
        "welcome"
    )
    mandate.person.refresh_from_db()
    assert (
        mandate.person.email == "odile@exemple.fr"
        and int(client.session["_auth_user_id"]) == mandate.person_id
    )
    assert follow(cast, mandate).standing.code == "entered"
    again = client_for(None)
    assert "a déjà servi" in again.post(reverse("letter"), {"code": code}).content.decode()
    assert client_for(None).get(mail_link).status_code == 410, (
        "what else was sent no longer opens the account"
    )
    assert verbs() == ["people.invited", "people.letters", "invitation.accepted"]
    assert client.get(reverse("letter_check")).url == reverse("letter")


def test_without_any_address_one_enters_for_this_time(
    cast: Company, client_for: Callable[..., Client]
) -> None:
    mandate = services.add_person(
        actor=cast.actor("dgs"), territory=cast.territory, email="", given_name="Jean", family_name="Puech",
        authority=cast.commune_a, role="councillor",
    )  # fmt: skip
    assert stands(cast, mandate) == "no_address" and follow(cast, mandate).act == "letter"
    with pytest.raises(Problem, match="n’a pas d’adresse"):
        services.invite(actor=cast.actor("dgs"), mandate=mandate)
    [one] = printed(cast, mandate)
    client = client_for(None)
    client.post(reverse("letter"), {"code": one.code})
    assert client.post(reverse("letter_person"), {"sans": "1"}).url == reverse("welcome")
    assert (
        client.session.get_expire_at_browser_close()
        and "une lettre vous a fait entrer" in client.get(reverse("account")).content.decode()
    )
    assert follow(cast, mandate).wants_letter, "another letter may be printed"


def test_a_letter_opens_nothing_once_its_person_receives_codes(
    cast: Company, client_for: Callable[..., Client]
) -> None:
    """Printed before they came in by their mailbox, it lies about the town hall: it would move their account to another one."""
    mandate = invited(cast)
    [one] = printed(cast, mandate)
    typed = client_for(None)
    assert typed.post(reverse("letter"), {"code": one.code}).url == reverse("letter_person")
    Person.objects.filter(pk=mandate.person_id).update(last_login=clock.now())
    assert "a déjà servi" in client_for(None).post(reverse("letter"), {"code": one.code}).content.decode()
    assert typed.post(reverse("letter_person"), {"sans": "1"}).url == reverse("letter")
    found = services.letters.find_letter(one.code)
    answer = services.accept_letter(actor=ANONYMOUS, invitation=found, email="autre@exemple.fr")
    assert answer == (Answer.USED, None) and "_auth_user_id" not in typed.session
    mandate.person.refresh_from_db()
    assert mandate.person.email == "odile@exemple.fr"


def test_an_address_given_by_letter_closes_what_was_sent_to_the_former_one(cast: Company) -> None:
    mandate = invited(cast, "inconnue@exemple.fr")
    other = services.add_person(
        actor=cast.actor("dgs"), territory=cast.territory, email="inconnue@exemple.fr", given_name="Odile", family_name="Rey",
        authority=cast.commune_a, role="councillor",
    )  # fmt: skip
    assert other.person_id == mandate.person_id
    services.invite(actor=cast.actor("dgs"), mandate=other)
    token = link().strip("/").split("/")[-1]
    [one] = printed(cast, mandate)
    found = services.letters.find_letter(one.code)
    assert (
        services.accept_letter(actor=ANONYMOUS, invitation=found, email="odile@exemple.fr")[0] is Answer.GOOD
    )
    assert services.accept_invitation(actor=ANONYMOUS, token=token)[0] is Answer.USED


def test_codes_are_not_guessed_at_leisure(cast: Company, client_for: Callable[..., Client]) -> None:
    [one] = printed(cast, invited(cast))
    client = client_for(None)
    for _ in range(15):
        client.post(reverse("letter"), {"code": "AAAAAAAAA"})
    refused = client.post(reverse("letter"), {"code": one.code})
    assert refused.status_code == 200 and "Trop de codes ont été essayés" in refused.content.decode()


def test_letters_of_all_concerned_in_one_file(cast: Company, client_for: Callable[..., Client]) -> None:
    for n in range(3):
        services.add_person(
            actor=cast.actor("dgs"), territory=cast.territory, email="", given_name="Jean", family_name=f"Puech{n}",
            authority=cast.commune_a, role="councillor",
        )  # fmt: skip
    client = client_for("dgs")
    page = client.get(reverse("people_letters")).content.decode()
    assert "Trois lettres à imprimer" in page
    chosen = re.findall(r'name="lettre" value="(\d+)"', page)
    answer = client.post(reverse("people_letters"), {"lettre": chosen})
    assert len(pypdfium2.PdfDocument(io.BytesIO(answer.content))) == 3
    assert "Aucune lettre" in client.get(reverse("people_letters")).content.decode()
    assert Person.objects.filter(email="").count() == 3


@pytest.mark.parametrize(
    ("said", "told"),
    [("550 5.1.1 x", "inconnue"), ("552 5.2.2 x", "pleine"), ("554 5.7.1 x", "filtre"), ("550 5.7.26 x", "filtre"),
     ("TimeoutError", "pas répondu"), ("571 x", "code 571"), ("sans adresse", "pas d’adresse")],
)  # fmt: skip
def test_refusals_in_words(said: str, told: str) -> None:
    assert told in tracking.reason(said)


def test_who_came_in_by_a_code_of_the_mailbox_is_no_longer_waited_for(cast: Company) -> None:
    mandate = invited(cast)
    OutgoingMail.objects.update(state="sent", sent_at=clock.now())
    Person.objects.filter(pk=mandate.person_id).update(last_login=clock.now() - timedelta(days=1))
    assert stands(cast, mandate) == "sent", "they came for another mandate, before this one"
    Person.objects.filter(pk=mandate.person_id).update(last_login=clock.now() + timedelta(hours=1))
    assert stands(cast, mandate) == "entered"
