"""« Les parties »: the list, its forms, and the page of one body."""

from collections.abc import Callable
from datetime import date

from django.test import Client

from mosaique.access.models import Membership
from mosaique.accounts import services
from mosaique.accounts.models import TerritoryParty
from mosaique.demo.people import Company
from mosaique.desk.tests.test_home import plain
from mosaique.kernel import clock
from mosaique.territory.models import Authority

For = Callable[[str | None], Client]


def _add(cast: Company, **said: str) -> TerritoryParty:
    party = services.add_party(
        actor=cast.actor("cheffe-de-projet"), territory=cast.territory,
        **{"kind": "syndicate", "name": "Syndicat du Tourtour", "note": "Tient l’eau", **said},
    )  # fmt: skip
    assert isinstance(party, TerritoryParty)
    return party


def test_the_list_says_who_takes_part_in_what(cast: Company, client_for: For) -> None:
    _add(cast)
    _add(cast, kind="association", name="Les amis du lavoir", note="")
    text = plain(client_for("maire").get("/parties/"))
    assert "Deux organismes participent avec les communes" in text and "Tient l’eau" in text
    assert "sans numéro pour l’instant" in text and "rien encore" in text
    assert "Corriger" not in text and "Ajouter un organisme" not in text
    narrowed = plain(client_for("maire").get("/parties/?nature=associations"))
    assert "lavoir" in narrowed and "Tient l’eau" not in narrowed
    assert plain(client_for("maire").get("/parties/?nature=rien")) == text


def test_the_people_of_a_neighbouring_commune_in_the_list_are_counted(cast: Company, client_for: For) -> None:
    near = Authority.objects.create(kind="commune", name="Assac", siren="218100147", insee_code="81014")
    _add(cast, kind="other", name="Assac", siren="218100147", note="")
    services.grant_mandate(
        actor=cast.actor("cheffe-de-projet"), person=cast.people["agent"], territory=cast.territory, authority=near, role="partner",
    )  # fmt: skip
    page = client_for("maire").get("/parties/")
    assert [(line.party.authority.name, line.people) for line in page.context["found"].lines] == [
        ("Assac", 1)
    ]


def test_bodies_invited_without_being_parties_are_offered_to_who_leads(
    cast: Company, client_for: For
) -> None:
    assert "Inscrire Centre de gestion" in plain(client_for("dgs").get("/parties/"))
    assert "Inscrire" not in plain(client_for("maire").get("/parties/"))


def test_a_syndicat_is_proposed_and_taken(cast: Company, client_for: For) -> None:
    client = client_for("cheffe-de-projet")
    assert "SRPI Saint-Grégoire, Saussenac" in plain(client.get("/parties/ajouter/")), (
        "its name quotes a commune of ours"
    )
    assert "aucun syndicat de la liste" in plain(client.get("/parties/ajouter/?q=zzzz")).lower()
    found = client.get("/parties/ajouter/?q=arthes+lescure")
    assert "SIVU Arthès Lescure" in plain(found)
    siren = found.context["proposals"].bodies[0].siren
    shown = client.get(f"/parties/ajouter/?siren={siren}")
    assert shown.context["form"]["name"].value() == "SIVU Arthès Lescure"
    sent = client.post(
        "/parties/ajouter/", {"kind": "syndicate", "name": "SIVU Arthès Lescure", "siren": siren}, follow=True
    )
    assert sent.redirect_chain[-1][0] == f"/collectivites/{siren}/" and "figure parmi les parties" in plain(
        sent
    )


def test_a_fault_keeps_what_was_typed(cast: Company, client_for: For) -> None:
    sent = client_for("cheffe-de-projet").post(
        "/parties/ajouter/",
        {"kind": "association", "name": "Le lavoir", "rna": "W12", "note": "Depuis toujours"},
    )
    assert "commence par W" in plain(sent) and "Depuis toujours" in sent.content.decode()
    assert not TerritoryParty.objects.exists()


def test_corrected_then_ended(cast: Company, client_for: For) -> None:
    party, client = _add(cast), client_for("dgs")
    form = client.get(f"/parties/{party.pk}/").context["form"]
    client.post(
        f"/parties/{party.pk}/", {**form.initial, "since": "", "until": "", "name": "Syndicat de la Vère"}
    )
    assert TerritoryParty.objects.get().authority.name == "Syndicat de la Vère"
    sent = client.post(f"/parties/{party.pk}/fin/", {"until": "26/11/2026"}, follow=True)
    assert "ne participe plus à partir du 26 novembre 2026" in plain(sent)
    assert "Ceux qui ne participent plus" in plain(client.get("/parties/"))
    page = plain(client.get(f"/collectivites/{party.authority.code}/"))
    assert "Cet organisme ne participe plus" in page and "Aucune fiche" in page


def test_the_page_of_a_body_is_read_by_who_takes_part_and_its_own_by_a_partner(
    cast: Company, client_for: For
) -> None:
    party = _add(cast)
    url = f"/collectivites/{party.authority.code}/"
    assert "Syndicat qui participe" in plain(client_for("agent").get(url))
    assert client_for("partenaire").get(url).status_code == 404
    own = client_for("partenaire").get("/notre-collectivite/", follow=True)
    text = plain(own)
    assert "Vous agissez pour cet organisme" in text and "il n’est pas compté" in text
    assert "Urbanisme" in text and Membership.objects.filter(person=cast.people["partenaire"]).exists()
    assert clock.today() == date(2026, 11, 26)


def test_a_partner_reads_no_note_on_their_own_body(cast: Company, client_for: For) -> None:
    _add(cast, kind="management", name="CDG", siren="000000000", note="Ce que l’équipe en dit")
    text = plain(client_for("partenaire").get("/collectivites/000000000/"))
    assert "Centre de gestion" in text and "Ce que l’équipe en dit" not in text
    assert "Ce que l’équipe en dit" in plain(client_for("maire").get("/collectivites/000000000/"))


def test_somebody_is_invited_from_the_page_of_a_body(cast: Company, client_for: For) -> None:
    party = _add(cast)
    url = f"/collectivites/{party.authority.code}/"
    assert "Y inviter quelqu’un" in plain(client_for("dgs").get(url))
    assert "Y inviter quelqu’un" not in plain(client_for("maire").get(url))
    form = (
        client_for("dgs").get(f"/personnes/ajouter/?pour={party.authority_id}&role=partner").context["form"]
    )
    assert (form["authority"].value(), form["role"].value()) == (str(party.authority_id), "partner")
    assert client_for("dgs").get("/personnes/ajouter/?pour=abc&role=rien").status_code == 200


def test_a_body_to_come_is_not_said_to_be_there_already(cast: Company, client_for: For) -> None:
    party = services.add_party(
        actor=cast.actor("dgs"),
        territory=cast.territory,
        kind="social",
        name="CIAS à naître",
        since=date(2027, 3, 4),
    )
    text = plain(client_for("maire").get(f"/collectivites/{party.authority.code}/"))
    assert "qui participera à la démarche" in text and "à partir du 4 mars 2027" in text
