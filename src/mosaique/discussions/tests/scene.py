"""A question and its four lines, and what the tests of threads ask again and again."""

from datetime import date

from mosaique.journal.models import Line

LINES = {
    "title": "Qui signe les permis ?", "open_to_what": "La règle de signature", "who_decides": "Le comité de pilotage",
    "outcome_promise": "Un relevé versé dans la fiche", "until": date(2026, 12, 4),
}  # fmt: skip


def verbs() -> list[str]:
    return list(Line.objects.order_by("pk").values_list("verb", flat=True))


def token(n: int) -> str:
    return f"{n:032x}"
