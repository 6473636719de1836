"""Where a word could come out: every address on every object, every file, every export, read as plain text."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pypdfium2
from django.urls import reverse

from mosaique.kernel import ref
from tests.architecture.addresses import addresses
from tests.world.builder import World

# Enough parts of a sheet, and every section of an inventory.
PARTS = ("presentation", "discussion", "lecteurs")
SECTIONS = ("personnel", "materiel", "contrats", "besoins")


def urls(world: World) -> Iterator[str]:
    """Every GET address, on every row there is of the model it shows."""
    for address in addresses():
        info = address.view.screen_info
        if address.room == "demo" or "GET" not in info.methods:
            continue
        for kwargs in _kwargs(address.route, info.model, world):
            yield reverse(address.name, kwargs=kwargs)


def _kwargs(route: str, model: Any, world: World) -> Iterator[dict[str, Any]]:
    if "qui-voit" in route:
        for kind in ref.kinds().values():
            for pk in kind.model()._default_manager.values_list("pk", flat=True):
                yield {"kind": kind.kind, "pk": pk}
        return
    base: list[dict[str, Any]] = [{}]
    if "<int:pk>" in route:
        assert model is not None, f"{route} shows no declared object"
        base = [{"pk": pk} for pk in model._default_manager.values_list("pk", flat=True)]
    for name, values in _choices(route, world).items():
        base = [{**kwargs, name: value} for kwargs in base for value in values]
    yield from base


def _choices(route: str, world: World) -> dict[str, tuple[Any, ...]]:
    """Values of what else an address holds."""
    known: dict[str, tuple[Any, ...]] = {
        "token": ("inconnu",), "slug": ("cc-val-81", "cc-du-ruisseau"), "part": PARTS, "section": SECTIONS,
        "key": ("cadre", "territoire", "fiches"), "fmt": ("docx", "odt", "pdf"), "siren": ("200034064",),
        "kind": ("sent", "received"), "code": (world.version.code,), "paper": ("a4",), "rank": tuple(range(1, 8)),
        "page": (1, 2),
    }  # fmt: skip
    if "tableur." in route:
        known["kind"] = ("xlsx", "ods")
    if "<int:authority>" in route:
        known["authority"] = tuple(world.company.territory.members.values_list("authority_id", flat=True))
    if "criteres/<slug:slug>" in route:
        known |= {"slug": ("actes_ads", "voirie"), "year": (2025,)}
    if "perimetre/annoncer" in route:
        known["what"] = ("commune-nouvelle", "retrait", "adhesion", "fusion")
    if "collectivites/<slug:code>" in route:
        known["code"] = ("81245", "81283", "248100497", world.body.code)
    if "apercu/<slug:code>" in route:
        known |= {"code": ("81245", "81283"), "fmt": ("pdf",)}
    if "personnes/liste" in route:
        known |= {"fmt": ("csv", "xlsx", "ods")}
    names = re.findall(r"<\w+:(\w+)>", route)
    return {name: known[name] for name in names if name != "pk"}


def plain(response: Any) -> str:
    """Everything an answer says: status line, headers, body; archives and PDF unfolded."""
    body: bytes = response.whole
    parts = [str(sorted(response.headers.items())).encode(), body]
    if body[:2] == b"PK":
        archive = zipfile.ZipFile(io.BytesIO(body))
        parts += [archive.read(name) for name in archive.namelist()]
    if body[:5] == b"%PDF-":
        parts.append(_pdf_text(body))
    text = b"\n".join(parts).decode("utf-8", "replace")
    return re.sub(r"[\u00ad\u200b\u2060]", "", text).lower()


def _pdf_text(body: bytes) -> bytes:
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError:
        return body  # not really one: its bytes have been read as they are
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return "\n".join(pages).replace("-\r\n", "").replace("\r\n", "").encode()
