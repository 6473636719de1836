"""Words by which a pasted list names its columns and its roles (folded: no accent, no capital)."""

from mosaique.access.roles import Role

COLUMNS = ("name", "email", "body", "role", "themes", "until")
HEADERS = {
    "prenom": "given", "nom": "family", "prenom nom": "name", "nom prenom": "family_given", "nom et prenom": "family_given",
    "noms prenoms": "family_given", "noms et prenoms": "family_given", "nom prenoms": "family_given",
    "prenom et nom": "name", "personne": "name", "adresse": "email", "courriel": "email", "e mail": "email",
    "email": "email", "mail": "email", "adresse electronique": "email", "commune": "body", "organisme": "body",
    "collectivite": "body", "commune ou organisme": "body", "role": "role", "fonction": "role", "qualite": "role",
    "themes": "themes", "theme": "themes", "domaines": "themes", "jusqu au": "until", "fin": "until", "fin du mandat": "until",
    "mandat au": "until", "mandat du": "since", "depuis": "since", "debut du mandat": "since",
    # As address books write them: Outlook, Thunderbird, Google, in French and in English.
    "prenoms": "given", "first name": "given", "given name": "given", "nom de famille": "family", "last name": "family",
    "family name": "family", "surname": "family", "nom complet": "name", "nom a afficher": "name", "display name": "name",
    "full name": "name", "name": "name", "adresse e mail": "email", "adresse mail": "email", "adresse de messagerie": "email",
    "adresse de courriel": "email", "adresse electronique principale": "email", "premiere adresse electronique": "email",
    "e mail address": "email", "email address": "email", "primary email": "email", "e mail 1 value": "email",
    "mel": "email", "societe": "body", "organisation": "body", "organization": "body", "company": "body", "entreprise": "body",
    "organization name": "body", "organization 1 name": "body", "mairie": "body", "fonction exercee": "role", "poste": "role",
    "mandat": "role", "job title": "role", "organization title": "role", "organization 1 title": "role",
    "titre": "title", "title": "title", "intitule": "title", "intitule de la fonction": "title",
}  # fmt: skip
# What people write in the cell of an address when there is none (folded).
NO_ADDRESS = frozenset(
    {"sans", "sans adresse", "aucune", "pas d adresse", "neant", "par courrier", "courrier", "lettre"}
)
CIVILITIES = frozenset(
    {"m", "mr", "mme", "mlle", "monsieur", "madame", "mademoiselle", "ms", "mrs", "miss", "dr"}
)
# What a column of a file may hold, as the person chooses it.
FIELDS = (
    ("given", "Prénom"), ("family", "Nom"), ("name", "Prénom et nom"), ("family_given", "Nom et prénom"), ("email", "Adresse électronique"),
    ("other_email", "Adresse, à défaut de la première"),
    ("body", "Collectivité"), ("role", "Fonction"), ("title", "Titre, comme il se dit"), ("themes", "Thèmes"),
    ("since", "Mandat du"), ("until", "Mandat au"), ("", "Ne pas reprendre"),
)  # fmt: skip
# First words (folded) by which a role is known; the words of the list become the person's title.
ROLES: tuple[tuple[str, str], ...] = (
    ("president", Role.PRESIDENT), ("presidence", Role.PRESIDENT),
    ("chef de projet", Role.PROJECT_LEAD), ("cheffe de projet", Role.PROJECT_LEAD),
    ("charge de mission", Role.PROJECT_LEAD), ("chargee de mission", Role.PROJECT_LEAD), ("conduite du projet", Role.PROJECT_LEAD),
    ("dgs", Role.DGS), ("dga", Role.DGS), ("direction", Role.DGS), ("directeur general", Role.DGS), ("directrice generale", Role.DGS),
    ("maire adjoint", Role.DEPUTY), ("maire delegue", Role.DEPUTY),
    ("maire", Role.MAYOR), ("adjoint", Role.DEPUTY), ("premier adjoint", Role.DEPUTY),
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
