"""Reading a file of people: CSV, XLSX, ODS or contact cards (vCard). Pure: bytes in, columns and lines of text out.

What a file is, is read in its content, never in its name. Every cell becomes the text a person would have typed; nothing is
judged here (see `roster.judge`). What cannot be read says so in a French sentence.
"""

import csv
import hashlib
import io
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any

from mosaique.accounts.roster_words import CIVILITIES, HEADERS, ROLES
from mosaique.kernel.sent import whole
from mosaique.kernel.typography import integer
from mosaique.territory.reference.text import fold

MB = 1024 * 1024
MAX_BYTES = 5 * MB
MAX_LINES = 2000
MAX_SCANNED = 50_000  # beyond, the lines are not even counted
MAX_COLUMNS = 150  # an address book exports about ninety, most of them empty
MAX_CELL = 500
MAX_UNPACKED = 60 * MB
MAX_ENTRIES = 400
_TOP = 12  # lines in which the names of the columns are looked for
_ACCEPTED = "CSV, Excel (.xlsx), LibreOffice (.ods) ou fiches de contacts (.vcf)"


class Unreadable(ValueError):
    """The file is not read; the message is the French sentence to show."""


@dataclass
class Line:
    """One line of the file, as its spreadsheet numbers it."""

    number: int
    cells: list[str]
    notes: list[str] = field(default_factory=list)


@dataclass
class Table:
    """The file cut into columns and lines."""

    kind: str  # csv, xlsx, ods, vcf
    columns: list[str]
    lines: list[Line]
    headed: bool = True
    notes: list[str] = field(default_factory=list)


def read(content: bytes) -> Table:
    """The people of a file. Raises `Unreadable`."""
    if not content.strip():
        raise Unreadable(
            "Ce fichier est vide : il n’y a rien à reprendre. Vérifiez-le, puis choisissez-le de nouveau."
        )
    if len(content) > MAX_BYTES:
        raise Unreadable(
            f"Ce fichier pèse {len(content) // MB} Mo ; cinq au plus. Rien n’a été lu : gardez la seule feuille des personnes."
        )
    _refuse_others(content)
    if content[:2] == b"PK":
        kind, lines, notes = _spreadsheet(content)
    else:
        text, notes = _decode(content)
        if re.match(r"\s*BEGIN:VCARD", text, re.IGNORECASE):
            return _cards(text, notes)
        kind, lines = "csv", list(_csv_lines(text))
    return _table(kind, lines, notes)


def _refuse_others(content: bytes) -> None:
    """Files that people take for lists, each told by its first bytes."""
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Unreadable(
            "C’est un fichier Excel d’avant 2007 (.xls), ou protégé par un mot de passe. Ouvrez-le, enregistrez-le au format "
            ".xlsx, sans protection, puis choisissez-le de nouveau."
        )
    for start, what in (
        (b"%PDF", "un PDF"),
        (b"\x89PNG", "une image"),
        (b"\xff\xd8\xff", "une photographie"),
        (b"{\\rtf", "un texte"),
    ):
        if content.startswith(start):
            raise Unreadable(f"C’est {what}, pas une liste. Rien n’a été lu. Formats acceptés : {_ACCEPTED}.")
    if content[:2] == b"PK" and not zipfile.is_zipfile(io.BytesIO(content)):
        raise Unreadable(
            "Ce fichier est abîmé : il n’a pas pu être lu. Enregistrez-le de nouveau, puis choisissez-le."
        )


# --- Text files -----------------------------------------------------------------------------
_BROKEN = re.compile(r"Ã[\x80-\xbf\u2018-\u2022\u0152-\u017e€‚ƒ„…†‡ˆ‰Š‹ŒŽ™š›œžŸ¡-¿]|â€[™˜œ“”]|Â[ °«»]")


def _decode(content: bytes) -> tuple[str, list[str]]:
    notes: list[str] = []
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, "replace"), notes
    if b"\0" in content[:400]:  # UTF-16 without its mark: every other byte of a Latin text is null
        even, odd = content[:400:2].count(0), content[1:400:2].count(0)
        if max(even, odd) < 40 * min(len(content), 400) // 200 or min(even, odd) > max(even, odd) // 4:
            raise Unreadable(
                f"Ce fichier n’est pas une liste de personnes. Rien n’a été lu. Formats acceptés : {_ACCEPTED}."
            )
        return content.decode("utf-16-le" if odd > even else "utf-16-be", "replace"), notes
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace"), notes  # Excel on Windows
    if _BROKEN.search(text):
        text = _mend(text)
        notes.append(
            "Les accents de ce fichier étaient abîmés (« Ã© » pour « é ») : ils ont été rétablis. Relisez les noms."
        )
    if "\ufffd" in text:
        notes.append(
            "Des lettres accentuées ont été perdues avant l’arrivée du fichier (« � ») : corrigez-les ci-dessous."
        )
    return text, notes


def _mend(text: str) -> str:
    """A text read once too often as cp1252, cell by cell: what was right stays as it is."""

    def one(part: str) -> str:
        if not _BROKEN.search(part):
            return part
        # The five bytes that cp1252 leaves unsaid come through as control characters.
        raw = b"".join(
            c.encode("cp1252") if _in_cp1252(c) else bytes([ord(c)]) if ord(c) < 256 else b"?" for c in part
        )
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            return part

    return "".join(map(one, re.split(r"([;,\t\r\n\"])", text)))


def _in_cp1252(character: str) -> bool:
    try:
        character.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def _csv_lines(text: str) -> Iterator[Line]:
    text = text.lstrip("\ufeff")
    first = re.match(r"sep=(.)\r?\n", text)  # a line for Excel alone
    start = 2 if first else 1
    if first:
        text = text[first.end() :]
    separator = first.group(1) if first else _separator(text)
    csv.field_size_limit(MAX_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for number, cells in enumerate(reader, start):
            if number > MAX_SCANNED:
                raise Unreadable(_too_long(f"Plus de {integer(MAX_SCANNED)}"))
            if any(cells):
                yield Line(number, [_cell(cell) for cell in cells[:MAX_COLUMNS]])
    except csv.Error:
        raise Unreadable(
            "Ce fichier est abîmé : un guillemet s’ouvre et ne se ferme pas. Rien n’a été lu. Enregistrez-le de nouveau en CSV."
        ) from None


def _separator(text: str) -> str:
    """The sign that cuts the first lines the most evenly; a comma inside quotes cuts nothing."""
    best, best_score = ";", 0.0
    for sign in ";\t,|":
        try:
            rows = [
                row
                for row in islice(csv.reader(io.StringIO(text[:20000], newline=""), delimiter=sign), 20)
                if row
            ]
        except csv.Error:
            continue
        counts = [len(row) for row in rows if any(row)] or [1]
        usual = max(set(counts), key=counts.count)
        score = (usual > 1) * (counts.count(usual) / len(counts)) * min(usual, 8)
        if score > best_score:
            best, best_score = sign, score
    return best


def _cell(text: str) -> str:
    """One line, no control character, the apostrophe that our own exports put before a formula taken off."""
    text = re.sub(r"[\x00-\x1f\x7f\u200b\ufeff]+", " ", text.replace("\u00a0", " ")).strip()
    if len(text) > 1 and text[0] == "'" and text[1] in "=+-@":
        text = text[1:]
    text = text.split(" ::: ", 1)[0]  # Google puts several values in one cell
    return text if len(text) <= MAX_CELL else text[: MAX_CELL - 1] + "…"


# --- Spreadsheets ---------------------------------------------------------------------------
def _spreadsheet(content: bytes) -> tuple[str, list[Line], list[str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        names = {part.filename for part in parts}
        if len(parts) > MAX_ENTRIES or sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise Unreadable(
                "Ce fichier est trop gros une fois déplié. Rien n’a été lu : gardez la seule feuille des personnes."
            )
        if any(part.flag_bits & 1 for part in parts):
            raise Unreadable(
                "Ce fichier est protégé par un mot de passe. Enregistrez-le sans protection, puis choisissez-le."
            )
        kind = "xlsx" if "xl/workbook.xml" in names else "ods" if "content.xml" in names else ""
        if not kind:
            raise Unreadable(
                f"Ce fichier n’est pas un tableur. Rien n’a été lu. Formats acceptés : {_ACCEPTED}."
            )
        try:
            for part in parts:
                if part.filename.endswith((".xml", ".rels")) and _is_odd(archive.read(part)):
                    raise Unreadable("Ce fichier contient ce qu’un tableur n’écrit pas : il n’a pas été lu.")
            sheets = _ods_sheets(archive.read("content.xml")) if kind == "ods" else _xlsx_sheets(content)
        except Unreadable:
            raise
        except Exception as error:  # a damaged file makes its readers raise about anything
            raise Unreadable(
                "Ce tableur est abîmé : il n’a pas pu être lu jusqu’au bout. Rien n’a été enregistré. Ouvrez-le, enregistrez-le "
                "de nouveau, puis choisissez-le."
            ) from error
    filled = [(title, lines) for title, lines in sheets if any(any(line.cells) for line in lines)]
    if not filled:
        raise Unreadable(
            "Ce tableur est vide : il n’y a rien à reprendre. Vérifiez-le, puis choisissez-le de nouveau."
        )
    title, lines = max(filled, key=lambda pair: _known_heads(pair[1]))
    others = [other for other, _ in filled if other != title]
    notes = (
        [f"La feuille « {title} » a été lue. Les autres ne l’ont pas été : {', '.join(others)}."]
        if others
        else []
    )
    return kind, lines, notes


def _is_odd(xml: bytes) -> bool:
    """Entities serve to exhaust a reader, and no spreadsheet writes any; nor does one write its parts in UTF-16."""
    return b"<!DOCTYPE" in xml or b"<!ENTITY" in xml or xml[:2] in (b"\xff\xfe", b"\xfe\xff")


def _known_heads(lines: Sequence[Line]) -> int:
    return max((sum(bool(_told(cell)) for cell in line.cells) for line in lines[:_TOP]), default=0)


def _xlsx_sheets(content: bytes) -> list[tuple[str, list[Line]]]:
    import openpyxl  # a quarter of a second that only the reading of a spreadsheet has to pay

    typed = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False)
    values = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    found = []
    for title in typed.sheetnames[:12]:
        lines: list[Line] = []
        bounds = {"max_row": MAX_LINES + _TOP + 2, "max_col": MAX_COLUMNS}
        if not hasattr(typed[title], "iter_rows"):
            continue  # a chart on a sheet of its own
        rows = zip(typed[title].iter_rows(**bounds), values[title].iter_rows(**bounds), strict=False)
        for number, (raw, computed) in enumerate(rows, 1):
            line = Line(number, [])
            for index, cell in enumerate(raw):
                value = cell.value
                if cell.data_type == "f":
                    value = computed[index].value if index < len(computed) else None
                    line.notes.append(
                        "Une formule a été remplacée par sa valeur." if value is not None
                        else "Une formule n’a pas de valeur calculée : sa case est vide ici."
                    )  # fmt: skip
                line.cells.append(_cell(_text(value)))
            line.notes = list(dict.fromkeys(line.notes))
            lines.append(line)
        found.append((title, lines))
    return found


def _text(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_PARAGRAPH = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p"


def _ods_sheets(content: bytes) -> list[tuple[str, list[Line]]]:
    """Read by hand: a sheet may say that an empty row is repeated a million times, and nothing must unfold it."""
    found: list[tuple[str, list[Line]]] = []
    for table in ET.fromstring(content).iter(f"{_TABLE}table"):
        lines: list[Line] = []
        number = 1
        for row in table.iter(f"{_TABLE}table-row"):
            cells, notes = _ods_cells(row)
            times = _times(row.get(f"{_TABLE}number-rows-repeated"))
            for _ in range(min(times, MAX_LINES) if any(cells) else 0):
                lines.append(Line(number, list(cells), list(notes)))
                number += 1
            if not any(cells):
                number += times
            if len(lines) > MAX_LINES + _TOP:
                break
        found.append((table.get(f"{_TABLE}name", ""), lines))
    return found


def _ods_cells(row: ET.Element) -> tuple[list[str], list[str]]:
    cells: list[str] = []
    notes: list[str] = []
    for cell in row:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        text = " ".join("".join(paragraph.itertext()) for paragraph in cell.iter(_PARAGRAPH))
        if day := cell.get(f"{_OFFICE}date-value"):
            text = day[:10]
        if cell.get(f"{_TABLE}formula") and not notes:
            notes.append("Une formule a été remplacée par sa valeur.")
        times = _times(cell.get(f"{_TABLE}number-columns-repeated"))
        cells += [_cell(text)] * min(times, MAX_COLUMNS - len(cells))
    return cells, notes


def _times(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 9 else 1


def _table(kind: str, lines: list[Line], notes: list[str]) -> Table:
    """The names of the columns found (under a title, perhaps), empty lines and empty columns left out."""
    lines = [line for line in lines if any(line.cells)]
    head = next((n for n, line in enumerate(lines[:_TOP]) if _is_head(line.cells)), None)
    top = lines[head].cells if head is not None else []
    lines = lines[head + 1 :] if head is not None else lines
    if not lines and head is not None:
        raise Unreadable("Ce fichier nomme ses colonnes, et n’a aucune ligne au-dessous. Rien à reprendre.")
    if len(lines) > MAX_LINES:
        more = integer(len(lines)) if kind == "csv" else f"Plus de {integer(MAX_LINES)}"
        raise Unreadable(_too_long(more))
    if head is None and not any("@" in cell for line in lines for cell in line.cells):
        raise Unreadable(
            "Ce fichier ne ressemble pas à une liste de personnes : aucune adresse, aucune colonne nommée « Nom » ou « Prénom ». "
            f"Rien n’a été gardé. Formats acceptés : {_ACCEPTED}."
        )
    width = max(len(line.cells) for line in lines)
    width = max(width, len(top))
    for line in lines:
        line.cells += [""] * (width - len(line.cells))
    top = [*top, *[""] * (width - len(top))]
    kept = [n for n in range(width) if any(line.cells[n] for line in lines)]
    columns = _unlike(top[n] or f"Colonne {_letters(n)}" for n in kept)
    for line in lines:
        line.cells = [line.cells[n] for n in kept]
    return Table(kind, columns, lines, head is not None, notes)


def _too_long(count: str) -> str:
    return (
        f"{count} lignes : c’est plus que {integer(MAX_LINES)}. Rien n’a été lu, votre fichier est intact. Gardez-y les personnes à "
        "inviter, ou partagez-le en plusieurs fichiers."
    )


def _is_head(cells: Sequence[str]) -> bool:
    return sum(bool(_told(cell)) for cell in cells) >= 2 and not any("@" in cell for cell in cells)


_WHOSE = re.compile(
    r" (?:du|de la|de l|des|de) (?:maires?|elue?s?|secretaires?|agents?|contacts?|personnes?|interlocut\w+|referente?s?)$"
)


def _told(name: str) -> str:
    """The field that the name of a column says: « Nom et prénom du maire » as « Nom et prénom »."""
    folded = fold(name)
    return HEADERS.get(folded) or HEADERS.get(_WHOSE.sub("", folded), "")


def _letters(n: int) -> str:
    return (chr(64 + n // 26) if n >= 26 else "") + chr(65 + n % 26)


def _unlike(names: Iterable[str]) -> list[str]:
    """« Adresse » and « Adresse » become « Adresse » and « Adresse (2) »."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        name = name[:80]
        seen[fold(name)] = count = seen.get(fold(name), 0) + 1
        found.append(name if count == 1 else f"{name} ({count})")
    return found


# --- Contact cards --------------------------------------------------------------------------
_CARD = re.compile(r"BEGIN:VCARD.*?END:VCARD[^\S\n]*", re.IGNORECASE | re.DOTALL)
CARD_COLUMNS = ["Prénom", "Nom", "Adresse électronique", "Organisme", "Fonction", "Titre (rôle de la fiche)"]


def _cards(text: str, notes: list[str]) -> Table:
    cards = _CARD.findall(text)
    if not cards:
        raise Unreadable("Cette fiche de contact est coupée : sa fin manque. Exportez-la de nouveau.")
    if len(cards) > MAX_LINES:
        raise Unreadable(
            f"{integer(len(cards))} fiches : c’est plus que {integer(MAX_LINES)}. Rien n’a été lu, votre fichier est intact. "
            "Exportez seulement les personnes à inviter."
        )
    return _trimmed(
        Table("vcf", list(CARD_COLUMNS), [_card(n, card) for n, card in enumerate(cards, 1)], True, notes)
    )


def _trimmed(table: Table) -> Table:
    kept = [n for n in range(len(table.columns)) if n < 3 or any(line.cells[n] for line in table.lines)]
    for line in table.lines:
        line.cells = [line.cells[n] for n in kept]
    table.columns = [table.columns[n] for n in kept]
    return table


def _card(number: int, text: str) -> Line:
    import vobject

    try:
        card = vobject.readOne(text, allowQP=True, ignoreUnreadable=True)
        contents = card.contents
    except Exception:  # a reader of other people's cards may fail in any way; the other cards are read
        named = re.search(r"^FN[^:\r\n]*:(.+)$", text, re.MULTILINE)
        cells = ["", _cell(named.group(1)) if named else "", "", "", "", ""]
        return Line(
            number, cells, ["Cette fiche est abîmée : elle n’a pas pu être lue en entier. Complétez-la."]
        )
    given, family = _card_name(contents)
    email, notes = _card_email(contents.get("email", []))
    body = _first(contents, "org")
    role, other = _first(contents, "title"), _first(contents, "role")
    return Line(
        number, [given, family, email, body, role or other, other if role and other != role else ""], notes
    )


def _first(contents: dict[str, Any], name: str) -> str:
    values = contents.get(name) or []
    value = values[0].value if values else ""
    return _cell(str(value[0] if isinstance(value, list) and value else value or ""))


def _card_name(contents: dict[str, Any]) -> tuple[str, str]:
    if contents.get("n"):
        name = contents["n"][0].value
        parts = [" ".join(part) if isinstance(part, list) else str(part or "") for part in (
            getattr(name, "given", ""), getattr(name, "family", ""))]  # fmt: skip
        if all(part.strip() for part in parts):
            return _cell(parts[0]), _cell(parts[1])
    words = _first(contents, "fn").split()
    return (words[0], " ".join(words[1:])) if len(words) > 1 else ("", " ".join(words))


def _card_email(entries: Sequence[Any]) -> tuple[str, list[str]]:
    """The preferred address, else the first; the others are named."""
    found: list[tuple[int, str]] = []
    for entry in entries:
        address = _cell(str(entry.value)).removeprefix("mailto:")
        if "@" not in address or address.lower() in (one.lower() for _, one in found):
            continue
        words = {str(word).lower() for word in (*entry.params.get("TYPE", ()), *entry.singletonparams)}
        pref = whole(next(iter(entry.params.get("PREF", ())), ""))
        rank = pref if pref is not None else 1 if "pref" in words else 200
        found.append((rank, address))
    if not found:
        return "", []
    chosen = min(found, key=lambda pair: pair[0])
    others = [address for _, address in found if address != chosen[1]]
    if not others:
        return chosen[1], []
    why = "celle que la fiche préfère" if chosen[0] < 200 else "la première"
    return chosen[1], [
        f"Plusieurs adresses sur la fiche : {chosen[1]} est retenue, {why}. Autres : {', '.join(others[:3])}."
    ]


# --- What each column holds -----------------------------------------------------------------
def guess(table: Table, bodies: Collection[str] = ()) -> list[str]:
    """A field per column, by its name, then by what it holds; each field once. `bodies`: folded names of the territory's."""
    found: list[str] = []
    for index, name in enumerate(table.columns):
        values = [line.cells[index] for line in table.lines[:200] if line.cells[index]]
        field_ = _told(name) if table.headed else ""
        if field_ == "title" and _share(values, lambda text: fold(text) in CIVILITIES) > 0.5:
            field_ = ""  # Outlook's « Titre »: M., Mme
        if field_ == "title" and "role" not in found and not any(_told(c) == "role" for c in table.columns):
            field_ = "role"
        if not field_ and _share(values, _is_address) > 0.5:
            field_ = "email"
        if not field_ and bodies and _share(values, lambda text: _body(text) in bodies) > 0.5:
            field_ = "body"
        if not field_ and _share(values, _is_role) > 0.5:
            field_ = "role"
        if field_ == "email" and "email" in found:
            field_ = "other_email"  # the town hall's beside the person's own
        found.append("" if field_ in found else field_)
    if {"given", "family"} <= set(found):
        found = ["" if one in ("name", "family_given") else one for one in found]
    if not table.headed and not {"name", "family"} & set(found):
        free = [n for n, one in enumerate(found) if not one]
        if free:
            found[free[0]] = "name"
    return found


def _share(values: Sequence[str], test: Any) -> float:
    return sum(bool(test(value)) for value in values) / len(values) if values else 0.0


def _is_address(text: str) -> bool:
    return "@" in text and " " not in text.strip()


def _is_role(text: str) -> bool:
    return any(fold(text).startswith(start) for start, _ in ROLES)


def _body(text: str) -> str:
    return re.sub(r"^(?:mairie|commune|ville) (?:de la |de l |de |du |des |d )?", "", fold(text))


def head_key(name: str) -> str:
    """A column's name as it is remembered."""
    return fold(name)[:60] or name[:60]


def signature(table: Table) -> str:
    """The set of the columns' names, whatever their order: what a choice is remembered by."""
    names = (
        sorted(head_key(name) for name in table.columns)
        if table.headed
        else [f"sans titre {len(table.columns)}"]
    )
    return hashlib.sha256(
        "\n".join([table.kind if table.kind == "vcf" else "table", *names]).encode()
    ).hexdigest()
