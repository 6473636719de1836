"""The board as a map, with its counted legend."""

from mosaique.consultation.opinion_state import STATE_FR
from mosaique.consultation.queries import LOOK, Board
from mosaique.kernel.ui.parts import LegendEntry
from mosaique.territory.maps import Area, MapSvg, map_of
from mosaique.territory.queries import ALL_NAMES, SOME_NAMES


def board_map(board: Board) -> MapSvg:
    """Every council; those whose clock runs carry their days left and keep their name on a phone. On a crowded map, the largest
    of them only: the table names them all."""
    named = list(board.rows)
    if len(named) > ALL_NAMES:
        waiting = [row for row in named if row.state.is_open]
        named = sorted(waiting, key=lambda row: -(row.council.authority.population or 0))[:SOME_NAMES]
    shown = {row.council.pk for row in named}
    return map_of(
        [
            Area(
                code=row.council.authority.code,
                fill=row.fill,
                title=f"{row.council.authority.name} : {row.word}",
                href=row.council.get_absolute_url(),
                label=row.council.authority.name if row.council.pk in shown else "",
                note=f"{row.days_left} jours"
                if row.council.pk in shown and row.days_left is not None and row.days_left > 1
                else "",
                prominent=row.state.is_open,
            )
            for row in board.rows
        ]
    )


def legend_of(board: Board) -> list[LegendEntry]:
    return [
        LegendEntry(LOOK[kind][2], f"{STATE_FR[kind]} : {count}")
        for kind, count in board.counts.items()
        if kind in LOOK
    ]
