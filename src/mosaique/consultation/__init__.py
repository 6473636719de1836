"""A frozen version sent to the councils: dates with their proof, one clock per council, opinions, adoption, final sending.

Nouns: Consultation, CouncilFile (one per council), DatedFact (sent, received: append-only), Opinion, Sitting, Adoption,
FinalSending. Doors: `queries.board`, `queries.todos`, `deadlines` (pure), `warnings` (pure), `procedures` (registry).
"""
