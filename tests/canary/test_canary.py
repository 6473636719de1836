"""A word planted where only some may read it comes out nowhere else: pages, headers, files, exports, feed, messages."""

import re
from typing import Any

import pytest
from django.db.models import CharField, JSONField, TextField

from mosaique.access.models import Person
from mosaique.kernel import clock
from mosaique.kernel.models import OutgoingMail
from mosaique.scheme import services as scheme
from tests.architecture.test_models import ours
from tests.canary.crawl import plain, urls
from tests.matrix.doors import Guarded, client_of
from tests.matrix.table import COLUMNS
from tests.world import words
from tests.world.builder import TODAY, World

_WORD = re.compile(r"qw[a-z]{4,8}xy")
# Without an account: one section of commune A, by a link, and for the rest a visitor.
HOLDER = "who holds a link"
OF_THE_LINK = {
    "a need of commune A, not shared yet", "a need typed through a link", "a colleague handed a section by a link",
}  # fmt: skip
# Where a person's own address is shown: their account, and the lists of those who invite.
MAY_SEE_ADDRESSES = words.TEAM | {"presidente"}


@pytest.fixture(scope="module")
def heard(built_world: World, django_db_blocker: Any) -> dict[str, dict[str, set[str]]]:
    """Reader → word → addresses whose answer held it."""
    found: dict[str, dict[str, set[str]]] = {}
    with django_db_blocker.unblock(), clock.at(TODAY):
        everything = sorted(set(urls(built_world)))
        for slug in COLUMNS:
            found[slug] = _hear(client_of(built_world, slug), everything)
        found[HOLDER] = _hear(_holder(built_world), everything)
    return found


def _holder(world: World) -> Guarded:
    """The browser of the colleague to whom a section was handed by a link."""
    client = client_of(world, words.VISITOR)
    session = client.session
    session["confided"] = world.link_a.pk
    session.save()
    return client


def _hear(client: Guarded, everything: list[str]) -> dict[str, set[str]]:
    words_heard: dict[str, set[str]] = {}
    for url in everything:
        response = client.get(url)
        assert response.status_code < 500, url
        text = plain(response)
        for word in set(_WORD.findall(text)) | set(re.findall(r"[\w.-]+@[\w.-]*exemple\.fr", text)):
            words_heard.setdefault(word, set()).add(url)
    return words_heard


def test_many_addresses_are_visited(world: World) -> None:
    assert len(set(urls(world))) > 150


def test_no_word_reaches_who_may_not_read_it(world: World, heard: dict[str, dict[str, set[str]]]) -> None:
    leaks = [
        f"{planted.where}: read by {slug} at {sorted(heard[slug][planted.word])[:3]}"
        for planted in world.garden.planted
        for slug in COLUMNS
        if slug not in planted.readers and planted.word in heard[slug]
    ]
    assert not leaks, "\n".join(leaks)


def test_who_holds_a_link_hears_the_words_of_that_section_and_of_nothing_else(
    world: World, heard: dict[str, dict[str, set[str]]]
) -> None:
    own = {planted.word for planted in world.garden.planted if planted.where in OF_THE_LINK}
    assert set(heard[HOLDER]) - set(heard[words.VISITOR]) <= own
    needs = {
        planted.word
        for planted in world.garden.planted
        if planted.where in OF_THE_LINK and "need" in planted.where
    }
    assert all(heard[HOLDER].get(word) == {"/confie/"} for word in needs)


def test_every_word_is_heard_by_someone_who_may(world: World, heard: dict[str, dict[str, set[str]]]) -> None:
    """A word that nobody hears proves nothing: it is not shown, or the crawl goes nowhere."""
    silent = {
        planted.where
        for planted in world.garden.planted
        if not any(planted.word in heard[slug] for slug in planted.readers)
    }
    assert silent == set()


def test_addresses_of_persons_are_shown_to_themselves_and_to_those_who_invite(
    world: World, heard: dict[str, dict[str, set[str]]]
) -> None:
    addresses = {person.email for person in Person.objects.all()}
    for slug in COLUMNS:
        person = world.person(slug)
        own = {person.email} if person else set()
        seen = {word for word in heard[slug] if word in addresses}
        if slug not in MAY_SEE_ADDRESSES:
            assert seen <= own, f"{slug} reads {seen - own}"


def test_messages_hold_no_word_that_their_reader_may_not_read(world: World) -> None:
    """A message goes to a mailbox: everyone who opens it must be allowed to read what it says."""
    everyone = {slug: world.person(slug) for slug in COLUMNS if world.person(slug)}
    planted = {one.word: one for one in world.garden.planted}
    assert OutgoingMail.objects.exists()
    for message in OutgoingMail.objects.all():
        openers = {slug for slug, person in everyone.items() if person and person.email == message.to}
        for word in _WORD.findall(f"{message.subject} {message.text}"):
            assert openers <= planted[word].readers, f"« {planted[word].where} » in a message to {message.to}"


def test_titles_count_only_what_their_reader_sees(world: World) -> None:
    """Two readers of the same list, one more object for one of them only: only their page changes."""
    lists = ["/fiches/", "/espaces/", "/", "/schema/"]
    outsider, insider = client_of(world, "maire-b"), client_of(world, "animateur")
    for client in (outsider, insider):
        client.get("/")  # the first visit is told otherwise than the next
    before = {url: (_shown(outsider, url), _shown(insider, url)) for url in lists}
    scheme.create_sheet(
        actor=world.actor("animateur"), scheme=world.again("scheme"), axis=world.axis, space=world.urbanisme,
        visibility="space", title="Une fiche du groupe", summary="Entre nous.",
    )  # fmt: skip
    after = {url: (_shown(outsider, url), _shown(insider, url)) for url in lists}
    assert [url for url in lists if before[url][0] != after[url][0]] == []
    assert before["/fiches/"][1] != after["/fiches/"][1]


def _shown(client: Guarded, url: str) -> str:
    text: str = client.get(url).whole.decode()
    return re.sub(r'(csrfmiddlewaretoken" value="|data-csrf="|csrf[^"]*":\s*")[^"]+', "", text)


def test_the_ear_hears(world: World) -> None:
    """The crawler finds a word in a page, in a header and in an archive: otherwise silence would prove nothing."""
    maire = client_of(world, "maire")
    at = {planted.where: planted.word for planted in world.garden.planted}
    export = maire.get(f"/inventaires/{world.return_a.pk}/tableur.xlsx")
    assert at["a post of commune A, its hall only"] in plain(export)
    assert at["name of a council’s proof"] in plain(maire.get(f"/fichiers/{world.proof.pk}/"))


# Models that hold texts and no word, each with its reason.
WORDLESS = {
    "access.AccessCard": "the reading rule's cache",
    "access.Mandate": "titles are known to all who take part",
    "access.Scope": "a key",
    "access.Membership": "a role",
    "access.ReadMark": "a kind and a date",
    "accounts.SignInCode": "digests; its address is a person's",
    "accounts.PersonalCode": "digests",
    "accounts.Invitation": "digests; its message is a message",
    "consultation.CouncilFile": "a channel",
    "consultation.Consultation": "a procedure",
    "costing.AllocationRun": "figures and public names",
    "costing.EtpLine": "figures",
    "costing.Scenario": "",
    "inventory.AppliedChange": "the answer given to who typed",
    "inventory.Campaign": "the product's own sentences",
    "inventory.Return": "state words, known to every commune",
    "inventory.SectionSheet": "state words",
    "inventory.Summary": "a sentence made of counts",
    "journal.Line": "codes, never a text",
    "kernel.OutgoingMail": "",
    "scheme.Scheme": "the product's own title",
    "scheme.Preparation": "state words, public names; a stop’s reason is the product’s own sentence",
    "scheme.PreparedFile": "paths and digests; its bytes are crawled",
    "scheme.VersionFile": "paths and digests; its bytes are crawled",
    "territory.Authority": "public facts",
    "territory.Territory": "public facts",
    "territory.TerritoryMember": "public facts",
}


def test_a_word_is_planted_in_every_kind_of_text(world: World) -> None:
    """A new kind of row that people write in must be in the world, and held to silence like the others."""
    written, wordless = set(), set()
    for model in ours():
        texts = [
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(field, CharField | TextField | JSONField)
        ]
        rows = str(list(model._default_manager.values_list(*texts))) if texts else ""
        if texts and rows != "[]":
            (written if _WORD.search(rows) else wordless).add(model._meta.label)
    assert wordless - set(WORDLESS) == set(), "plant a word in them (tests/world/builder.py), or say why not"
    assert {
        "discussions.Post",
        "inventory.Row",
        "scheme.ActionSheet",
        "files.Upload",
        "access.Person",
    } <= written
