"""Spaces. The one shown is « Groupe Urbanisme »: known to all who take part, read by its members."""

from tests.matrix import many, states
from tests.matrix.table import ALL_405, CONDUCT, SIGNED_IN, Row, State, of, wrong

LED = "200 200 200 403 403 403 403 403 403 200 403 302 | 404 404 404"
ROWS = (
    Row("spaces", SIGNED_IN, many=many.spaces, states={"empty": State("maire-ailleurs"), "too_much": State("maire", many.spaces, says="Groupe 29")}),
    Row("space_create", CONDUCT, states={"error": wrong("cheffe-de-projet")}),
    Row("space", "200 200 200 200 200 200 200 200 200 200 200 302 | 404 404 404", of("urbanisme"), many=many.threads,
        states={"too_much": State("animateur", many.threads), "read_only": State("maire"), "frozen": State("animateur", states.closed_space, says="Clos"),
                "empty": State("agent")}),
    Row("space_edit", LED, of("urbanisme"), states={"error": wrong("animateur", seen="1"), "frozen": State("animateur", states.closed_space, status=403)}),
    Row("space_openness", LED, of("urbanisme"), states={"error": wrong("animateur"), "frozen": State("animateur", states.closed_space, status=403)}),
    Row("space_members", "200 200 200 200 200 200 200 200 200 200 200 302 | 404 404 404", of("urbanisme"), many=many.members,
        states={"error": wrong("animateur", geste="ajouter"), "read_only": State("maire"), "too_much": State("animateur", many.members), "empty": State("agent")}),
    Row("space_join", ALL_405, of("urbanisme")),
    Row("space_leave", ALL_405, of("urbanisme")),
    Row("space_close", LED, of("urbanisme"), states={"frozen": State("animateur", states.closed_space, status=403)}, why_no_error="one button"),
)  # fmt: skip
