"""What this room keeps of a person: their calls for help and the answers."""

from mosaique.assistance.services import KEEP
from mosaique.kernel.personal import Kept, Table, days, register

register(
    Kept(
        "help_calls",
        "Vos demandes d’aide (« Bloqué ? ») et les réponses",
        "Vous répondre. Sans compte, seul le nom sous lequel la mairie vous a confié une section est gardé à côté.",
        f"Ce que vous aviez écrit dans la page et laissé partir s’efface {days(KEEP)} après la fin de la demande ; la demande reste.",
        (
            Table(
                "assistance.HelpCall", ("person",),
                {"asked_at": "Date", "page_title": "Page", "words": "Vos mots", "typed": "Ce qui était écrit", "closed_at": "Fin"},
                "Vos demandes d’aide",
            ),
            Table("assistance.HelpReply", ("author",), {"at": "Date", "body": "Texte"}, "Vos réponses"),
        ),
    )
)  # fmt: skip
