"""« Comment vous entrez »: what one adds to the code sent to the mailbox, changes and takes away."""

from urllib.parse import urlencode

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.debug import sensitive_post_parameters

from mosaique.access.middleware import acting
from mosaique.access.models import Mandate, Person
from mosaique.accounts import confirming, secrecy, services, session
from mosaique.accounts.forms import CodeForm
from mosaique.accounts.key_forms import NewPasswordForm, OneTimeCodeForm, PasskeyForm
from mosaique.accounts.key_policies import may_lift_second_step
from mosaique.accounts.models import Passkey
from mosaique.accounts.pin_forms import PersonalForm
from mosaique.accounts.services import Answer, passkeys, passwords, second_step
from mosaique.accounts.views import ways_in
from mosaique.kernel import clock
from mosaique.kernel.screens import screen
from mosaique.kernel.sent import words
from mosaique.kernel.verdict import Problem

CONFIRM_KEY = "asked_to_confirm"
SECRET_KEY = "second_step_secret"  # drawn when the page opens, kept once a code has shown that it was read
_TOO_MANY = (
    "Trop de codes ont été demandés ou essayés. Rien n’a changé dans votre compte : réessayez dans une heure."
)
_NOT_IT = {
    Answer.WRONG: "Ce n’est pas ce code. Relisez le dernier message reçu.",
    Answer.TOO_MANY: "Cinq essais ont échoué : ce code est annulé. Demandez-en un autre ci-dessous.",
    Answer.USED: "Ce code a déjà servi. Demandez-en un autre ci-dessous.",
    Answer.EXPIRED: "Ce code n’a plus cours. Demandez-en un autre ci-dessous.",
}


def me(request: HttpRequest) -> Person:
    return Person.objects.get(pk=acting(request).person_id)


def is_proven(request: HttpRequest) -> bool:
    """A recent proof that it is the person. Where others open the same mailbox, coming in proves nothing: their personal code
    does or, once a second step is in place, that step given in this session, a few minutes ago."""
    actor, person = acting(request), me(request)
    if not actor.via_shared_mailbox:
        return session.is_fresh(request)
    return actor.is_personal and (second_step.of(person) is None or session.has_given_step(request, person))


def confirm_first(request: HttpRequest, back: str = "") -> HttpResponse | None:
    """Where to go before changing a way in, when one's proof is old; what was sent meanwhile is not taken, and it is said."""
    if is_proven(request):
        return None
    if request.method == "POST":
        messages.info(
            request, "Rien n’a été changé encore : confirmez d’abord que c’est vous, puis recommencez."
        )
    if not back:
        back = request.path if request.method == "GET" else reverse("account_ways")
    return redirect(reverse("confirm_identity") + "?" + urlencode({"next": back}))


def _next(request: HttpRequest) -> str:
    asked = session.local(request, request.POST.get("next", request.GET.get("next", "")))
    return asked or reverse("account_ways")


@screen(methods=("GET",))
def account_ways(request: HttpRequest) -> HttpResponse:
    """Every way into one's account, those in use and those one may add."""
    person = me(request)
    context = {
        "person": person, "passkeys": passkeys.of(person), "step": second_step.of(person), "codes_left": second_step.codes_left(person),
        "shared": person.others_of_mailbox().exists(),
    }  # fmt: skip
    return render(request, "accounts/keys/ways.html", context)


@screen()
def confirm_identity(request: HttpRequest) -> HttpResponse:
    """A code sent to the mailbox, before a change in the ways in: the session may have been left open on a desk."""
    person = me(request)
    if second_step.of(person) is not None:
        return _confirm_by_telephone(request, person)
    if acting(request).via_shared_mailbox:
        return _confirm_by_personal_code(request)
    next_url = _next(request)
    asked = request.session.get(CONFIRM_KEY)
    sending = request.method == "POST" and "envoyer" in request.POST
    form = CodeForm(request.POST if request.method == "POST" and asked and not sending else None)
    refusal = ""
    if sending and person.email:
        if not secrecy.may_ask_code(person.email, session.client_of(request)):
            refusal = _TOO_MANY
        else:
            asked = services.request_code(
                actor=acting(request),
                email=person.email,
                next_url=next_url,
                tell_unknown=False,
                replaces=asked,
            ).pk
            request.session[CONFIRM_KEY] = asked
    elif form.is_valid():
        if not secrecy.may_try_code(person.email):
            refusal = _TOO_MANY
        else:
            proof = services.check_code(
                actor=acting(request), email=person.email, code=form.cleaned_data["code"], asked=asked
            )
            if proof.answer is Answer.GOOD:
                request.session.pop(CONFIRM_KEY, None)
                session.prove(request)
                return redirect(next_url)
            form.add_error("code", _NOT_IT.get(proof.answer, _NOT_IT[Answer.EXPIRED]))
    context = {"person": person, "form": form, "asked": asked, "refusal": refusal, "next_url": next_url}
    return render(request, "accounts/keys/confirm.html", context)


def _confirm_by_telephone(request: HttpRequest, person: Person) -> HttpResponse:
    """Whoever protects their account by a second step proves it by that step: a mailbox is not enough to take it away."""
    next_url = _next(request)
    form, recovery, done = ways_in.try_step(request, acting(request), person)
    if done:
        session.prove(request)
        session.give_step(request, person)
        if acting(request).via_shared_mailbox:
            session.confirm(request)
        return redirect(next_url)
    context = {"person": person, "form": form, "recovery": recovery, "next_url": next_url}
    return render(request, "accounts/keys/confirm_step.html", context)


def _confirm_by_personal_code(request: HttpRequest) -> HttpResponse:
    """A code sent to a mailbox that others read would prove nothing."""
    next_url = _next(request)
    asked = confirming.ask(request)
    if asked is None:
        return redirect(next_url)
    form = PersonalForm(request.POST if request.method == "POST" else None, personal=asked)
    return render(request, "accounts/keys/confirm_personal.html", {"form": form, "next_url": next_url})


@screen()
@sensitive_post_parameters("password", "again")
def password_edit(request: HttpRequest) -> HttpResponse:
    """Choose a password, or another one."""
    if first := confirm_first(request):
        return first
    person = me(request)
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = passwords.set_password(
                actor=acting(request), person=person, password=form.cleaned_data["password"]
            )
        except Problem as problem:
            form.refuse(problem)
        else:
            session.keep_open(request, person)
            messages.success(
                request,
                "Votre mot de passe est enregistré. Vous restez entré ici ; les sessions ouvertes ailleurs sont fermées.",
            )
            return redirect("account_ways")
    return render(request, "accounts/keys/password.html", {"person": person, "form": form})


@screen(methods=("POST",))
def password_remove(request: HttpRequest) -> HttpResponse:
    if first := confirm_first(request):
        return first
    person = passwords.remove_password(actor=acting(request), person=me(request))
    session.keep_open(request, person)
    messages.success(
        request,
        "Votre mot de passe est retiré : un code par courriel suffit. Les sessions ouvertes ailleurs sont fermées.",
    )
    return redirect("account_ways")


@screen()
def second_step_setup(request: HttpRequest) -> HttpResponse:
    """The square to aim at, the key to copy, then a first code; the recovery codes come in the answer, once."""
    if first := confirm_first(request):
        return first
    person = me(request)
    if second_step.of(person) is not None:
        messages.info(request, "La deuxième étape est en place.")
        return redirect("account_ways")
    form = OneTimeCodeForm(request.POST if request.method == "POST" else None)
    secret = request.session.get(SECRET_KEY) or second_step.new_secret()
    request.session[SECRET_KEY] = secret
    if request.method == "POST" and form.is_valid():
        try:
            codes = second_step.add_second_step(
                actor=acting(request), person=person, secret=secret, code=form.cleaned_data["code"]
            )
        except Problem as problem:
            form.refuse(problem)
        else:
            request.session.pop(SECRET_KEY, None)
            session.keep_open(request, me(request))
            session.give_step(request, person)  # its first code has just been given
            return _show_codes(request, person, codes, is_new=True)
    grouped = " ".join(secret[n : n + 4] for n in range(0, len(secret), 4))
    address = second_step.address_of(person, secret)
    context = {
        "person": person,
        "form": form,
        "grouped": grouped,
        "picture": _picture(address),
        "address": address,
    }
    return _unkept(render(request, "accounts/keys/second_step_setup.html", context))


def _picture(text: str) -> SafeString:
    made = segno.make(text, error="m", micro=False)
    return mark_safe(
        made.svg_inline(
            border=2,
            svgclass="qr",
            dark="#1a2630",
            light="#fff",
            omitsize=True,
            title="Carré à viser avec le téléphone",
        )
    )


def _show_codes(request: HttpRequest, person: Person, codes: list[str], *, is_new: bool) -> HttpResponse:
    context = {
        "person": person, "codes": [secrecy.grouped(code) for code in codes], "is_new": is_new, "today": clock.today(),
    }  # fmt: skip
    return _unkept(render(request, "accounts/keys/recovery.html", context))


def _unkept(response: HttpResponse) -> HttpResponse:
    """« Back » after leaving shows nothing of it."""
    response["Cache-Control"] = "no-store"
    return response


@screen(methods=("POST",))
def second_step_remove(request: HttpRequest) -> HttpResponse:
    if first := confirm_first(request):
        return first
    person = second_step.remove_second_step(actor=acting(request), person=me(request))
    session.keep_open(request, person)
    messages.success(
        request,
        "La deuxième étape est retirée, vos codes de secours ne servent plus. Les sessions ouvertes ailleurs sont fermées.",
    )
    return redirect("account_ways")


@screen(methods=("POST",))
def recovery_renew(request: HttpRequest) -> HttpResponse:
    if first := confirm_first(request):
        return first
    person = me(request)
    codes = second_step.renew_recovery_codes(actor=acting(request), person=person)
    return _show_codes(request, person, codes, is_new=False)


@screen(Mandate, may=may_lift_second_step, methods=("POST",))
def second_step_lift(request: HttpRequest, mandate: Mandate) -> HttpResponse:
    """For somebody who has lost telephone and codes, and has said so by voice."""
    if first := confirm_first(request, reverse("person", kwargs={"pk": mandate.pk})):
        return first
    second_step.lift_second_step(actor=acting(request), mandate=mandate)
    messages.success(
        request,
        "La deuxième étape est retirée et ses sessions sont fermées ; un message l’en avertit. Elle entre de nouveau avec un code.",
    )
    return redirect("person", pk=mandate.pk)


@screen(methods=("GET",))
def passkey_new(request: HttpRequest) -> HttpResponse:
    """Name a key, then let the device make it."""
    if first := confirm_first(request):
        return first
    context = {"form": PasskeyForm(), "possible": passkeys.are_possible(), "site": passkeys.site()}
    return render(request, "accounts/keys/passkey.html", context)


@screen(methods=("POST",))
def passkey_add(request: HttpRequest) -> HttpResponse:
    """Asked twice by the page's script: for a challenge, then with what the device has made."""
    if not is_proven(request):
        return ways_in.refused(
            "Il faut d’abord confirmer que c’est vous. Rien n’a changé : rechargez la page, elle vous dira comment."
        )
    person, said = me(request), ways_in.told(request)
    name = words(str(said.get("name", "")))
    try:
        if "credential" not in said:
            passkeys.new_name(person, name)
            options, state = passkeys.begin_adding(person)
            ways_in.keep_challenge(request, state, "add")
            return JsonResponse(options)
        kept = ways_in.take_challenge(request, "add")
        if kept is None:
            return ways_in.refused(ways_in.EXPIRED)
        made = passkeys.add_passkey(
            actor=acting(request),
            person=person,
            name=name,
            state=kept,
            answer=said["credential"],
        )
    except Problem as problem:
        return ways_in.refused(problem.message)
    messages.success(
        request,
        f"La clé « {made.name} » est ajoutée. La prochaine fois, pressez « Entrer avec cet appareil ».",
    )
    return JsonResponse({"url": reverse("account_ways")})


@screen(Passkey)
def passkey_rename(request: HttpRequest, passkey: Passkey) -> HttpResponse:
    """« Mon téléphone » is an old one now: two devices are told apart by their names."""
    if acting(request).via_shared_mailbox and (first := confirm_first(request)):
        return first
    form = PasskeyForm(request.POST or None, initial={"name": passkey.name})
    if request.method == "POST" and form.is_valid():
        named = passkeys.rename_passkey(
            actor=acting(request), passkey=passkey, name=form.cleaned_data["name"]
        )
        messages.success(request, f"Cette clé s’appelle maintenant « {named.name} ».")
        return redirect("account_ways")
    return render(request, "accounts/keys/passkey_name.html", {"form": form, "passkey": passkey})


@screen(Passkey, methods=("POST",))
def passkey_remove(request: HttpRequest, passkey: Passkey) -> HttpResponse:
    if first := confirm_first(request):
        return first
    person = passkeys.remove_passkey(actor=acting(request), passkey=passkey)
    session.keep_open(request, person)
    messages.success(
        request,
        f"La clé « {passkey.name} » est retirée : elle ne fait plus entrer. Les sessions ouvertes ailleurs sont fermées.",
    )
    return redirect("account_ways")
