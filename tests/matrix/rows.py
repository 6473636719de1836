"""Every row, room by room."""

from tests.matrix import (
    accounts,
    assistance,
    consultation,
    costing,
    desk,
    discussions,
    files,
    inventory,
    scheme,
    spaces,
)
from tests.matrix.table import Row

TABLES = {
    "accounts": accounts.ROWS, "assistance": assistance.ROWS, "spaces": spaces.ROWS, "discussions": discussions.ROWS, "files": files.ROWS,
    "inventory": inventory.ROWS, "costing": costing.ROWS, "scheme": scheme.ROWS, "consultation": consultation.ROWS,
    "desk": desk.ROWS,
}  # fmt: skip
ROWS: tuple[Row, ...] = tuple(row for table in TABLES.values() for row in table)
