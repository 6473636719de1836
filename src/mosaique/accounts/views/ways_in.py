"""Coming in otherwise than by a code: with a password."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters

from mosaique.accounts import secrecy, session
from mosaique.accounts.key_forms import PasswordForm
from mosaique.accounts.services import passwords
from mosaique.accounts.views import entry
from mosaique.kernel.screens import screen

HOUR = 3600
_TOO_MANY = (
    "Trop d’essais en peu de temps. Rien n’est bloqué pour de bon : recevez un code par courriel, ou réessayez dans une heure. "
    "Votre adresse est gardée."
)
_NO = (
    "Cette adresse et ce mot de passe ne vont pas ensemble. Votre adresse est gardée : relisez-la, écrivez de nouveau le mot de "
    "passe, ou recevez un code, qui fait entrer sans lui."
)


@screen(public=True)
@sensitive_post_parameters("password")
def sign_in_password(request: HttpRequest) -> HttpResponse:
    """Address and password. An unknown address, one without password and a wrong password get one answer, at one cost."""
    next_url = session.local(request, request.POST.get("next", request.GET.get("next", "")))
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if not _may_try(request, email):
            form.add_error(None, _TOO_MANY)
        else:
            found = passwords.owners(email=email, password=form.cleaned_data["password"])
            if found:
                return entry.known(request, found, email, next_url)
            form.add_error(None, _NO)
    return render(request, "accounts/keys/sign_in_password.html", {"form": form, "next_url": next_url})


def _may_try(request: HttpRequest, email: str) -> bool:
    return secrecy.allow("password-address", email, limit=10, seconds=HOUR) and secrecy.allow(
        "password-client", session.client_of(request), limit=30, seconds=HOUR
    )
