"""Nouns of the inventory."""

from mosaique.inventory.models.collection import Campaign, Return
from mosaique.inventory.models.links import SectionLink
from mosaique.inventory.models.outcomes import Estimate, ImportBatch, Release, Statistic, StatisticGround
from mosaique.inventory.models.sections import AppliedChange, HelpRequest, Row, SectionSheet, Summary

__all__ = [
    "AppliedChange",
    "Campaign",
    "Estimate",
    "HelpRequest",
    "ImportBatch",
    "Release",
    "Return",
    "Row",
    "SectionLink",
    "SectionSheet",
    "Statistic",
    "StatisticGround",
    "Summary",
]
