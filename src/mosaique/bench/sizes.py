"""Sizes of the bench's data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """Counts of a bench territory (performance reference: « territoire »)."""

    communes: int
    people: int
    spaces: int
    threads: int
    posts: int


SIZES = {
    "territoire": Size(communes=158, people=5_000, spaces=60, threads=10_000, posts=100_000),
    "essai": Size(communes=12, people=120, spaces=6, threads=120, posts=1_200),
}
