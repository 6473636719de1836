"""A word planted where only some may read it comes out nowhere else: pages, headers, files, exports, feed, messages."""

import ast
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db.models import CharField, JSONField, TextField
from django.urls import resolve, reverse

import mosaique
from mosaique.access.models import Person
from mosaique.kernel import clock
from mosaique.kernel.models import OutgoingMail
from mosaique.scheme import services as scheme
from tests.architecture.addresses import addresses
from tests.architecture.test_models import ours
from tests.canary.crawl import plain, questions, urls
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


class Heard(dict[str, dict[str, set[str]]]):
    """Reader → word → addresses whose answer held it; and the addresses that handed out a file."""

    def __init__(self) -> None:
        super().__init__()
        self.files: set[str] = set()


@pytest.fixture(scope="module")
def heard(built_world: World, django_db_blocker: Any) -> Heard:
    found = Heard()
    with django_db_blocker.unblock(), clock.at(TODAY):
        everything = sorted(set(urls(built_world)))
        for slug in COLUMNS:
            found[slug] = _hear(client_of(built_world, slug), everything, found.files)
        found[HOLDER] = _hear(_holder(built_world), everything, found.files)
    return found


def _holder(world: World) -> Guarded:
    """The browser of the colleague to whom a section was handed by a link."""
    client = client_of(world, words.VISITOR)
    session = client.session
    session["confided"] = world.link_a.pk
    session.save()
    return client


def _hear(client: Guarded, everything: list[str], files: set[str]) -> dict[str, set[str]]:
    words_heard: dict[str, set[str]] = {}
    for url in everything:
        response = client.get(url)
        assert response.status_code < 500, url
        if "Content-Disposition" in response.headers:
            files.add(resolve(urlsplit(url).path).url_name or "")
        text = plain(response)
        for word in set(_WORD.findall(text)) | set(re.findall(r"[\w.-]+@[\w.-]*exemple\.fr", text)):
            words_heard.setdefault(word, set()).add(url)
    return words_heard


def test_many_addresses_are_visited(world: World) -> None:
    assert len(set(urls(world))) > 150


def test_no_word_reaches_who_may_not_read_it(world: World, heard: Heard) -> None:
    leaks = [
        f"{planted.where}: read by {slug} at {sorted(heard[slug][planted.word])[:3]}"
        for planted in world.garden.planted
        for slug in COLUMNS
        if slug not in planted.readers and planted.word in heard[slug]
    ]
    assert not leaks, "\n".join(leaks)


def test_who_holds_a_link_hears_the_words_of_that_section_and_of_nothing_else(
    world: World, heard: Heard
) -> None:
    own = {planted.word for planted in world.garden.planted if planted.where in OF_THE_LINK}
    assert set(heard[HOLDER]) - set(heard[words.VISITOR]) <= own
    needs = {
        planted.word
        for planted in world.garden.planted
        if planted.where in OF_THE_LINK and "need" in planted.where
    }
    assert all(heard[HOLDER].get(word) == {"/confie/"} for word in needs)


def test_every_word_is_heard_by_someone_who_may(world: World, heard: Heard) -> None:
    """A word that nobody hears proves nothing: it is not shown, or the crawl goes nowhere."""
    silent = {
        planted.where
        for planted in world.garden.planted
        if not any(planted.word in heard[slug] for slug in planted.readers)
    }
    assert silent == set()


def test_addresses_of_persons_are_shown_to_themselves_and_to_those_who_invite(
    world: World, heard: Heard
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
    # A PDF inside an archive, and what is inside one's own copy.
    lead, partner = client_of(world, "cheffe-de-projet"), client_of(world, "partenaire")
    assert at["title of a sheet in the report"] in plain(
        lead.get(f"/preparations/fichiers/{world.prepared_file.pk}/")
    )
    assert at["a draft"] in plain(partner.get(reverse("own_copy")))


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


# Texts that nobody writes: they hold no word, each group with its reason.
SILENT = {
    "a code, a key or a digest of the product's": {
        "access.Mandate.entrusted", "access.Person.handle", "access.Person.password", "access.Person.session_salt",
        "access.Space.follows", "access.Space.theme",
        "accounts.Passkey.digest", "accounts.RecoveryCode.digest", "accounts.SecondStep.sealed",
        "accounts.ColumnChoices.signature", "accounts.PendingImport.kind", "accounts.PendingImport.signature",
        "accounts.PersonalCode.digest", "accounts.PersonalCode.renewal_digest", "assistance.HelpCall.page_path",
        "costing.CriterionValue.criterion", "discussions.Post.client_token", "discussions.ReleveDelivery.kind",
        "files.Upload.content_type", "files.Upload.sha256", "inventory.Estimate.section", "inventory.Estimate.name",
        "inventory.Row.client_id", "inventory.SectionLink.token_hash", "inventory.Statistic.section", "inventory.Statistic.name",
        "journal.DayDigest.sha256", "kernel.PeriodicRun.name", "kernel.PeriodicRun.slot", "scheme.ActionSheet.legal_form",
        "scheme.ActionSheet.theme", "scheme.Chapter.key", "scheme.Decision.from_kind", "scheme.Decision.legal_form",
        "territory.PerimeterChange.successor_siren",
        "scheme.Version.sha256", "discussions.PostVersion.position", "discussions.Releve.positions",
    },
    "the product's own words, or figures": {
        "consultation.Adoption.warnings", "inventory.Estimate.title", "inventory.Estimate.unit", "inventory.Release.figures",
        "inventory.Statistic.title", "inventory.Statistic.unit", "inventory.StatisticGround.parts",
        "accounts.PendingImport.choices", "accounts.PendingImport.defaults", "accounts.PendingImport.fixes",
        "accounts.PendingImport.notes", "accounts.PendingImport.skipped", "assistance.HelpCall.asker_title",
    },
    "known to everyone who takes part, with the mandate": {"access.Person.given_name", "access.Person.family_name"},
    "a person's own device, named by them: only they see it": {"accounts.Passkey.name"},
    "a number of a public act": {"consultation.Adoption.number", "consultation.Opinion.number"},
    "shown with the fields beside it, which hold words": {
        "assistance.HelpCall.guest_name", "consultation.FinalSending.reference", "consultation.Opinion.reason",
        "discussions.PostVersion.files",
    },
    "why a sheet is dropped: read with the sheet, none is dropped in this world": {"scheme.ActionSheet.dropped_reason"},
    "lines of an envelope: shown to those who invite, whose pages are crawled with the addresses": {"accounts.PostalAddress.lines"},
}  # fmt: skip


def _texts(model: Any) -> list[str]:
    """Fields in which something may be written, choices apart."""
    return [
        field.attname
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField | JSONField) and not field.choices
    ]


def test_a_word_is_planted_in_every_text_that_people_write(world: World) -> None:
    """A new kind of row, or a new field of a known one, must be in the world, and held to silence like the others."""
    spoken, silent = set(), set()
    for model in ours():
        for name in _texts(model):
            values = str(list(model._default_manager.values_list(name, flat=True)))
            (spoken if _WORD.search(values) else silent).add(f"{model._meta.label}.{name}")
    told = set().union(*SILENT.values())
    unsaid = {name for name in silent if name.rpartition(".")[0] not in WORDLESS} - told
    assert unsaid == set(), "plant a word in them (tests/world/builder.py), or say why not"
    assert told & spoken == set(), "these hold a word now"
    assert told - silent == set(), "no such field any more"
    assert {
        "discussions.Post.body",
        "scheme.ActionSheet.content",
        "files.Upload.name",
        "access.Person.email",
    } <= spoken


def test_every_question_that_a_page_reads_is_asked(world: World) -> None:
    """A parameter read in a view and asked by nobody shows what nobody has crawled."""
    read = {name for path, text in _views() if path.parts[0] != "demo" for name in _asked_in_address(text)}
    asked = {name for asks in questions(world).values() for ask in asks for name in parse_qs(ask)}
    assert read - asked - {"next"} == set(), (
        "ask them in tests/canary/crawl.py (`next` is where sign-in leads)"
    )
    known = {address.name for address in addresses()}
    assert set(questions(world)) <= known
    assert _asked_in_address(
        'request.GET.get("a"), GET["b"], GET.getlist("c"), "d" in request.GET, "e" not in request.GET'
    ) == set("abcde")


def _views() -> list[tuple[Path, str]]:
    """Every file of views, by its path in the package, and what it says."""
    source = Path(mosaique.__file__).parent
    files = [*source.glob("*/views.py"), *source.glob("*/views/**/*.py")]
    return [(path.relative_to(source), path.read_text(encoding="utf-8")) for path in files]


def _asked_in_address(text: str) -> set[str]:
    called = re.findall(r"GET(?:\.get|\.getlist)?[(\[]\s*[\"'](\w+)", text)
    return {*called, *re.findall(r"[\"'](\w+)[\"'] (?:not )?in \w+\.GET\b", text)}


def test_every_file_that_the_product_hands_out_is_heard(world: World, heard: Heard) -> None:
    """Each view that answers with a file, found in the source, is one of those below; the crawl was handed each of them."""
    found = {
        f"{path}:{function.name}"
        for path, text in _views()
        for function in ast.walk(ast.parse(text))
        if isinstance(function, ast.FunctionDef) and _hands_out(function)
    }
    assert found == set(HANDED), "say by which address it is handed out, and see that the crawl hears it"
    assert {name for names in HANDED.values() for name in names} == heard.files


def _hands_out(function: ast.FunctionDef) -> bool:
    words = {node.value for node in ast.walk(function) if isinstance(node, ast.Constant)}
    calls = {
        node.func.id
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    return "Content-Disposition" in words or "attachment" in calls


# Where a file leaves the product → the addresses that hand it out; none when it answers a POST, tested below.
HANDED: dict[str, tuple[str, ...]] = {
    "accounts/views/letters.py:_pdf": (),
    "accounts/views/people.py:people_export": ("people_export",),
    "consultation/views.py:annex_file": ("annex_file",),
    "consultation/views.py:board_table": ("board_table",),
    "desk/views/bodies.py:commune_archive": ("commune_archive",),
    "desk/views/front.py:poster": ("poster",),
    "desk/views/protection.py:own_copy": ("own_copy",),
    "files/views.py:download": ("download",),
    "inventory/views/files.py:_file": ("inventory_export", "inventory_section_export"),
    "scheme/views/preparations.py:prepared_file": ("prepared_file",),
    "scheme/views/report.py:_attached": ("draft_file", "draft_page"),
    "scheme/views/versions.py:version_file": ("version_file",),
}


def test_letters_and_drafts_answer_a_post_to_their_owner_only(world: World) -> None:
    """What a POST gives back is not crawled: letters with their codes, and the other text of a draft."""
    planted = {one.word: one for one in world.garden.planted}
    mandate = world.invited_mandate
    letter, chosen = reverse("mandate_letter", kwargs={"pk": mandate.pk}), {"lettre": [str(mandate.pk)]}
    for slug in COLUMNS:
        answer = client_of(world, slug).post(letter, chosen)
        printed = answer.whole.startswith(b"%PDF-")
        assert printed == (slug in MAY_SEE_ADDRESSES), slug
        if not printed:
            said = {
                planted[word].where
                for word in _WORD.findall(plain(answer))
                if slug not in planted[word].readers
            }
            assert answer.status_code in (302, 403, 404) and not said, slug
    draft = next(one.word for one in world.garden.planted if one.where == "a draft")
    address = reverse("thread_draft", kwargs={"pk": world.thread_urbanisme.pk})
    kept = {"body": "Autre chose", "position": "", "draft_seen": "7"}
    for slug in COLUMNS:
        heard = draft in plain(client_of(world, slug).post(address, kept))
        assert heard == (slug == "partenaire"), slug
