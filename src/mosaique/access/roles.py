"""Roles of a mandate, and what each may do: read, comment, propose and decide are four distinct rights."""

from django.db import models


class Role(models.TextChoices):
    PRESIDENT = "president", "présidence de l’intercommunalité"
    PROJECT_LEAD = "project_lead", "conduite du projet"
    DGS = "dgs", "direction générale"
    MAYOR = "mayor", "maire"
    DEPUTY = "deputy", "adjointe ou adjoint"
    COUNCILLOR = "councillor", "conseillère ou conseiller municipal"
    SECRETARY = "secretary", "secrétariat général de mairie"
    AGENT = "agent", "agent"
    STAFF_REP = "staff_rep", "représentation du personnel"
    PARTNER = "partner", "partenaire"


class Right(models.TextChoices):
    READ = "read", "lire"
    COMMENT = "comment", "commenter"
    PROPOSE = "propose", "proposer"
    DECIDE = "decide", "décider"


# Roles that read what is reserved to their own authority (« ma mairie seulement »). An agent or a councillor does not:
# staff tables of a small commune would show them their colleagues.
HALL = frozenset({Role.PRESIDENT, Role.PROJECT_LEAD, Role.DGS, Role.MAYOR, Role.DEPUTY, Role.SECRETARY})
# Roles that make the project team when held at the EPCI.
TEAM = frozenset({Role.PROJECT_LEAD, Role.DGS})
# A partner reads only the spaces they are invited to (and what is public).
OUTSIDE = frozenset({Role.PARTNER})

RIGHTS: dict[str, frozenset[str]] = {
    Role.PRESIDENT: frozenset(Right.values),
    Role.PROJECT_LEAD: frozenset({Right.READ, Right.COMMENT, Right.PROPOSE}),
    Role.DGS: frozenset({Right.READ, Right.COMMENT, Right.PROPOSE}),
    Role.MAYOR: frozenset(Right.values),
    Role.DEPUTY: frozenset({Right.READ, Right.COMMENT, Right.PROPOSE}),
    Role.COUNCILLOR: frozenset({Right.READ, Right.COMMENT}),
    Role.SECRETARY: frozenset({Right.READ, Right.COMMENT, Right.PROPOSE}),
    Role.AGENT: frozenset({Right.READ, Right.COMMENT}),
    Role.STAFF_REP: frozenset({Right.READ, Right.COMMENT}),
    Role.PARTNER: frozenset({Right.READ, Right.COMMENT}),
}
