"""Sign-in, people, territories."""

from tests.matrix import many, states
from tests.matrix.table import ALL_200, ALL_405, CONDUCT, SIGNED_IN, Row, State, of, wrong

FIRST = "cheffe-de-projet"
FOLLOW = "200 200 200 403 403 403 403 403 403 403 404 302 | 404 404 404"
FILE = "200 200 200 404 404 404 404 404 404 404 404 302 | 404 404 404"
ROWS = (
    Row("sign_in", ALL_200, states={"error": wrong("habitante")}),
    # Without an address given just before, one starts again.
    Row("sign_in_code", "302 302 302 302 302 302 302 302 302 302 302 302 | 302 302 302", why_no_error="tested in accounts: it needs a code asked just before"),
    Row("sign_in_link", ALL_200, lambda world: {"token": "inconnu"}, states={"error": State("habitante", post={}, status=410)}),
    Row("who_are_you", "302 302 302 302 302 302 302 302 302 302 302 302 | 302 302 302", why_no_error="tested in accounts: it needs a mailbox just proved"),
    Row("not_listed", "302 302 302 302 302 302 302 302 302 302 302 302 | 302 302 302"),
    Row("sign_out", ALL_405),
    Row("invitation", "410 410 410 410 410 410 410 410 410 410 410 410 | 410 410 410", lambda world: {"token": "inconnu"},
        states={"error": State("habitante", post={}, status=410)}),
    Row("switch_mandate", ALL_405),
    Row("account", SIGNED_IN),
    Row("own_name", SIGNED_IN, states={"error": State("cheffe-de-projet", post={"given_name": " ", "family_name": "x"}, says="prénom manque")}),
    Row("personal_code", SIGNED_IN, states={"error": State("maire", post={"pin": "1234", "pin_again": "1234"}, says="se suivent"),
        "empty": State("maire", says="Choisir votre code personnel"),
        "read_only": State("maire-b", states.closed_code, says="Trop d’essais ont échoué")}),
    Row("mandate_code", "200 200 200 403 403 403 403 403 403 403 404 302 | 404 404 404", of("mandate_b"), states={
        "error": State(FIRST, post={}, says="neuf signes à"), "read_only": State(FIRST, states.closed_code, says="Fermé après dix essais"),
        "empty": State(FIRST, states.no_code, says="rien à remplacer")}),
    Row("welcome", SIGNED_IN),
    Row("sign_in_password", ALL_200, states={"error": wrong("habitante", email="maire@exemple.fr", password="rien de tel")}),
    Row("account_ways", SIGNED_IN),
    Row("confirm_identity", SIGNED_IN, why_no_error="tested in accounts: it needs a code asked just before"),
    Row("password_edit", SIGNED_IN, states={"error": wrong(FIRST, password="court", again="long")}),
    Row("password_remove", ALL_405),
    # Without a first step taken just before, one starts again.
    Row("second_step", "302 302 302 302 302 302 302 302 302 302 302 302 | 302 302 302", why_no_error="tested in accounts: it needs a first step just taken"),
    Row("second_step_setup", SIGNED_IN, states={"error": wrong(FIRST, code="12")}),
    Row("second_step_remove", ALL_405),
    Row("sign_in_passkey", ALL_405),
    Row("passkey_new", SIGNED_IN),
    Row("passkey_add", ALL_405),
    # Nobody's but its owner's: the world has none.
    Row("passkey_rename", "404 404 404 404 404 404 404 404 404 404 404 302 | 404 404 404", lambda world: {"pk": 1},
        states={"error": State(FIRST, states.a_key, post={"name": " "}, says="Renommer")}),
    Row("passkey_remove", ALL_405, lambda world: {"pk": 1}),
    Row("recovery_renew", ALL_405),
    Row("second_step_lift", ALL_405, of("invited_mandate")),
    Row("who_can_see", "200 200 200 200 200 200 200 200 200 200 404 404 | 404 404 404", lambda world: {"kind": "sheet", "pk": world.sheet.pk}),
    Row("people", CONDUCT, many=many.mandates, states={
        "empty": State(FIRST, query="q=zzzzzz", says="Personne ne répond"), "too_much": State(FIRST, many.mandates, says="page=2")}),
    Row("people_export", CONDUCT, lambda world: {"fmt": "csv"}),
    Row("person_add", CONDUCT, states={"error": wrong(FIRST)}),
    Row("people_invite", CONDUCT, states={"error": wrong(FIRST, people="n’importe quoi")}),
    Row("person", FOLLOW, of("invited_mandate")),
    Row("mandate_bounced", ALL_405, of("invited_mandate")),
    Row("mandate_address", FOLLOW, of("invited_mandate"), states={"error": wrong(FIRST)}),
    Row("people_remind", CONDUCT, many=many.unopened, states={"error": wrong(FIRST), "empty": State(FIRST, says="Personne n’est à relancer"),
        "too_much": State(FIRST, many.unopened, says="30 personnes")}),
    Row("people_letters", CONDUCT, many=many.without_address, states={"error": wrong(FIRST), "empty": State(FIRST, says="Aucune lettre"),
        "too_much": State(FIRST, many.without_address, says="30 lettres")}),
    Row("mandate_letter", FOLLOW, of("invited_mandate"), states={"error": wrong(FIRST)}),
    Row("letter", ALL_200, states={"error": wrong("habitante")}),
    # Without a code typed just before, one starts again.
    Row("letter_person", "302 302 302 302 302 302 302 302 302 302 302 302 | 302 302 302", why_no_error="tested in accounts: it needs a letter"),
    Row("letter_check", "302 302 302 302 302 302 302 302 302 302 302 302 | 302 302 302", why_no_error="tested in accounts: it needs a letter"),
    Row("people_import", CONDUCT, states={"error": wrong(FIRST)}),
    Row("people_import_columns", FILE, of("people_file"), states={"error": State(FIRST, post={}, says="Aucune colonne ne dit")}),
    Row("people_import_lines", FILE, of("people_file"), many=many.file_lines, states={
        "error": State(FIRST, post={"envoyer": "1"}, says="Aucune ligne n’est prête"),
        "too_much": State(FIRST, many.file_lines, says="page=2")}),
    Row("people_import_discard", ALL_405, of("people_file")),
    Row("mandate_end", "200 200 200 403 403 403 403 403 403 403 404 302 | 404 404 404", of("mandate_b"),
        states={"error": wrong(FIRST, ends_on="31/02/2027")}),
    # The team records one given on paper; whoever holds it entrusts it from their own account.
    Row("mandate_entrust", "200 200 200 403 200 403 403 403 403 403 404 302 | 404 404 404", of("mandate_b"), states={
        "error": wrong(FIRST, last_day="31/02/2027"), "empty": State("maire-b", says="Confier une partie de votre mandat")}),
    Row("mandate_take_back", ALL_405, of("mandate_b")),
    Row("mandate_invite", ALL_405, of("mandate_b")),
    Row("territories", SIGNED_IN, states={"error": wrong(FIRST), "empty": State("administratrice")}),
    Row("territory_new", SIGNED_IN, states={"error": wrong(FIRST), "empty": State(FIRST, query="q=zzzzzz")}),
    Row("territory_ask", ALL_405, lambda world: {"siren": "200034064"}),
    Row("territories_to_confirm", "403 403 403 403 403 403 403 403 403 403 403 302 | 403 200 403", many=many.claims,
        states={"too_much": State("administratrice", many.claims, says="CC Numéro 28"), "empty": State("administratrice", says="Aucun territoire")}),
    Row("territory_confirm", ALL_405, lambda world: {"pk": 1}),
    Row("territory_refuse", ALL_405, lambda world: {"pk": 1}),
    # An open territory's name and map are public.
    Row("territory_prepared", SIGNED_IN, lambda world: {"pk": world.company.territory.pk}, why_no_error="one button"),
)  # fmt: skip
