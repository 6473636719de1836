"""The colours of the documents: taken when they can be read on paper, refused with the nearest tone that can."""

from mosaique.kernel.docgen import colours
from mosaique.kernel.verdict import Problem


def checked_colours(main: str, accent: str) -> tuple[str, str]:
    """Both colours as they are kept, or a `Problem` that offers the nearest tone dark enough."""
    kept = []
    for field, text, least, use in (
        ("main", main, colours.TEXT, "les titres"),
        ("accent", accent, colours.LINES, "les filets"),
    ):
        colour = colours.parse(text)
        if colour is None:
            raise Problem(
                f"« {text[:20]} » n’est pas une couleur : six chiffres ou lettres de A à F sont attendus, comme #0A5A5E. "
                "Rien n’est enregistré.",
                field,
            )
        found = colours.contrast(colour)
        if found < least:
            nearest = colours.dark_enough(colour, least)
            raise Problem(
                f"Ce ton (#{colour.upper()}) est trop clair pour {use} sur du papier blanc : son contraste est de "
                f"{_ratio(found)}, il en faut {_ratio(least)}. Rien n’est enregistré. Le ton le plus proche qui convient "
                f"est #{nearest.upper()}.",
                field,
            )
        kept.append(colour)
    return kept[0], kept[1]


def _ratio(value: float) -> str:
    """Cut, never rounded up: a refusal must not read « 4,5, il en faut 4,5 »."""
    return f"{int(value * 10) / 10:.1f}".replace(".", ",")
