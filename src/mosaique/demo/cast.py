"""The fixed cast: one table for the demonstration and for every test. All names are invented.

`body` says for whom a persona acts: « epci », « a » (first commune of the cast), « b » (another commune), « cdg »
(a partner body). `home` is the URL name of the first screen after sign-in.
"""

from dataclasses import dataclass

from mosaique.access.roles import Role


@dataclass(frozen=True, slots=True)
class Persona:
    slug: str
    given_name: str
    family_name: str
    mailbox: str  # local part; personas of one commune's hall share one
    body: str
    role: str
    title: str
    sees: str  # one line: what the demonstration shows them
    themes: tuple[str, ...] = ()
    # Spaces are created by the cast's builders: « copil » follows mayors, « urbanisme » is a thematic group.
    animates: tuple[str, ...] = ()
    contributes: tuple[str, ...] = ()
    home: str = "home"


CAST: tuple[Persona, ...] = (
    Persona(
        "cheffe-de-projet",
        "Hélène",
        "Carrière",
        "mutualisation",
        "epci",
        Role.PROJECT_LEAD,
        "Cheffe de projet mutualisation",
        "Tout le déroulé : qui a rendu quoi, les fiches, les avis qui arrivent, les relances prêtes.",
        animates=("copil",),
    ),
    Persona(
        "dgs",
        "Bruno",
        "Mazeran",
        "direction",
        "epci",
        Role.DGS,
        "Directeur général des services",
        "Les chiffres, les échéances légales et ce qui manque avant le vote.",
        contributes=("copil", "urbanisme"),
    ),
    Persona(
        "presidente",
        "Solange",
        "Peyrat",
        "presidence",
        "epci",
        Role.PRESIDENT,
        "Présidente",
        "Où en est le consensus, quelles réserves restent, ce qui sera soumis au vote.",
        contributes=("copil",),
    ),
    Persona(
        "maire",
        "Alain",
        "Roucou",
        "mairie-a",
        "a",
        Role.MAYOR,
        "Maire",
        "Ce que chaque fiche change pour sa commune, et l’avis que son conseil doit rendre.",
    ),
    Persona(
        "maire-b",
        "Mireille",
        "Dupouy",
        "mairie-b",
        "b",
        Role.MAYOR,
        "Maire",
        "La même chose pour une autre commune : rien de ce qui est réservé à la première.",
    ),
    Persona(
        "secretaire",
        "Nadine",
        "Lacroix",
        "mairie-a",
        "a",
        Role.SECRETARY,
        "Secrétaire générale de mairie",
        "L’inventaire de sa mairie, à remplir en plusieurs fois, sans rien perdre.",
    ),
    Persona(
        "secretaire-b",
        "Fatou",
        "Bessière",
        "mairie-b",
        "b",
        Role.SECRETARY,
        "Secrétaire générale de mairie",
        "L’inventaire d’une autre mairie, resté en brouillon.",
    ),
    Persona(
        "agent",
        "Karim",
        "Tessier",
        "karim.tessier",
        "a",
        Role.AGENT,
        "Agent technique",
        "Les groupes de travail de son métier et ce qui est prévu pour les agents.",
        themes=("technique",),
        contributes=("voirie",),
    ),
    Persona(
        "representante-du-personnel",
        "Lucie",
        "Amblard",
        "lucie.amblard",
        "epci",
        Role.STAFF_REP,
        "Représentante du personnel au comité social territorial",
        "L’effet de chaque fiche sur les agents, employeur par employeur.",
    ),
    Persona(
        "animateur",
        "Thomas",
        "Verdier",
        "thomas.verdier",
        "b",
        Role.AGENT,
        "Responsable de l’urbanisme",
        "Le groupe Urbanisme qu’il anime : échanges, relevés, fiche en cours.",
        themes=("urbanisme",),
        animates=("urbanisme",),
    ),
    Persona(
        "partenaire",
        "Claire",
        "Montels",
        "claire.montels",
        "cdg",
        Role.PARTNER,
        "Conseillère au centre de gestion",
        "Le seul espace où elle est invitée.",
        contributes=("urbanisme",),
    ),
)
BY_SLUG = {persona.slug: persona for persona in CAST}
#: Personal code of every persona of a shared mailbox: announced, since anyone may be anyone here.
PIN = "4071"
RESIDENT = "habitante"  # no account: the anonymous visitor
SPACES = {
    # key: (kind, name, purpose, theme, openness, joining, follows)
    "copil": (
        "instance",
        "Comité de pilotage",
        "Fixer les orientations et arbitrer.",
        "",
        "listed",
        "invitation",
        [Role.MAYOR, Role.PRESIDENT],
    ),
    "urbanisme": (
        "thematic",
        "Groupe Urbanisme",
        "Préparer une instruction commune des autorisations.",
        "urbanisme",
        "listed",
        "request",
        [],
    ),
    "voirie": (
        "thematic",
        "Groupe Voirie et matériel",
        "Partager les engins et les tournées.",
        "technique",
        "territory",
        "free",
        [],
    ),
}
