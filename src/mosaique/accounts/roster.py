"""A pasted list of people: read without Django, line by line, each saying what is right and what is wrong in it.

The facts to compare with (bodies, people already there) come as plain values, so that five hundred lines cost the same
few queries as one.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from mosaique.access import themes
from mosaique.access.roles import HALL, Role
from mosaique.accounts.roster_words import COLUMNS, HEADERS, ROLE_WORDS, ROLES
from mosaique.territory.reference.text import fold

MAX_LINES = 500
MAX_TEXT = 200_000
_EMAIL = re.compile(
    r"[^@\s,;<>\"]+@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+", re.IGNORECASE
)
_TITLE = re.compile(r"^(.*?)\s*\((.*)\)\s*$")
_SIREN = re.compile(r"\(?\b(\d{3}\s?\d{3}\s?\d{3})\b\)?")
_DATE = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})|(\d{4})-(\d{2})-(\d{2})")


@dataclass(frozen=True, slots=True)
class Body:
    """An authority one may act for."""

    id: int
    name: str
    code: str
    kind: str


@dataclass(frozen=True, slots=True)
class Known:
    """Someone already there: by mailbox and name it is the same person; by name alone, maybe not."""

    id: int
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the list is compared with."""

    bodies: Sequence[Body]
    known: Sequence[Known]
    held: frozenset[tuple[int, int, str]]  # person, authority, role


@dataclass
class Row:
    """One line: what was understood, what prevents sending it, what is worth knowing."""

    number: int
    raw: str
    given: str = ""
    family: str = ""
    email: str = ""
    body: Body | None = None
    new_body: tuple[str, str] | None = None  # name and SIREN of a body to create
    role: str = ""
    title: str = ""
    theme_mask: int = 0
    until: date | None = None
    person_id: int | None = None
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return not self.problems

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}".strip()

    @property
    def body_name(self) -> str:
        return self.body.name if self.body else self.new_body[0] if self.new_body else ""


def read(text: str, facts: Facts, today: date) -> list[Row]:
    """Every line of the list, understood and compared. Empty lines do not count."""
    lines = [(n, line) for n, line in enumerate(text.replace("\r", "").split("\n"), 1) if line.strip(" \t;")]
    order: Sequence[str] = COLUMNS
    if lines and (header := _header(_cells(lines[0][1]))):
        order, lines = header, lines[1:]
    bodies = {fold(body.name): body for body in facts.bodies} | {
        body.code.lower(): body for body in facts.bodies
    }
    rows = [_row(number, line, order, bodies, today) for number, line in lines]
    _compare(rows, facts)
    return rows


def _cells(line: str) -> list[str]:
    return [cell.strip().strip('"').strip() for cell in line.split("\t" if "\t" in line else ";")]


def _header(cells: list[str]) -> list[str] | None:
    """Column names, when the first line holds them (two at least, and no address)."""
    names = [HEADERS.get(fold(cell), "") for cell in cells]
    return names if sum(map(bool, names)) >= 2 and not any("@" in cell for cell in cells) else None


def _row(number: int, line: str, order: Sequence[str], bodies: dict[str, Body], today: date) -> Row:
    row = Row(number, line.rstrip())
    cells = _cells(line)
    if len(cells) < 2:
        row.problems.append(
            "Une seule case : séparez les informations par des points-virgules, ou collez un tableau."
        )
        return row
    values: dict[str, str] = {name: cell for name, cell in zip(order, cells, strict=False) if name}
    if "@" not in values.get("email", "") and (moved := [cell for cell in cells if "@" in cell]):
        # The address stands elsewhere than announced: put it in its place, the others keep their order.
        rest = [cell for cell in cells if cell != moved[0]]
        names = [name for name in order if name != "email"]
        values = {**dict(zip(names, rest, strict=False)), "email": moved[0]}
    _read_name(row, values)
    _read_email(row, values.get("email", ""))
    _read_role(row, values.get("role", ""))
    _read_body(row, values.get("body", ""), bodies)
    _read_themes(row, values.get("themes", ""))
    _read_until(row, values.get("until", ""), today)
    return row


def _read_name(row: Row, values: dict[str, str]) -> None:
    if "name" in values:
        words = values["name"].split()
        if len(words) > 1 and words[0].isupper() and not words[-1].isupper():
            words = words[-1:] + words[:-1]  # « DURAND Anne »
        row.given, row.family = (words[0] if len(words) > 1 else ""), " ".join(words[1:] or words)
    else:
        row.given, row.family = values.get("given", ""), values.get("family", "")
    row.given, row.family = _cased(row.given)[:80], _cased(row.family)[:80]
    if not row.given or not row.family:
        row.problems.append("Il manque le prénom ou le nom : écrivez les deux, « Anne Durand ».")


def _cased(name: str) -> str:
    return name.title() if name.isupper() and len(name) > 2 else name


def _read_email(row: Row, text: str) -> None:
    text = text.strip("<> ").removeprefix("mailto:")
    if not text:
        row.problems.append("Il manque l’adresse : sans elle, l’invitation ne peut pas partir.")
    elif not _EMAIL.fullmatch(text) or len(text) > 254 or ".." in text:
        row.problems.append(
            f"« {text[:60]} » n’est pas une adresse complète. Vérifiez l’arobase et la fin (.fr, .com…)."
        )
    else:
        row.email = text.lower()


def _read_role(row: Row, text: str) -> None:
    title = ""
    if found := _TITLE.match(text):
        text, title = found.groups()
    folded = fold(text)
    for start, role in ROLES:
        if folded == start or folded.startswith(start):
            row.role, row.title = role, (title or text[:1].upper() + text[1:])[:120]
            return
    if not folded:
        row.problems.append("Il manque le rôle : maire, secrétaire, agent…")
        return
    near = get_close_matches(folded, [start for start, _ in ROLES], 1, 0.7)
    hint = (
        f"Vouliez-vous dire « {Role(dict(ROLES)[near[0]]).label} » ?"
        if near
        else f"Rôles connus : {ROLE_WORDS}. Pour un métier : « agent (jardinier) »."
    )
    row.problems.append(f"Le rôle « {text[:60]} » n’est pas connu. {hint}")


def _read_body(row: Row, text: str, bodies: dict[str, Body]) -> None:
    folded = fold(text)
    row.body = bodies.get(folded) or bodies.get(text.strip().lower())
    if not folded:
        row.problems.append("Il manque la commune ou l’organisme.")
    elif row.body is None and row.role == Role.PARTNER and (siren := _SIREN.search(text)):
        digits = siren.group(1).replace(" ", "")
        row.new_body = (_SIREN.sub("", text).strip(" ()")[:160], digits)
        if not _luhn(digits) or not row.new_body[0]:
            row.problems.append(f"Le SIREN « {digits} » n’existe pas : un de ses neuf chiffres est faux.")
    elif row.body is None and row.role == Role.PARTNER:
        row.problems.append(
            f"« {text[:60]} » est un organisme nouveau : écrivez son SIREN après son nom, entre parenthèses."
        )
    elif row.body is None:
        near = get_close_matches(folded, list(bodies), 1, 0.6)
        hint = (
            f"Vouliez-vous dire « {bodies[near[0]].name} » ?"
            if near
            else "Vérifiez qu’elle est bien membre de ce territoire."
        )
        row.problems.append(f"« {text[:60]} » n’est pas une commune du territoire. {hint}")
    elif row.role in HALL and row.body.kind == "other":
        row.problems.append(
            f"« {row.title} » se dit d’une commune ou de l’intercommunalité, pas de {row.body.name}."
        )


def _luhn(digits: str) -> bool:
    total = sum(sum(divmod(int(d) * (1 + i % 2), 10)) for i, d in enumerate(reversed(digits)))
    return total % 10 == 0


def _read_themes(row: Row, text: str) -> None:
    labels = {fold(theme.label): theme for theme in themes.THEMES} | {
        theme.slug: theme for theme in themes.THEMES
    }
    for part in re.split(r"[,/|+]", text):
        folded = fold(part)
        if not folded or folded in ("tous", "tout"):
            continue
        theme = labels.get(folded) or next(
            (t for key, t in labels.items() if len(folded) > 3 and key.startswith(folded)), None
        )
        if theme is None:
            near = get_close_matches(folded, list(labels), 1, 0.5)
            hint = (
                f"Vouliez-vous dire « {labels[near[0]].label} » ?"
                if near
                else "Laissez la case vide pour tous les thèmes."
            )
            row.problems.append(f"Le thème « {part.strip()[:40]} » n’est pas connu. {hint}")
        else:
            row.theme_mask |= theme.bit


def _read_until(row: Row, text: str, today: date) -> None:
    if not text.strip():
        return
    found = _DATE.fullmatch(text.strip())
    try:
        if not found:
            raise ValueError
        d, m, y, y2, m2, d2 = found.groups()
        row.until = date(int(y or y2), int(m or m2), int(d or d2))
    except ValueError:
        row.problems.append(
            f"« {text[:40]} » n’est pas une date. Écrivez le jour, le mois et l’année : 31/03/2032."
        )
        return
    if row.until <= today:
        row.problems.append(f"La fin, {text.strip()}, est déjà passée.")


def _compare(rows: Iterable[Row], facts: Facts) -> None:
    """Against the list itself, then against the people already there."""
    seen: dict[tuple[str, str, str, str], int] = {}
    mailboxes: dict[str, set[str]] = {}
    for known in facts.known:
        mailboxes.setdefault(known.email, set()).add(fold(known.name))
    rows = list(rows)
    for row in rows:
        if row.email:
            mailboxes.setdefault(row.email, set()).add(fold(row.name))
    by_identity = {(known.email, fold(known.name)): known for known in facts.known}
    by_name: dict[str, list[Known]] = {}
    for known in facts.known:
        by_name.setdefault(fold(known.name), []).append(known)
    for row in rows:
        key = (row.email, fold(row.name), fold(row.body_name), row.role)
        if row.email and key in seen:
            row.problems.append(
                f"La même ligne figure déjà plus haut (ligne {seen[key]}) : elle n’est à envoyer qu’une fois."
            )
        seen.setdefault(key, row.number)
        same = by_identity.get((row.email, fold(row.name)))
        if same:
            row.person_id = same.id
            if row.body and (same.id, row.body.id, row.role) in facts.held:
                row.problems.append("Cette personne a déjà ce rôle pour cet organisme : rien à envoyer.")
        elif others := by_name.get(fold(row.name)):
            row.notes.append(
                f"Une personne du même nom est déjà là, avec l’adresse {others[0].email}. Si c’est elle, reprenez cette adresse."
            )
        if row.email and len(mailboxes[row.email]) > 1:
            row.notes.append(
                f"Boîte partagée : {len(mailboxes[row.email])} personnes lisent {row.email}. Chacune dira qui elle est en entrant."
            )
