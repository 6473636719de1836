"""Debates of the demonstration, in the voice of each trade. No sentence is written twice (a test reads them all)."""

from mosaique.demo.content import debates_groups, debates_instances, debates_offices
from mosaique.demo.content.debate import Debate

DEBATES: tuple[Debate, ...] = (
    *debates_instances.DEBATES,
    *debates_groups.DEBATES,
    *debates_offices.DEBATES,
)
