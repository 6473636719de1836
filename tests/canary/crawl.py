"""Where a word could come out: every address on every object, every file, every export, read as plain text."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pypdfium2
from django.apps import apps
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
            url = reverse(address.name, kwargs=kwargs)
            yield url
            for question in questions(world).get(address.name, ()):
                yield f"{url}?{question}"


def questions(world: World) -> dict[str, tuple[str, ...]]:
    """What may be asked of a page in its address: each way of asking shows something else."""
    sheets = (world.sheet.pk, world.reserved.pk)
    hits = tuple(f"fiche={pk}" for pk in sheets)
    shown = (
        "process",
        "inventories",
        "opinions",
        "steps",
        *(f"sheet-{pk}" for pk in sheets),
        *(f"fiche-{pk}" for pk in sheets),
    )
    return {
        "authority": ("voir=tout", "tri=cout", "voir=nous&tri=position"),
        "criteria": (),
        "help_call_new": ("page=/fiches/",),
        "inventory_section": tuple(f"retiree={pk}" for pk in _keys("inventory.Row")),
        "inventories": ("tableau=1",),
        "legal_choice": ("quoi=equipe&qui=interco", "organisme=syndicat", *(f"quoi=equipe&{one}" for one in hits)),
        "legal_forms": hits,
        "person_add": ("pour=81245&role=mayor",),
        "parties": ("nature=syndicate", "page=2"),
        "party_add": ("q=syndicat", "siren=200034064", "nom=Syndicat"),
        "people": ("q=a", "collectivite=81245", "role=mayor", "etat=never", "page=2"),
        "people_import_lines": ("page=2",),
        "projector_screen": tuple(f"ecran={key}" for key in shown),
        "projector": tuple(f"ecran={key}" for key in shown),
        "scenario": ("annee=2028",),
        "scenario_compare": ("avec=equal&avec=pro_rata", "avec=pro_rata&sur=tout"),
        "scenario_perimeter": ("communes=1",),
        "scenario_key": ("cle=pro_rata", "cle=weighted", "cle=pro_rata&reprendre=actes_ads-2025"),
        "scheme_look_page": ("principale=%230a5a5e&accent=%23a5412a",),
        "sheet_edit": ("forme=service_commun&quoi=equipe",),
        "sheets": ("vue=tableau", "theme=urbanisme", "etat=idea", "attend=1"),
        "space_create": ("modele=instance",),
        "space_people": ("q=a", "q=e"),
        "thread_people": ("q=a", "q=e"),
        "thread": ("message=1", "page=1", "ecrire=1"),
        "threads": ("page=2",),
        "who_can_see": (),
    }  # fmt: skip


def _keys(label: str) -> tuple[int, ...]:
    return tuple(apps.get_model(label)._default_manager.values_list("pk", flat=True))


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
    """Everything an answer says: status line, headers, body; archives and PDF unfolded, one in another too."""
    parts = [str(sorted(response.headers.items())).encode(), *unfolded(response.whole)]
    text = b"\n".join(parts).decode("utf-8", "replace")
    return re.sub(r"[\u00ad\u200b\u2060]", "", text).lower()


def unfolded(body: bytes) -> Iterator[bytes]:
    """A body, and all that is inside it."""
    yield body
    if body[:2] == b"PK":
        archive = zipfile.ZipFile(io.BytesIO(body))
        for name in archive.namelist():
            yield name.encode()
            yield from unfolded(archive.read(name))
    if body[:5] == b"%PDF-":
        yield _pdf_text(body)


def _pdf_text(body: bytes) -> bytes:
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError:
        return body  # not really one: its bytes have been read as they are
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return "\n".join(pages).replace("-\r\n", "").replace("\r\n", "").encode()
