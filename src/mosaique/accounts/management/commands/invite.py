"""`./mosaique invite ADDRESS`: a one-use link that makes the instance's first administrator."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from mosaique.access.actor import ANONYMOUS
from mosaique.accounts import services


class Command(BaseCommand):
    help = "Affiche un lien, à usage unique, qui ouvre l’instance à sa première administratrice ou son premier administrateur."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", metavar="ADRESSE")

    def handle(self, *args: Any, address: str, **options: Any) -> None:
        try:
            validate_email(address)
        except ValidationError:
            raise CommandError(
                f"« {address} » n’est pas une adresse de courriel complète. Rien n’a été créé."
            ) from None
        link = services.invite_operator(actor=ANONYMOUS, email=address)
        self.stdout.write("Ouvrez ce lien et pressez le bouton. Il sert une fois, pendant trente jours :")
        self.stdout.write(link)
