"""Work of the worker over many rows: the fault of one keeps no other from its turn."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

Row = TypeVar("Row")
logger = logging.getLogger("mosaique.worker")


def in_turn(rows: Iterable[Row], act: Callable[[Row], object]) -> int:
    """Do `act` for each row, and count those of which it says that something was done.

    Each `act` is a transaction of its own (a service). What one raises is written down, and the first fault is raised in the
    end: the task is seen to have failed, and is tried again.
    """
    done, fault = 0, None
    for row in rows:
        try:
            done += bool(act(row))
        except Exception as error:
            logger.exception("%s %s: its turn failed", type(row).__name__, getattr(row, "pk", row))
            fault = fault or error
    if fault is not None:
        raise fault
    return done
