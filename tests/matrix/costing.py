"""The figures of a sheet open to all who take part, edited by the team, the president and the group's animator."""

from tests.matrix import states
from tests.matrix.table import Row, State, of, wrong

EDIT = "200 200 200 403 403 403 403 403 403 200 404 302 | 404 404 404"
FROZEN = State("cheffe-de-projet", states.frozen_scheme, status=403)
WRONG = wrong("cheffe-de-projet", seen="x")
ROWS = (
    Row("scenario", "200 200 200 200 200 200 200 200 200 200 404 302 | 404 404 404", of("scenario"),
        states={"read_only": State("maire"), "frozen": State("cheffe-de-projet", states.frozen_scheme), "error": State("maire", post={}, status=403)}),
    Row("scenario_perimeter", EDIT, of("scenario"), states={"error": WRONG, "frozen": FROZEN}),
    Row("scenario_lines", EDIT, of("scenario"), states={"error": WRONG, "frozen": FROZEN}),
    Row("scenario_staff", EDIT, of("scenario"), states={"error": WRONG, "frozen": FROZEN}),
    Row("scenario_key", EDIT, of("scenario"), states={"error": WRONG, "frozen": FROZEN}),
)  # fmt: skip
