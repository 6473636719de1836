"""The territory, the cast, then a mayor and a secretary for every other commune, invited as one would."""

import random
import re
from datetime import date

from django.urls import reverse
from django.utils.text import slugify

from mosaique.access import themes
from mosaique.access.actor import ANONYMOUS
from mosaique.access.models import Mandate, Person, TerritoryClaim
from mosaique.access.roles import Role
from mosaique.accounts import services as accounts
from mosaique.accounts.roster import Body, Row
from mosaique.demo.cast import PIN
from mosaique.demo.content.names import EXTRAS, FAMILIES, MAYORS, MEN, SECRETARIES, WOMEN
from mosaique.demo.people import install
from mosaique.demo.queries import DOMAIN, SIREN
from mosaique.demo.seeding.stage import COMMUNE_A, COMMUNE_B, MANDATES, VOTE, Stage
from mosaique.kernel import clock
from mosaique.kernel.models import OutgoingMail
from mosaique.territory import services as places
from mosaique.territory.models import Authority, Territory


def make_stage(start: date) -> Stage:
    """The territory opened and the cast on it, on the day their mandates began."""
    stage = Stage(start, None, None, {}, {})  # type: ignore[arg-type]
    with stage.at(MANDATES + 3, 9):
        stage.territory = places.create_territory(
            actor=ANONYMOUS, epci_siren=SIREN, adoption_target=stage.day(stage.working(VOTE))
        )
    stage.communes = {
        body.insee_code: body for body in Authority.objects.filter(memberships__territory=stage.territory, kind="commune")
    }  # fmt: skip
    with stage.at(MANDATES, 9):
        territory = places.open_territory(actor=ANONYMOUS, territory=stage.territory)
        stage.territory = Territory.objects.select_related("epci").get(pk=territory.pk)
        stage.company = install(
            stage.territory, commune_a=stage.communes[COMMUNE_A], commune_b=stage.communes[COMMUNE_B],
            since=stage.day(MANDATES), domain=DOMAIN,
        )  # fmt: skip
        stage.people = dict(stage.company.people)
        stage.spaces = dict(stage.company.spaces)
        _lead(stage)
    for role, code, slug in (("maire", COMMUNE_A, "maire"), ("maire", COMMUNE_B, "maire-b"),
                             ("secretaire", COMMUNE_A, "secretaire"), ("secretaire", COMMUNE_B, "secretaire-b")):  # fmt: skip
        stage.people[f"{role}:{code}"] = stage.people[slug]
    return stage


def _lead(stage: Stage) -> None:
    """The project officer leads the territory; here she also administers the instance, to open CC Val 81 by herself."""
    lead = stage.people["cheffe-de-projet"]
    lead.is_operator = True
    lead.save(update_fields=["is_operator"])
    TerritoryClaim.objects.create(
        territory=stage.territory,
        person=lead,
        claimed_at=clock.now(),
        confirmed_at=clock.now(),
        confirmed_by=lead,
    )


def invite_everyone(stage: Stage) -> None:
    """Mayors, secretaries and a few others; nearly all have opened their invitation since."""
    rows, keys = _rows(stage)
    with stage.at(MANDATES - 2, 14):
        batch = accounts.invite_rows(
            actor=stage.actor("cheffe-de-projet"), territory=stage.territory, rows=rows
        )
    people = {
        (person.email, person.family_name, person.given_name): person
        for person in Person.objects.filter(email__in=[row.email for row in rows])
    }
    for row, key in zip(rows, keys, strict=True):
        stage.people[key] = people[row.email, row.family, row.given]
    _accept(stage, batch.pk)
    stage.forget_actors()


def _accept(stage: Stage, batch: int) -> None:
    """The links of the messages, opened over the three weeks that followed; four have not been yet."""
    prefix = reverse("invitation", kwargs={"token": "x"})[:-2]
    link = re.compile(re.escape(prefix) + r"([^/\s]+)")
    mails = list(OutgoingMail.objects.filter(kind="invitation").order_by("pk"))
    never = set(stage.draw.sample(range(len(mails)), 4))
    for position, mail in enumerate(mails):
        found = link.search(mail.text)
        if position in never or found is None:
            continue
        with stage.at(MANDATES - 3 - stage.draw.randrange(20), stage.draw.randrange(8, 19)):
            accounts.accept_invitation(actor=ANONYMOUS, token=found.group(1))


def _rows(stage: Stage) -> tuple[list[Row], list[str]]:
    names = _Names(stage.draw)
    rows: list[Row] = []
    keys: list[str] = []
    for position, (code, commune) in enumerate(sorted(stage.communes.items())):
        if code in (COMMUNE_A, COMMUNE_B):
            continue
        body = Body(commune.pk, commune.name, commune.code, commune.kind)
        mayor, secretary = names.of(MAYORS, code), names.of(SECRETARIES, code, women=9)
        slug = slugify(commune.name)
        shared = (
            f"mairie-{slug}@{DOMAIN}" if position % 2 else ""
        )  # about half: one box for the whole town hall
        for key, role, (given, family, gender), titles in (
            ("maire", Role.MAYOR, mayor, ("Maire", "Maire")),
            (
                "secretaire",
                Role.SECRETARY,
                secretary,
                ("Secrétaire générale de mairie", "Secrétaire général de mairie"),
            ),
        ):
            email = shared or (
                f"secretariat-{slug}@{DOMAIN}" if key == "secretaire" else _personal(given, family)
            )
            rows.append(Row(len(rows) + 1, "", given, family, email, body, None, role, titles[gender == "m"]))
            keys.append(f"{key}:{code}")
    for extra in EXTRAS:
        held = stage.authority(extra.body)
        body = Body(held.pk, held.name, held.code, held.kind)
        rows.append(
            Row(len(rows) + 1, "", extra.given_name, extra.family_name, _personal(extra.given_name, extra.family_name),
                body, None, extra.role, extra.title, themes.mask(*extra.themes))
        )  # fmt: skip
        keys.append(extra.key)
    return rows, keys


def _personal(given: str, family: str) -> str:
    return f"{slugify(given)}.{slugify(family)}@{DOMAIN}"


class _Names:
    """Draws names, never the same one twice: one person would otherwise hold the mandates of two communes."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw
        self.families = [*FAMILIES, *FAMILIES]
        draw.shuffle(self.families)
        self.used = {(given, family) for given, family, _ in (*MAYORS.values(), *SECRETARIES.values())}

    def of(self, named: dict[str, tuple[str, str, str]], code: str, women: int = 5) -> tuple[str, str, str]:
        """The one written in the lists, or a draw (`women` out of ten are women)."""
        if code in named:
            return named[code]
        woman = self.draw.randrange(10) < women
        family = self.families.pop()
        given = next(
            name for name in self.draw.sample(WOMEN if woman else MEN, 20) if (name, family) not in self.used
        )
        self.used.add((given, family))
        return given, family, "f" if woman else "m"


#: Invented, without any number: key → nature, name, since how many days, why.
BODIES: dict[str, tuple[str, str, int, str]] = {
    "syndicat": (
        "syndicate", "Syndicat des eaux des Trois Rivières (inventé)", 200, "Entretient déjà le réseau d’eau de neuf communes.",
    ),
    "cias": ("social", "CIAS du Cœur des Coteaux (inventé)", 200, "Emploie les aides à domicile, porte les repas."),
    "association": (
        "association", "Association Les Plumes du canton (inventée)", 126, "Tient des permanences d’écrivain public dans les mairies.",
    ),
}  # fmt: skip


def add_bodies(stage: Stage) -> None:
    """The management centre of the cast, and three invented bodies."""
    cdg = stage.company.partner_body
    said = {"cdg": ("management", cdg.name, 200, "Conseille le groupe Urbanisme sur les emplois."), **BODIES}
    for position, (key, (kind, name, ago, note)) in enumerate(said.items()):
        with stage.at(ago, 15 + position // 2):
            party = accounts.add_party(
                actor=stage.actor("cheffe-de-projet"), territory=stage.territory, kind=kind, name=name,
                siren=cdg.siren or "" if key == "cdg" else "", since=stage.day(ago), note=note,
            )  # fmt: skip
        stage.bodies[key] = party.authority


def choose_personal_codes(stage: Stage) -> None:
    """Those of the cast whose mailbox is shared: the very code that the demonstration announces."""
    for minute, who in enumerate(("maire", "secretaire", "maire-b", "secretaire-b")):
        with stage.at(MANDATES - 6, 9, minute):
            accounts.choose_pin(actor=stage.actor(who), pin=PIN)


def entrust_a_mandate(stage: Stage) -> None:
    """The mayor of the second commune is away for two months: their deputy may answer on the sheets."""
    commune = stage.communes[COMMUNE_B]
    with stage.at(20, 10):
        deputy = accounts.add_person(
            actor=stage.actor("cheffe-de-projet"), territory=stage.territory, email=_personal("Lucette", "Espinasse"),
            given_name="Lucette", family_name="Espinasse", authority=commune, role=Role.DEPUTY, title="Première adjointe",
        )  # fmt: skip
    with stage.at(12, 18):
        mayor = Mandate.objects.get(person=stage.people["maire-b"], authority=commune, role=Role.MAYOR)
        accounts.entrust(
            actor=stage.actor("maire-b"), mandate=mayor, to=deputy, what=["positions", "seats"], last_day=stage.day(-48),
            order_reference="Arrêté inventé pour la démonstration",
        )  # fmt: skip


def say_to_whom_to_write(stage: Stage) -> None:
    """The intercommunality and one commune share an officer; the others have not said yet."""
    for number, who in enumerate(("cheffe-de-projet", "secretaire")):
        with stage.at(60 - number, 11):
            actor = stage.actor(who)
            accounts.name_protection_contact(
                actor=actor, territory=stage.territory, authority=Authority.objects.get(pk=actor.authority_id),
                contact="Délégué mutualisé, service inventé pour la démonstration", email=f"donnees@{DOMAIN}",
            )  # fmt: skip
