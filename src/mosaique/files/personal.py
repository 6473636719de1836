"""What this room keeps of a person: the files they gave."""

from mosaique.kernel.personal import Kept, Table, register

register(
    Kept(
        "files",
        "Les fichiers que vous avez joints",
        "Les montrer à ceux qui lisent ce à quoi ils sont joints.",
        "Avec ce à quoi ils sont joints. Un fichier retiré n’est plus lu par personne et s’efface du disque sous deux jours.",
        (
            Table(
                "files.Upload", ("given_by__person",),
                {"name": "Nom", "content_type": "Sorte", "size": "Taille en octets", "given_at": "Date", "sha256": "Empreinte"},
                "Vos fichiers",
            ),
        ),
    )
)  # fmt: skip
