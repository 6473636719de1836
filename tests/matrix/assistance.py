"""« Bloqué ? »: anyone with a mandate asks, the project team answers. The world's call is the agent's."""

from tests.matrix import many
from tests.matrix.table import Row, State, of, wrong

LEAD = "cheffe-de-projet"
ROWS = (
    Row("help_call_new", "200 200 200 200 200 200 200 200 200 200 200 302 | 200 403 403", states={"error": wrong("secretaire")}),
    Row("help_calls", "200 200 403 403 403 403 403 403 403 403 403 302 | 403 403 403", many=many.help_calls,
        states={"too_much": State(LEAD, many.help_calls, says="demandes attendent")}),
    # Not even the mayor of the same town hall.
    Row("help_call", "200 200 404 404 404 404 404 200 404 404 404 302 | 404 404 404", of("help_call"), many=many.replies, states={"error": wrong(LEAD), "too_much": State(LEAD, many.replies, says="Suite 29")}),
    Row("help_call_guest", "302 302 302 302 302 302 302 302 302 302 302 302 | 302 302 302", why_no_error="tested in assistance: it needs a link opened just before"),
)  # fmt: skip
