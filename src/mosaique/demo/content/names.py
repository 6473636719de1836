"""Invented people. First and family names are drawn from two lists; those who speak in the demonstration are named here."""

from dataclasses import dataclass

from mosaique.access.roles import Role


@dataclass(frozen=True, slots=True)
class Extra:
    """Someone beside the fixed cast: who, for which body (an INSEE code, or « epci »), as what."""

    key: str
    given_name: str
    family_name: str
    body: str
    role: str
    title: str
    themes: tuple[str, ...] = ()


EXTRAS: tuple[Extra, ...] = (
    Extra(
        "vice-presidente",
        "Joëlle",
        "Castaingue",
        "epci",
        Role.COUNCILLOR,
        "Vice-présidente à la mutualisation",
    ),
    Extra(
        "technique",
        "Régis",
        "Auzelay",
        "epci",
        Role.AGENT,
        "Directeur des services techniques",
        ("technique",),
    ),
    Extra(
        "instructrice",
        "Amandine",
        "Roujassol",
        "epci",
        Role.AGENT,
        "Instructrice des autorisations d’urbanisme",
        ("urbanisme",),
    ),
    Extra("finances", "Laure", "Sabathère", "epci", Role.AGENT, "Responsable des finances", ("finances",)),
    Extra("rh", "Inès", "Castagnol", "epci", Role.AGENT, "Responsable des ressources humaines", ("rh",)),
    Extra("dgs-cazeres", "Paule", "Nadalou", "31135", Role.DGS, "Directrice générale des services"),
    Extra("voirie-cazeres", "Yoann", "Delpuget", "31135", Role.AGENT, "Chef d’équipe voirie", ("technique",)),
    Extra(
        "espaces-verts", "Maëlle", "Pontiès", "31454", Role.AGENT, "Agente des espaces verts", ("technique",)
    ),
    Extra(
        "mecanicien", "Denis", "Capblanque", "31299", Role.AGENT, "Mécanicien des ateliers", ("technique",)
    ),
)

#: Mayors and secretaries who write: (given name, family name, « f » or « m »).
MAYORS: dict[str, tuple[str, str, str]] = {
    "31135": ("Gilbert", "Tourrasse", "m"),
    "31454": ("Marie-Ange", "Fontanel", "f"),
    "31193": ("Étienne", "Boussugues", "m"),
    "31324": ("Véronique", "Salaudière", "f"),
    "31428": ("Roger", "Pécastain", "m"),
    "31065": ("Nathalie", "Crouzillac", "f"),
    "31422": ("Jean-Noël", "Ardouzat", "m"),
    "31481": ("Brigitte", "Mauranès", "f"),
    "31349": ("Pascal", "Lestradier", "m"),
    "31204": ("Odile", "Verduzan", "f"),
    "31299": ("Fabrice", "Goulinat", "m"),
    "31370": ("Simone", "Tressol", "f"),
}
SECRETARIES: dict[str, tuple[str, str, str]] = {
    "31538": ("Corinne", "Labadens", "f"),
    "31229": ("Jérôme", "Pujolat", "m"),
    "31153": ("Sandrine", "Estebanet", "f"),
    "31250": ("Aurélie", "Marquefave", "f"),
    "31406": ("Monique", "Dautriche", "f"),
    "31423": ("Cécile", "Ramondès", "f"),
    "31101": ("Laëtitia", "Soubirous-Pech", "f"),
}

WOMEN = (
    "Agnès", "Béatrice", "Chantal", "Danièle", "Élisabeth", "Françoise", "Ghislaine", "Huguette", "Isabelle", "Josiane",
    "Karine", "Lydie", "Maryse", "Nicole", "Pascale", "Régine", "Sylvette", "Thérèse", "Viviane", "Yvette",
)  # fmt: skip
MEN = (
    "André", "Bernard", "Christophe", "Didier", "Émile", "Francis", "Guy", "Hubert", "Jacques", "Laurent", "Marcel",
    "Norbert", "Olivier", "Patrick", "Raymond", "Serge", "Thierry", "Vincent", "Xavier", "Yves",
)  # fmt: skip
FAMILIES = (
    "Abadirac", "Barradou", "Bézinac", "Cabirolet", "Campistrous", "Daubrac", "Duprénac", "Escalonne", "Fauquière",
    "Gardelou", "Gasconnet", "Herrandou", "Izardel", "Jaulinac", "Labourrette", "Lannegrasse", "Lasserrade", "Maubourget",
    "Mirambel-Roc", "Navarrot", "Ousteau", "Pagésy", "Peyrouzelle", "Quintanou", "Rancoulet", "Rieucros", "Sabarot",
    "Sarradet", "Sentouret", "Tajanel", "Tarrissan", "Tournéfier", "Trémoulat", "Urbanel", "Vallespir", "Vidalhac",
    "Agassol", "Berdoulet", "Castelbou", "Darnautou", "Esparbès", "Fourcadel", "Gimberou", "Honorat", "Junquet", "Lagardère-Sol",
    "Montaubric", "Nougarol", "Pradinas",
)  # fmt: skip
