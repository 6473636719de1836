"""The figures of a sheet open to all who take part, edited by the team, the president and the group's animator."""

from tests.matrix import many, states
from tests.matrix.table import Row, State, of, wrong

EDIT = "200 200 200 403 403 403 403 403 403 200 404 302 | 404 404 404"
# The criteria of the territory acted in: a mayor elsewhere reads those of theirs.
READ = "200 200 200 200 200 200 200 200 200 200 404 302 | 200 404 404"
FROZEN = State("cheffe-de-projet", states.frozen_scheme, status=403)
WRONG = wrong("cheffe-de-projet", seen="x")
ROWS = (
    Row("scenario", "200 200 200 200 200 200 200 200 200 200 404 302 | 404 404 404", of("scenario"),
        states={"read_only": State("maire"), "frozen": State("cheffe-de-projet", states.frozen_scheme), "error": State("maire", post={}, status=403)}),
    Row("scenario_perimeter", EDIT, of("scenario"), states={"error": WRONG, "frozen": FROZEN}),
    Row("scenario_lines", EDIT, of("scenario"), states={"error": WRONG, "frozen": FROZEN}),
    Row("scenario_staff", EDIT, of("scenario"), states={"error": WRONG, "frozen": FROZEN}),
    # Whoever reads the figures may compare; nothing is kept of it.
    Row("scenario_compare", "200 200 200 200 200 200 200 200 200 200 404 302 | 404 404 404", of("scenario"), states={
        "too_much": State("maire", query="avec=egales", says="Les clés côte à côte"),
        "error": State("maire", query="avec=rien-2020", says="pas connu ici"),
        "frozen": State("maire", states.frozen_scheme, query="avec=actes_ads-2025")}),
    Row("criteria", READ, many=many.criteria, states={"too_much": State("maire", many.criteria), "error": State("partenaire", query="x=1", status=404)}),
    Row("criterion_new", "302 302 302 302 302 302 302 302 302 302 302 302 | 302 302 302"),
    Row("criterion", READ, lambda world: {"slug": "actes_ads", "year": 2025}, many=many.criteria, states={
        "too_much": State("maire", many.criteria, says="Saint-Numéro 29"),
        "error": State("cheffe-de-projet", post={"source": "", "values.81245": "-3"}), "read_only": State("maire"),
        "empty": State("secretaire", query="vide=1")}),
    Row("scenario_key", EDIT, of("scenario"), states={"error": WRONG, "frozen": FROZEN}),
)  # fmt: skip
