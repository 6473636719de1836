"""What this room tells the others: its verbs and its references. Procedures are listed in procedures/registry.py."""

from typing import TYPE_CHECKING

from mosaique.journal.verbs import Verb, register
from mosaique.kernel.ref import RefKind
from mosaique.kernel.ref import register as register_ref
from mosaique.scheme.registry import register_preparation

if TYPE_CHECKING:
    from mosaique.scheme.preparing import Kind

CONSULTATION_OPENED = Verb("consultation_opened", "a ouvert {object}")
FACT_ENTERED = Verb("fact_entered", "a enregistré une date pour le conseil {object}")
FACT_CORRECTED = Verb("fact_corrected", "a corrigé une date pour le conseil {object}")
OPINION_GIVEN = Verb("opinion_given", "a enregistré l’avis du conseil {object}")
OPINION_CORRECTED = Verb("opinion_corrected", "a corrigé l’avis du conseil {object}")
OPINION_COMPLETED = Verb("opinion_completed", "a complété l’avis du conseil {object}")
OPINION_TACIT = Verb("opinion_tacit", "a constaté l’avis tacite, réputé favorable, du conseil {object}")
RESERVE_ANSWERED = Verb("reserve_answered", "a répondu aux réserves du conseil {object}")
RESERVE_ANSWER_CORRECTED = Verb(
    "reserve_answer_corrected", "a corrigé la réponse aux réserves du conseil {object}"
)
SITTING_SET = Verb("sitting_set", "a annoncé une séance du conseil {object}")
SITTING_CANCELLED = Verb("sitting_cancelled", "a retiré une séance du conseil {object}")
VOTE_RECORDED = Verb("vote_recorded", "a enregistré le vote du conseil communautaire, après {object}")
VOTE_MOVED = Verb("vote_moved", "a changé la date du vote prévu après {object}")
SCHEME_SENT = Verb("scheme_sent", "a adressé le schéma adopté aux conseils, après {object}")

register(
    CONSULTATION_OPENED, FACT_ENTERED, FACT_CORRECTED, OPINION_GIVEN, OPINION_CORRECTED, OPINION_COMPLETED, OPINION_TACIT,
    RESERVE_ANSWERED, RESERVE_ANSWER_CORRECTED, SITTING_SET, SITTING_CANCELLED, VOTE_RECORDED, VOTE_MOVED, SCHEME_SENT,
)  # fmt: skip


def _consultation():
    from mosaique.consultation.models import Consultation

    return Consultation


def _council():
    from mosaique.consultation.models import CouncilFile

    return CouncilFile


register_ref(
    RefKind("consultation", _consultation, "la consultation", lambda c: "la consultation des conseils")
)
register_ref(
    RefKind("council_file", _council, "le conseil", lambda council: council.authority.of_name, ("authority",))
)


def _adopted() -> "Kind":
    from mosaique.consultation.adopted import ADOPTED

    return ADOPTED


register_preparation("adopte", _adopted)
