"""A document as canonical JSON and back: sorted keys, no float, closed schema, French refusals.

The bytes of `to_json` are what freezing hashes: the same document always gives the same bytes.
"""

from __future__ import annotations

import base64
import binascii
import json
import types
import typing
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from . import model
from .model import Document, DocumentError

SCHEMA = "mosaique-document-1"
_CLASSES = {
    cls.__name__: cls for cls in vars(model).values() if isinstance(cls, type) and is_dataclass(cls)
}  # the closed vocabulary
_MAX_DEPTH = 24


def to_json(document: Document) -> str:
    """Canonical JSON text."""
    payload = {"schema": SCHEMA, "document": _encode(document)}
    return json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(text: str) -> Document:
    """Read canonical JSON; raises `DocumentError` with a French sentence."""
    try:
        payload = json.loads(text, parse_float=_no_float, parse_constant=_no_float)
    except (json.JSONDecodeError, RecursionError):
        raise DocumentError("Ce fichier ne contient pas un document lisible (JSON attendu).") from None
    if not isinstance(payload, dict) or set(payload) != {"schema", "document"} or payload["schema"] != SCHEMA:
        raise DocumentError("Ce fichier n’est pas un document Mosaïque de la version attendue.")
    document = _decode(Document, payload["document"], "document", 0)
    if not isinstance(document, Document):
        raise DocumentError("Ce fichier n’est pas un document Mosaïque.")
    return document


def _no_float(text: str) -> float:
    raise DocumentError(f"Un nombre à virgule ({text[:20]}) doit être écrit comme un nombre exact.")


def _encode(value: Any) -> Any:
    match value:
        case None | bool() | int() | str():
            return value
        case Decimal():
            return {"decimal": str(value)}
        case date():
            return {"date": value.isoformat()}
        case bytes():
            return {"bytes": base64.b64encode(value).decode("ascii")}
        case tuple():
            return [_encode(item) for item in value]
    if type(value) not in _CLASSES.values():
        raise DocumentError(f"Un élément de type « {type(value).__name__} » n’entre pas dans un document.")
    # A field left at its default is not written: adding a field later does not change older hashes.
    written = {f.name: _encode(v) for f in fields(value) if (v := getattr(value, f.name)) != f.default}
    return {"type": type(value).__name__, **written}


@cache
def _hints(cls: type) -> dict[str, Any]:
    # Named scopes: a field called `date` would otherwise hide the type of that name.
    return typing.get_type_hints(cls, vars(model), vars(model))


def _decode(hint: Any, value: Any, where: str, depth: int) -> Any:
    if depth > _MAX_DEPTH:
        raise DocumentError("Le document est imbriqué trop profondément pour être lu.")
    result = _revive(hint, value, where, depth)
    if not _fits(hint, result):
        raise DocumentError(f"« {where} » ne contient pas ce qui est attendu.")
    return result


def _revive(hint: Any, value: Any, where: str, depth: int) -> Any:
    if isinstance(value, list):
        inner = _tuple_hint(hint)
        if inner is None:
            raise DocumentError(f"« {where} » contient une liste, ce qui n’est pas attendu.")
        return tuple(_decode(inner, item, f"{where}[{n}]", depth + 1) for n, item in enumerate(value))
    if not isinstance(value, dict):
        return value
    if len(value) == 1 and isinstance(scalar := next(iter(value.values())), str):
        match next(iter(value)):
            case "decimal":
                return _decimal(scalar, where)
            case "date":
                return _date(scalar, where)
            case "bytes":
                return _bytes(scalar, where)
    cls = _CLASSES.get(value.get("type", "")) if isinstance(value.get("type"), str) else None
    if cls is None:
        raise DocumentError(f"« {where} » : élément de type inconnu.")
    hints = _hints(cls)
    extra = sorted(set(value) - set(hints) - {"type"})
    if extra:
        raise DocumentError(f"« {where} » : champ inconnu « {extra[0][:40]} ».")
    given = {k: _decode(hints[k], v, f"{where}.{k}", depth + 1) for k, v in value.items() if k != "type"}
    missing = [f.name for f in fields(cls) if f.default is MISSING and f.name not in given]
    if missing:
        raise DocumentError(f"« {where} » : il manque « {missing[0]} ».")
    return cls(**given)


def _decimal(text: str, where: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise DocumentError(f"« {where} » : « {text[:30]} » n’est pas un nombre.") from None
    if not number.is_finite() or str(number) != text:
        raise DocumentError(f"« {where} » : « {text[:30]} » n’est pas un nombre écrit comme attendu.")
    return number


def _date(text: str, where: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DocumentError(f"« {where} » : « {text[:30]} » n’est pas une date (AAAA-MM-JJ).") from None


def _bytes(text: str, where: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise DocumentError(f"« {where} » : l’image jointe est abîmée.") from None


def _options(hint: Any) -> tuple[Any, ...]:
    return (
        typing.get_args(hint)
        if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union
        else (hint,)
    )


def _tuple_hint(hint: Any) -> Any:
    for option in _options(hint):
        if typing.get_origin(option) is tuple:
            return typing.get_args(option)[0]
    return None


def _fits(hint: Any, value: Any) -> bool:
    for option in _options(hint):
        origin = typing.get_origin(option)
        if origin is typing.Literal:
            if value in typing.get_args(option):
                return True
        elif origin is tuple:
            if isinstance(value, tuple):
                return True
        elif option is int:
            if isinstance(value, int) and not isinstance(value, bool):
                return True
        elif option is type(None):
            if value is None:
                return True
        elif isinstance(value, option):
            return True
    return False
