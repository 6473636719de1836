"""The components, by size: atoms (an icon, a tile), blocks (around some text), lists (a whole), fields, filters.

Atoms are built in Python because a table shows hundreds of them; larger ones are templates in templates/ui/parts/.
"""

from django.template import Library

register = Library()

# Tags whose literal arguments are words shown to people: the loader gives them French typography.
COMPONENT_TAGS = frozenset(
    {
        "afaire",
        "barre",
        "boite",
        "bouton",
        "bulle",
        "cachet",
        "delais",
        "etat",
        "fichiers",
        "fil",
        "form_errors",
        "frise",
        "histoire",
        "legende",
        "message",
        "mosaique",
        "onglets",
        "pages",
        "parole",
        "pas",
        "plier",
        "progres",
        "quatre",
        "releve",
        "reperes",
        "suite",
        "tableau",
        "textes",
        "tile_name",
        "trois",
        "vide",
        "vous",
    }
)
