"""Inventories. Commune A keeps its staff to itself, shows its equipment to the team, its contracts to every commune."""

from tests.matrix import many, states
from tests.matrix.table import ALL_405, Row, State, of, wrong

TEAM = "200 200 403 403 403 403 403 403 403 403 404 302 | 404 404 404"
HALL_A = "404 404 404 200 404 200 404 404 404 404 404 302 | 404 404 404"
ALL_410 = "410 410 410 410 410 410 410 410 410 410 410 410 | 410 410 410"
ROWS = (
    # A town hall goes straight to its own inventory.
    Row("inventories", "200 200 200 302 302 302 302 200 200 200 200 302 | 200 200 200", many=many.returns,
        states={"empty": State("maire-ailleurs"), "too_much": State("cheffe-de-projet", many.returns, says="Saint-Numéro 29")}),
    Row("inventory_campaign_new", "200 200 403 403 403 403 403 403 403 403 403 302 | 403 403 403", states={"error": wrong("cheffe-de-projet")}),
    Row("inventory_campaign", TEAM, of("campaign"), states={"error": wrong("cheffe-de-projet", seen="1"), "frozen": State("cheffe-de-projet", states.closed_campaign, status=403)}),
    Row("inventory_reminders", TEAM, of("campaign"), many=many.returns, states={"too_much": State("cheffe-de-projet", many.returns, says="Saint-Numéro 29"), "error": wrong("cheffe-de-projet"), "frozen": State("cheffe-de-projet", states.closed_campaign, status=403)}),
    Row("inventory_cells", ALL_405, of("staff_a")),
    Row("inventory_return", "200 200 200 200 200 200 200 200 200 200 404 302 | 404 404 404", of("return_a"),
        states={"read_only": State("maire-b"), "frozen": State("maire", states.closed_campaign)}),
    Row("inventory_estimates", TEAM, of("return_b"), states={"error": wrong("cheffe-de-projet")}),
    Row("inventory_section", HALL_A, of("return_a", section="personnel"),
        states={"error": State("secretaire", post={"ajouter": "x"}, status=302), "frozen": State("secretaire", states.closed_campaign)}),
    Row("inventory_import", HALL_A, of("import_a"), why_no_error="one button"),
    Row("inventory_spreadsheet", "200 200 200 200 200 200 200 200 200 200 404 302 | 404 404 404", of("return_a"),
        states={"error": State("secretaire", post={}), "read_only": State("agent"), "frozen": State("secretaire", states.closed_campaign)}),
    Row("inventory_export", "200 200 200 200 200 200 200 200 200 200 404 302 | 404 404 404", of("return_a", kind="ods")),
    Row("inventory_section_export", HALL_A, of("return_a", section="personnel", kind="xlsx")),
    Row("inventory_sharing", ALL_405, of("return_a", section="personnel")),
    Row("inventory_state", ALL_405, of("return_a", section="personnel")),
    Row("inventory_help", HALL_A, of("return_a", section="personnel"), why_no_error="a note that may be empty, and a button"),
    Row("inventory_confide", HALL_A, of("return_a", section="personnel"), states={"error": State("secretaire", post={"name": "", "until": "31/02/2027"}, status=400)}),
    # A link opens nothing to who holds none, signed in or not; its holder is looked at in inventory/tests/test_confiding.py.
    Row("confided", ALL_410, why_no_error="tested in inventory: it needs a link opened just before"),
    Row("confided_cells", ALL_405),
    Row("confided_door", ALL_410, lambda world: {"token": "inconnu"}, states={"error": State("habitante", post={}, status=410)}),
    # Every commune's hall reads these lines, and is told who may release their figures.
    Row("inventory_release", "403 403 403 200 403 200 403 404 404 404 404 302 | 404 404 404", of("return_a", section="contrats"),
        states={"error": State("maire", post={}, status=400), "read_only": State("maire-b", status=403)}),
)  # fmt: skip
