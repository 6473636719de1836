"""Words by which a pasted list names its columns and its roles (folded: no accent, no capital)."""

from mosaique.access.roles import Role

COLUMNS = ("name", "email", "body", "role", "themes", "until")
HEADERS = {
    "prenom": "given", "nom": "family", "prenom nom": "name", "nom prenom": "name", "nom et prenom": "name",
    "prenom et nom": "name", "personne": "name", "adresse": "email", "courriel": "email", "e mail": "email",
    "email": "email", "mail": "email", "adresse electronique": "email", "commune": "body", "organisme": "body",
    "collectivite": "body", "commune ou organisme": "body", "role": "role", "fonction": "role", "qualite": "role",
    "themes": "themes", "theme": "themes", "domaines": "themes", "jusqu au": "until", "fin": "until", "fin du mandat": "until",
}  # fmt: skip
# First words (folded) by which a role is known; the words of the list become the person's title.
ROLES: tuple[tuple[str, str], ...] = (
    ("president", Role.PRESIDENT), ("presidence", Role.PRESIDENT),
    ("chef de projet", Role.PROJECT_LEAD), ("cheffe de projet", Role.PROJECT_LEAD),
    ("charge de mission", Role.PROJECT_LEAD), ("chargee de mission", Role.PROJECT_LEAD), ("conduite du projet", Role.PROJECT_LEAD),
    ("dgs", Role.DGS), ("dga", Role.DGS), ("direction", Role.DGS), ("directeur general", Role.DGS), ("directrice generale", Role.DGS),
    ("maire adjoint", Role.DEPUTY), ("maire", Role.MAYOR), ("adjoint", Role.DEPUTY), ("premier adjoint", Role.DEPUTY),
    ("premiere adjoint", Role.DEPUTY), ("conseiller municipal", Role.COUNCILLOR), ("conseillere municipal", Role.COUNCILLOR),
    ("conseiller communautaire", Role.COUNCILLOR), ("conseillere communautaire", Role.COUNCILLOR),
    ("elu", Role.COUNCILLOR), ("conseiller", Role.COUNCILLOR), ("conseillere", Role.COUNCILLOR),
    ("secretaire", Role.SECRETARY), ("secretariat", Role.SECRETARY), ("sgm", Role.SECRETARY),
    ("representant du personnel", Role.STAFF_REP), ("representante du personnel", Role.STAFF_REP),
    ("representation du personnel", Role.STAFF_REP), ("agent", Role.AGENT), ("technicien", Role.AGENT),
    ("responsable", Role.AGENT), ("partenaire", Role.PARTNER),
)  # fmt: skip
ROLE_WORDS = (
    "maire, adjointe ou adjoint, conseillère ou conseiller, secrétaire, DGS, présidente ou président, cheffe ou chef de "
    "projet, agent, représentante ou représentant du personnel, partenaire"
)
