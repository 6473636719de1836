"""`demo_seed`: give the demonstration its territory, its people and their past. Does nothing when they are there."""

from typing import Any

from django.core.management.base import BaseCommand

from mosaique.demo.queries import demo_territory
from mosaique.demo.seeding.all import seed
from mosaique.kernel import clock


class Command(BaseCommand):
    help = "Prépare le contenu inventé de la démonstration (une seule fois)."

    def handle(self, *args: Any, **options: Any) -> None:
        if demo_territory() is not None:
            self.stdout.write("La démonstration est déjà prête.")
            return
        stage = seed(clock.today())
        self.stdout.write(
            f"La démonstration est prête : {stage.territory.epci.name}, {len(stage.communes)} communes."
        )
