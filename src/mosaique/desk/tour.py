"""The guided tour of a first visit: a few real pages, one sentence on each. Offered once, left at any moment."""

from dataclasses import dataclass

from django.urls import reverse

from mosaique.access.actor import Actor
from mosaique.access.roles import Role

#: Kept in the session while the tour lasts: the stop shown now. The mark of the same name remembers it was answered.
KEY = "tour"


@dataclass(frozen=True, slots=True)
class Stop:
    """One page of the tour: its URL name, and what is said there."""

    page: str
    title: str
    text: str


_HOME = Stop(
    "home", "Tout commence ici",
    "« À faire » dit ce qui est attendu de vous, dans l’ordre des dates. Le reste de la page peut attendre.",
)  # fmt: skip
_SPACES = Stop(
    "spaces", "Les échanges se tiennent par groupe",
    "Chaque question dit ce qui est ouvert, jusqu’à quand, qui décide et ce qui sera fait de votre réponse.",
)  # fmt: skip
_SHEETS = Stop(
    "sheets", "Une fiche par idée à partager",
    "Qui la rejoint, ce qu’elle coûte, ce qu’elle change pour les agents et les habitants. Une position est une intention : "
    "elle ne vaut pas délibération.",
)  # fmt: skip
_ACCOUNT = Stop(
    "account", "Votre compte",
    "Vos mandats, ce que chacun vous permet, et comment vous entrez ici. Vous pouvez refaire cette visite depuis l’aide.",
)  # fmt: skip
_DOCUMENTS = Stop(
    "scheme", "Le rapport et ses versions",
    "Le texte se compose des fiches et des chiffres versés. Une version figée ne change plus : son code permet de la vérifier.",
)  # fmt: skip

_TEAM = (
    _HOME,
    Stop("inventories", "Les inventaires des communes",
         "Vous voyez qui a rendu quoi. Chaque commune choisit qui lit ses réponses : vous ne lisez que ce qu’elle ouvre à l’équipe."),
    _SPACES,
    _SHEETS,
    Stop("people", "Les personnes et leurs mandats",
         "C’est ici que l’on invite, que l’on relance et que l’on met fin à un mandat."),
    Stop("opinions", "Les avis des conseils",
         "Un délai par conseil, compté de sa propre réception. Les dates sont calculées, jamais saisies."),
    _DOCUMENTS,
)  # fmt: skip
_MAYOR = (
    _HOME,
    Stop("authority", "Votre commune, telle que les autres la lisent",
         "Où en sont son inventaire, ses positions et l’avis de son conseil. Vous seul choisissez qui lit le détail."),
    _SHEETS,
    _SPACES,
    _ACCOUNT,
)  # fmt: skip
_SECRETARY = (
    _HOME,
    Stop("inventories", "L’inventaire de la commune",
         "Section par section, en plusieurs fois, à l’écran ou dans un tableur. Tout est gardé dès que c’est écrit ; « ne sait pas » "
         "est une réponse."),
    _SPACES,
    _ACCOUNT,
)  # fmt: skip
_OTHERS = (_HOME, _SPACES, _SHEETS, _ACCOUNT)
_PARTNER = (
    Stop("home", "Votre place ici", "Vous lisez les espaces où l’on vous a invité, et ce qui est public. Rien d’autre."),
    _SPACES,
    _ACCOUNT,
)  # fmt: skip


def stops_of(actor: Actor) -> tuple[Stop, ...]:
    """The tour of a person, by what they hold now; nothing without a mandate."""
    held = actor.mandate
    if held is None or held.departed:
        return ()
    if held.role == Role.PARTNER:
        return _PARTNER
    if actor.leads(held.territory_id):
        return _TEAM
    if held.role in (Role.MAYOR, Role.DEPUTY):
        return _MAYOR
    return _SECRETARY if held.role == Role.SECRETARY else _OTHERS


def address_of(actor: Actor, stop: Stop) -> str:
    if stop.page == "authority" and actor.mandate is not None:
        return reverse("authority", kwargs={"code": actor.mandate.authority_code})
    return reverse(stop.page)
