"""The front hall, and the gallery of components."""

from tests.matrix import many, states
from tests.matrix.table import ALL_200, Row, State, wrong

ROWS = (
    Row("home", ALL_200, many=many.councils, states={
        "empty": State("administratrice"), "frozen": State("maire", states.frozen_scheme), "too_much": State("cheffe-de-projet", many.sheets)}),
    Row("calendar", "200 200 200 200 200 200 200 200 200 200 200 302 | 200 302 302", states={"error": wrong("presidente", day="31/02/2027"), "read_only": State("maire")}),
    Row("territory_public", ALL_200, lambda world: {"slug": "cc-val-81"}),
    Row("help", ALL_200),
    Row("accessibility", ALL_200),
    Row("your_data", ALL_200),
    Row("health", ALL_200),
    Row("components", ALL_200),
)  # fmt: skip
