"""Opinions of the councils on the frozen version; the file shown is commune A's."""

from tests.matrix import many
from tests.matrix.table import ALL_405, Row, State, of, wrong

READ = "200 200 200 200 200 200 200 200 200 200 404 302 | 404 404 404"
LEAD = "200 200 200 403 403 403 403 403 403 403 404 302 | 404 404 404"
COUNCIL = "200 200 200 200 403 200 403 403 403 403 404 302 | 404 404 404"
FIRST = "cheffe-de-projet"
ROWS = (
    # Straight to the consultation, when there is one.
    Row("opinions", "302 302 302 302 302 302 302 302 302 302 200 302 | 200 200 200", states={"empty": State("maire-ailleurs")}),
    Row("consultation", READ, of("consultation"), many=many.councils, states={"read_only": State("agent"), "too_much": State(FIRST, many.councils, says="Saint-Numéro 29")}),
    Row("slips", LEAD, of("consultation"), many=many.councils, states={"too_much": State(FIRST, many.councils, says="Saint-Numéro 29")}),
    Row("board_table", READ, of("consultation")),
    Row("annex", READ, of("consultation"), many=many.councils, states={"too_much": State(FIRST, many.councils, says="Saint-Numéro 29"), "read_only": State("agent")}),
    Row("annex_file", READ, lambda world: {"pk": world.consultation.pk, "fmt": "docx"}),
    Row("adopted_set", ALL_405, of("consultation")),
    Row("adoption", READ, of("consultation"), states={"error": wrong(FIRST), "read_only": State("maire")}),
    Row("send_scheme", ALL_405, of("consultation")),
    # Before the vote there is nothing to send: the team is led to the page of the vote.
    Row(
        "sending", "302 302 302 403 403 403 403 403 403 403 404 302 | 404 404 404",
        lambda world: {"pk": world.consultation.pk, "authority": world.council_a.authority_id},
        why_no_error="no form before the vote; afterwards its refusals are tested with the service",
    ),
    Row("open_consultation", LEAD, of("version"), states={"error": wrong(FIRST)}),
    Row("council_file", READ, of("council_a"), states={"read_only": State("maire-b")}),
    Row("acknowledge", ALL_405, of("council_a")),
    Row("slip", READ, of("council_a")),
    Row("council_fact", LEAD, of("council_c", kind="received"), states={"error": wrong(FIRST, on_date="31/02/2027")}),
    Row("council_opinion", COUNCIL, of("council_a"), states={"error": wrong("maire")}),
    # Commune A's reserves have their answer: the page corrects it, and asks why.
    Row("reserve_answer", LEAD, of("council_a"), states={"error": wrong(FIRST, text="")}),
    Row("council_sittings", COUNCIL, of("council_a"), states={"error": wrong("maire", on_date="hier")}),
)  # fmt: skip
