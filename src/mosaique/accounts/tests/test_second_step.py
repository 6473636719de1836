"""The second step: before every session but the demonstration's, once per code, with tries that a refusal does not forget."""

import ast
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyotp
import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

import mosaique
from mosaique.access.actor import ANONYMOUS
from mosaique.access.middleware import CONFIRMED_KEY, LIFE, actor_of, confirmed
from mosaique.access.models import Mandate, Person
from mosaique.accounts import secrecy, services
from mosaique.accounts.models import Invitation, Passkey, RecoveryCode, SecondStep
from mosaique.accounts.services import passwords, second_step
from mosaique.accounts.services.second_step import Step
from mosaique.accounts.tests.test_passwords import CountingHasher, just_in
from mosaique.accounts.tests.test_sign_in import KNOWN, SHARED, ask, code_in, link_in
from mosaique.demo.people import Company
from mosaique.journal.models import Line
from mosaique.kernel import clock
from mosaique.kernel.models import OutgoingMail
from mosaique.kernel.verdict import Problem, Refused

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _fresh_limits(db: None, settings: Any) -> Iterator[None]:
    settings.PASSWORD_HASHERS = [f"{CountingHasher.__module__}.CountingHasher"]
    cache.clear()
    yield


def shown(at: int = 0) -> str:
    """What the telephone shows, `at` half-minutes from now."""
    return pyotp.TOTP(SECRET).generate_otp(int(clock.now().timestamp()) // 30 + at)


def wrong() -> str:
    near = {shown(at) for at in range(-2, 3)}
    return next(
        code for code in ("000000", "111111", "222222", "333333", "444444", "555555") if code not in near
    )


def person(cast: Company, slug: str) -> Person:
    return Person.objects.get(pk=cast.people[slug].pk)


def protect(cast: Company, slug: str) -> list[str]:
    """Set up an hour ago, so that today's codes have not served; the recovery codes."""
    one = person(cast, slug)
    with clock.at(clock.now() - timedelta(hours=1)):
        return second_step.add_second_step(actor=actor_of(one), person=one, secret=SECRET, code=shown())


def is_in(client: Client, one: Person) -> bool:
    return client.session.get("_auth_user_id") == str(one.pk)


def by_code(client: Client, cast: Company) -> Any:
    return client.post(reverse("sign_in_code"), {"code": code_in(ask(client, KNOWN, next="/espaces/"))})


def by_link(client: Client, cast: Company) -> Any:
    return client.post(link_in(ask(client, KNOWN, next="/espaces/")))


def by_password(client: Client, cast: Company) -> Any:
    one = person(cast, "cheffe-de-projet")
    passwords.set_password(actor=actor_of(one), person=one, password="quatre mots sans rapport")
    return client.post(
        reverse("sign_in_password"),
        {"email": KNOWN, "password": "quatre mots sans rapport", "next": "/espaces/"},
    )


@pytest.mark.parametrize("way", [by_code, by_link, by_password])
def test_it_stands_after_every_first_step(
    cast: Company, client_for: Callable[..., Client], way: Callable[[Client, Company], Any]
) -> None:
    protect(cast, "cheffe-de-projet")
    one, client = person(cast, "cheffe-de-projet"), client_for(None)
    answer = way(client, cast)
    assert answer.url == reverse("second_step") and "_auth_user_id" not in client.session
    assert "Le code de votre téléphone" in client.get(answer.url).content.decode()
    assert client.get(reverse("account")).status_code == 302
    page = client.post(reverse("second_step"), {"code": wrong()}).content.decode()
    assert "il vous reste 9 essais" in page and "_auth_user_id" not in client.session
    code = shown()
    answer = client.post(reverse("second_step"), {"code": f"{code[:3]} {code[3:]}"})
    assert answer.url == "/espaces/" and is_in(client, one)


def test_on_a_shared_mailbox_it_follows_who_one_says_to_be(
    cast: Company, client_for: Callable[..., Client]
) -> None:
    protect(cast, "maire")
    client = client_for(None)
    client.post(reverse("sign_in_code"), {"code": code_in(ask(client, SHARED))})
    mayor = person(cast, "maire")
    assert client.post(reverse("who_are_you"), {"qui": mayor.pk}).url == reverse("second_step")
    assert "_auth_user_id" not in client.session
    assert client.post(reverse("second_step"), {"code": shown()}).url == "/"
    assert is_in(client, mayor) and client.session["shared_mailbox"] is True
    # Others read the mailbox, nobody else holds the telephone: it says who it is as well as the personal code, ten minutes.
    assert confirmed(client.session[CONFIRMED_KEY], mayor.pk)
    assert not confirmed(client.session[CONFIRMED_KEY], cast.people["secretaire"].pk)
    with clock.at(clock.now() + LIFE):
        assert not confirmed(client.session[CONFIRMED_KEY], mayor.pk)


def test_a_code_of_the_mailbox_alone_confirms_nothing(
    cast: Company, client_for: Callable[..., Client]
) -> None:
    client = client_for(None)
    client.post(reverse("sign_in_code"), {"code": code_in(ask(client, SHARED))})
    client.post(reverse("who_are_you"), {"qui": person(cast, "maire").pk})
    assert is_in(client, person(cast, "maire")) and CONFIRMED_KEY not in client.session


def test_on_a_shared_mailbox_nobody_takes_it_away_without_giving_it_again(
    cast: Company, client_for: Callable[..., Client], shared_client_for: Callable[..., Client]
) -> None:
    mayor, client = person(cast, "maire"), client_for(None)
    client.post(reverse("sign_in_code"), {"code": code_in(ask(client, SHARED))})
    client.post(reverse("who_are_you"), {"qui": mayor.pk})
    assert is_in(client, mayor)  # or somebody else of the town hall, who says they are the mayor
    protect(cast, "maire")
    assert client.get(reverse("account")).status_code == 302, "whoever came in before it is out"
    client = shared_client_for("maire")  # the step was passed a while ago, and the desk is left
    for page in ("second_step_remove", "recovery_renew", "password_edit"):
        answer = client.post(
            reverse(page), {"password": "quatre mots sans rapport", "again": "quatre mots sans rapport"}
        )
        assert answer.status_code == 302 and answer.url.startswith(reverse("confirm_identity")), page
    mayor.refresh_from_db()
    assert SecondStep.objects.filter(person=mayor).exists() and not mayor.has_usable_password()
    others = actor_of(mayor, shared=True)
    with pytest.raises(Problem, match="boîte est partagée"):
        second_step.remove_second_step(actor=others, person=mayor)
    # Nor by a personal code that nobody had chosen yet: who is in already would choose it.
    assert client.post(reverse("personal_code"), {"pin": "4071", "pin_again": "4071"}).status_code == 302
    assert confirmed(client.session[CONFIRMED_KEY], mayor.pk)
    assert client.post(reverse("second_step_remove")).url.startswith(reverse("confirm_identity"))
    assert SecondStep.objects.filter(person=mayor).exists()
    # The telephone says who it is: the door opens, for the page as for the service.
    confirm = reverse("confirm_identity")
    assert client.post(confirm, {"code": shown()}).url == reverse("account_ways")
    assert client.post(reverse("second_step_remove")).url == reverse("account_ways")
    assert not SecondStep.objects.filter(person=mayor).exists()


def test_an_invitation_is_not_used_up_before_it(cast: Company, client_for: Callable[..., Client]) -> None:
    protect(cast, "maire-b")
    one = person(cast, "maire-b")
    mandate = Mandate.objects.filter(person=one).first()
    leader = person(cast, "cheffe-de-projet")
    services.invite(actor=actor_of(leader), mandate=mandate)
    link = link_in(OutgoingMail.objects.filter(kind="invitation").latest("pk"))
    client = client_for(None)
    assert client.post(link).url == reverse("second_step")
    assert Invitation.objects.get(person=one).state == Invitation.State.SENT
    assert client.post(reverse("second_step"), {"code": shown()}).url == link
    assert client.post(link).url == reverse("welcome") and is_in(client, one)


def test_a_letter_changes_no_address_before_it(cast: Company, client_for: Callable[..., Client]) -> None:
    Person.objects.filter(pk=person(cast, "maire-b").pk).update(email="")
    protect(cast, "maire-b")
    one, leader = person(cast, "maire-b"), person(cast, "cheffe-de-projet")
    mandate = Mandate.objects.filter(person=one).get()
    printed = services.print_letters(
        actor=actor_of(leader), territory=cast.territory, mandates=[mandate.pk], addresses={}
    )
    client = client_for(None)
    client.post(reverse("letter"), {"code": printed[0].code})
    assert client.get(reverse("letter_person")).url == reverse("second_step")
    assert client.post(reverse("letter_person"), {"sans": "1"}).url == reverse("second_step")
    assert client.post(reverse("letter_person"), {"email": "voleur@exemple.fr"}).url == reverse("second_step")
    assert "_auth_user_id" not in client.session
    assert client.post(reverse("second_step"), {"code": shown()}).url == reverse("letter_person")
    assert client.post(reverse("letter_person"), {"sans": "1"}).url == reverse("welcome")
    assert is_in(client, one) and client.session.get_expire_at_browser_close()


def test_nobody_opens_a_session_without_passing_by_the_door() -> None:
    """`open_session` is called by the door, by the demonstration, and by nothing else."""
    root, found = Path(mosaique.__file__).parent, set()
    for path in root.rglob("*.py"):
        if "/tests/" not in path.as_posix():
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in (
                    "open_session",
                    "login",
                ):
                    found.add((path.relative_to(root).as_posix(), ast.unparse(node.func)))
    assert found == {
        ("accounts/session.py", "open_session"), ("accounts/session.py", "login"), ("demo/views.py", "session.open_session"),
    }  # fmt: skip


def test_a_code_serves_once_even_elsewhere(cast: Company) -> None:
    protect(cast, "cheffe-de-projet")
    one, code = person(cast, "cheffe-de-projet"), shown()
    assert second_step.check_second_step(actor=ANONYMOUS, person=one, code=code).answer is Step.GOOD
    assert second_step.check_second_step(actor=ANONYMOUS, person=one, code=code).answer is Step.USED
    assert second_step.check_second_step(actor=ANONYMOUS, person=one, code=shown(-1)).answer is Step.USED
    with clock.at(clock.now() + timedelta(seconds=30)):
        assert second_step.check_second_step(actor=ANONYMOUS, person=one, code=shown()).answer is Step.GOOD


@pytest.mark.parametrize(
    ("at", "answer"), [(-2, Step.WRONG), (-1, Step.GOOD), (0, Step.GOOD), (1, Step.GOOD), (2, Step.WRONG)]
)
def test_clocks_may_differ_by_one_code(cast: Company, at: int, answer: Step) -> None:
    protect(cast, "cheffe-de-projet")
    one = person(cast, "cheffe-de-projet")
    assert second_step.check_second_step(actor=ANONYMOUS, person=one, code=shown(at)).answer is answer


def test_tries_are_counted_and_the_person_is_told(cast: Company, client_for: Callable[..., Client]) -> None:
    codes = protect(cast, "cheffe-de-projet")
    client = client_for(None)
    by_code(client, cast)
    for _ in range(10):
        page = client.post(reverse("second_step"), {"code": wrong()}).content.decode()
    assert "refusés pendant une heure" in page and SecondStep.objects.get().tries == 10
    assert (
        "refusés pendant une heure" in client.post(reverse("second_step"), {"code": shown()}).content.decode()
    )
    told = OutgoingMail.objects.filter(subject="Dix codes faux ont été donnés à votre nom")
    assert told.count() == 1 and told.get().to == KNOWN
    # Nobody guesses a recovery code: the person themselves is not kept out.
    assert client.post(reverse("second_step"), {"recovery_code": codes[0]}).status_code == 302
    assert is_in(client, person(cast, "cheffe-de-projet"))
    with clock.at(clock.now() + timedelta(hours=1)):
        one = person(cast, "cheffe-de-projet")
        assert second_step.check_second_step(actor=ANONYMOUS, person=one, code=shown()).answer is Step.GOOD


def test_a_recovery_code_serves_once(cast: Company, client_for: Callable[..., Client]) -> None:
    codes = protect(cast, "cheffe-de-projet")
    assert len(set(codes)) == 10 and RecoveryCode.objects.count() == 10
    assert not {row.digest for row in RecoveryCode.objects.all()} & set(codes)
    client = client_for(None)
    by_code(client, cast)
    typed = secrecy.grouped(codes[3]).lower()
    assert (
        "n’est aucun de vos codes"
        in client.post(reverse("second_step"), {"recovery_code": "AAA AAA AAA"}).content.decode()
    )
    assert (
        "vous en avez écrit 4"
        in client.post(reverse("second_step"), {"recovery_code": "AAAA"}).content.decode()
    )
    assert client.post(reverse("second_step"), {"recovery_code": typed}).url == "/espaces/"
    assert "il en reste 9" in client.get(reverse("account_ways")).content.decode()
    told = OutgoingMail.objects.latest("pk")
    assert told.kind == "key" and "il en reste 9" in told.text
    assert Line.objects.get(verb="key.recovery_used").person_id == person(cast, "cheffe-de-projet").pk
    other = client_for(None)
    by_code(other, cast)
    page = other.post(reverse("second_step"), {"recovery_code": typed}).content.decode()
    assert "a déjà servi" in page and "_auth_user_id" not in other.session


def test_another_persons_recovery_code_is_nothing(cast: Company) -> None:
    theirs = protect(cast, "maire-b")
    protect(cast, "cheffe-de-projet")
    one = person(cast, "cheffe-de-projet")
    assert second_step.check_second_step(actor=ANONYMOUS, person=one, code=theirs[0]).answer is Step.WRONG


def test_setting_it_up_shows_the_codes_once(cast: Company, client_for: Callable[..., Client]) -> None:
    client = just_in(client_for("cheffe-de-projet"))
    url = reverse("second_step_setup")
    page = client.get(url)
    assert page["Cache-Control"] == "no-store" and 'class="qr"' in page.content.decode()
    secret = client.session["second_step_secret"]
    assert " ".join(secret[n : n + 4] for n in range(0, 32, 4)) in page.content.decode()
    totp = pyotp.TOTP(secret)
    now = int(clock.now().timestamp()) // 30
    refused = client.post(url, {"code": totp.generate_otp(now + 9)}).content.decode()
    assert (
        "n’est pas le code que l’application montre" in refused
        and client.session["second_step_secret"] == secret
    )
    done = client.post(url, {"code": totp.generate_otp(now)})
    codes = re.findall(r"<b class=\"nw\">(\w{3} \w{3} \w{3})</b>", done.content.decode())
    assert len(codes) == 10 and done["Cache-Control"] == "no-store"
    assert "second_step_secret" not in client.session
    row = SecondStep.objects.get()
    assert secret not in row.sealed and secrecy.unseal(row.sealed) == secret
    assert client.post(url, {"code": totp.generate_otp(now)}).url == reverse("account_ways")
    page = client.get(reverse("account_ways")).content.decode()
    assert "Il reste 10 codes de secours" in page and not any(code in page for code in codes)
    assert Line.objects.filter(verb="key.step_added").count() == 1
    assert OutgoingMail.objects.get(kind="key").subject == "Une deuxième étape protège votre compte"
    # The code that set it up does not open the door.
    one = person(cast, "cheffe-de-projet")
    used = second_step.check_second_step(actor=ANONYMOUS, person=one, code=totp.generate_otp(now))
    assert used.answer is Step.USED


def test_new_recovery_codes_replace_the_former(cast: Company, client_for: Callable[..., Client]) -> None:
    former = protect(cast, "cheffe-de-projet")
    client = just_in(client_for("cheffe-de-projet"))
    page = client.post(reverse("recovery_renew")).content.decode()
    assert len(re.findall(r"<b class=\"nw\">\w{3} \w{3} \w{3}</b>", page)) == 10
    one = person(cast, "cheffe-de-projet")
    assert second_step.check_second_step(actor=ANONYMOUS, person=one, code=former[0]).answer is Step.WRONG
    assert client.post(reverse("second_step_remove")).status_code == 302
    assert not SecondStep.objects.exists() and not RecoveryCode.objects.exists()
    answer = client.post(reverse("recovery_renew"))
    assert answer.status_code == 422 and "pas de deuxième étape" in answer.content.decode()


def test_an_old_session_proves_itself_by_the_telephone_not_by_the_mailbox(
    cast: Company, client_for: Callable[..., Client]
) -> None:
    protect(cast, "cheffe-de-projet")
    client = just_in(client_for("cheffe-de-projet"), minutes=20)
    confirm = client.post(reverse("second_step_remove")).url
    assert confirm.startswith(reverse("confirm_identity")) and SecondStep.objects.exists()
    page = client.get(confirm).content.decode()
    assert "Code de votre téléphone" in page and "Recevoir un code" not in page
    before = OutgoingMail.objects.count()
    client.post(confirm, {"envoyer": "1"})
    assert OutgoingMail.objects.count() == before
    assert client.post(confirm, {"code": wrong()}).status_code == 200
    assert client.post(confirm, {"code": shown()}).url == reverse("account_ways")
    client.post(reverse("second_step_remove"))
    assert not SecondStep.objects.exists()


def test_the_door_does_not_stay_ajar(cast: Company, client_for: Callable[..., Client]) -> None:
    protect(cast, "cheffe-de-projet")
    client = client_for(None)
    assert client.get(reverse("second_step")).url == reverse("sign_in")
    by_code(client, cast)
    with clock.at(clock.now() + timedelta(minutes=16)):
        assert client.post(reverse("second_step"), {"code": shown()}).url == reverse("sign_in")
    Person.objects.filter(email=KNOWN).update(is_active=False)
    assert client.post(reverse("second_step"), {"code": shown()}).url == reverse("sign_in")


def test_a_passed_step_is_one_persons_alone(cast: Company, client_for: Callable[..., Client]) -> None:
    """Two people of one mailbox: the step of one does not open the other's account."""
    protect(cast, "maire")
    one = person(cast, "secretaire")
    with clock.at(clock.now() - timedelta(hours=1)):
        other = pyotp.random_base32()
        code = pyotp.TOTP(other).generate_otp(int(clock.now().timestamp()) // 30)
        second_step.add_second_step(actor=actor_of(one), person=one, secret=other, code=code)
    client = client_for(None)
    client.post(reverse("sign_in_code"), {"code": code_in(ask(client, SHARED))})
    client.post(reverse("who_are_you"), {"qui": person(cast, "maire").pk})
    client.post(reverse("who_are_you"), {"qui": one.pk})
    assert "pas le code" in client.post(reverse("second_step"), {"code": shown()}).content.decode()
    assert "_auth_user_id" not in client.session


def test_the_team_lifts_it_for_a_lost_telephone(cast: Company, client_for: Callable[..., Client]) -> None:
    protect(cast, "maire-b")
    mandate = Mandate.objects.filter(person=person(cast, "maire-b")).get()
    leader = just_in(client_for("cheffe-de-projet"), minutes=20)
    url = reverse("second_step_lift", kwargs={"pk": mandate.pk})
    assert leader.post(url).url.startswith(reverse("confirm_identity")) and SecondStep.objects.exists()
    just_in(leader)
    assert (
        "n’a plus son téléphone" in leader.get(reverse("person", kwargs={"pk": mandate.pk})).content.decode()
    )
    assert (
        client_for("secretaire").post(reverse("second_step_lift", kwargs={"pk": mandate.pk})).status_code
        == 403
    )
    assert SecondStep.objects.exists()
    assert leader.post(reverse("second_step_lift", kwargs={"pk": mandate.pk})).status_code == 302
    assert not SecondStep.objects.exists()
    told = OutgoingMail.objects.latest("pk")
    assert told.to == person(cast, "maire-b").email and "a retiré la deuxième étape" in told.text
    assert Line.objects.get(verb="key.step_lifted").ref_id == mandate.pk
    mine = Mandate.objects.filter(person=person(cast, "cheffe-de-projet")).first()
    assert leader.post(reverse("second_step_lift", kwargs={"pk": mine.pk})).status_code == 403


def test_one_keeps_ones_own_step_alone(cast: Company) -> None:
    protect(cast, "maire")
    secretary, mayor = person(cast, "secretaire"), person(cast, "maire")
    for act in (second_step.remove_second_step, second_step.renew_recovery_codes):
        with pytest.raises(Refused):
            act(actor=actor_of(secretary), person=mayor)
    with pytest.raises(Refused):
        second_step.add_second_step(actor=actor_of(secretary), person=mayor, secret=SECRET, code=shown())
    with pytest.raises(Problem, match="déjà en place"):
        second_step.add_second_step(actor=actor_of(mayor), person=mayor, secret=SECRET, code=shown())


def test_another_key_of_the_instance_opens_nothing_and_breaks_nothing(cast: Company, settings: Any) -> None:
    protect(cast, "cheffe-de-projet")
    settings.SECRET_KEY = "another" * 8
    one = person(cast, "cheffe-de-projet")
    assert second_step.check_second_step(actor=ANONYMOUS, person=one, code=shown()).answer is Step.WRONG


@pytest.mark.parametrize("has_password", [False, True])
def test_setting_it_up_and_taking_it_away_close_the_sessions_open_elsewhere(
    cast: Company, client_for: Callable[..., Client], has_password: bool
) -> None:
    if has_password:
        one = person(cast, "cheffe-de-projet")
        passwords.set_password(actor=actor_of(one), person=one, password="quatre mots sans lien")
    here, elsewhere = just_in(client_for("cheffe-de-projet")), client_for("cheffe-de-projet")
    assert elsewhere.get(reverse("account")).status_code == 200
    here.get(reverse("second_step_setup"))
    secret = here.session["second_step_secret"]
    page = here.post(
        reverse("second_step_setup"),
        {"code": pyotp.TOTP(secret).generate_otp(int(clock.now().timestamp()) // 30)},
    )
    assert "les sessions ouvertes ailleurs sont fermées" in page.content.decode()
    assert here.get(reverse("account")).status_code == 200
    assert elsewhere.get(reverse("account")).status_code == 302
    later = client_for("cheffe-de-projet")
    assert here.post(reverse("second_step_remove")).status_code == 302
    assert here.get(reverse("account")).status_code == 200
    assert later.get(reverse("account")).status_code == 302


def test_lifted_it_closes_what_a_lost_telephone_kept_open(
    cast: Company, client_for: Callable[..., Client]
) -> None:
    protect(cast, "agent")
    lost = client_for("agent")
    assert lost.get(reverse("account")).status_code == 200
    mandate = Mandate.objects.get(person=cast.people["agent"])
    second_step.lift_second_step(actor=cast.actor("cheffe-de-projet"), mandate=mandate)
    assert lost.get(reverse("account")).status_code == 302
    told = OutgoingMail.objects.filter(kind="key").latest("pk").text
    assert "ont été fermées" in told and "clé d’accès" not in told
    assert "Vous l’aviez demandé ?" in told and "C’était vous" not in told
    protect(cast, "agent")
    Passkey.objects.create(
        person=person(cast, "agent"), name="Mon téléphone", digest="a", credential=b"a", added_at=clock.now()
    )
    second_step.lift_second_step(actor=cast.actor("cheffe-de-projet"), mandate=mandate)
    assert "retirez-la aussi" in OutgoingMail.objects.filter(kind="key").latest("pk").text
