"""What this room offers by name: legal forms, references, journal verbs."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from mosaique.discussions.destinations import Destination
from mosaique.discussions.destinations import register as register_destination
from mosaique.journal.verbs import Verb
from mosaique.journal.verbs import register as register_verbs
from mosaique.kernel import registry as rooms
from mosaique.kernel.ref import RefKind, register
from mosaique.scheme.legal_forms.registry import LEGAL_FORMS, form_for
from mosaique.spaces import tools

if TYPE_CHECKING:
    from mosaique.access.actor import Actor
    from mosaique.access.models import Space
    from mosaique.discussions.models import Releve
    from mosaique.scheme.preparing import Kind
    from mosaique.spaces.tools import Fragment

__all__ = ["LEGAL_FORMS", "form_for"]


def _model(name: str):
    def find():
        from mosaique.scheme import models

        return getattr(models, name)

    return find


register(RefKind("scheme", _model("Scheme"), "le schéma", lambda scheme: scheme.title))
register(RefKind("axis", _model("Axis"), "l’axe", str))
register(RefKind("sheet", _model("ActionSheet"), "la fiche", str))
register(RefKind("chapter", _model("Chapter"), "le chapitre", lambda chapter: f"chapitre « {chapter.key} »"))
register(
    RefKind(
        "version",
        _model("Version"),
        "la version",
        lambda version: f"version {version.number}",
        heavy=("content",),
    )
)

register(
    RefKind(
        "preparation",
        _model("Preparation"),
        "la préparation",
        lambda preparation: f"la préparation de documents n° {preparation.pk}",
    )
)

SCHEME_OPENED = Verb("scheme_opened", "a ouvert {object}")
LOGO_SET = Verb("scheme_logo", "a changé le logo de {object}", in_feed=False)
COLOURS_SET = Verb("scheme_colours", "a changé les couleurs des documents de {object}", in_feed=False)
AXIS_ADDED = Verb("axis_added", "a ajouté {object}")
AXIS_EDITED = Verb("axis_edited", "a modifié {object}")
SHEET_CREATED = Verb("sheet_created", "a créé {object}")
SHEET_EDITED = Verb("sheet_edited", "a modifié {object}")
SHEET_STATUS = Verb("sheet_status", "a fait avancer {object}")
SHEET_MOVED = Verb("sheet_moved", "a changé qui lit {object}")
SHEET_DOCUMENT = Verb("sheet_document", "a mis à jour les pièces de {object}", in_feed=False)
POSITION_GIVEN = Verb("position_given", "a donné sa position sur {object}")
DECISION_RECORDED = Verb("decision_recorded", "a noté une décision dans {object}")
RELEVE_RECEIVED = Verb("releve_received", "a versé un relevé dans {object}")
CHAPTER_EDITED = Verb("chapter_edited", "a modifié {object}")
VERSION_FROZEN = Verb("version_frozen", "a figé {object}")
PREPARATION_ASKED = Verb("preparation_asked", "a demandé {object}", in_feed=False)
PREPARATION_CANCELLED = Verb("preparation_cancelled", "a annulé {object}", in_feed=False)
DRAFTING_REOPENED = Verb("drafting_reopened", "a rouvert la rédaction de {object}")
SCHEME_STATE = Verb("scheme_state", "a changé l’état de {object}")
register_verbs(
    SCHEME_OPENED,
    LOGO_SET,
    COLOURS_SET,
    AXIS_ADDED,
    AXIS_EDITED,
    SHEET_CREATED,
    SHEET_EDITED,
    SHEET_STATUS,
    SHEET_MOVED,
    SHEET_DOCUMENT,
    POSITION_GIVEN,
    DECISION_RECORDED,
    RELEVE_RECEIVED,
    CHAPTER_EDITED,
    VERSION_FROZEN,
    PREPARATION_ASKED,
    PREPARATION_CANCELLED,
    DRAFTING_REOPENED,
    SCHEME_STATE,
)


def _choices(actor: "Actor", space: "Space") -> list[tuple[int, str]]:
    from mosaique.scheme import receiving

    return receiving.choices(actor, space)


def _receive(actor: "Actor", releve: "Releve", target_id: int) -> None:
    from mosaique.scheme import receiving

    receiving.receive(actor, releve, target_id)


register_destination(Destination("sheet", "Verser dans une fiche", _choices, _receive))


def _in_space(actor: "Actor", space: "Space") -> "Fragment | None":
    from mosaique.scheme.queries import space_fragment

    return space_fragment(actor, space)


tools.register(tools.SpaceTool("sheets", "Les fiches du groupe", _in_space))


# What the worker may be asked to prepare, by name; found when asked for, as models are.
_PREPARATIONS: "dict[str, Callable[[], Kind]]" = {}


def register_preparation(slug: str, find: "Callable[[], Kind]") -> None:
    _PREPARATIONS[slug] = find


def preparation_kind(slug: str) -> "Kind":
    rooms.load()
    return _PREPARATIONS[slug]()


def _extracts() -> "Kind":
    from mosaique.scheme import preparing

    return preparing.ONE_EXTRACT_EACH


register_preparation("extraits", _extracts)
