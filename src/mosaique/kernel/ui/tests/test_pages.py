"""Layout and error pages: strict CSP, one voice, and they stand when nothing else does."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from mosaique.kernel.screens import screen
from mosaique.kernel.ui import errors
from mosaique.kernel.ui.chrome import Chrome
from mosaique.kernel.ui.gallery import example_context
from mosaique.kernel.verdict import Problem, Stale

ALL = [
    "403.html",
    "404.html",
    "500.html",
    "503.html",
    "403_csrf.html",
    "405.html",
    "ui/seuil.html",
    "ui/base.html",
]


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("chrome", [None, Chrome()])
def test_pages_stand_with_or_without_what_surrounds_them(
    show: Callable[..., str], name: str, chrome: Chrome | None
) -> None:
    html = show(name, chrome=chrome)
    assert '<html lang="fr">' in html
    assert 'href="#contenu"' in html and 'id="contenu"' in html


def test_no_inline_style_or_script(show: Callable[..., str]) -> None:
    for html in (
        show("ui/gallery.html", path="/composants/", **example_context()),
        *(show(name) for name in ALL),
    ):
        assert not re.search(r"<[^>]+\sstyle=", html)
        assert not re.search(r"<[^>]+\son\w+=", html)
        assert "<style" not in html
        assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", html))


def test_ids_are_unique_and_every_reference_has_its_target(show: Callable[..., str]) -> None:
    html = show("ui/gallery.html", path="/composants/", **example_context())
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    for attribute in ("aria-labelledby", "aria-describedby", "for", "popovertarget"):
        for value in re.findall(rf'\s{attribute}="([^"]+)"', html):
            assert set(value.split()) <= set(ids), (attribute, value)


def test_the_menu_shows_where_one_is_and_whom_one_acts_for(show: Callable[..., str]) -> None:
    html = show("404.html")
    assert html.count('aria-current="page"') == 1
    assert html.count("Passer à Crespinet") == 2, "beside the name, and in the phone menu"
    assert html.count('name="csrfmiddlewaretoken"') == 4
    assert 'data-personne="12"' in html


def test_a_refusal_shows_its_reason(show: Callable[..., str]) -> None:
    reason = "Seule la mairie modifie cette section."
    assert reason in show("403.html", reason=reason)
    answer = errors.forbidden(RequestFactory().get("/"), PermissionDenied(reason))
    assert answer.status_code == 403 and reason in answer.content.decode()
    assert (
        "Traceback"
        not in errors.forbidden(RequestFactory().get("/"), ValueError("Traceback")).content.decode()
    )


def test_error_answers_have_their_status(settings: Any) -> None:
    request = RequestFactory().get("/")
    assert errors.not_found(request, Exception()).status_code == 404
    assert errors.server_error(request).status_code == 500
    assert errors.csrf_failure(request, "cookie missing").status_code == 403
    assert "cookie missing" not in errors.csrf_failure(request, "cookie missing").content.decode()


def test_an_address_that_takes_a_sending_says_so_when_it_is_opened() -> None:
    @screen(methods=("POST",))
    def act(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    answer = act(RequestFactory().get("/fiches/1/position/"))
    assert isinstance(answer, HttpResponse)
    assert answer.status_code == 405 and answer["Allow"] == "POST"
    assert "rien n’a changé" in answer.content.decode()


def test_a_form_sent_after_its_session_shows_what_was_typed_and_never_a_password(settings: Any) -> None:
    settings.LOGIN_URL = "/connexion/"

    @screen()
    def act(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    def sent(**typed: str) -> Any:
        request: Any = RequestFactory().post("/fiches/1/", typed)
        request.actor = SimpleNamespace(is_anonymous=True)
        return act(request)

    kept = sent(body="Nous demandons une permanence par mois.")
    assert kept.status_code == 403 and "une permanence par mois" in kept.content.decode()
    phrase = "quatre mots pour bien ouvrir"
    assert sent(password=phrase, again=phrase, note="Une note assez longue.").status_code == 302


def test_a_stale_save_shows_both_texts(show: Callable[..., str]) -> None:
    stale = Stale(version=2, fields=[("Résumé", "Le leur", "Le mien <b>")], by="Odile Rey")
    html = show("409.html", stale=stale, back="/fiches/7/")
    assert "Le leur" in html and "Le mien &lt;b&gt;" in html and "Odile Rey" in html
    assert 'href="/fiches/7/"' in html


def test_a_refused_gesture_says_why_and_gives_the_text_back(show: Callable[..., str]) -> None:
    html = show(
        "422.html", problem=Problem("La date est passée."), typed=["Un <b>long</b> texte"], back="/fiches/7/"
    )
    assert "La date est passée." in html and "Un &lt;b&gt;long&lt;/b&gt; texte" in html
    assert 'href="/fiches/7/"' in html and "aviez écrit" in html
    assert "aviez écrit" not in show("422.html", problem=Problem("Non."), typed=[], back="/")
