"""Spaces: who opens, reads, joins and leads; what moves when the circle changes."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mosaique.access import cards
from mosaique.access.actor import ANONYMOUS, Actor
from mosaique.access.models import Membership, Person, Scope, Space, Visibility
from mosaique.demo.cast import CAST
from mosaique.demo.people import Company
from mosaique.journal.models import Line
from mosaique.kernel import clock
from mosaique.kernel.verdict import Problem, Refused, Stale
from mosaique.spaces import policies, queries, services

SLUGS = {p.slug for p in CAST}
LEADS = {"cheffe-de-projet", "dgs", "presidente"}


def verbs() -> list[str]:
    return list(Line.objects.order_by("pk").values_list("verb", flat=True))


def allowed(cast: Company, policy: Callable[..., Any], space: Space | None = None) -> set[str]:
    actors: dict[str, Actor] = {slug: cast.actor(slug) for slug in SLUGS} | {"habitante": ANONYMOUS}
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries_made:
        found = {slug for slug, actor in actors.items() if (policy(actor, space) if space else policy(actor))}
    assert len(queries_made) == 0
    return found


@pytest.mark.parametrize(
    ("policy", "key", "expected"),
    [
        (policies.may_create_space, None, LEADS),
        (policies.may_edit_space, "urbanisme", LEADS | {"animateur"}),
        (policies.may_lead, "copil", LEADS),
        (policies.may_join, "urbanisme", SLUGS - {"dgs", "animateur", "partenaire"}),
        (policies.may_join, "copil", set()),
        (policies.may_join, "voirie", SLUGS - {"agent", "partenaire"}),
        (policies.may_leave, "copil", {"cheffe-de-projet", "dgs"}),
        (policies.may_leave, "urbanisme", {"dgs", "animateur", "partenaire"}),
        (policies.may_write_in, "urbanisme", {"cheffe-de-projet", "dgs", "animateur", "partenaire"}),
        (policies.may_see_members, "urbanisme", SLUGS),
        (policies.may_see_members, "voirie", SLUGS - {"partenaire"}),
        (policies.may_write_in, "copil", LEADS | {"maire", "maire-b"}),
    ],
)  # fmt: skip
def test_who_may(cast: Company, policy: Callable[..., Any], key: str | None, expected: set[str]) -> None:
    assert allowed(cast, policy, cast.spaces[key] if key else None) == expected


@pytest.mark.parametrize(
    "policy", [policies.may_edit_space, policies.may_join, policies.may_write_in, policies.may_lead]
)
def test_nothing_is_added_to_a_closed_space(cast: Company, policy: Callable[..., Any]) -> None:
    space = cast.spaces["voirie"]
    space.closed_at = clock.now()
    assert allowed(cast, policy, space) == set()


def test_who_acts_for_another_territory_signs_nothing_here(cast: Company) -> None:
    space, partner = cast.spaces["urbanisme"], cast.actor("partenaire")
    here = partner.card["mandates"][0]
    elsewhere = {**here, "id": here["id"] + 1_000, "territory_id": here["territory_id"] + 1}
    card = {**partner.card, "mandates": [elsewhere, here]}
    refused = policies.may_write_in(replace(partner, card=card, mandate_id=elsewhere["id"]), space)
    assert not refused and "un autre territoire" in refused.reason
    assert policies.may_write_in(replace(partner, card=card, mandate_id=here["id"]), space)
    # Nor moderates what others wrote, nor changes who is in.
    leading = {**card, "spaces": {**card["spaces"], str(space.pk): "animator"}}
    refused = policies.may_lead(replace(partner, card=leading, mandate_id=elsewhere["id"]), space)
    assert not refused and "ce geste serait signé" in refused.reason
    assert policies.may_lead(replace(partner, card=leading, mandate_id=here["id"]), space)


def make(cast: Company, **more: Any) -> Space:
    data = {
        "kind": "thematic",
        "name": "Groupe Achats",
        "purpose": "Acheter ensemble.",
        "openness": "listed",
        "joining": "request",
    }
    space: Space = services.create_space(
        actor=cast.actor("cheffe-de-projet"), territory=cast.territory, **{**data, **more}
    )
    return space


@pytest.mark.parametrize(
    ("openness", "known", "inside"),
    [
        ("secret", Visibility.SPACE, Visibility.SPACE), ("listed", Visibility.TERRITORY, Visibility.SPACE),
        ("territory", Visibility.TERRITORY, Visibility.TERRITORY), ("public", Visibility.PUBLIC, Visibility.PUBLIC),
    ],
)  # fmt: skip
def test_a_new_space_has_its_circles_and_its_animator(
    cast: Company, openness: str, known: str, inside: str
) -> None:
    space = make(cast, openness=openness)
    assert (space.scope.visibility, space.content_scope.visibility) == (known, inside)  # type: ignore[union-attr]
    assert cast.actor("cheffe-de-projet").animates(space.pk)
    assert Space.objects.visible_to(cast.actor("agent")).filter(pk=space.pk).exists() is (
        openness != "secret"
    )
    assert verbs() == ["space.created"]


def test_members_by_mandate_come_at_once(cast: Company) -> None:
    space = make(cast, follows=["mayor", "secretary", "nobody"])
    assert space.follows == ["mayor", "secretary"]
    assert cast.actor("maire-b").in_space(space.pk) and not cast.actor("agent").in_space(space.pk)
    assert queries.counts([space]) == {space.pk: 5} and queries.count(space) == 5
    assert len(queries.members_of(space)) == 5


def test_two_open_spaces_do_not_share_a_name(cast: Company) -> None:
    make(cast)
    with pytest.raises(Problem, match="porte déjà ce nom"):
        make(cast, name="groupe achats")
    with pytest.raises(Refused):
        services.create_space(
            actor=cast.actor("maire"), territory=cast.territory, kind="thematic", name="X", purpose="", openness="listed", joining="free"
        )  # fmt: skip


def test_a_stale_edit_keeps_both_texts(cast: Company) -> None:
    space = cast.spaces["urbanisme"]
    data = {"name": "Urbanisme", "purpose": "Un", "joining": "free"}
    services.edit_space(actor=cast.actor("animateur"), space=space, seen=1, **data)
    with pytest.raises(Stale) as stale:
        services.edit_space(actor=cast.actor("dgs"), space=space, seen=1, **{**data, "purpose": "Deux"})
    assert stale.value.fields[1] == ("À quoi sert cet espace", "Un", "Deux")


def test_changing_the_followed_roles_changes_the_cards(cast: Company) -> None:
    space = cast.spaces["copil"]
    services.edit_space(
        actor=cast.actor("cheffe-de-projet"), space=space, seen=1, name="COPIL", purpose="x", joining="invitation", follows=["secretary"]
    )  # fmt: skip
    assert cast.actor("secretaire").in_space(space.pk) and not cast.actor("maire").in_space(space.pk)


def test_opening_says_who_gains_and_closing_who_loses(cast: Company) -> None:
    space = cast.spaces["urbanisme"]
    everyone = {cast.people[slug].pk for slug in SLUGS}
    members = {cast.people[slug].pk for slug in ("dgs", "animateur", "partenaire")}
    change = services.change_openness(actor=cast.actor("animateur"), space=space, openness="territory")
    assert {r.person.pk for r in change.gains} == everyone - members
    # The partner read as a member; a space open to those who take part is not open to partners by itself.
    assert {r.person.pk for r in change.losses} == {cast.people["partenaire"].pk}
    space.refresh_from_db()
    assert space.content_scope == Scope.objects.obtain(
        territory=cast.territory, visibility=Visibility.TERRITORY
    )
    back = services.change_openness(actor=cast.actor("animateur"), space=space, openness="secret")
    assert {r.person.pk for r in back.losses} == everyone - members
    assert not Space.objects.visible_to(cast.actor("maire")).filter(pk=space.pk).exists()
    assert verbs() == ["space.openness", "space.openness"]


def test_the_preview_writes_nothing(cast: Company, client_for: Callable[..., Client]) -> None:
    space = cast.spaces["urbanisme"]
    client = client_for("animateur")
    url = reverse("space_openness", args=[space.pk])
    page = client.post(url, {"openness": "public"}).content.decode()
    assert "Tout le monde pourra lire" in page and "Alain Roucou" in page
    space.refresh_from_db()
    assert space.openness == "listed"
    assert client.post(url, {"openness": "public", "confirme": "public"}).status_code == 302
    assert client_for(None).get(reverse("space", args=[space.pk])).status_code == 200


def test_adding_people(cast: Company) -> None:
    space = cast.spaces["urbanisme"]
    add = {"space": space, "role": "contributor"}
    assert (
        services.add_members(
            actor=cast.actor("animateur"), people=[cast.people["agent"], cast.people["dgs"]], **add
        )
        == 1
    )
    assert cast.actor("agent").in_space(space.pk)
    with pytest.raises(Problem, match="réservé à ses membres"):
        services.add_members(
            actor=cast.actor("cheffe-de-projet"), people=[cast.people["cheffe-de-projet"]], **add
        )
    stranger = Person.objects.create(
        handle="z", email="z@exemple.fr", given_name="Z", family_name="Z", created_at=clock.now()
    )
    with pytest.raises(Problem, match="pas de mandat"):
        services.add_members(actor=cast.actor("animateur"), people=[stranger], **add)
    with pytest.raises(Refused):
        services.add_members(actor=cast.actor("agent"), people=[cast.people["maire"]], **add)
    assert verbs() == ["space.member_added"]


@pytest.mark.parametrize("openness", ["listed", "secret"])
def test_nobody_lets_themselves_in_by_changing_the_rules(cast: Company, openness: str) -> None:
    space = cast.spaces["urbanisme"]
    services.change_openness(actor=cast.actor("animateur"), space=space, openness=openness)
    space.refresh_from_db()
    lead, mine = (
        cast.actor("cheffe-de-projet"),
        Membership.objects.filter(space=space, person=cast.people["cheffe-de-projet"]),
    )
    kept = {"space": space, "seen": space.version, "name": space.name, "purpose": "Mieux dit."}
    doors: list[Callable[[], Any]] = [
        lambda: services.edit_space(actor=lead, joining="free", follows=space.follows, **kept),
        lambda: services.edit_space(actor=lead, joining=space.joining, follows=["project_lead"], **kept),
        lambda: services.change_openness(actor=lead, space=space, openness="territory"),
    ]
    for door in doors:
        with pytest.raises(Problem, match="seule une personne qui l’anime"):
            door()
    Membership.objects.create(
        space=space,
        person=cast.people["cheffe-de-projet"],
        role="contributor",
        state="requested",
        since=clock.now(),
    )
    with pytest.raises(Problem, match="seule une personne qui l’anime"):
        services.answer_request(actor=lead, space=space, person=cast.people["cheffe-de-projet"], accept=True)
    assert mine.get().state == "requested"
    # What does not let anybody in stays possible.
    services.edit_space(actor=lead, joining=space.joining, follows=space.follows, **kept)
    space.refresh_from_db()
    assert space.purpose == "Mieux dit." and space.openness == openness


def test_a_space_keeps_an_animator(cast: Company) -> None:
    space, thomas = cast.spaces["urbanisme"], cast.people["animateur"]
    for act in (
        lambda: services.leave(actor=cast.actor("animateur"), space=space),
        lambda: services.set_role(actor=cast.actor("dgs"), space=space, person=thomas, role="reader"),
        lambda: services.remove_member(actor=cast.actor("dgs"), space=space, person=thomas),
    ):
        with pytest.raises(Problem, match="seule personne qui anime"):
            act()
    services.set_role(actor=cast.actor("animateur"), space=space, person=cast.people["dgs"], role="animator")
    services.leave(actor=cast.actor("animateur"), space=space)
    assert not cast.actor("animateur").in_space(space.pk)
    assert verbs() == ["space.member_role", "space.left"]


def test_joining_freely_or_on_request(cast: Company) -> None:
    services.join(actor=cast.actor("maire"), space=cast.spaces["voirie"])
    assert cast.actor("maire").in_space(cast.spaces["voirie"].pk)
    space = cast.spaces["urbanisme"]
    services.join(actor=cast.actor("maire"), space=space)
    assert not cast.actor("maire").in_space(space.pk)
    with pytest.raises(Problem, match="attend déjà une réponse"):
        services.join(actor=cast.actor("maire"), space=space)
    services.answer_request(
        actor=cast.actor("animateur"), space=space, person=cast.people["maire"], accept=True
    )
    assert cast.actor("maire").in_space(space.pk)
    with pytest.raises(Problem, match="déjà reçu une réponse"):
        services.answer_request(
            actor=cast.actor("animateur"), space=space, person=cast.people["maire"], accept=False
        )
    with pytest.raises(Refused):
        services.join(actor=cast.actor("maire-b"), space=cast.spaces["copil"])
    assert verbs() == ["space.joined", "space.join_requested", "space.member_added"]


def test_closing_keeps_everything_readable(cast: Company, client_for: Callable[..., Client]) -> None:
    space = cast.spaces["voirie"]
    client = client_for("cheffe-de-projet")
    assert client.post(reverse("space_close", args=[space.pk])).status_code == 302
    assert "Clos" in client.get(reverse("space", args=[space.pk])).content.decode()
    assert client.get(reverse("space_edit", args=[space.pk])).status_code == 403
    assert verbs() == ["space.closed"]


# --- Screens -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("slug", sorted(SLUGS))
def test_what_each_sees_of_a_listed_space(
    cast: Company, client_for: Callable[..., Client], slug: str
) -> None:
    page = client_for(slug).get(reverse("space", args=[cast.spaces["urbanisme"].pk])).content.decode()
    reserved = "réservé à ses membres" in page
    assert reserved is (slug not in {"dgs", "animateur", "partenaire"})
    copil = client_for(slug).get(reverse("space", args=[cast.spaces["copil"].pk]))
    assert copil.status_code == (404 if slug == "partenaire" else 200)


def test_a_visitor_is_sent_to_sign_in(cast: Company, client_for: Callable[..., Client]) -> None:
    answer = client_for(None).get(reverse("space", args=[cast.spaces["voirie"].pk]))
    assert answer.status_code == 302 and "connexion" in answer.url


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same(
    cast: Company, client_for: Callable[..., Client], django_assert_num_queries: Any, count: int
) -> None:
    for n in range(count):
        make(cast, name=f"Groupe {n}")
    client = client_for("maire")
    with django_assert_num_queries(5):
        page = client.get(reverse("spaces")).content.decode()
    assert page.count('class="boite"') == 3 + count


def test_an_empty_territory_says_what_to_do(cast: Company, client_for: Callable[..., Client]) -> None:
    Membership.objects.all().delete()
    cards.rewrite(cast.people.values())
    Space.objects.update(
        scope=Scope.objects.obtain(territory=cast.territory, visibility="authority", authority=cast.commune_b)
    )
    assert (
        "Commencez par le comité de pilotage"
        in client_for("cheffe-de-projet").get(reverse("spaces")).content.decode()
    )
    assert "Dites-leur quel groupe vous manque" in client_for("agent").get(reverse("spaces")).content.decode()


def test_opening_a_space_by_its_pages(cast: Company, client_for: Callable[..., Client]) -> None:
    client = client_for("presidente")
    url = reverse("space_create")
    assert "Ouvrir un groupe de travail" in client.get(url).content.decode()
    page = client.get(url + "?modele=instance").content.decode()
    assert "Comité de pilotage" in page and "Tout le monde voit son nom" in page
    data = {
        "kind": "instance",
        "name": "Comité technique",
        "purpose": "Préparer.",
        "openness": "listed",
        "joining": "invitation",
        "follows": ["dgs"],
    }
    answer = client.post(url, data)
    space = Space.objects.latest("pk")
    assert answer.url == reverse("space_members", args=[space.pk]) and space.follows == ["dgs"]
    wrong = client.post(url, {**data, "name": ""}).content.decode()
    assert "Cette case est vide" in wrong and "Préparer." in wrong
    assert client_for("agent").get(url).status_code == 403


def test_members_are_changed_by_their_page(cast: Company, client_for: Callable[..., Client]) -> None:
    space = cast.spaces["urbanisme"]
    url = reverse("space_members", args=[space.pk])
    client_for("maire").post(reverse("space_join", args=[space.pk]))
    client = client_for("animateur")
    page = client.get(url).content.decode()
    assert "Une personne demande à entrer" in page and "Bruno Mazeran" in page
    for data in (
        {"geste": "accepter", "person": cast.people["maire"].pk},
        {"geste": "role", "person": cast.people["maire"].pk, "role": "reader"},
        {"geste": "ajouter", "people": [cast.people["agent"].pk], "role": "contributor"},
        {"geste": "retirer", "person": cast.people["dgs"].pk},
    ):
        assert client.post(url, data).url == url
    roles = {m.person_id: m.role for m in queries.members_of(space)}
    assert roles[cast.people["maire"].pk] == "reader" and cast.people["dgs"].pk not in roles
    assert (
        "Personne n’est choisi" in client.post(url, {"geste": "ajouter", "role": "reader"}).content.decode()
    )
    client.post(url, {"geste": "retirer", "person": "abc"})
    assert "n’a pas été reconnue" in client.get(url).content.decode()
    assert (
        client_for("agent").post(url, {"geste": "retirer", "person": cast.people["maire"].pk}).status_code
        == 403
    )
    assert "Ajouter des personnes" not in client_for("maire-b").get(url).content.decode()


def test_a_refused_change_of_rules_keeps_what_was_typed(
    cast: Company, client_for: Callable[..., Client]
) -> None:
    space = cast.spaces["urbanisme"]
    data = {
        "seen": space.version,
        "name": "Urbanisme et permis",
        "purpose": "Instruire à plusieurs.",
        "joining": "free",
    }
    page = client_for("cheffe-de-projet").post(reverse("space_edit", args=[space.pk]), data)
    assert page.status_code == 200
    text = page.content.decode()
    assert "seule une personne qui l’anime" in text and "Urbanisme et permis" in text
    opened = client_for("cheffe-de-projet").post(
        reverse("space_openness", args=[space.pk]), {"openness": "public", "confirme": "public"}
    )
    assert opened.status_code == 200 and "seule une personne qui l’anime" in opened.content.decode()


def test_a_problem_nobody_expected_is_a_page_with_what_was_typed(
    cast: Company, client_for: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: Any) -> None:
        raise Problem("Cela n’a pas pu être gardé. Recommencez.")

    monkeypatch.setattr(services, "close_space", refuse)
    data = {"texte": "Une longue phrase déjà écrite, que personne ne veut retaper."}
    page = client_for("cheffe-de-projet").post(reverse("space_close", args=[cast.spaces["voirie"].pk]), data)
    assert page.status_code == 422
    text = page.content.decode()
    assert "pu être gardé" in text and data["texte"] in text
