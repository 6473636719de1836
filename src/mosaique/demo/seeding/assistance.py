"""Two calls for help: one answered, one that waits for the project officer. Invented words."""

from django.conf import settings

from mosaique.assistance import services
from mosaique.assistance.askers import Asker
from mosaique.assistance.models import HelpCall
from mosaique.demo.seeding.stage import Stage
from mosaique.inventory.models import SectionSheet


def call_for_help(stage: Stage) -> None:
    """The secretary and an agent, stuck in the week."""
    held = stage.actor("secretaire").mandate
    assert held is not None
    sheet = SectionSheet.objects.for_screen().get(section="contracts", inventory__authority=held.authority_id)
    with stage.at(9, 10):
        answered = _ask(
            stage, "secretaire", "Le contrat du copieur finit le 28 ou le 29 février : la case refuse ma date.", sheet.get_absolute_url(),
            "Nos contrats", "Fin du contrat, ligne 2 : 31/02/2027",
        )  # fmt: skip
    with stage.at(9, 11, 20):
        services.reply(
            actor=stage.actor("cheffe-de-projet"), call=answered, address=settings.PUBLIC_URL,
            body="Février 2027 s’arrête au 28 : écrivez 28/02/2027, et la case sera prise.",
        )  # fmt: skip
    with stage.at(2, 16, 10):
        _ask(
            stage, "maire-b", "Je veux donner l’avis de la commune et je ne vois aucun bouton.", "/avis/", "Les avis des communes", "",
        )  # fmt: skip


def _ask(stage: Stage, who: str, words: str, path: str, title: str, typed: str) -> HelpCall:
    actor = stage.actor(who)
    held = actor.mandate
    assert held is not None
    asker = Asker(actor, actor.name, f"{held.title}, {held.authority_name}", stage.territory.pk)
    call: HelpCall = services.ask(
        actor=actor,
        asker=asker,
        words=words,
        path=path,
        title=title,
        typed=typed,
        address=settings.PUBLIC_URL,
    )
    return call
