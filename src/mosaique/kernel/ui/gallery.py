"""/composants/: every component with its states and its rule, to compare, copy and test. Invented examples only."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from mosaique.kernel.screens import screen
from mosaique.kernel.ui.chrome import Tour
from mosaique.kernel.ui.forms import AmountField, CheckTiles, Form, Tiles
from mosaique.kernel.ui.parts import (
    HUES,
    Event,
    Figure,
    FileLink,
    LegendEntry,
    Link,
    Mark,
    Reader,
    Share,
    Step,
    Tile,
    Todo,
)

TODAY = date(2026, 11, 26)
COLOURS = [
    ("Papier", "--papier", "#faf6ec"), ("Papier creux", "--papier-creux", "#f1eadb"), ("Encre", "--encre", "#1a2630"),
    ("Encre douce", "--encre-douce", "#47535b"), ("Bleu-vert", "--bv", "#0a5a5e"),
    ("Bleu-vert clair", "--bv-clair", "#dbebe7"), ("Ocre", "--ocre", "#dfa12f"),
    ("Ocre clair", "--ocre-clair", "#fbecca"), ("Brique", "--brique", "#a5412a"),
    ("Brique claire", "--brique-clair", "#f8e1d7"),
]  # fmt: skip
STEPS = [
    Step("Lancer", "fait", "juin à août 2026"), Step("Recenser", "encours", "jusqu’au 11 déc. 2026"),
    Step("Écouter", "encours", "jusqu’au 29 janv. 2027"), Step("Identifier", "avenir", "janv. à févr. 2027"),
    Step("Construire", "avenir", "mars à mai 2027"), Step("Rédiger", "avenir", "mai à juin 2027"),
    Step("Consulter", "avenir", "6 sept. au 6 déc. 2027"), Step("Adopter", "avenir", "14 déc. 2027"),
    Step("Suivre", "avenir", "chaque année, 2028 à 2032"),
]  # fmt: skip


WRONG = {
    "e-place": "Salle des fêtes",
    "e-received": "31/09/2027",
    "e-cost": "quatre mille",
    "e-legal_form": "sc",
}


class ExampleForm(Form):
    """Every kind of field."""

    place = forms.CharField(
        label="Nom du lieu de réunion", help_text="Tel que les participants le connaissent."
    )
    received = forms.DateField(label="Date de réception", required=False)
    cost = AmountField(label="Coût annuel", help_text="Toutes charges comprises, la dernière année connue.")
    legal_form = forms.ChoiceField(
        label="Forme juridique",
        choices=[("", "Choisissez"), ("sc", "Service commun"), ("gc", "Groupement de commandes")],
    )
    position = forms.ChoiceField(
        label="Que dites-vous de la version 6 ?",
        help_text="Vous pourrez changer d’avis jusqu’au 10 décembre.",
        choices=[("oui", "Oui"), ("si", "Oui, si…"), ("tard", "Plus tard"), ("non", "Non")],
        widget=Tiles(
            css="quatre-v",
            help={
                "oui": "Nous entrons",
                "si": "Une condition",
                "tard": "Nous y reviendrons",
                "non": "Comme aujourd’hui",
            },
        ),
    )
    themes = forms.MultipleChoiceField(
        label="Thèmes suivis",
        required=False,
        choices=[("u", "Urbanisme"), ("a", "Achats")],
        widget=CheckTiles,
    )
    many = forms.MultipleChoiceField(
        label="Qui viendra ?",
        required=False,
        choices=[(str(n), f"Personne {n}") for n in range(1, CheckTiles.LONG + 2)],
        widget=CheckTiles(help={"1": "Fonction et commune"}, search="Chercher un nom, une fonction"),
    )
    why = forms.CharField(label="En quelques mots", required=False, widget=forms.Textarea)
    proof = forms.FileField(
        label="Pièce jointe", required=False, help_text="PDF ou image, dix mégaoctets au plus."
    )
    agreed = forms.BooleanField(label="J’ai relu avec le maire")


class LineForm(Form):
    """A form said several times."""

    label = forms.CharField(label="Intitulé")


# A drawing without a file: the gallery needs nothing but itself.
PICTURE = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGPgikoDAAGMAPTWJE1+AAAAAElFTkSuQmCC"
QR = mark_safe(
    '<svg class="qr" role="img" aria-label="Carré d’exemple, qui ne mène nulle part" viewBox="0 0 3 3">'
    '<path d="M0 0h1v1H0zM2 0h1v1H2zM0 2h1v1H0zM1 1h1v1H1z"/></svg>'
)


def example_context() -> dict[str, Any]:
    cirgue, trebas, serenac = Tile(0, "prune"), Tile(2, "brique"), Tile(1, "ocre")
    return {
        "today": TODAY,
        "colours": COLOURS,
        "all_tiles": [Tile(drawing, hue) for hue in HUES for drawing in range(8)],
        "cirgue": cirgue,
        "trebas": trebas,
        "serenac": serenac,
        "many_tiles": [Tile(n % 8, HUES[n * 5 % 6]) for n in range(120)],
        "few_tiles": [cirgue, trebas, serenac],
        "facts": ["19 communes", "Fiscalité professionnelle unique"],
        "picture": PICTURE,
        "qr": QR,
        "thin": [Share(60, "b-oui")],
        "position_shares": [Share(9, "b-oui"), Share(4, "b-epci")],
        "several": forms.formset_factory(LineForm, extra=2)(),
        "call_waiting": {"answer": "", "author": "", "url": "#aide"},
        "call_answered": {
            "answer": "Écrivez un point d’interrogation.",
            "author": "Hélène Exemple",
            "url": "#aide",
        },
        "steps": STEPS,
        "todos": [
            Todo(
                "Envoyer l’ordre du jour du comité",
                "#afaire",
                "Il part à 24 personnes.",
                date(2026, 11, 27),
                "Relire et envoyer",
            ),
            Todo(
                "Répondre au maire de Sérénac", "#afaire", "Il attend depuis deux jours.", date(2026, 12, 1)
            ),
            Todo("Choisir un suppléant", "#afaire", "Aucune date n’est fixée.", None),
        ],
        "dates": [date(2026, 11, 27), date(2026, 12, 11), date(2028, 1, 1), None],
        "marks": [
            Mark(TODAY, "Aujourd’hui", here=True),
            Mark(date(2027, 9, 6), "Rapport reçu", "9 mois pour bâtir"),
            Mark(date(2027, 12, 6), "Fin des avis", "3 mois pour les avis"),
            Mark(date(2027, 12, 14), "Vote", "8 jours"),
        ],
        "figures": [
            Figure("13", "communes sur 19, dont 4 sous condition"),
            Figure("1,20 ETP", "pour le service"),
            Figure("58 000 €", "de fonctionnement par an"),
            Figure(mark_safe("1<sup>er</sup> juill. 2028"), "démarrage visé"),
        ],
        "impact": [
            Figure("2 270,13 €", "par an, en année pleine"),
            Figure("Aucun agent", "transféré"),
            Figure("21 jours", "de réponse, contre 31 aujourd’hui"),
        ],
        "events": [
            Event("Version 3, mise à l’avis", "26 août 2027", here=True),
            Event("Version 2", "10 juin 2027", "#histoire"),
        ],
        "files": [
            FileLink("PDF", "Rapport, PDF accessible", "1,8 Mo", "#fichiers", "c41f…9b07"),
            FileLink("ODT", "Rapport, LibreOffice", "590 ko", "#fichiers"),
        ],
        "readers": [Reader("Les 19 maires"), Reader("Pas les habitants", allowed=False)],
        "tabs": [
            Link("Carte", "#onglets", True),
            Link("Tableau", "#onglets"),
            Link("Calendrier", "#onglets"),
        ],
        "page": Paginator(range(158), 25).page(2),
        "legend": [
            LegendEntry("m-oui", "Oui : 9"),
            LegendEntry("m-si", "Oui, si : 4"),
            LegendEntry("m-tard", "Plus tard : 3"),
            LegendEntry("m-non", "Non : 2"),
            LegendEntry("m-vide", "Sans réponse : 1"),
            LegendEntry("m-rien", "Attendu : 2"),
        ],
        "shares": [
            Share(50400, "b-bv"),
            Share(3600, "b-epci"),
            Share(2200, "b-ocre"),
            Share(1800, "b-prune"),
        ],
        "amounts": [Decimal("3678.64"), Decimal("-640"), None],
        "form": ExampleForm(initial={"place": "Salle des fêtes de Trébas"}),
        "wrong": ExampleForm(WRONG, prefix="e"),
        "tour_here": Tour(
            "#visite", "Une fiche par idée à partager", "Qui la rejoint et ce qu’elle coûte.", 3, 5, True
        ),
        "tour_away": Tour(
            "#visite", "Une fiche par idée à partager", "Qui la rejoint et ce qu’elle coûte.", 3, 5, False
        ),
    }


@screen(public=True, methods=("GET",))
def components(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/gallery.html", example_context())
