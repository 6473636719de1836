"""Fields of competence. A closed list kept as bits, so that « themes » is one indexed integer of a scope (ADR 0002)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    slug: str
    label: str
    bit: int
    drawing: int
    hue: str


THEMES: tuple[Theme, ...] = tuple(
    Theme(slug, label, 1 << position, drawing, hue)
    for position, (slug, label, drawing, hue) in enumerate(
        [
            ("secretariat", "Secrétariat de mairie", 3, "prune"),
            ("urbanisme", "Urbanisme", 2, "olive"),
            ("finances", "Finances", 5, "ardoise"),
            ("rh", "Ressources humaines", 1, "brique"),
            ("achats", "Achats", 3, "ocre"),
            ("juridique", "Juridique et assemblées", 6, "ardoise"),
            ("numerique", "Informatique et données", 4, "bv"),
            ("technique", "Voirie, bâtiments, espaces verts", 0, "olive"),
            ("ingenierie", "Ingénierie et projets", 7, "bv"),
            ("enfance", "Enfance, école, restauration", 5, "ocre"),
            ("social", "Social et santé", 6, "brique"),
            ("culture", "Culture et sport", 7, "prune"),
            ("securite", "Police et sécurité", 2, "ardoise"),
            ("accueil", "Accueil et communication", 4, "brique"),
            ("transition", "Transition et mobilité", 0, "bv"),
        ]
    )
)
BY_SLUG = {theme.slug: theme for theme in THEMES}
ALL = (1 << 62) - 1  # every theme, present and future


def mask(*slugs: str) -> int:
    """Bits of the named themes; no slug means « no restriction » (0)."""
    total = 0
    for slug in slugs:
        total |= BY_SLUG[slug].bit
    return total


def of_mask(value: int) -> list[Theme]:
    return [theme for theme in THEMES if value & theme.bit]


def choices() -> list[tuple[str, str]]:
    return [(theme.slug, theme.label) for theme in THEMES]
