"""Words and small pieces that the verbs share."""

from typing import Any

from mosaique.kernel import richtext

RICH = {"context", "objectives", "content"}


LABELS = {
    "title": "Titre",
    "summary": "En une phrase",
    "theme": "Thème",
    "priority": "Priorité",
    "axis": "Axe",
    "context": "Pourquoi cette fiche",
    "objectives": "Objectifs",
    "content": "Ce qui est proposé",
    "pilot_elected": "Pilotage élu",
    "pilot_technical": "Pilotage technique",
    "partners": "Partenaires",
    "legal_form": "Forme juridique",
    "provider": "Qui apporte les moyens",
    "beneficiary": "Qui en bénéficie",
    "parties": "Autres parties à l’accord",
    "payment": "Paiement",
    "entry_exit": "Entrée et sortie",
    "agents_concerned": "Agents concernés",
    "means": "Moyens",
    "prerequisites": "Préalables",
    "risks": "Points de vigilance",
    "study_on": "Étude",
    "test_on": "Essai",
    "start_on": "Démarrage",
    "review_on": "Bilan",
    "milestones": "Étapes",
    "indicators": "Indicateurs",
    "open_to_what": "Ce qui est ouvert",
    "open_until": "Jusqu’à quand",
    "who_decides": "Qui décide",
    "outcome": "Ce qui en sera fait",
}


def shown(value: Any) -> str:
    """A value as plain text, for the page that shows two versions."""
    if isinstance(value, dict) and value.get("type") == "doc":
        return richtext.to_text(value)
    if isinstance(value, list):
        return "\n".join(", ".join(str(part) for part in row.values() if part) for row in value)
    return "" if value is None else str(value)
