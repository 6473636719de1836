"""The scheme, a sheet open to all who take part, a frozen version, and what anyone may verify."""

from tests.matrix import many, states
from tests.matrix.table import ALL_200, ALL_405, SIGNED_IN, Row, State, of, wrong

READ = "200 200 200 200 200 200 200 200 200 200 404 302 | 404 404 404"
EDIT = "200 200 200 403 403 403 403 403 403 200 404 302 | 404 404 404"
LEAD = "200 200 200 403 403 403 403 403 403 403 404 302 | 404 404 404"
# The extracts of every commune: the project team and the presidency, who asked for them.
PREPARED = "200 200 200 404 404 404 404 404 404 404 404 302 | 404 404 404"
FROZEN = State("cheffe-de-projet", states.frozen_scheme, status=403)
FIRST = "cheffe-de-projet"
ROWS = (
    Row("sheets", SIGNED_IN, many=many.sheets, states={"empty": State("maire-ailleurs"), "too_much": State("maire", many.sheets),
        "frozen": State("maire", states.frozen_scheme), "error": State("maire-ailleurs", post={}, status=403)}),
    Row("sheet_new", EDIT, states={"error": wrong(FIRST), "frozen": FROZEN}),
    Row("sheet", READ, of("sheet"), many=many.decisions, states={"empty": State("maire"), "read_only": State("agent"), "frozen": State("maire", states.frozen_scheme), "too_much": State("maire", many.decisions)}),
    Row("sheet_position", ALL_405, of("sheet")),
    Row("sheet_positions", READ, of("sheet"), many=many.positions, states={"too_much": State("maire", many.positions, says="Saint-Numéro 29"), "empty": State("maire")}),
    Row("sheet_edit", EDIT, of("sheet", part="presentation"), states={"error": wrong(FIRST, seen="x"), "frozen": FROZEN}),
    Row("sheet_status", EDIT, of("sheet"), states={"error": wrong(FIRST), "frozen": FROZEN}),
    Row("sheet_document", ALL_405, of("sheet")),
    Row("sheet_decision", EDIT, of("sheet"), states={"error": wrong(FIRST), "frozen": FROZEN}),
    Row("legal_forms", SIGNED_IN),
    Row("legal_choice", SIGNED_IN, states={
        "empty": State("partenaire", says="tout reste possible"), "error": State("maire", query="quoi=rien&qui=x&fiche=99999", says="tout reste possible"),
        "too_much": State("cheffe-de-projet", query="quoi=equipe&qui=interco", says="formes sont écartées"),
        "frozen": State("maire", states.frozen_scheme, query="quoi=achats")}),
    Row("axis_edit", LEAD, of("axis"), states={"error": wrong(FIRST, seen="1"), "frozen": FROZEN}),
    Row("scheme", SIGNED_IN, many=many.sheets, states={"too_much": State("maire", many.sheets), "error": State("maire", post={}), "empty": State("maire-ailleurs"), "frozen": State("maire", states.frozen_scheme)}),
    Row("scheme_missing", READ),
    Row("chapter", LEAD, lambda world: {"key": "cadre"}, states={"error": wrong(FIRST, seen="x"), "frozen": FROZEN}),
    Row("draft", READ),
    Row("draft_file", READ, lambda world: {"fmt": "docx"}),
    Row("draft_page", READ, lambda world: {"code": "81245", "fmt": "pdf"}),
    Row("scheme_look", LEAD, states={"error": wrong(FIRST, garder="1", main="#ffe000", accent="#000000"), "frozen": FROZEN}),
    Row("scheme_look_page", LEAD, lambda world: {"page": 1}),
    Row("freeze", "200 403 200 403 403 403 403 403 403 403 404 302 | 404 404 404", states={"error": wrong(FIRST), "frozen": FROZEN}),
    Row("scheme_reopen", ALL_405),
    Row("version", READ, of("version"), many=many.versions, states={"too_much": State("maire", many.versions, says="Version de plus 29")}),
    Row("version_read", READ, of("version")),
    Row("version_file", READ, of("version_file")),
    Row("extracts", LEAD, of("version"), states={"error": wrong(FIRST)}),
    Row("preparation", PREPARED, of("preparation"), states={
        "empty": State(FIRST, states.waiting_preparation, says="attend son tour"),
        "error": State(FIRST, states.stopped_preparation, says="La reprise repart de là")}),
    Row("preparation_cancel", ALL_405, of("preparation")),
    Row("preparation_restart", ALL_405, of("preparation")),
    Row("prepared_file", PREPARED, of("prepared_file")),
    # Anyone holding the paper may verify it.
    Row("verify", ALL_200, states={"error": wrong("habitante")}),
    Row("verify_code", ALL_200, lambda world: {"code": world.version.code}, why_no_error="the code is in the address"),
)  # fmt: skip
