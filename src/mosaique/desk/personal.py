"""What the house itself keeps, whatever the room: the messages sent, the session."""

from django.conf import settings

from mosaique.kernel.personal import Kept, Table, register

register(
    Kept(
        "mail",
        "Les messages que la plateforme vous a envoyés",
        "Prouver ce qui est parti, et ne rien envoyer deux fois.",
        "Aussi longtemps que la démarche.",
        (
            Table(
                "kernel.OutgoingMail", (),
                not_given="Les messages reçus : une boîte peut être partagée, leur liste n’est donnée à aucun lecteur.",
            ),
        ),
    ),
    Kept(
        "session",
        "Un seul témoin de connexion (« cookie »)",
        "Rester connecté. Aucun outil de mesure, aucun partenaire publicitaire.",
        f"{settings.SESSION_COOKIE_AGE // 86400} jours, ou jusqu’à la déconnexion.",
    ),
)  # fmt: skip
