"""What the pages of costs say, in French."""

from collections.abc import Sequence

from mosaique.kernel.typography import typographie
from mosaique.territory.naming import listed


def _own(years: Sequence[int]) -> str:
    """Years that kept what was theirs."""
    if not years:
        return ""
    verb = "gardent leurs" if len(years) > 1 else "garde ses"
    return f" {listed([str(year) for year in years])} {verb} propres chiffres : rien n’y a été reporté."


def costs_kept(year: int, count: int, own: Sequence[int]) -> str:
    """« Les coûts de 2027 sont enregistrés (2 lignes). 2029 garde ses propres chiffres… »."""
    lines = "aucune ligne" if not count else f"{count} ligne{'s' if count > 1 else ''}"
    return typographie(f"Les coûts de {year} sont enregistrés ({lines}).{_own(own)}")


def staff_kept(year: int, own: Sequence[int]) -> str:
    return typographie(f"Les effectifs de {year} sont enregistrés.{_own(own)}")
