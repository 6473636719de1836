"""Every address of the product: French for people, English names for code."""

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

# Order matters only for the demo (absent in real use) and for the desk, which owns « / ».
_ROOMS = [
    "accounts",
    "assistance",
    "spaces",
    "discussions",
    "files",
    "inventory",
    "costing",
    "scheme",
    "consultation",
    "notices",
]

urlpatterns: list[URLPattern | URLResolver] = []
for _room in _ROOMS:
    if find_spec(f"mosaique.{_room}.urls"):
        urlpatterns.append(path("", include(f"mosaique.{_room}.urls")))
if settings.DEMO and find_spec("mosaique.demo.urls"):
    urlpatterns.append(path("demo/", include("mosaique.demo.urls")))
for _module in ("mosaique.kernel.ui.urls", "mosaique.desk.urls"):
    if find_spec(_module):
        urlpatterns.append(path("", include(import_module(_module))))

handler403 = "mosaique.kernel.ui.errors.forbidden"
handler404 = "mosaique.kernel.ui.errors.not_found"
handler500 = "mosaique.kernel.ui.errors.server_error"
