"""The perimeter of a sheet as a map: decoration beside the counted legend and the table, never instead of them."""

from mosaique.kernel.ui.parts import LegendEntry
from mosaique.scheme.queries import AnswerGroup
from mosaique.territory import maps
from mosaique.territory.maps import Area, MapSvg

#: Up to here every commune is named; beyond, the most populated ones, to find one's way: the table names them all.
ALL_NAMES, SOME_NAMES = 30, 8


def perimeter_map(groups: list[AnswerGroup], mine: str = "") -> MapSvg | None:
    """The communes coloured by answer; None when the reference has no outline of them."""
    standings = [(group, standing.member.authority) for group in groups for standing in group.standings]
    ranked = sorted((body for _, body in standings), key=lambda body: -(body.population or 0))
    named = {body.code for body in (ranked if len(ranked) <= ALL_NAMES else ranked[:SOME_NAMES])} | {mine}
    drawn = maps.map_of(
        [
            Area(
                body.code,
                group.mark,
                title=f"{body.name} : {group.word}",
                label=body.name if body.code in named else "",
                prominent=body.code == mine,
            )
            for group, body in standings
        ]
    )
    return drawn if drawn.shapes else None


def legend(groups: list[AnswerGroup]) -> list[LegendEntry]:
    return [LegendEntry(group.mark, f"{group.word}\u00a0: {group.count}") for group in groups]
