"""What this room keeps of a person: what they wrote and began to write, where they were cited."""

from mosaique.discussions.services import DRAFTS_KEPT
from mosaique.kernel.personal import Kept, Table, days, register

register(
    Kept(
        "messages",
        "Vos messages dans les échanges, leurs anciennes versions, les relevés que vous avez écrits",
        "C’est la mémoire de la démarche : ce qui a été dit avant de décider.",
        "Aussi longtemps que la démarche. Vous pouvez corriger un message ; l’ancienne version reste lisible.",
        (
            Table(
                "discussions.Post",
                ("author", "mandate__person"),
                {
                    "created_at": "Date",
                    "edited_at": "Corrigé",
                    "position": "Position",
                    "body": "Texte",
                    "hidden_at": "Masqué",
                    "hidden_reason": "Pourquoi",
                    "via_shared_mailbox": "Depuis une boîte partagée",
                },
                "Vos messages",
            ),
            Table(
                "discussions.PostVersion",
                ("post__author",),
                {"at": "Date", "body": "Texte"},
                "Leurs anciennes versions",
            ),
            Table(
                "discussions.Post",
                ("hidden_by",),
                {"hidden_at": "Masqué", "hidden_reason": "Pourquoi"},
                "Les messages que vous avez masqués",
            ),
            Table(
                "discussions.Thread",
                ("author", "mandate__person"),
                {
                    "created_at": "Date",
                    "title": "Question",
                    "open_to_what": "Ce qui est ouvert",
                    "until": "Jusqu’au",
                },
                "Les échanges que vous avez ouverts",
            ),
            Table(
                "discussions.Releve",
                ("author", "mandate__person"),
                {"written_at": "Date", "version": "Version"},
                "Les relevés que vous avez écrits",
            ),
            Table(
                "discussions.ReleveDelivery", ("person",), {"at": "Date"}, "Les relevés que vous avez versés"
            ),
        ),
    ),
    Kept(
        "mentions",
        "Les messages où l’on vous cite",
        "Vous prévenir.",
        "Avec le message.",
        (
            Table(
                "discussions.Mention",
                ("person",),
                {"at": "Date", "current": "Toujours dans le message"},
                "Où l’on vous cite",
            ),
        ),
    ),
    Kept(
        "drafts",
        "Ce que vous commencez à écrire : vous seul lisez ce brouillon",
        "Vous le rendre après une coupure, ou sur un autre appareil.",
        f"Jusqu’à l’envoi, ou {days(DRAFTS_KEPT)}.",
        (Table("discussions.Draft", ("person",), {"kept_at": "Gardé", "fields": "Texte"}, "Vos brouillons"),),
    ),
)
