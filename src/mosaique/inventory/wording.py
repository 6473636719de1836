"""Sentences of the inventory's pages: what is counted is said first."""

from collections.abc import Sequence
from datetime import date

from mosaique.kernel import typography
from mosaique.territory.naming import in_words, listed

SHOWN = 6  # names, or lines, said in full


def board_heading(missing: int, total: int, begun: int) -> str:
    """« Cinq communes n’ont pas rendu leur inventaire »."""
    if total == 0:
        return "Aucune commune n’est membre du territoire"
    if missing == 0:
        return (
            f"Les {in_words(total)} communes ont rendu leur inventaire"
            if total > 1
            else "L’inventaire est rendu"
        )
    if missing == total and not begun:
        return "Aucun inventaire n’est encore commencé"
    if missing == total:
        return "Aucun inventaire n’est encore rendu"
    words = in_words(missing, feminine=True).capitalize()
    return (
        f"{words} communes n’ont pas rendu leur inventaire"
        if missing > 1
        else "Une commune n’a pas rendu son inventaire"
    )


def sections_done(done: int, total: int) -> str:
    """« Quatre sections sur dix sont terminées. »"""
    if done == 0:
        return "Aucune section n’est encore rendue."
    if done == total:
        return "Toutes les sections sont rendues." if total > 1 else "La section est rendue."
    words = in_words(done, feminine=True).capitalize()
    return f"{words} section{'s' if done > 1 else ''} sur {in_words(total)} {'sont rendues' if done > 1 else 'est rendue'}."


def released(count: int) -> str:
    """« Un chiffre de cette section est », « 12 chiffres de cette section sont »: at the report, or since when."""
    return "Un chiffre de cette section est" if count == 1 else f"{count} chiffres de cette section sont"


def people(count: int) -> str:
    return "1 personne" if count == 1 else f"{count} personnes"


def until(closes_on: date, frozen: bool) -> str:
    """The second of the four lines."""
    if frozen:
        return "La collecte est close."
    day = typography.date_with_weekday(closes_on)
    return typography.typographie(f"Jusqu’au {day} ; une réponse en retard est encore prise.")


def return_heading(of_commune: str, complete: bool, begun: bool) -> str:
    state = "est rendu" if complete else "est en cours" if begun else "n’est pas encore commencé"
    return f"L’inventaire {of_commune} {state}"


def nothing_yet(noun: str, feminine: bool) -> str:
    word, agreed = ("Aucune", "saisie") if feminine else ("Aucun", "saisi")
    return f"{word} {noun} n’est encore {agreed}. Ajoutez une première ligne ; vous pourrez ensuite coller un tableau entier."


def lines_to_see(numbers: Sequence[int]) -> str:
    """« la ligne 4 vous attendra ici », « les lignes 4 et 9 vous attendront ici »; empty when all is well."""
    if not numbers:
        return ""
    if len(numbers) == 1:
        return f"la ligne {numbers[0]} vous attendra ici"
    return f"les lignes {listed([str(n) for n in numbers], SHOWN)} vous attendront ici"
