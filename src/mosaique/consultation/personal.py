"""What this room keeps of a person: which acts of the councils they recorded."""

from mosaique.kernel.personal import Kept, Table, register

_BY = ("entered_by__person",)

register(
    Kept(
        "consultation",
        "Que vous avez enregistré un envoi, une séance, un avis ou un vote",
        "L’avis est celui du conseil ; on dit qui l’a recopié ici, et quand.",
        "Aussi longtemps que le schéma : ce sont les preuves de la consultation.",
        (
            Table(
                "consultation.Consultation",
                ("opened_by__person",),
                {"opened_at": "Ouverte le"},
                "Les consultations que vous avez ouvertes",
            ),
            Table(
                "consultation.DatedFact",
                _BY,
                {"kind": "Fait", "on_date": "Du", "entered_at": "Noté le"},
                "Les envois et réceptions que vous avez notés",
            ),
            Table(
                "consultation.Opinion",
                _BY,
                {"voted_on": "Séance du", "answer": "Avis", "entered_at": "Noté le"},
                "Les avis que vous avez enregistrés",
            ),
            Table(
                "consultation.ReserveAnswer",
                _BY,
                {"text": "Réponse", "entered_at": "Notée le"},
                "Les réponses aux réserves que vous avez écrites",
            ),
            Table(
                "consultation.Sitting",
                _BY,
                {"authority__name": "Conseil", "on_date": "Séance du"},
                "Les séances que vous avez annoncées",
            ),
            Table(
                "consultation.Adoption",
                _BY,
                {"voted_on": "Vote du", "entered_at": "Noté le"},
                "Les votes que vous avez enregistrés",
            ),
            Table(
                "consultation.FinalSending",
                _BY,
                {"sent_on": "Envoi du", "entered_at": "Noté le"},
                "Les envois du schéma que vous avez notés",
            ),
        ),
    )
)
