"""The collection: thirty inventories given back, ten begun, eight untouched; releases, estimates, an entry on behalf."""

from typing import Any

from django.conf import settings

from mosaique.access.actor import ANONYMOUS, Actor
from mosaique.demo.content.names import MAYORS, SECRETARIES
from mosaique.demo.seeding import inventory_rows
from mosaique.demo.seeding.inventory_rows import Line
from mosaique.demo.seeding.stage import CAMPAIGN_CLOSES, CAMPAIGN_OPENED, COMMUNE_A, COMMUNE_B, Stage
from mosaique.inventory import services
from mosaique.inventory.models import Campaign, Return, SectionSheet
from mosaique.inventory.registry import USUAL as FIRST
from mosaique.inventory.services.releasing import as_json, figures_of

DONE, BEGUN = 30, 10
#: What the demonstration's collection asks: the four most begin with, then what costs will be shared by.
ASKED = (*FIRST, "activity")
#: A section that is not here is shared and released as most are.
SHARINGS = {
    "staff": ("team", "team", "authority", "circle"), "equipment": ("circle", "circle", "team"),
    "contracts": ("team", "circle"), "needs": ("circle", "team"),
    "conditions": ("team", "team", "authority"),
}  # fmt: skip
USUAL = ("team", "circle")
#: What communes choose to put in the report: a few figures, so that it stays readable.
RELEASED = {
    "staff": ("postes", "etp_budget", "departs_5_ans"),
    "equipment": ("materiels", "pretables"),
    "contracts": ("contrats", "montant"),
    "needs": ("besoins", "offres"),
    "software": ("logiciels", "cout"),
    "activity": ("volumes",),
}


def collect(stage: Stage) -> None:
    """Open the collection, fill it in, remind those who owe, give it more time."""
    lead = stage.actor("cheffe-de-projet")
    with stage.at(CAMPAIGN_OPENED, 9):
        campaign = services.open_campaign(
            actor=lead, territory=stage.territory, reference_date=stage.day(CAMPAIGN_OPENED).replace(month=1, day=1),
            opens_on=stage.day(CAMPAIGN_OPENED), closes_on=stage.day(125), sections=list(ASKED),
        )  # fmt: skip
    returns = {row.authority.insee_code: row for row in Return.objects.for_screen().filter(campaign=campaign)}
    done, begun, empty = _shares(stage)
    for code in done:
        _fill(stage, returns[code], upto=len(ASKED))
    for code in begun:
        if code != COMMUNE_A:
            _fill(
                stage,
                returns[code],
                upto=2 if code == COMMUNE_B else 1 + stage.draw.randrange(len(ASKED) - 1),
            )
    _give_more_time(stage, campaign, [returns[code].pk for code in (*begun, *empty)])
    _fill_for_lautignac(stage, returns[COMMUNE_A])
    for code in empty:
        _estimate(stage, returns[code])


def _shares(stage: Stage) -> tuple[list[str], list[str], list[str]]:
    """Those who speak in debates have given theirs back; the others are drawn."""
    speakers = sorted({*MAYORS, *SECRETARIES})
    others = [
        code for code in sorted(stage.communes) if code not in speakers and code not in (COMMUNE_A, COMMUNE_B)
    ]
    stage.draw.shuffle(others)
    missing = DONE - len(speakers)
    return (
        sorted([*speakers, *others[:missing]]),
        sorted([COMMUNE_A, COMMUNE_B, *others[missing : missing + BEGUN - 2]]),
        sorted(others[missing + BEGUN - 2 :]),
    )


def _sheet(inventory: Return, section: str) -> SectionSheet:
    return SectionSheet.objects.for_screen().get(inventory=inventory, section=section)


def _fill(stage: Stage, inventory: Return, upto: int) -> None:
    """Sections in order; an inventory left begun has its last one typed but not given back."""
    code = inventory.authority.insee_code
    ago = 184 - stage.draw.randrange(48)
    for position, section in enumerate(list(ASKED)[:upto]):
        lines = inventory_rows.lines(stage.draw, section, inventory.authority)
        sheet = _sheet(inventory, section)
        with stage.at(ago - 2 * position, stage.draw.randrange(8, 18)):
            _type(stage.secretary(code), sheet, lines)
            if upto < len(ASKED) and position == upto - 1:
                continue
            sheet = _give_back(stage, sheet)
        if upto == len(ASKED):
            _release(stage, sheet, ago - 9)


def _type(actor: Actor, sheet: SectionSheet, lines: list[Line]) -> None:
    changes: list[dict[str, Any]] = []
    for number, line in enumerate(lines, 1):
        row = f"n-{sheet.pk}-{number}"
        changes.append({"id": f"{row}-a", "row": row, "op": "add"})
        for column, (value, unknown) in line.items():
            changes.append(
                {"id": f"{row}-{column}", "row": row, "col": column, "op": "set", "value": value or None,
                 "unknown": unknown or None, "seen": 0}
            )  # fmt: skip
    services.apply_changes(actor=actor, sheet=sheet, changes=changes)


def _give_back(stage: Stage, sheet: SectionSheet) -> SectionSheet:
    actor = stage.secretary(sheet.inventory.authority.insee_code)
    services.choose_sharing(
        actor=actor, sheet=sheet, sharing=stage.draw.choice(SHARINGS.get(sheet.section, USUAL))
    )
    given: SectionSheet = services.give_back(actor=actor, sheet=sheet, nothing=True)
    return given


def _release(stage: Stage, sheet: SectionSheet, ago: int) -> None:
    """The figures that tell most enter the report; one section in six does not yet."""
    names = RELEASED.get(sheet.section, sheet.spec.totals)
    if stage.draw.randrange(6) == 0 or not names:
        return
    figures = figures_of(sheet)
    with stage.at(max(ago, 109), 17):
        services.release_figures(
            actor=stage.mayor(sheet.inventory.authority.insee_code), sheet=sheet, names=names,
            seen=[as_json(figure) for figure in figures],
        )  # fmt: skip


def _give_more_time(stage: Stage, campaign: Campaign, owing: list[int]) -> None:
    lead = stage.actor("cheffe-de-projet")
    with stage.at(stage.working(121), 9):
        services.remind(actor=lead, campaign=campaign, returns=owing, address=settings.PUBLIC_URL)
    with stage.at(stage.working(90), 9):
        campaign = Campaign.objects.for_screen().get(pk=campaign.pk)
        services.change_campaign(
            actor=lead, campaign=campaign, reference_date=campaign.reference_date, opens_on=campaign.opens_on,
            closes_on=stage.day(stage.working(CAMPAIGN_CLOSES)), used_for=campaign.used_for, seen=campaign.version,
        )  # fmt: skip
    with stage.at(stage.working(46), 9):
        services.remind(
            actor=lead, campaign=campaign, returns=owing, address=settings.PUBLIC_URL,
            message="La collecte reste ouverte : ce que vous rendrez nourrira la prochaine version du rapport.",
        )  # fmt: skip


def _fill_for_lautignac(stage: Stage, inventory: Return) -> None:
    """The cast's first town hall: one section given back, one typed on its behalf and waiting for its word, one to be
    typed for it, one with a text to see again."""
    secretary = stage.actor("secretaire")
    with stage.at(96, 9):
        _type(secretary, _sheet(inventory, "staff"), inventory_rows.SHARED_POSTS)
        services.choose_sharing(actor=secretary, sheet=_sheet(inventory, "staff"), sharing="team")
        services.give_back(actor=secretary, sheet=_sheet(inventory, "staff"))
    with stage.at(33, 10):
        services.ask_help(
            actor=secretary, sheet=_sheet(inventory, "equipment"),
            note="Je n’ai que la liste papier de l’assurance : pouvez-vous la recopier ? Je vérifierai.",
        )  # fmt: skip
    with stage.at(29, 15):
        _type(stage.actor("cheffe-de-projet"), _sheet(inventory, "equipment"), inventory_rows.ON_BEHALF)
    with stage.at(7, 16, 40):
        services.ask_help(
            actor=secretary, sheet=_sheet(inventory, "needs"),
            note="Le maire m’a dicté trois besoins au téléphone : pouvez-vous les saisir avec lui ?",
        )  # fmt: skip
    with stage.at(6, 11):
        _type(secretary, _sheet(inventory, "contracts"), inventory_rows.TO_SEE_AGAIN)
    with stage.at(5, 9):
        link, _ = services.confide(
            actor=secretary, sheet=_sheet(inventory, "activity"), name="Dominique Exemple, adjointe technique",
            until=stage.day(-20), address=f"{settings.PUBLIC_URL}/confie/",
        )  # fmt: skip
    with stage.at(4, 14):
        link = services.open_link(actor=ANONYMOUS, link=link)
        _type(link.actor, link.sheet, inventory_rows.COUNTED)


def _estimate(stage: Stage, inventory: Return) -> None:
    """What the EPCI reckons for a town hall that has said nothing; one of them cannot be reckoned."""
    inhabitants = inventory.authority.population or 0
    with stage.at(110, 14):
        value = inventory_rows.reckoned_etp(inhabitants) if stage.draw.randrange(5) else None
        services.set_estimate(
            actor=stage.actor("cheffe-de-projet"), inventory=inventory, section="staff", name="etp_budget", value=value,
            unknown="" if value is not None else "non_communique", source="Compte administratif et moyenne des communes semblables",
            as_of=stage.day(CAMPAIGN_OPENED).replace(month=1, day=1),
        )  # fmt: skip
