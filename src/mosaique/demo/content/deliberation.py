"""The paper of an invented council's vote, labelled as such on the page itself."""

from mosaique.consultation.services.opinions import Vote
from mosaique.kernel import docgen
from mosaique.kernel.docgen.model import Block, Callout, Column, Document, Heading, Paragraph, Row, Table
from mosaique.kernel.typography import date_with_weekday

_OPINION = {"favourable": "favorable", "reserves": "favorable avec réserves", "unfavourable": "défavorable"}


def deliberation(commune: str, epci: str, vote: Vote) -> bytes:
    """A one-page PDF: what the council had before it, what it said, how it voted."""
    blocks: list[Block] = [
        Heading(1, f"Délibération n° {vote.number}", "deliberation", numbered=False),
        Callout(
            "Document inventé pour la démonstration",
            "Ce conseil n’a pas délibéré ; aucun chiffre n’est le sien.",
            "attente",
        ),
        Paragraph(f"Séance du {date_with_weekday(vote.voted_on)}. Le conseil municipal, réuni en mairie,"),
        Paragraph(
            f"vu le rapport relatif aux mutualisations de services et le projet de schéma transmis par {epci} ;"
        ),
        Paragraph(
            "considérant que le conseil dispose de trois mois pour se prononcer "
            "(code général des collectivités territoriales, article L. 5211-39-1),"
        ),
        Paragraph(f"émet un avis {_OPINION[vote.answer]} sur ce projet."),
    ]
    if vote.reserves:
        blocks.append(Paragraph(f"Réserves : {vote.reserves}"))
    blocks.append(
        Table(
            caption="Vote du conseil",
            columns=(
                Column("Pour", "integer"),
                Column("Contre", "integer"),
                Column("Abstentions", "integer"),
            ),
            rows=(Row((vote.votes_for or 0, vote.votes_against or 0, vote.abstentions or 0)),),
            unit="voix",
        )
    )
    document = Document(
        title=f"Délibération n° {vote.number}",
        authority=commune,
        date=vote.voted_on,
        author=commune,
        blocks=tuple(blocks),
        contents=False,
        footer="Démonstration : contenu inventé",
    )
    return docgen.render(document, "pdf")
