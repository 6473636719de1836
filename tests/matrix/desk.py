"""The front hall, and the gallery of components."""

from mosaique.accounts.models import TerritoryParty
from mosaique.kernel import clock
from tests.matrix import many, states
from tests.matrix.table import ALL_200, SIGNED_IN, Row, State, of, wrong
from tests.world.builder import World


def _ended(world: World) -> None:
    """The body of the world takes part no longer."""
    TerritoryParty.objects.filter(pk=world.party.pk).update(until=clock.today())


def _shown(world: World) -> str:
    """A commune's code, or that of the body once its part has ended: two pages stand behind one address."""
    return world.body.code if TerritoryParty.objects.exclude(until=None).exists() else "81283"


ROWS = (
    Row("home", ALL_200, many=many.councils, states={
        "empty": State("administratrice"), "frozen": State("maire", states.frozen_scheme), "too_much": State("cheffe-de-projet", many.sheets)}),
    Row("calendar", "200 200 200 200 200 200 200 200 200 200 200 302 | 200 302 302", states={"error": wrong("presidente", day="31/02/2027"), "read_only": State("maire")}),
    Row("territory_public", ALL_200, lambda world: {"slug": "cc-val-81"}),
    # What everyone who takes part may know of a body; an agent of one commune reads the page of another.
    Row("authority", "200 200 200 200 200 200 200 200 200 200 404 302 | 404 404 404", lambda world: {"code": _shown(world)}, states={
        "empty": State("cheffe-de-projet", _ended, says="Cet organisme ne participe plus"),
        "frozen": State("maire", states.frozen_scheme), "read_only": State("maire-b", says="C’est votre commune")}),
    # Another territory's mayor reads their own list, which is empty.
    Row("parties", "200 200 200 200 200 200 200 200 200 200 404 302 | 200 404 404", many=many.parties, states={
        "empty": State("maire-ailleurs", says="sont seules"), "too_much": State("cheffe-de-projet", many.parties, says="page=2"),
        "read_only": State("maire", says="Un organisme participe")}),
    Row("party_add", "200 200 200 403 403 403 403 403 403 403 404 302 | 403 404 404", states={
        "error": wrong("cheffe-de-projet", kind="syndicate", name="Eau", siren="123456789"),
        "empty": State("cheffe-de-projet", query="q=zzzzzz", says="Aucun syndicat de la liste"),
        "too_much": State("cheffe-de-projet", query="q=eaux", says="Les 12 premiers")}),
    Row("party", "200 200 200 403 403 403 403 403 403 403 404 302 | 404 404 404", of("party"), states={
        "error": wrong("cheffe-de-projet", kind="syndicate", name="Eau", rna="W1", seen="1")}),
    Row("party_end", "200 200 200 403 403 403 403 403 403 403 404 302 | 404 404 404", of("party"), states={
        "error": wrong("cheffe-de-projet", until="31/02/2027")}),
    Row("our_authority", "302 302 302 302 302 302 302 302 302 302 302 302 | 302 302 302"),
    Row("perimeter", "200 200 200 200 200 200 200 200 200 200 404 302 | 200 404 404", many=many.changes, states={
        "empty": State("maire-ailleurs", says="Rien n’a changé depuis l’ouverture"), "too_much": State("cheffe-de-projet", many.changes),
        "error": State("maire", query="au=31/02/2027", says="revoir"), "read_only": State("maire")}),
    Row("perimeter_announce", "200 200 200 403 403 403 403 403 403 403 404 302 | 403 404 404", lambda world: {"what": "commune-nouvelle"}, states={
        "error": wrong("cheffe-de-projet", takes_effect_on="31/02/2027")}),
    Row("perimeter_change", "200 200 200 200 200 200 200 200 200 200 404 302 | 404 404 404", of("change"), states={
        "frozen": State("cheffe-de-projet", states.gathered_communes, says="a pris effet"), "read_only": State("maire")}),
    Row("perimeter_correct", "200 200 200 403 403 403 403 403 403 403 404 302 | 404 404 404", of("change"), states={
        "error": wrong("cheffe-de-projet", takes_effect_on="hier"), "frozen": State("dgs", states.left_already, says="ne se corrigent plus")}),
    Row("perimeter_cancel", "200 200 200 403 403 403 403 403 403 403 404 302 | 404 404 404", of("change"), states={
        "frozen": State("dgs", states.left_already, says="ne s’annule plus")}, why_no_error="one button"),
    Row("perimeter_people", "200 200 200 403 403 403 403 403 403 403 404 302 | 404 404 404", of("change"), states={
        "empty": State("cheffe-de-projet", says="Personne n’est à reporter"),
        "error": State("cheffe-de-projet", states.gathered_communes, post={"rien": "1"}, says="revoir")}),
    # All that is a commune's own: its hall, and nobody else.
    Row("commune_data", "403 403 403 403 200 403 200 403 403 403 404 302 | 404 404 404", lambda world: {"code": "81283"}, states={
        "frozen": State("maire-b", states.left_already, says="Les données de Saussenac")}),
    Row("commune_archive", "403 403 403 403 200 403 200 403 403 403 404 302 | 404 404 404", lambda world: {"code": "81283"}),
    Row("tour", SIGNED_IN, states={"error": State("maire", post={"etape": "99"}, status=302)}),
    Row("projector", "200 200 200 200 200 200 200 200 200 200 403 302 | 200 403 403"),
    Row("projector_screen", "200 200 200 200 200 200 200 200 200 200 403 302 | 200 403 403", lambda world: {"rank": 1}, states={
        "frozen": State("maire", states.frozen_scheme, query="ecran=avis"), "error": State("maire", query="ecran=rien", says="1 sur")}),
    Row("poster", ALL_200, lambda world: {"slug": "cc-val-81", "paper": "a4"}),
    Row("help", ALL_200),
    Row("accessibility", ALL_200),
    Row("your_data", ALL_200, states={"empty": State("habitante")}),
    Row("territory_data", ALL_200, lambda world: {"slug": "cc-val-81"}),
    Row("own_copy", SIGNED_IN),
    # Its own hall alone: an agent of the commune does not say to whom one writes.
    Row("protection_contact", "403 403 403 403 200 403 200 403 403 403 404 302 | 404 404 404", lambda world: {"code": "81283"}, states={
        "error": wrong("maire-b", email="pas une adresse")}),
    Row("health", ALL_200),
    Row("components", ALL_200),
)  # fmt: skip
