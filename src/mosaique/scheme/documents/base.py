"""What every document says of itself: footer, code, authority; and where its figures come from."""

from datetime import date
from typing import Any

from mosaique.kernel.docgen.model import (
    Look,
    Tile,
)
from mosaique.scheme.documents.sheets import PARTIAL
from mosaique.scheme.outline import plain_day

Content = dict[str, Any]


SOURCE = "fiches du schéma"


NOT_ZERO = f"Écart avec la situation d’aujourd’hui. « Non communiqué » ne se lit pas comme zéro. {PARTIAL}"


WIDE_FROM = 5  # years


def tiles_of(content: Content) -> dict[str, Tile]:
    return {m["code"]: Tile(m["tile"][0], m["tile"][1]) for m in content["territory"]["members"]}


def communes_of(content: Content) -> list[dict[str, Any]]:
    """The member communes of the day the text is of, with what changes for each; who is counted beside them is not one."""
    return [a for a in content["impacts"]["authorities"] if a["kind"] == "commune"]


def said_of(content: Content, *, day: date, code: str | None, verify_url: str | None) -> dict[str, Any]:
    version = content.get("version")
    footer = (
        f"Version {version['number']}, figée le {plain_day(version['frozen_on'])}"
        if version
        else "Projet non figé"
    )
    if content.get("notice"):
        footer = f"{content['notice']}. {footer}"
    return {
        "authority": content["territory"]["name"],
        "date": day,
        "author": content["territory"]["name"],
        "footer": footer,
        "code": code,
        "verify_url": verify_url,
        "look": Look(content["look"]["main"], content["look"]["accent"]) if content["look"] else None,
    }
