"""Threads and posts of « Groupe Urbanisme »: its animator, the DGS and the partner are its members."""

from tests.matrix import many, states
from tests.matrix.table import ALL_405, Row, State, of, wrong

READ = "404 200 404 404 404 404 404 404 404 200 200 302 | 404 404 404"
LED = "404 200 404 404 404 404 404 404 404 200 403 302 | 404 404 404"
CLOSED = State("animateur", states.closed_thread, status=403)
ROWS = (
    Row("threads", READ, of("urbanisme"), many=many.threads, states={"too_much": State("animateur", many.threads), "read_only": State("animateur", states.closed_space),
        "empty": State("animateur", query="etat=clos")}),
    # Who knows the space without reading it is told why they do not write there.
    Row("thread_open", "404 200 403 403 403 403 403 403 403 200 200 302 | 404 404 404", of("urbanisme"), states={"error": wrong("animateur")}),
    Row("thread", READ, of("thread_urbanisme"), many=many.posts, states={
        "error": wrong("partenaire", body=""), "too_much": State("animateur", many.posts), "frozen": State("animateur", states.closed_thread), "read_only": State("partenaire", states.closed_space)}),
    Row("thread_people", "404 200 404 404 404 404 404 404 404 200 200 302 | 404 404 404", of("thread_urbanisme"), states={"empty": State("dgs", query="q=zzz", says="[]")}),
    Row("space_people", "404 200 403 403 403 403 403 403 403 200 200 302 | 404 404 404", of("urbanisme"), states={"empty": State("dgs", query="q=zzz", says="[]")}),
    Row("thread_draft", ALL_405, of("thread_urbanisme")),
    Row("space_draft", ALL_405, of("urbanisme")),
    Row("thread_edit", LED, of("thread_urbanisme"), states={"error": wrong("animateur", seen="1"), "frozen": CLOSED}),
    Row("thread_close", LED, of("thread_urbanisme"), states={"error": wrong("animateur"), "frozen": CLOSED}),
    Row("releve_edit", LED, of("thread_urbanisme"), states={"error": wrong("animateur", seen="1")}),
    Row("releve_deliver", LED, of("thread_urbanisme"), states={"error": State("animateur", post={}, status=302)}),
    Row("post_edit", "404 403 404 404 404 404 404 404 404 200 403 302 | 404 404 404", of("post"), states={"error": wrong("animateur", seen="1")}),
    Row("post_hide", LED, of("post"), states={"error": wrong("animateur")}),
    Row("post_history", READ, of("edited"), many=many.corrections, states={"too_much": State("animateur", many.corrections)}),
)  # fmt: skip
