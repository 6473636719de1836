"""The board as an open spreadsheet: every date with its proof in words, one line per council."""

import io
from datetime import date

from mosaique.consultation.queries import Board

HEAD = ("Commune", "Code INSEE", "Avis", "Envoyé le", "Par", "Reçu le", "Preuve", "Dernier jour du délai", "Voté le",
        "Délibération", "Pour", "Contre", "Abstentions", "Réserves", "Réponse aux réserves", "Arrivé après le délai")  # fmt: skip


def board_ods(board: Board) -> bytes:
    """One sheet, dates as ISO dates in real date cells."""
    from odfdo import Cell, Document, Row, Table  # long to load: paid by who downloads

    def line(values: list[str | int | date | None]) -> Row:
        row = Row()
        for value in values:
            row.append_cell(Cell(value))
        return row

    document = Document("spreadsheet")
    document.body.clear()
    table = Table("Avis des conseils")
    table.append_row(line(list(HEAD)))
    for row in board.rows:
        facts, opinion = row.facts, row.facts.opinion
        deadline = row.state.deadline
        table.append_row(
            line([
                row.council.authority.name, row.council.authority.insee_code, row.state.label,
                facts.sent.on_date if facts.sent else None, facts.sent.get_channel_display() if facts.sent else "",
                facts.received.on_date if facts.received else None,
                facts.received.get_channel_display() if facts.received else "",
                deadline.last_day if deadline else None, opinion.voted_on if opinion else None,
                opinion.number if opinion else "", opinion.votes_for if opinion else None,
                opinion.votes_against if opinion else None, opinion.abstentions if opinion else None,
                opinion.reserves if opinion else "", facts.answer.text if facts.answer else "", "oui" if row.late else "",
            ])
        )  # fmt: skip
    document.body.append(table)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
