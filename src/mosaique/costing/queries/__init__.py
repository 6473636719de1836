"""Read models of costs: one scenario ready to show, and the two prescribed impacts of several of them."""

from mosaique.costing.queries.impacts import Impacts, Subject, impacts
from mosaique.costing.queries.pictures import Picture, picture, pictures
from mosaique.costing.queries.stored import SHARED, party, shared_total, sharers

__all__ = [
    "SHARED",
    "Impacts",
    "Picture",
    "Subject",
    "impacts",
    "party",
    "picture",
    "pictures",
    "shared_total",
    "sharers",
]
