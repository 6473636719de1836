"""Verbs and references of this room."""

from mosaique.journal.verbs import Verb, register
from mosaique.kernel import ref
from mosaique.kernel.ref import RefKind

MANDATE_GRANTED = Verb("mandate.granted", "a ajouté un mandat", in_feed=False)
MANDATE_ENDED = Verb("mandate.ended", "a mis fin à un mandat", in_feed=False)
PEOPLE_INVITED = Verb("people.invited", "a invité de nouvelles personnes", in_feed=False)
INVITATION_ACCEPTED = Verb("invitation.accepted", "a rejoint la démarche")
register(MANDATE_GRANTED, MANDATE_ENDED, PEOPLE_INVITED, INVITATION_ACCEPTED)

IMPORT_RECEIVED = Verb("people.import_received", "a déposé un fichier de personnes", in_feed=False)
IMPORT_COLUMNS = Verb("people.import_columns", "a dit ce que contient un fichier de personnes", in_feed=False)
IMPORT_CLOSED = Verb("people.import_closed", "a terminé la reprise d’un fichier de personnes", in_feed=False)
register(IMPORT_RECEIVED, IMPORT_COLUMNS, IMPORT_CLOSED)

TERRITORY_PREPARED = Verb("territory.prepared", "a préparé le territoire", in_feed=False)
TERRITORY_OPENED = Verb("territory.opened", "a ouvert le territoire")
CLAIM_REFUSED = Verb("territory.claim_refused", "a écarté une demande d’ouverture", in_feed=False)
JOIN_ASKED = Verb("territory.join_asked", "a demandé à rejoindre le territoire", in_feed=False)
register(TERRITORY_PREPARED, TERRITORY_OPENED, CLAIM_REFUSED, JOIN_ASKED)


def _mandate():
    from mosaique.access.models import Mandate

    return Mandate


def _batch():
    from mosaique.accounts.models import InvitationBatch

    return InvitationBatch


def _import():
    from mosaique.accounts.models import PendingImport

    return PendingImport


ref.register(
    RefKind(
        "people_import", _import, "le fichier de personnes", lambda one: one.name or f"Fichier n° {one.pk}"
    )
)
ref.register(RefKind("mandate", _mandate, "le mandat", lambda mandate: mandate.title))
ref.register(
    RefKind("invitations", _batch, "l’envoi d’invitations", lambda batch: f"Invitations n° {batch.pk}")
)
