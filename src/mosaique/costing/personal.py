"""What this room keeps of a person: that they entered a figure, and when. The figures are the work of their body."""

from mosaique.kernel.personal import Kept, Table, register

register(
    Kept(
        "costs",
        "Que vous avez saisi un coût, un effectif ou la valeur d’un critère, ou calculé un partage",
        "Savoir à qui demander d’où vient un chiffre.",
        "Avec le scénario.",
        (
            Table(
                "costing.CostLine",
                ("author",),
                {"id": "Ligne", "year": "Année"},
                "Les lignes de coût que vous avez saisies",
            ),
            Table(
                "costing.EtpLine",
                ("author",),
                {"id": "Ligne", "year": "Année"},
                "Les effectifs que vous avez saisis",
            ),
            Table(
                "costing.AllocationRun",
                ("author",),
                {"id": "Calcul", "at": "Date"},
                "Les partages que vous avez calculés",
            ),
            Table(
                "costing.CriterionValue",
                ("author",),
                {"criterion": "Critère", "year": "Année", "at": "Date"},
                "Les valeurs de critère que vous avez saisies",
            ),
        ),
    )
)
