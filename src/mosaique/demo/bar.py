"""The strip above every page of the demonstration: what is invented, who one is, the day, the mail. No query."""

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse

from mosaique.access.actor import Actor
from mosaique.demo.cast import PIN
from mosaique.kernel import clock


def render(request: HttpRequest, actor: Actor) -> str:
    """The HTML of the bar; empty where the demonstration's own addresses are not served."""
    try:
        reverse("demo")
    except NoReverseMatch:
        return ""
    return render_to_string(
        "demo/bar.html",
        {
            "name": actor.name,
            "pin": PIN if actor.via_shared_mailbox else "",
            "today": clock.today(),
            "back": request.get_full_path() if request.method == "GET" else "/",
            "csrf_token": get_token(request),
        },
    )
