"""What this room keeps that may be a person's: the address to write to about personal data."""

from mosaique.kernel.personal import Kept, Table, register

register(
    Kept(
        "protection_contact",
        "L’adresse du délégué à la protection des données de chaque collectivité",
        "Que vous sachiez à qui écrire. C’est une adresse de service ; chaque collectivité la donne elle-même.",
        "Jusqu’à ce que la collectivité la change.",
        (
            Table(
                "territory.Authority",
                (),
                not_given="C’est l’adresse d’une collectivité, montrée sur cette page.",
            ),
        ),
    )
)
