"""What this room keeps of a person: that they entered, shared or asked, and when. What they entered is their town hall's."""

from mosaique.kernel.personal import Kept, Table, register

register(
    Kept(
        "inventory",
        "Que vous avez rempli, partagé ou confié une section de l’inventaire, et quand",
        "Savoir à qui demander une précision. Les inventaires ne contiennent aucun nom d’agent : ils sont à la collectivité.",
        "Avec l’inventaire. Le nom sous lequel une section est confiée par lien reste à côté des lignes ; l’adresse n’est pas gardée.",
        (
            Table(
                "inventory.SectionSheet",
                ("last_entry_by",),
                {"section": "Section", "last_entry_at": "Dernière saisie"},
                "Les sections que vous avez remplies",
            ),
            Table(
                "inventory.SectionSheet",
                ("done_by",),
                {"section": "Section", "done_at": "Terminée"},
                "Les sections que vous avez dites terminées",
            ),
            Table("inventory.AppliedChange", ("person",), {"at": "Date"}, "Vos saisies gardées"),
            Table(
                "inventory.SectionLink",
                ("given_by",),
                {"given_at": "Date", "name": "À", "until": "Jusqu’au", "ended_at": "Repris"},
                "Les sections que vous avez confiées par lien",
            ),
            Table(
                "inventory.HelpRequest",
                ("asked_by",),
                {"asked_at": "Date", "note": "Vos mots"},
                "Vos demandes d’aide à la saisie",
            ),
            Table(
                "inventory.Release",
                ("released_by",),
                {"released_at": "Date", "as_of": "Au"},
                "Vos partages de chiffres",
            ),
            Table(
                "inventory.Estimate",
                ("made_by",),
                {"made_at": "Date", "section": "Section"},
                "Vos estimations",
            ),
            Table(
                "inventory.ImportBatch",
                ("received_by",),
                {"received_at": "Dépôt", "applied_at": "Repris"},
                "Vos fichiers repris",
            ),
        ),
    )
)
