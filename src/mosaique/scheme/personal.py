"""What this room keeps of a person: the positions they gave for their body, the sheets and versions they worked on."""

from mosaique.kernel.personal import Kept, Table, register

register(
    Kept(
        "scheme",
        "Les positions que vous avez données pour votre collectivité, et le travail fait sur les fiches et le rapport",
        "Une position engage une collectivité : on dit qui l’a donnée.",
        "Aussi longtemps que le schéma.",
        (
            Table(
                "scheme.Position",
                ("said_by__person",),
                {
                    "authority__name": "Pour",
                    "answer": "Réponse",
                    "condition": "Condition",
                    "voice": "Au nom de",
                    "council_on": "Conseil du",
                    "at": "Date",
                },
                "Les positions que vous avez données",
            ),
            Table(
                "scheme.ActionSheet",
                ("last_edit_by",),
                {"number": "Fiche n°", "edited_at": "Date"},
                "Les fiches que vous avez modifiées en dernier",
            ),
            Table(
                "scheme.Decision",
                ("recorded_by",),
                {"decided_on": "Décision du", "recorded_at": "Notée le"},
                "Les décisions que vous avez notées",
            ),
            Table(
                "scheme.Version",
                ("frozen_by__person",),
                {"number": "Version", "frozen_at": "Figée le"},
                "Les versions que vous avez figées",
            ),
            Table(
                "scheme.Preparation",
                ("asked_by__person",),
                {"kind": "Sorte", "asked_at": "Date"},
                "Les documents que vous avez fait préparer",
            ),
        ),
    )
)
