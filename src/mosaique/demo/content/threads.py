"""Debates of the demonstration, in the voice of each trade. No sentence is written twice (a test reads them all)."""

from mosaique.demo.content import (
    debates_copil,
    debates_cotech,
    debates_offices,
    debates_planning,
    debates_roads,
)
from mosaique.demo.content.debate import Debate

DEBATES: tuple[Debate, ...] = (
    *debates_copil.DEBATES,
    *debates_cotech.DEBATES,
    *debates_planning.DEBATES,
    *debates_roads.DEBATES,
    *debates_offices.DEBATES,
)
