"""Verbs of this room (the reference to a space is registered by access)."""

from mosaique.journal.verbs import Verb, register

SPACE_CREATED = Verb("space.created", "a ouvert {object}")
SPACE_EDITED = Verb("space.edited", "a modifié la présentation de {object}", in_feed=False)
SPACE_OPENNESS = Verb("space.openness", "a changé qui lit {object}")
SPACE_CLOSED = Verb("space.closed", "a clos {object}")
MEMBER_ADDED = Verb("space.member_added", "a ajouté quelqu’un à {object}")
MEMBER_ROLE = Verb("space.member_role", "a changé un rôle dans {object}", in_feed=False)
MEMBER_REMOVED = Verb("space.member_removed", "a retiré quelqu’un de {object}")
MEMBER_JOINED = Verb("space.joined", "a rejoint {object}")
MEMBER_LEFT = Verb("space.left", "a quitté {object}", in_feed=False)
JOIN_REQUESTED = Verb("space.join_requested", "demande à rejoindre {object}")
JOIN_REFUSED = Verb("space.join_refused", "n’a pas donné suite à une demande pour {object}", in_feed=False)
register(
    SPACE_CREATED, SPACE_EDITED, SPACE_OPENNESS, SPACE_CLOSED, MEMBER_ADDED, MEMBER_ROLE, MEMBER_REMOVED,
    MEMBER_JOINED, MEMBER_LEFT, JOIN_REQUESTED, JOIN_REFUSED,
)  # fmt: skip
