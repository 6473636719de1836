"""Verbs and references of this room."""

from mosaique.journal.verbs import Verb, register
from mosaique.kernel import ref
from mosaique.kernel.ref import RefKind

MANDATE_GRANTED = Verb("mandate.granted", "a ajouté un mandat", in_feed=False)
MANDATE_ENDED = Verb("mandate.ended", "a mis fin à un mandat", in_feed=False)
PEOPLE_INVITED = Verb("people.invited", "a invité de nouvelles personnes", in_feed=False)
INVITATION_ACCEPTED = Verb("invitation.accepted", "a rejoint la démarche")
register(MANDATE_GRANTED, MANDATE_ENDED, PEOPLE_INVITED, INVITATION_ACCEPTED)

PEOPLE_REMINDED = Verb("people.reminded", "a relancé des personnes invitées", in_feed=False)
LETTERS_PRINTED = Verb("people.letters", "a imprimé des lettres d’invitation", in_feed=False)
INVITATION_BOUNCED = Verb("invitation.bounced", "a noté qu’une invitation était revenue", in_feed=False)
ADDRESS_CHANGED = Verb("person.address", "a changé une adresse", in_feed=False)
register(PEOPLE_REMINDED, LETTERS_PRINTED, INVITATION_BOUNCED, ADDRESS_CHANGED)
IMPORT_RECEIVED = Verb("people.import_received", "a déposé un fichier de personnes", in_feed=False)
IMPORT_COLUMNS = Verb("people.import_columns", "a dit ce que contient un fichier de personnes", in_feed=False)
IMPORT_CLOSED = Verb("people.import_closed", "a terminé la reprise d’un fichier de personnes", in_feed=False)
register(IMPORT_RECEIVED, IMPORT_COLUMNS, IMPORT_CLOSED)

MANDATE_ENTRUSTED = Verb("mandate.entrusted", "a confié une partie de son mandat", in_feed=False)
ENTRUSTING_ENDED = Verb("mandate.taken_back", "a mis fin à une délégation", in_feed=False)
register(MANDATE_ENTRUSTED, ENTRUSTING_ENDED)

PROTECTION_CONTACT_NAMED = Verb(
    "protection.contact_named", "a dit à qui écrire pour les données personnelles", in_feed=False
)
register(PROTECTION_CONTACT_NAMED)

PERSONAL_CODE_CHOSEN = Verb("personal_code.chosen", "a choisi son code personnel", in_feed=False)
PERSONAL_CODE_CHANGED = Verb("personal_code.changed", "a changé son code personnel", in_feed=False)
PERSONAL_CODE_CLOSED = Verb(
    "personal_code.closed", "a épuisé les essais de son code personnel", in_feed=False
)
PERSONAL_CODE_SET_ASIDE = Verb(
    "personal_code.set_aside", "a mis de côté le code personnel d’une personne", in_feed=False
)
register(PERSONAL_CODE_CHOSEN, PERSONAL_CODE_CHANGED, PERSONAL_CODE_CLOSED, PERSONAL_CODE_SET_ASIDE)

PASSWORD_SET = Verb("key.password_set", "a choisi un mot de passe", in_feed=False)
PASSWORD_CHANGED = Verb("key.password_changed", "a changé son mot de passe", in_feed=False)
PASSWORD_REMOVED = Verb("key.password_removed", "a retiré son mot de passe", in_feed=False)
register(PASSWORD_SET, PASSWORD_CHANGED, PASSWORD_REMOVED)
STEP_ADDED = Verb("key.step_added", "a ajouté une deuxième étape à son entrée", in_feed=False)
STEP_REMOVED = Verb("key.step_removed", "a retiré la deuxième étape de son entrée", in_feed=False)
STEP_LIFTED = Verb("key.step_lifted", "a retiré la deuxième étape d’une personne", in_feed=False)
RECOVERY_RENEWED = Verb("key.recovery_renewed", "a refait ses codes de secours", in_feed=False)
RECOVERY_USED = Verb("key.recovery_used", "est entré avec un code de secours", in_feed=False)
PASSKEY_ADDED = Verb("key.passkey_added", "a ajouté une clé d’accès", in_feed=False)
PASSKEY_REMOVED = Verb("key.passkey_removed", "a retiré une clé d’accès", in_feed=False)
PASSKEY_RENAMED = Verb("key.passkey_renamed", "a renommé une clé d’accès", in_feed=False)
PASSKEY_DOUBTED = Verb("key.passkey_doubted", "a présenté une clé d’accès refusée", in_feed=False)
register(PASSKEY_ADDED, PASSKEY_REMOVED, PASSKEY_RENAMED, PASSKEY_DOUBTED)
PERSON_RENAMED = Verb("person.renamed", "a corrigé son propre nom", in_feed=False)
register(PERSON_RENAMED)
register(STEP_ADDED, STEP_REMOVED, STEP_LIFTED, RECOVERY_RENEWED, RECOVERY_USED)

PARTY_ADDED = Verb("party.added", "a inscrit {object} parmi les parties")
PARTY_CORRECTED = Verb("party.corrected", "a corrigé {object} parmi les parties", in_feed=False)
PARTY_ENDED = Verb("party.ended", "a noté que {object} ne participe plus")
register(PARTY_ADDED, PARTY_CORRECTED, PARTY_ENDED)

PERIMETER_ANNOUNCED = Verb("perimeter.announced", "a annoncé un changement de périmètre\u00a0: {object}")
PERIMETER_CORRECTED = Verb("perimeter.corrected", "a corrigé un changement de périmètre\u00a0: {object}")
PERIMETER_CANCELLED = Verb("perimeter.cancelled", "a annulé un changement de périmètre\u00a0: {object}")
PERIMETER_ENACTED = Verb(
    "perimeter.enacted", "a inscrit l’effet d’un changement de périmètre\u00a0: {object}"
)
PERIMETER_ORDER_NOTED = Verb("perimeter.order_noted", "a complété un changement de périmètre", in_feed=False)
PEOPLE_CARRIED = Verb(
    "perimeter.people_carried", "a reporté des mandats vers une commune nouvelle", in_feed=False
)
register(PERIMETER_ANNOUNCED, PERIMETER_CORRECTED, PERIMETER_CANCELLED, PERIMETER_ENACTED)
register(PERIMETER_ORDER_NOTED, PEOPLE_CARRIED)

TERRITORY_PREPARED = Verb("territory.prepared", "a préparé le territoire", in_feed=False)
TERRITORY_OPENED = Verb("territory.opened", "a ouvert le territoire")
CLAIM_REFUSED = Verb("territory.claim_refused", "a écarté une demande d’ouverture", in_feed=False)
JOIN_ASKED = Verb("territory.join_asked", "a demandé à rejoindre le territoire", in_feed=False)
register(TERRITORY_PREPARED, TERRITORY_OPENED, CLAIM_REFUSED, JOIN_ASKED)


def _party():
    from mosaique.accounts.models import TerritoryParty

    return TerritoryParty


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
ref.register(RefKind("party", _party, "l’organisme", lambda party: party.authority.name, ("authority",)))
ref.register(RefKind("mandate", _mandate, "le mandat", lambda mandate: mandate.title))
ref.register(
    RefKind("invitations", _batch, "l’envoi d’invitations", lambda batch: f"Invitations n° {batch.pk}")
)
