"""A list of people, pasted or from a file: read without Django, line by line, each saying what is right and wrong in it.

`read` cuts a pasted text into entries; files are cut by `contacts`. Both are then judged here, by `judge`, in one way. The
facts to compare with (bodies, people already there) come as plain values, so that five hundred lines cost the same few
queries as one.
"""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from mosaique.access import themes
from mosaique.access.roles import OUTSIDE, Role
from mosaique.accounts.roster_words import COLUMNS, HEADERS, NO_ADDRESS, ROLE_WORDS, ROLES
from mosaique.territory.numbers import is_siren
from mosaique.territory.reference.text import core, fold

MAX_LINES = 500
MAX_TEXT = 200_000
_EMAIL = re.compile(
    r"[^@\s,;<>\"]+@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+", re.IGNORECASE
)
_TITLE = re.compile(r"^(.*?)\s*\((.*)\)\s*$")
_SIREN = re.compile(r"\(?\b(\d{3}\s?\d{3}\s?\d{3})\b\)?")
_DATE = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})|(\d{4})-(\d{2})-(\d{2})")
_CIVILITY = re.compile(
    r"^(?:m\.|mr\.?|mme\.?|mlle\.?|m\.? et mme|monsieur|madame|mademoiselle|maître)\s+(?=\S)", re.IGNORECASE
)
_TWO_PEOPLE = re.compile(r"\s(?:et|&|/|\+|ou)\s|\s?[/&]\s?", re.IGNORECASE)
_HALL = re.compile(r"^(?:mairie|commune|ville|hotel de ville)(?: de la| de l| de| du| des| d)? ")
_RANK = re.compile(
    r"^(?:(?:madame|monsieur|mme|mr?)(?: le| la)? )?(?:\d+ ?(?:ere|er|re|nde|nd|eme|e)? (?=\D)|"
    r"(?:deuxieme|seconde?|troisieme|quatrieme|cinquieme|sixieme) )?"
)


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
    own: frozenset[tuple[int, int, str]] = frozenset()  # of these, mandates that stand in for nobody's


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
    since: date | None = None
    until: date | None = None
    by_letter: bool = False  # said to have no address: a printed letter stands for the message
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


@dataclass(frozen=True, slots=True)
class Entry:
    """One line cut into named values, before any judgement."""

    number: int
    raw: str
    values: dict[str, str]
    notes: tuple[str, ...] = ()
    problem: str = ""  # it could not be cut


def judge(entries: Iterable[Entry], facts: Facts, today: date) -> list[Row]:
    """Every entry understood, compared with the others and with the people already there."""
    bodies = _named(facts.bodies)
    rows = [_judged(entry, bodies, today) for entry in entries]
    _compare(rows, facts)
    _one_at_the_head(rows, facts)
    return rows


def _named(bodies: Sequence[Body]) -> dict[str, Body]:
    """Bodies by all the names they are written with."""
    short = {core(fold(body.name)): body for body in bodies if body.kind != "other"}
    return short | {fold(body.name): body for body in bodies} | {body.code.lower(): body for body in bodies}


def _judged(entry: Entry, bodies: dict[str, Body], today: date) -> Row:
    row = Row(entry.number, entry.raw, notes=list(entry.notes))
    if entry.problem:
        row.problems.append(entry.problem)
        return row
    values = entry.values
    _read_name(row, values)
    _read_email(row, values.get("email", ""))
    _read_role(row, values.get("role", "") or values.get("title", ""))
    if row.role and values.get("role") and (title := values.get("title", "").strip()):
        row.title = title[:120]
    _read_body(row, values.get("body", ""), bodies)
    _read_themes(row, values.get("themes", ""))
    _read_since(row, values.get("since", ""), today)
    _read_until(row, values.get("until", ""), today)
    return row


def read(text: str, facts: Facts, today: date) -> list[Row]:
    """Every line of the list, understood and compared. Empty lines do not count."""
    lines = [(n, line) for n, line in enumerate(text.replace("\r", "").split("\n"), 1) if line.strip(" \t;")]
    order: Sequence[str] = COLUMNS
    if lines and (header := _header(_cells(lines[0][1]))):
        order, lines = header, lines[1:]
    return judge([_entry(number, line, order) for number, line in lines], facts, today)


def _cells(line: str) -> list[str]:
    return [cell.strip().strip('"').strip() for cell in line.split("\t" if "\t" in line else ";")]


def _header(cells: list[str]) -> list[str] | None:
    """Column names, when the first line holds them (two at least, and no address)."""
    names = [HEADERS.get(fold(cell), "") for cell in cells]
    return names if sum(map(bool, names)) >= 2 and not any("@" in cell for cell in cells) else None


def _entry(number: int, line: str, order: Sequence[str]) -> Entry:
    cells = _cells(line)
    if len(cells) < 2:
        told = "Une seule case : séparez les informations par des points-virgules, ou collez un tableau."
        return Entry(number, line.rstrip(), {}, problem=told)
    values: dict[str, str] = {name: cell for name, cell in zip(order, cells, strict=False) if name}
    if "@" not in values.get("email", "") and (moved := [cell for cell in cells if "@" in cell]):
        # The address stands elsewhere than announced: put it in its place, the others keep their order.
        rest = [cell for cell in cells if cell != moved[0]]
        names = [name for name in order if name != "email"]
        values = {**dict(zip(names, rest, strict=False)), "email": moved[0]}
    return Entry(number, line.rstrip(), values)


def _read_name(row: Row, values: dict[str, str]) -> None:
    parted = values.get("given") and values.get("family")
    reversed_ = not values.get("name") and bool(values.get("family_given"))
    told = values.get("family_given" if reversed_ else "name", "")
    whole = "" if parted else _CIVILITY.sub("", told.strip())
    if _TWO_PEOPLE.search(whole) or any(
        _TWO_PEOPLE.search(values.get(part, "").strip()) for part in ("given", "family")
    ):
        row.problems.append(
            "Deux personnes sont sur cette ligne. Écrivez une ligne pour chacune, avec son nom et sa fonction."
        )
    if whole:
        if whole.count(",") == 1:  # « Durand, Anne »
            family, given = whole.split(",")
            whole = f"{given.strip()} {family.strip().upper()}"
        words = whole.split()
        first = _surname_first(words, reversed_)
        if first:
            row.given, row.family = " ".join(words[first:]), " ".join(words[:first])
        else:
            row.given, row.family = (words[0] if len(words) > 1 else ""), " ".join(words[1:] or words)
    else:
        row.given, row.family = (
            _CIVILITY.sub("", values.get(part, "").strip()) for part in ("given", "family")
        )
    row.given, row.family = _cased(row.given)[:80], _cased(row.family)[:80]
    if not row.given or not row.family:
        row.problems.append("Il manque le prénom ou le nom : écrivez les deux, « Anne Durand ».")


def _surname_first(words: Sequence[str], reversed_: bool) -> int:
    """How many first words are the surname: those in capitals (« LE GOFF Anne Lise »), else all but the last when the column says so."""
    # « J. » or « J » is an initial: it says nothing of what follows.
    capitals = next(
        (n for n, word in enumerate(words) if not word.isupper() or len(word) == 1 or "." in word), 0
    )
    return capitals or (len(words) - 1 if reversed_ else 0)


def _cased(name: str) -> str:
    return name.title() if name.isupper() and len(name) > 2 else name


def _read_email(row: Row, text: str) -> None:
    text = text.strip("<> ").removeprefix("mailto:")
    if fold(text) in NO_ADDRESS:
        row.by_letter = True
        row.notes.append(
            "Sans adresse : aucun message ne part. Sa lettre s’imprime depuis la liste des personnes."
        )
    elif not text:
        row.problems.append(
            "Il manque l’adresse. Si cette personne n’en a pas, écrivez « sans adresse » : une lettre la remplacera."
        )
    elif len(_EMAIL.findall(text)) > 1:
        row.problems.append(
            f"Deux adresses dans la même case : « {text[:80]} ». Gardez-en une ; deux personnes font deux lignes."
        )
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
    folded = _RANK.sub("", fold(text), count=1)
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
    short = _HALL.sub("", folded)
    row.body = (
        bodies.get(folded) or bodies.get(text.strip().lower()) or bodies.get(short) or bodies.get(core(short))
    )
    if not folded:
        row.problems.append("Il manque la commune ou l’organisme.")
    elif row.body is None and row.role == Role.PARTNER and (siren := _SIREN.search(text)):
        digits = siren.group(1).replace(" ", "")
        row.new_body = (_SIREN.sub("", text).strip(" ()")[:160], digits)
        if not is_siren(digits) or not row.new_body[0]:
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
    elif row.role and row.role not in OUTSIDE and row.body.kind == "other":
        row.problems.append(
            f"« {row.title} » se dit d’une commune ou de l’intercommunalité, pas de {row.body.name}. Pour un autre organisme, "
            f"écrivez « partenaire ({row.title[:1].lower()}{row.title[1:]}) » : la personne lit les espaces où vous l’invitez."
        )


def _read_themes(row: Row, text: str) -> None:
    labels = {fold(theme.label): theme for theme in themes.THEMES} | {
        theme.slug: theme for theme in themes.THEMES
    }
    for part in _theme_parts(text, labels):
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


def _theme_parts(text: str, labels: Container[str]) -> list[str]:
    """Names of themes, one of which may hold commas itself (« Voirie, bâtiments, espaces verts »)."""
    pieces = re.split(r"[,/|+]", text)
    parts: list[str] = []
    while pieces:
        size = next((n for n in range(len(pieces), 0, -1) if fold(" ".join(pieces[:n])) in labels), 1)
        parts.append(" ".join(pieces[:size]))
        pieces = pieces[size:]
    return parts


def _day(row: Row, text: str) -> date | None:
    found = _DATE.fullmatch(text.strip())
    try:
        if not found:
            raise ValueError
        d, m, y, y2, m2, d2 = found.groups()
        return date(int(y or y2), int(m or m2), int(d or d2))
    except ValueError:
        row.problems.append(
            f"« {text[:40]} » n’est pas une date. Écrivez le jour, le mois et l’année : 31/03/2032."
        )
        return None


def _read_since(row: Row, text: str, today: date) -> None:
    if not text.strip() or (since := _day(row, text)) is None:
        return
    row.since = since
    if since > today:
        row.notes.append(
            f"Son mandat ne commence que le {since:%d/%m/%Y} : avant, elle ou il ne voit que ce qui est public."
        )


def _read_until(row: Row, text: str, today: date) -> None:
    if not text.strip() or (until := _day(row, text)) is None:
        return
    row.until = until
    if until < today:  # the last day of the mandate
        row.problems.append(f"La fin, {text.strip()}, est déjà passée.")
    elif row.since is not None and until < row.since:
        row.problems.append("La fin du mandat tombe avant son début : corrigez l’une des deux dates.")


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
        if (row.email or row.by_letter) and key in seen:
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
            there = f"avec l’adresse {others[0].email}" if others[0].email else "sans adresse"
            row.notes.append(
                f"Une personne du même nom est déjà là, {there}. Si c’est elle, reprenez cette adresse."
            )
        if row.email and len(mailboxes[row.email]) > 1:
            row.notes.append(
                f"Boîte partagée : {len(mailboxes[row.email])} personnes lisent {row.email}. Chacune dira qui elle est en entrant."
            )


# One person at a time holds these for a body.
HEADS = {Role.MAYOR: "maire", Role.PRESIDENT: "à la présidence"}


def already_head(name: str, role: str, body: str) -> str:
    """To be ended by « . », or by what else may be done."""
    return f"{name} est déjà {HEADS[Role(role)]} pour {body}. Si elle ou il ne l’est plus, mettez fin à son mandat"


def _one_at_the_head(rows: Iterable[Row], facts: Facts) -> None:
    """A second mayor of a commune is allowed, since a mandate may end the day another begins, and said: it is often a slip."""
    names = {known.id: known.name for known in facts.known}
    heads = {
        (body, role): names[person]
        for person, body, role in sorted(facts.own)
        if role in HEADS and person in names
    }
    for row in rows:
        if row.role not in HEADS or row.body is None or row.problems:
            continue
        place = (row.body.id, row.role)
        if place in heads:  # the same person twice is a problem, told already
            row.notes.append(
                f"{already_head(heads[place], row.role, row.body.name)} ; sinon, corrigez cette ligne."
            )
        heads.setdefault(place, row.name)
