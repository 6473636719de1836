"""The perimeter of a sheet as a map: decoration beside the counted legend and the table, never instead of them."""

from mosaique.kernel.ui.parts import LegendEntry
from mosaique.scheme.queries import AnswerGroup
from mosaique.territory import maps
from mosaique.territory.maps import Area, MapSvg
from mosaique.territory.reference import outlines

LABELLED = 60  # beyond, names would hide the shapes


def perimeter_map(groups: list[AnswerGroup], mine: str = "") -> MapSvg | None:
    """The communes coloured by answer; None when the reference has no outline of them."""
    standings = [(group, standing) for group in groups for standing in group.standings]
    codes = [standing.member.authority.insee_code for _, standing in standings]
    found = outlines.of(codes) if codes else {}
    if not found:
        return None
    names = len(codes) <= LABELLED
    return maps.draw(
        found,
        [
            Area(
                standing.member.authority.insee_code,
                group.mark,
                title=f"{standing.member.name} : {group.word}",
                label=standing.member.name if names or standing.member.authority.insee_code == mine else "",
                prominent=standing.member.authority.insee_code == mine,
            )
            for group, standing in standings
        ],
    )


def legend(groups: list[AnswerGroup]) -> list[LegendEntry]:
    return [LegendEntry(group.mark, f"{group.word}\u00a0: {group.count}") for group in groups]
