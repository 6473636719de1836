"""Draws the lines of one section for one commune, as its secretary would type them."""

import random
from collections.abc import Callable
from decimal import Decimal

from mosaique.demo.content import inventories as content
from mosaique.inventory.columns import Column
from mosaique.inventory.registry import SECTIONS
from mosaique.inventory.spec import SectionSpec
from mosaique.territory.models import Authority

#: column → (text typed, reason for having none)
Line = dict[str, tuple[str, str]]

SHARED_POSTS: list[Line] = [
    {"mission": ("Secrétariat général de mairie", ""), "filiere": ("administrative", ""), "categorie": ("B", ""),
     "statut": ("titulaire", ""), "etp_budget": ("0,60", ""), "etp_pourvu": ("0,60", ""), "depart": ("5", ""),
     "partage": ("Personne", ""), "difficile": ("oui", "")},
    {"mission": ("Entretien des chemins, part de Lautignac", ""), "filiere": ("technique", ""), "categorie": ("C", ""),
     "statut": ("titulaire", ""), "etp_budget": ("0,40", ""), "etp_pourvu": ("0,40", ""), "depart": ("plus", ""),
     "partage": ("Sénarens", ""), "difficile": ("non", "")},
    {"mission": ("Ménage de la mairie et de la salle", ""), "filiere": ("technique", ""), "categorie": ("C", ""),
     "statut": ("cdd", ""), "etp_budget": ("0,15", ""), "etp_pourvu": ("0,15", ""), "depart": ("", "inconnu"),
     "partage": ("Personne", ""), "difficile": ("", "inconnu")},
]  # fmt: skip
ON_BEHALF: list[Line] = [
    {"designation": ("Tracteur de 60 chevaux", ""), "type": ("tracteur", ""), "annee": ("2009", ""), "etat": ("moyen", ""),
     "jours": ("35", ""), "entretien": ("740", ""), "pretable": ("conditions", "")},
    {"designation": ("Barrières, lot de douze", ""), "type": ("barrieres", ""), "annee": ("", "inconnu"), "etat": ("bon", ""),
     "jours": ("6", ""), "entretien": ("0", ""), "pretable": ("oui", "")},
]  # fmt: skip
COUNTED: list[Line] = [
    {"quoi": ("voirie", ""), "nombre": ("14", ""), "annee": ("2025", ""), "source": ("releve", ""),
     "precision": ("Sans les chemins ruraux", "")},
    {"quoi": ("espaces_verts", ""), "nombre": ("", "inconnu"), "annee": ("2025", ""), "source": ("", "non_concerne")},
]  # fmt: skip
TO_SEE_AGAIN: list[Line] = [
    {"objet": ("Électricité de la mairie et de la salle", ""), "famille": ("electricite", ""),
     "fournisseur": ("Watt et Garonne", ""), "montant": ("2 140,50", ""), "fin": ("31/12/2027", ""), "groupe": ("oui", "")},
    {"objet": ("Location du copieur", ""), "famille": ("copieurs", ""), "fournisseur": ("Bureautique Volvestre", ""),
     "montant": ("", "non_communique"), "fin": ("31/02/2027", ""), "groupe": ("non", "")},
]  # fmt: skip


def lines(draw: random.Random, section: str, commune: Authority) -> list[Line]:
    """What that town hall would type in that section."""
    makers: dict[str, Callable[[random.Random, Authority], list[Line]]] = {
        "staff": _staff, "equipment": _equipment, "contracts": _contracts, "needs": _needs,
        "software": _software, "activity": _activity,
    }  # fmt: skip
    return makers[section](draw, commune) if section in makers else _from_columns(draw, SECTIONS[section])


def _from_columns(draw: random.Random, spec: SectionSpec) -> list[Line]:
    """A section nobody has written invented lines for yet: two or three plain ones, drawn from its columns."""
    found = []
    for number in range(1, draw.randrange(3, 5)):
        line = {column.name: _drawn(draw, column) for column in spec.columns}
        if spec.first.kind == "text":
            line[spec.first.name] = (f"{spec.noun.capitalize()} n° {number}", "")
        found.append(line)
    return found


def _drawn(draw: random.Random, column: Column) -> tuple[str, str]:
    if column.choices:
        return draw.choice(column.choices)[0], ""
    typed = {
        "int": str(draw.randrange(1, 12)),
        "etp": "0,50",
        "money": str(draw.randrange(100, 4000)),
        "date": "31/12/2027",
    }
    return (typed[column.kind], "") if column.kind in typed else ("", "inconnu" if column.unknown else "")


def reckoned_etp(inhabitants: int) -> Decimal:
    """A rough figure from the population: seven posts for a thousand inhabitants, half a post at least."""
    return max(Decimal("0.50"), (Decimal(inhabitants) * 7 / 1000).quantize(Decimal("0.1")))


def _people(commune: Authority) -> int:
    return commune.population or 0


def _staff(draw: random.Random, commune: Authority) -> list[Line]:
    size = _people(commune)
    posts = list(content.SMALL_POSTS if size < 300 else content.MIDDLE_POSTS)
    if size > 1500:
        posts = [*content.LARGE_POSTS, *content.MIDDLE_POSTS[1:]]
    found = []
    for mission, field, category, status, amounts in posts:
        planned = draw.choice(amounts)
        filled = planned if draw.randrange(7) else "0,00"
        leaving = draw.choice(("1", "3", "5", "plus", "plus", "plus", "plus", "plus"))
        found.append({
            "mission": (mission, ""), "filiere": (field, ""), "categorie": (category, ""), "statut": (status, ""),
            "etp_budget": (planned, ""), "etp_pourvu": (filled, ""),
            "depart": (leaving, "") if draw.randrange(9) else ("", "refuse"),
            "partage": ("Personne", ""), "difficile": (draw.choice(("oui", "non", "non")), ""),
        })  # fmt: skip
    return found


def _equipment(draw: random.Random, commune: Authority) -> list[Line]:
    size = _people(commune)
    count = 2 if size < 150 else 4 if size < 500 else 6 if size < 1500 else 10
    found = []
    if commune.insee_code in content.SWEEPERS:
        own, used, cost = content.SWEEPERS[commune.insee_code]
        found.append(_machine(draw, own, "balayeuse", used, cost, "conditions"))
    for name, kind, days, upkeep, lent in draw.sample(content.EQUIPMENT, count):
        found.append(_machine(draw, name, kind, draw.randint(*days), draw.randint(*upkeep), lent))
    return found


def _machine(draw: random.Random, name: str, kind: str, days: int, upkeep: int, lent: str) -> Line:
    return {
        "designation": (name, ""), "type": (kind, ""), "annee": (str(draw.randrange(2004, 2025)), ""),
        "etat": (draw.choice(("bon", "bon", "moyen", "a_changer")), ""), "jours": (str(days), ""),
        "entretien": (str(upkeep), "") if draw.randrange(8) else ("", "inconnu"), "pretable": (lent, ""),
        "remplacement": (str(draw.randrange(2027, 2036)), "") if draw.randrange(2) else ("", "inconnu"),
    }  # fmt: skip


def _contracts(draw: random.Random, commune: Authority) -> list[Line]:
    size = _people(commune)
    count = 3 if size < 150 else 5 if size < 500 else len(content.CONTRACTS)
    found = []
    for rank, (subject, kind, sellers, per_head, least) in enumerate(content.CONTRACTS[:count]):
        amount = max(least, size * per_head // 100 * draw.randint(85, 115) // 100)
        year = 2027 if rank == 0 else draw.randrange(2027, 2031)
        found.append({
            "objet": (subject, ""), "famille": (kind, ""), "fournisseur": (draw.choice(sellers), ""),
            "montant": (f"{amount},{draw.randrange(100):02d}", "") if draw.randrange(9) else ("", "non_communique"),
            "fin": (f"31/12/{year}", "") if draw.randrange(3) else (f"30/06/{year}", ""),
            "preavis": (f"30/09/{year}", "") if draw.randrange(4) == 0 else ("", "inconnu"),
            "groupe": (draw.choice(("oui", "oui", "non", "deja")), ""),
        })  # fmt: skip
    return found


def _needs(draw: random.Random, commune: Authority) -> list[Line]:
    found, told = [], set()
    for theme, need, rank, wanted, offer, pay in draw.sample(content.NEEDS, 5):
        if theme in told:
            continue
        told.add(theme)
        found.append({
            "theme": (theme, ""), "besoin": (need, ""), "priorite": (rank, ""), "precision": (wanted, ""),
            "offre": (offer, ""), "payer": (pay, ""),
        })  # fmt: skip
    return found


def _software(draw: random.Random, commune: Authority) -> list[Line]:
    """Invented suppliers; the same few come back, as they do."""
    size = _people(commune)
    found = []
    for rank, (function, name, least, posts) in enumerate(content.SOFTWARE[: 3 if size < 300 else 5]):
        found.append({
            "fonction": (function, ""), "logiciel": (name, ""), "fournisseur": (draw.choice(content.SOFTWARE_SELLERS), ""),
            "cout": (f"{least + size // 4},00", "") if draw.randrange(8) else ("", "non_communique"),
            "fin": (f"31/12/{2026 + rank % 3 + draw.randrange(1, 3)}", "") if draw.randrange(5) else ("", "inconnu"),
            "postes": (str(posts + size // 900), ""), "hebergement": (draw.choice(("mairie", "distance", "distance")), ""),
            "avis": (draw.choice(("oui", "moyen", "moyen", "non")), ""),
        })  # fmt: skip
    return found


def _activity(draw: random.Random, commune: Authority) -> list[Line]:
    """What a town hall of that size does in a year, roughly."""
    size = _people(commune)
    found = []
    for code, per_hundred_thousand, source in content.VOLUMES:
        count = max(1, size * per_hundred_thousand * draw.randint(80, 120) // 100_000)
        known = draw.randrange(10) > 0
        found.append({
            "quoi": (code, ""), "nombre": (str(count), "") if known else ("", "inconnu"), "annee": ("2025", ""),
            "source": (source, "") if known else ("", "non_concerne"),
        })  # fmt: skip
    return found
