"""Builds the world. Each act is done by the persona who may do it, through its service, with its word planted."""

import io
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model

from mosaique.access.actor import Actor
from mosaique.access.middleware import actor_of
from mosaique.access.models import Mandate, Person, Space
from mosaique.accounts import roster
from mosaique.accounts import services as accounts
from mosaique.assistance import services as assistance
from mosaique.assistance.askers import Asker
from mosaique.consultation import services as consultation
from mosaique.consultation.models import Consultation, CouncilFile
from mosaique.consultation.services.opinions import Vote
from mosaique.costing import services as costing
from mosaique.costing.services import Cost, Staff
from mosaique.demo.people import Company
from mosaique.discussions import services as discussions
from mosaique.discussions.models import Post, Releve, Thread
from mosaique.files.models import Upload
from mosaique.inventory import exports
from mosaique.inventory import services as inventory
from mosaique.inventory.models import Campaign, Return, SectionSheet
from mosaique.kernel import clock
from mosaique.scheme import freezing, preparing
from mosaique.scheme import services as scheme
from mosaique.scheme.models import ActionSheet, Axis, Scheme, Version
from mosaique.spaces import services as spaces
from mosaique.territory.models import Authority
from mosaique.territory.services import Draft
from tests.world import place, words
from tests.world.words import Garden

TODAY = date(2026, 11, 26)
# Texts of a sheet besides its title, summary and context.
SHEET_TEXTS = (
    "objectives", "content", "pilot_elected", "pilot_technical", "partners", "agents_concerned", "means", "prerequisites", "risks",
    "entry_exit", "open_to_what", "who_decides", "outcome",
)  # fmt: skip
PDF = b"%PDF-1.4\n% "


@dataclass
class World:
    """The cast, the strangers, and the things they made, by name."""

    company: Company
    strangers: dict[str, Person]
    garden: Garden
    things: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["things"][name]
        except KeyError:
            raise AttributeError(name) from None

    def person(self, slug: str) -> Person | None:
        if slug == words.VISITOR:
            return None
        return self.strangers.get(slug) or self.company.people[slug]

    def actor(self, slug: str) -> Actor:
        person = self.person(slug)
        return (
            Actor() if person is None else actor_of(Person.objects.select_related("card").get(pk=person.pk))
        )

    def again(self, name: str) -> Any:
        """The thing as stored now."""
        thing: Model = self.things[name]
        queryset: Any = type(thing)._default_manager.all()
        if hasattr(queryset, "for_screen"):
            queryset = queryset.for_screen()
        return queryset.get(pk=thing.pk)


def build(company: Company) -> World:
    """Everything, on the day of the tests."""
    strangers = {
        "maire-ailleurs": place.elsewhere(),
        "administratrice": place.stranger("instance@exemple.fr", "Agnès", "Vidal", operator=True),
        "ancienne-adjointe": place.former(company.territory, company.commune_a),
    }
    world = World(company, strangers, Garden())
    for chapter in (
        _invitations,
        _parties,
        _spaces,
        _assistance,
        _inventory,
        _sheets,
        _consultation,
        _perimeter,
    ):
        chapter(world)
    return world


def pdf(name: str, inside: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{name}.pdf", PDF + inside.encode(), content_type="application/pdf")


def _invitations(world: World) -> None:
    word = world.garden.word
    address = f"{word('address of an invited person', words.TEAM | {'presidente'})}@exemple.fr"
    trebas = Authority.objects.get(insee_code="81292")
    row = roster.Row(number=1, raw="")
    row.email, row.given, row.family, row.role, row.title = address, "Paule", "Nègre", "mayor", "Maire"
    row.body = roster.Body(trebas.pk, trebas.name, trebas.code, trebas.kind)
    batch = accounts.invite_rows(
        actor=world.actor("cheffe-de-projet"), territory=world.company.territory, rows=[row]
    )
    invitation = batch.invitations.get()
    world.things |= {"batch": batch, "invitation": invitation, "invited_mandate": invitation.mandate}
    by_team = words.TEAM | {"presidente"}
    text = (
        f"Nom;Prénom;Courriel;Rubrique {word('name of a column of a file of people', by_team)}\n"
        f"{word('a name in a file not sent yet', by_team).capitalize()};Odile;odile@exemple;"
        f"{word('a cell of a file not sent yet', by_team)}\n"
    )
    pending = accounts.receive_people(
        actor=world.actor("cheffe-de-projet"), territory=world.company.territory, content=text.encode(),
        name=f"maires {word('name of a file of people', by_team)}.csv",
    )  # fmt: skip
    world.things["people_file"] = accounts.choose_columns(
        actor=world.actor("cheffe-de-projet"), pending=pending, choices=pending.choices
    )
    accounts.choose_pin(actor=world.actor("maire-b"), pin="4071")
    world.things["mandate_b"] = Mandate.objects.get(person=world.company.people["maire-b"])


def _parties(world: World) -> None:
    """A body that is no commune takes part; its name and why are known to everyone who does."""
    word = world.garden.word
    world.things["party"] = party = accounts.add_party(
        actor=world.actor("cheffe-de-projet"), territory=world.company.territory, kind="syndicate", since=date(2026, 1, 1),
        name=f"Syndicat {word('name of a body that takes part', words.TAKING_PART)}",
        note=f"Tient un service {word('why a body takes part', words.TAKING_PART)}",
    )  # fmt: skip
    world.things["body"] = party.authority


def _thread(world: World, slug: str, space: Space, readers: frozenset[str]) -> Thread:
    word = world.garden.word
    name = space.name
    thread = discussions.open_thread(
        actor=world.actor(slug), space=space, title=f"Que décider {word(f'title of a thread, {name}', readers)} ?",
        open_to_what=f"Ce qui est ouvert {word(f'first line, {name}', readers)}",
        who_decides=f"Le comité {word(f'third line, {name}', readers)}",
        outcome_promise=f"Une réponse {word(f'fourth line, {name}', readers)}",
        body=f"Premier message {word(f'first post, {name}', readers)}", client_token=f"ouverture-{space.pk}",
        until=TODAY + timedelta(days=20),
    )  # fmt: skip
    discussions.write_post(
        actor=world.actor(slug), thread=thread, body=f"Suite {word(f'second post, {name}', readers)}",
        client_token=f"suite-{space.pk}", position="reserve",
    )  # fmt: skip
    return thread


def _spaces(world: World) -> None:
    word, company = world.garden.word, world.company
    secret = spaces.create_space(
        actor=world.actor("cheffe-de-projet"), territory=company.territory, kind="thematic",
        name=f"Cellule {word('name of a secret space', words.SECRET)}",
        purpose=f"Préparer {word('purpose of a secret space', words.SECRET)}", openness="secret", joining="invitation",
    )  # fmt: skip
    spaces.add_members(
        actor=world.actor("cheffe-de-projet"), space=secret, role="contributor",
        people=[company.people["representante-du-personnel"]],
    )  # fmt: skip
    world.things["secret"] = secret
    for key in ("copil", "urbanisme", "voirie"):
        world.things[key] = company.spaces[key]
    world.things["thread_copil"] = _thread(world, "cheffe-de-projet", world.copil, words.COPIL)
    world.things["thread_urbanisme"] = thread = _thread(world, "animateur", world.urbanisme, words.URBANISME)
    world.things["thread_voirie"] = _thread(world, "agent", world.voirie, words.TAKING_PART)
    world.things["thread_secret"] = _thread(world, "cheffe-de-projet", secret, words.SECRET)
    world.things["post"] = Post.objects.filter(thread=thread).order_by("number")[1]
    hidden = discussions.write_post(
        actor=world.actor("partenaire"), thread=thread, client_token="a-masquer",
        body=f"Propos {word('a hidden post', {'partenaire', 'animateur'})}",
    )  # fmt: skip
    world.things["hidden"] = discussions.hide_post(
        actor=world.actor("animateur"),
        post=hidden,
        reason=f"Il nomme {word('why a post is hidden', words.URBANISME)}.",
    )
    for where, body, readers in (
        ("a file joined to a post", "Voir ci-joint.", words.URBANISME),
        ("a file joined to a hidden post", "Voir aussi.", {"animateur"}),
    ):
        joined = pdf(word(f"name of {where}", readers), word(f"bytes of {where}", readers))
        attached = discussions.write_post(
            actor=world.actor("animateur"),
            thread=thread,
            client_token=where[-16:],
            body=body,
            attached=[joined],
        )
        world.things["attached" if readers is words.URBANISME else "attached_hidden"] = attached
    discussions.hide_post(
        actor=world.actor("animateur"), post=attached, reason="Ce document nomme une personne."
    )
    world.things["file"] = Upload.objects.get(attachment__post=world.attached)
    world.things["file_hidden"] = Upload.objects.get(attachment__post=attached)
    discussions.write_post(
        actor=world.actor("partenaire"), thread=thread, client_token="citer",
        body=f"@{company.people['dgs'].full_name} voyez {word('a post that names a reader', words.URBANISME)}.",
    )  # fmt: skip
    discussions.tell_mentioned(actor=world.actor("dgs"), address="http://localhost")
    # Theirs alone: not the other members', not the animators', not the team's.
    discussions.keep_draft(
        actor=world.actor("partenaire"), place=thread, seen=0,
        fields={"body": f"Pas encore envoyé {word('a draft', {'partenaire'})}", "position": ""},
    )  # fmt: skip
    discussions.keep_draft(
        actor=world.actor("dgs"), place=world.urbanisme, seen=0,
        fields={"title": f"Question {word('a draft of a new question', {'dgs'})}", "body": "", "kind": "idea"},
    )  # fmt: skip
    edited = Post.objects.filter(thread=thread).order_by("number").first()
    was = word("a text before its correction", words.URBANISME)
    edited = discussions.edit_post(
        actor=world.actor("animateur"), post=edited, seen=edited.version, body=f"Avant {was}"
    )
    world.things["edited"] = discussions.edit_post(
        actor=world.actor("animateur"), post=edited, seen=edited.version, body="Après correction."
    )
    done = discussions.open_thread(
        actor=world.actor("agent"), space=world.voirie, title="Qui sale la route ?", open_to_what="Tout", who_decides="Le comité",
        outcome_promise="Une réponse", body="Dites-le.", client_token="a-clore",
    )  # fmt: skip
    discussions.close_thread(
        actor=world.actor("cheffe-de-projet"),
        thread=done,
        answer=f"Chacun {word('the answer that ends a thread', words.TAKING_PART)}",
    )
    world.things["releve"] = releve = discussions.write_releve(
        actor=world.actor("animateur"), thread=thread, seen=0,
        agreed=f"Convenu {word('what a relevé agrees', words.URBANISME)}",
        pending=f"En attente {word('what a relevé leaves', words.URBANISME)}",
    )  # fmt: skip
    assert isinstance(releve, Releve)


def type_rows(world: World, slug: str, sheet: SectionSheet, rows: list[dict[str, str]], tag: str) -> None:
    """Type lines in a section as the grid would."""
    changes: list[dict[str, Any]] = []
    for number, cells in enumerate(rows):
        key = f"{tag}-{number}"
        changes.append({"id": f"{key}-a", "op": "add", "row": key})
        changes += [
            {"id": f"{key}-{column}", "op": "set", "row": key, "col": column, "value": value}
            for column, value in cells.items()
        ]
    answer = inventory.apply_changes(actor=world.actor(slug), sheet=sheet, changes=changes)
    refused = [one for one in answer["results"] if one["status"] != "saved"]
    assert not refused, refused


def _assistance(world: World) -> None:
    """An agent is stuck on a page; the team has answered."""
    word, agent = world.garden.word, world.actor("agent")
    readers = words.TEAM | {"agent"}
    call = assistance.ask(
        actor=agent, asker=Asker(agent, agent.name, "Agent", world.company.territory.pk), address="https://mosaique.example",
        words=f"Je ne trouve pas {word('words of a call for help', readers)}", path="/aide/",
        title=f"Aide {word('title of a page one is stuck on', readers)}", typed=f"Mot : {word('what was typed there', readers)}",
    )  # fmt: skip
    assistance.reply(
        actor=world.actor("cheffe-de-projet"), call=call, body=f"En haut {word('an answer to a call', readers)}",
        address="https://mosaique.example",
    )  # fmt: skip
    world.things["help_call"] = call


def _inventory(world: World) -> None:
    word, company = world.garden.word, world.company
    campaign = inventory.open_campaign(
        actor=world.actor("cheffe-de-projet"), territory=company.territory, reference_date=date(2026, 11, 1),
        opens_on=date(2026, 11, 10), closes_on=date(2026, 12, 18), sections=["staff", "equipment", "contracts", "needs"],
    )  # fmt: skip
    assert isinstance(campaign, Campaign)
    returned = Return.objects.for_screen().get(campaign=campaign, authority=company.commune_a)
    other = Return.objects.for_screen().get(campaign=campaign, authority=company.commune_b)
    world.things |= {"campaign": campaign, "return_a": returned, "return_b": other}

    def section(inventory_: Return, name: str) -> SectionSheet:
        return SectionSheet.objects.for_screen().get(inventory=inventory_, section=name)

    # Commune A: staff for its own hall, equipment for the team too, contracts for every commune, needs not chosen yet.
    staff, equipment = section(returned, "staff"), section(returned, "equipment")
    contracts, needs = section(returned, "contracts"), section(returned, "needs")
    type_rows(world, "secretaire", staff, [
        {"mission": f"Accueil {word('a post of commune A, its hall only', words.HALL_A)}", "filiere": "administrative",
         "etp_budget": "0,5", "etp_pourvu": "0,5"},
        {"mission": f"Voirie {word('another post of commune A, its hall only', words.HALL_A)}", "filiere": "technique",
         "etp_budget": "1", "etp_pourvu": "1"},
    ], "a-staff")  # fmt: skip
    inventory.choose_sharing(actor=world.actor("maire"), sheet=staff, sharing="authority")
    seen_by_team = words.HALL_A | words.TEAM
    type_rows(world, "secretaire", equipment, [
        {"designation": f"Tracteur {word('a machine of commune A, team', seen_by_team)}", "jours": "40"},
    ], "a-equipment")  # fmt: skip
    inventory.choose_sharing(actor=world.actor("maire"), sheet=equipment, sharing="team")
    type_rows(world, "secretaire", contracts, [
        {"objet": f"Électricité {word('a contract of commune A, every commune', words.CIRCLE)}",
         "fournisseur": f"Maison {word('a supplier of commune A, every commune', words.CIRCLE)}", "montant": "1200"},
    ], "a-contracts")  # fmt: skip
    inventory.choose_sharing(actor=world.actor("maire"), sheet=contracts, sharing="circle")
    inventory.give_back(actor=world.actor("secretaire"), sheet=contracts)
    type_rows(world, "secretaire", needs, [
        {"theme": "urbanisme", "precision": f"Un appui {word('a need of commune A, not shared yet', words.HALL_A)}"},
    ], "a-needs")  # fmt: skip
    # The secretary hands the needs to a colleague by a link; the colleague types a line, which waits for the hall's word.
    link, _ = inventory.confide(
        actor=world.actor("secretaire"), sheet=needs, name=f"Agnès {word('a colleague handed a section by a link', words.HALL_A)}",
        until=date(2026, 12, 18), address="https://mosaique.example/confie/",
    )  # fmt: skip
    inventory.apply_changes(actor=link.actor, sheet=needs, changes=[
        {"id": "l-a", "op": "add", "row": "n-link"},
        {"id": "l-b", "op": "set", "row": "n-link", "col": "precision", "value": word("a need typed through a link", words.HALL_A)},
    ])  # fmt: skip
    world.things["link_a"] = link
    # Commune B asks the team to fill its staff section.
    staff_b = section(other, "staff")
    note = word("a note asking for help", words.HALL_B | words.TEAM)
    inventory.ask_help(actor=world.actor("secretaire-b"), sheet=staff_b, note=f"Merci {note}")
    type_rows(world, "cheffe-de-projet", section(other, "staff"), [
        {"mission": f"Cantine {word('a post typed for commune B', words.HALL_B | words.TEAM)}", "etp_budget": "0,8"},
    ], "b-staff")  # fmt: skip
    inventory.set_estimate(
        actor=world.actor("cheffe-de-projet"), inventory=other, section="staff", name="etp_budget", value=Decimal("1.50"),
        source=f"budget {word('source of an estimate', words.TAKING_PART)}", as_of=date(2026, 11, 1),
    )  # fmt: skip
    # A spreadsheet received, not recorded yet.
    book = openpyxl.load_workbook(io.BytesIO(exports.workbook(returned, [(staff.spec, [])])))
    book[staff.spec.short].append([f"Régie {word('a spreadsheet not recorded yet', words.HALL_A)}"])
    received = io.BytesIO()
    book.save(received)
    received.seek(0)
    world.things["import_a"] = inventory.receive_import(
        actor=world.actor("secretaire"), inventory=returned, file=received
    )
    world.things |= {
        "staff_a": staff,
        "equipment_a": equipment,
        "contracts_a": contracts,
        "needs_a": needs,
        "staff_b": staff_b,
    }


def _sheets(world: World) -> None:
    word, company, lead = world.garden.word, world.company, world.actor("cheffe-de-projet")
    everyone, group = words.TAKING_PART, words.URBANISME
    plan = scheme.open_scheme(actor=lead, territory=company.territory)
    # An axis is the heading of its sheets: whoever reads a sheet reads under which heading it stands.
    heading = word("title of an axis", everyone | group)
    axis = scheme.add_axis(
        actor=lead,
        scheme=plan,
        title=f"Aménager {heading}",
        body=f"Mieux {word('text of an axis', everyone)}",
    )
    sheet = scheme.create_sheet(
        actor=lead, scheme=plan, axis=axis, title=f"Un service commun {word('title of a sheet', everyone)}", theme="urbanisme",
        summary=f"Une équipe {word('summary of a sheet', everyone)}", space=world.urbanisme,
        context=f"Les dossiers {word('context of a sheet', everyone)}",
    )  # fmt: skip
    sheet = scheme.edit_sheet(
        actor=lead, sheet=sheet, seen=sheet.version,
        changes={
            "legal_form": "service_commun", "start_on": date(2028, 7, 1), "open_until": TODAY + timedelta(days=30),
            **{name: f"Dit ici {word(f'{name} of a sheet', everyone)}" for name in SHEET_TEXTS},
            "milestones": [{"label": f"Essai {word('a milestone of a sheet', everyone)}", "due": "2028-03-01", "done": ""}],
            "indicators": [
                {"label": f"Délai {word('an indicator of a sheet', everyone)}", "unit": "jours", "baseline": "31", "target": "21"}
            ],
        },
    )  # fmt: skip
    scheme.set_residents(
        actor=lead, sheet=sheet, seen=sheet.version,
        rows=[("delay", f"de réponse {word('what residents wait for', everyone)}", Decimal(31), "", Decimal(21), "")],
    )  # fmt: skip
    scheme.record_decision(
        actor=lead, sheet=sheet, decided_on=TODAY, by=f"Comité {word('who decided', everyone)}",
        text=f"Retenue {word('a decision on a sheet', everyone)}",
    )  # fmt: skip
    scheme.set_document(
        actor=lead, sheet=sheet, kind="convention", present=True, note=f"Projet {word('note of a document of a sheet', everyone)}"
    )  # fmt: skip
    scheme.edit_chapter(
        actor=lead, scheme=Scheme.objects.get(pk=plan.pk), key="cadre", seen=0, body=f"Ici {word('a chapter', everyone)}"
    )  # fmt: skip
    sheet = ActionSheet.objects.for_screen().get(pk=sheet.pk)
    sheet = scheme.set_parties(actor=lead, sheet=sheet, seen=sheet.version, bodies=[world.body])
    figures(world, sheet)
    scheme.give_position(
        actor=world.actor("maire"), sheet=sheet, answer="yes_if",
        condition=f"Si {word('condition of a position', words.CIRCLE | group)}",
    )  # fmt: skip
    scheme.give_position(actor=world.actor("maire-b"), sheet=sheet, answer="later")
    reserved = scheme.create_sheet(
        actor=world.actor("animateur"), scheme=plan, axis=axis, space=world.urbanisme, visibility="space",
        title=f"Piste {word('title of a sheet kept in a space', group)}",
        summary=f"Encore {word('summary of a sheet kept in a space', group)}",
        context=f"Parce que {word('context of a sheet kept in a space', group)}",
    )  # fmt: skip
    # One sheet far enough to be printed: in the report, in what is frozen of it, in each commune's extract.
    printed = scheme.create_sheet(
        actor=lead, scheme=plan, axis=axis, title=f"Acheter ensemble {word('title of a sheet in the report', everyone)}",
        summary=f"Un marché {word('summary of a sheet in the report', everyone)}",
    )  # fmt: skip
    for to in ("study", "building", "ready"):
        printed = scheme.set_status(actor=lead, sheet=printed, to=to)
    scheme.give_position(actor=world.actor("maire"), sheet=printed, answer="yes")
    idea = scheme.create_sheet(actor=lead, scheme=plan, axis=axis, title="Mettre en commun les engins")
    world.things |= {
        "scheme": plan, "axis": axis, "sheet": sheet, "reserved": reserved, "idea": idea, "scenario": sheet.scenario,
        "reserved_scenario": reserved.scenario,
    }  # fmt: skip
    assert isinstance(plan, Scheme) and isinstance(axis, Axis) and isinstance(idea, ActionSheet)


def figures(world: World, sheet: ActionSheet) -> None:
    """Costs, staff and shares of a sheet."""
    lead, epci = world.actor("cheffe-de-projet"), world.company.territory.epci
    communes = list(Authority.objects.filter(insee_code__in=["81245", "81283", "81292"]))
    scenario = costing.set_perimeter(
        actor=lead, scenario=sheet.scenario, parties=[*communes, world.body], carrier=epci, carrier_shares=False, first_year=2027,
        last_year=2029, full_year=2029,
    )  # fmt: skip
    costing.set_lines(
        actor=lead, scenario=scenario, year=2027, carry=True,
        lines=[Cost(epci, "running", f"Personnel {world.garden.word('a cost line', words.TAKING_PART)}", Decimal("50400.00"),
                    source=f"Devis {world.garden.word('source of a cost', words.TAKING_PART)}")],
    )  # fmt: skip
    costing.set_staff(
        actor=lead, scenario=scenario, year=2027, carry=True,
        rows=[
            Staff(
                epci, Decimal("0.00"), Decimal("1.20"), source=f"Tableau {world.garden.word('source of a job', words.TAKING_PART)}",
                note=f"Une équipe {world.garden.word('note on jobs', words.TAKING_PART)}",
            ),
            Staff(communes[0], unknown="non_communique"),
        ],
    )  # fmt: skip
    costing.choose_key(
        actor=lead, scenario=scenario, key="pro_rata",
        inputs={"criterion": "population", "unit": "hab.", "source": "Insee",
                "values": {authority.code: str(authority.population) for authority in communes},
                "adjust": {"agreed_percent": {world.body.code: "10"}}},
    )  # fmt: skip
    costing.run_allocation(actor=lead, scenario=scenario)
    costing.set_criterion(
        actor=lead, territory=world.company.territory, criterion="actes_ads", year=2025,
        source=f"Registre {world.garden.word('source of a criterion', words.TAKING_PART)}",
        values={authority.pk: Decimal(rank) for rank, authority in enumerate(communes)},
    )  # fmt: skip


def _consultation(world: World) -> None:
    """A version sent to the councils; drafting open again, as when the next version is already being prepared."""
    word, lead = world.garden.word, world.actor("cheffe-de-projet")
    world.scheme.refresh_from_db()
    version = freezing.freeze_version(
        actor=lead,
        scheme=world.scheme,
        acknowledged=True,
        note=f"Version {word('note of a version', words.TAKING_PART)}",
    )
    opened = consultation.open_consultation(actor=lead, version=version, planned_vote_on=date(2027, 3, 10))
    council_a = CouncilFile.objects.for_screen().get(consultation=opened, authority=world.company.commune_a)
    council_b = CouncilFile.objects.for_screen().get(consultation=opened, authority=world.company.commune_b)
    council_c = CouncilFile.objects.for_screen().get(consultation=opened, authority__insee_code="81068")
    consultation.acknowledge(actor=world.actor("maire"), council=council_a)
    proof = pdf(
        word("name of a council’s proof", words.TAKING_PART),
        word("bytes of a council’s proof", words.TAKING_PART),
    )
    consultation.enter_fact(
        actor=lead, council=council_b, kind="received", on_date=TODAY, channel="hand", file=proof,
        reference=f"remise {word('reference of a reception', words.TAKING_PART)}",
    )  # fmt: skip
    hurried = council_b.facts.get(kind="received")
    consultation.correct_fact(
        actor=lead, council=council_b, kind="received", on_date=TODAY, channel="hand", seen=hurried.pk, reference=hurried.reference,
        reason=f"Mal lu {word('why a date was corrected', words.TAKING_PART)}",
    )  # fmt: skip
    deliberation = pdf("deliberation", word("bytes of a deliberation", words.TAKING_PART))
    consultation.give_opinion(
        actor=world.actor("maire"), council=council_a, file=deliberation,
        vote=Vote("reserves", TODAY, "2026-41", 9, 1, 0, f"Réserve {word('reserves of a council', words.TAKING_PART)}"),
    )  # fmt: skip
    consultation.answer_reserve(
        actor=lead,
        council=council_a,
        text=f"Réponse {word('answer to the reserves of a council', words.TAKING_PART)}",
    )
    answered = council_a.opinions.get().answers.get()
    consultation.answer_reserve(
        actor=lead, council=council_a, text="Un bilan sera fait.", seen=answered.pk,
        reason=f"Plus net {word('why an answer was corrected', words.TAKING_PART)}",
    )  # fmt: skip
    consultation.set_sitting(actor=world.actor("maire-b"), council=council_b, on_date=date(2026, 12, 15))
    freezing.reopen_drafting(actor=lead, scheme=Scheme.objects.get(pk=world.scheme.pk))
    prepared = preparing.ask(actor=lead, version=version, kind=preparing.EXTRACTS, formats=("pdf",))
    preparing.run(prepared.pk, prepared.attempt)
    world.things |= {
        "preparation": prepared, "prepared_file": prepared.files.get(),
        "version": version, "version_file": version.files.get(format="pdf", authority=None), "consultation": opened,
        "council_a": council_a, "council_b": council_b, "council_c": council_c,
        "proof": Upload.objects.get(name__contains="qw", attachment=None), "deliberation": Upload.objects.get(name="deliberation.pdf"),
    }  # fmt: skip
    assert isinstance(version, Version) and isinstance(opened, Consultation) and clock.today() == TODAY


def _perimeter(world: World) -> None:
    """A withdrawal to come, one given up, and a merger that took effect: none of them moves a member of the world."""
    word, lead, territory = world.garden.word, world.actor("cheffe-de-projet"), world.company.territory
    trebas = Authority.objects.get(insee_code="81292")
    world.things["change"] = accounts.announce_change(
        actor=lead, territory=territory, draft=Draft(
            kind="leaving", takes_effect_on=date(2027, 7, 1), communes=(trebas,),
            order_reference=f"Arrêté {word('reference of an arrêté', words.TAKING_PART)}",
            note=f"Après délibération {word('note of a change of perimeter', words.TAKING_PART)}",
        ),
    )  # fmt: skip
    given_up = accounts.announce_change(
        actor=lead, territory=territory, draft=Draft(
            kind="joining", takes_effect_on=date(2027, 9, 1), joining=("81004",),
            note=f"Finalement non {word('note of a change given up', words.TAKING_PART)}",
        ),
    )  # fmt: skip
    accounts.cancel_change(actor=lead, change=given_up)
    world.things["merger"] = accounts.announce_change(
        actor=lead, territory=territory, draft=Draft(
            kind="merger", takes_effect_on=date(2026, 11, 1),
            successor_name=f"CC {word('name of the intercommunality born of a merger', words.TAKING_PART)}",
            with_bodies=f"CC {word('other bodies of a merger', words.TAKING_PART)}",
        ),
    )  # fmt: skip
