"""Headings that tell the result: « Quinze conseils ont voté, trois ont encore du temps »."""

from typing import Any

from django.urls import reverse

from mosaique.consultation.models import Consultation
from mosaique.consultation.opinion_state import StateKind
from mosaique.consultation.queries import Board, CouncilRow
from mosaique.kernel.typography import date_long
from mosaique.territory.naming import in_words


def _number(count: int) -> str:
    return in_words(count).capitalize()


def done_with_opinions(board: Board, closed: bool) -> str:
    """The promise while one may weigh, then what became of it: never a promise after its day."""
    left = len(board.unanswered)
    if not closed:
        return "Chaque réserve reçoit une réponse écrite avant le vote"
    if not left:
        return "Les avis sont joints au schéma ; chaque réserve a reçu une réponse écrite"
    who = "un conseil attend" if left == 1 else f"{in_words(left)} conseils attendent"
    return f"Les avis sont joints au schéma ; {who} encore une réponse écrite à {'ses' if left == 1 else 'leurs'} réserves"


def board_heading(board: Board, *, after_vote: bool = False) -> str:
    """The first thing read: how many have voted, how many still can, how many let the delay pass.

    `after_vote`: the community council has voted, so nothing is awaited any more.
    """
    pending, waiting = board.count(StateKind.PENDING), board.count(StateKind.NOT_STARTED)
    if not after_vote and waiting and waiting == len(board.rows) - board.count(StateKind.LEFT):
        return _departure(waiting, len(board.to_send))
    tacit = sum(row.state.is_tacit for row in board.rows)
    said = [_councils(board.voted, "a voté", "ont voté", named=True)]
    if after_vote:
        still = _councils(pending + waiting, "reste sans avis", "restent sans avis", named=not board.voted)
    else:
        said.append(_councils(pending, "a encore du temps", "ont encore du temps", named=not board.voted))
        still = (
            f"{in_words(waiting, feminine=True)} réception{'s' if waiting > 1 else ''} à noter"
            if waiting
            else ""
        )
    if tacit and (any(said) or still):
        said.append(f"{in_words(tacit)} avis {'sont tacites' if tacit > 1 else 'est tacite'}")
    sentence = (
        ", ".join(filter(None, [*said, still])) or "tous les délais sont passés, aucun conseil n’a délibéré"
    )
    return sentence[0].upper() + sentence[1:]


def _councils(count: int, one: str, many: str, *, named: bool) -> str:
    """« deux conseils ont voté », or « deux ont voté » once councils are named; nothing for none."""
    if not count:
        return ""
    noun = (" conseils" if count > 1 else " conseil") if named else ""
    return f"{in_words(count)}{noun} {many if count > 1 else one}"


def _departure(count: int, left: int) -> str:
    """Before the first reception: what has left, and what has not."""
    if not left:
        return "Le rapport est parti, aucune réception n’est encore notée"
    if left == count:
        return "Le rapport n’est encore parti vers aucune mairie"
    gone, rest = count - left, in_words(left)
    return (
        f"Le rapport est parti vers {in_words(gone, feminine=True)} mairie{'s' if gone > 1 else ''}, "
        f"{rest} envoi{'s restent' if left > 1 else ' reste'} à noter"
    )


def settled_heading(board: Board) -> str:
    """« Dix avis favorables, quatre avec réserves, un défavorable »."""
    found: list[str] = []
    for kind, one, many in (
        (StateKind.FAVOURABLE, "avis favorable", "avis favorables"),
        (StateKind.RESERVES, "avec réserves", "avec réserves"),
        (StateKind.UNFAVOURABLE, "défavorable", "défavorables"),
        (StateKind.TACIT_FAVOURABLE, "tacite", "tacites"),
    ):
        count = board.count(kind)
        if count:
            word = one if count == 1 else many
            if not found and not word.startswith("avis"):
                word = f"avis {word}"
            found.append(f"{in_words(count) if found else _number(count)} {word}")
    return ", ".join(found) if found else "Aucun avis n’est encore rendu"


def follow_heading(board: Board) -> str:
    count = len(board.to_follow)
    if not count:
        return "Rien à suivre : chaque conseil a répondu, ou son délai est passé"
    return f"{_number(count)} conseil{'s' if count > 1 else ''} à suivre, avec la preuve de réception"


def settled_groups(board: Board) -> list[tuple[str, list[CouncilRow]]]:
    """What is settled, folded by what was said: « Voir les 12 avis favorables »."""
    return [
        (f"Voir {one}" if len(rows) == 1 else f"Voir les {len(rows)} {many}", rows)
        for kind, one, many in (
            (StateKind.UNFAVOURABLE, "l’avis défavorable", "avis défavorables"),
            (StateKind.RESERVES, "l’avis avec réserves, qui ont leur réponse", "avis avec réserves, qui ont leur réponse"),
            (StateKind.FAVOURABLE, "l’avis favorable", "avis favorables"),
            (StateKind.TACIT_FAVOURABLE, "l’avis tacite", "avis tacites"),
            (StateKind.LEFT, "la commune partie", "communes parties"),
        )
        if (rows := [row for row in board.rows if row.state.kind is kind and not row.is_followed])
    ]  # fmt: skip


def decides(consultation: Consultation) -> str:
    if consultation.planned_vote_on:
        return f"Le conseil communautaire, le {date_long(consultation.planned_vote_on)}"
    target = consultation.territory.adoption_target
    if target:  # the same date as on everyone's home
        return f"Le conseil communautaire, date visée : {date_long(target)}"
    return "Le conseil communautaire, à une date à fixer"


def until(row: CouncilRow) -> str:
    """Until when this council can answer."""
    if row.state.deadline is None:
        return "Trois mois après la réception par la mairie"
    return f"Le {date_long(row.state.deadline.last_day)} à minuit"


def next_step(board: Board, mine: CouncilRow | None, consultation: Consultation) -> dict[str, Any]:
    """Titles, reasons and addresses of the one next step: the reader's own council first, else the team's."""
    here = consultation.get_absolute_url()
    adoption = reverse("adoption", kwargs={"pk": consultation.pk})
    step = {"next_title": "Prochain pas : préparer le vote", "next_why": "Voir ce qu’il faut savoir avant de voter.",
            "next_url": adoption, "next_action": "Préparer le vote"}  # fmt: skip
    waiting = next((row for row in board.rows if row.state.kind == StateKind.NOT_STARTED), None)
    vote = consultation.planned_vote_on
    after_vote = next(
        (
            row
            for row in board.rows
            if vote and row.state.is_open and row.state.deadline and row.state.deadline.last_day >= vote
        ),
        None,
    )
    if board.to_send:
        first = board.to_send[0].council
        step = {"next_title": f"Prochain pas : envoyer le rapport à la mairie {first.authority.of_name}",
                "next_why": "Aucun message n’est parti vers elle. Remettez le rapport ou envoyez une lettre, puis notez la date.",
                "next_url": reverse("council_fact", kwargs={"pk": first.pk, "kind": "sent"}),
                "next_action": "Noter l’envoi"}  # fmt: skip
    elif waiting is not None:
        name = waiting.council.authority.name
        step = {"next_title": f"Prochain pas : noter la réception par {name}",
                "next_why": "Sans cette date, le délai de son conseil ne commence pas.",
                "next_url": reverse("council_fact", kwargs={"pk": waiting.council.pk, "kind": "received"}),
                "next_action": "Noter la réception"}  # fmt: skip
    elif after_vote is not None and after_vote.state.deadline and vote:
        step = {"next_title": f"Prochain pas : le délai du conseil {after_vote.council.authority.of_name} finit après le vote",
                "next_why": f"Son conseil a jusqu’au {date_long(after_vote.state.deadline.last_day)}, "
                f"le vote est prévu le {date_long(vote)}.",
                "next_url": adoption, "next_action": "Voir ce qui est possible"}  # fmt: skip
    elif board.count(StateKind.PENDING):
        step = {"next_title": "Les délais courent, rien ne presse", "next_why": "Chaque avis s’affichera ici dès qu’il sera enregistré.",
                "next_url": here, "next_action": ""}  # fmt: skip
    received = mine is not None and mine.facts.received is not None
    step |= {
        "mine_title": "L’avis de votre conseil est attendu"
        if received
        else "Accusez réception pour votre commune",
        "mine_action": "Ouvrir le dossier de votre conseil",
    }
    return step


def no_clock(board: Board) -> str:
    """Why nothing is listed under « Les prochaines séances »."""
    if board.count(StateKind.NOT_STARTED):
        return "Aucun délai ne court encore"
    return "Aucun délai ne court plus"


def departure_told(messages: int, to_note: int) -> str:
    """Said once the consultation is open: what has left by itself, and what is still to be carried or posted."""
    left = (
        f"{messages} message{'s sont partis' if messages > 1 else ' est parti'}"
        if messages
        else "Aucun message n’est parti"
    )
    if not to_note:
        return f"{left}. Chaque délai commencera à la réception par la mairie."
    rest = f"{to_note} envois restent" if to_note > 1 else "un envoi reste"
    return (
        f"{left} ; {rest} à faire par lettre ou en main propre, puis à noter dans le dossier de chaque conseil. "
        "Chaque délai commencera à la réception par la mairie."
    )


def without_title(count: int, total: int) -> str:
    """« 17 mairies sur 19 n’ont pas d’adresse connue »."""
    if count == total and count > 1:
        return "Aucune mairie n’a d’adresse connue"
    number = in_words(count, feminine=True).capitalize()
    if count == 1:
        return f"{number} mairie sur {total} n’a pas d’adresse connue"
    return f"{number} mairies sur {total} n’ont pas d’adresse connue"
