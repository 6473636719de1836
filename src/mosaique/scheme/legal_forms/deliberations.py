"""The votes every written form waits for: one fact, one document and one step, the same everywhere."""

from mosaique.scheme.legal_forms.base import Document, DocumentKind, Step, to_check
from mosaique.scheme.legal_forms.steps import all_deliberated

CONCORDANT = to_check(
    "Chaque collectivité partie vote de son côté, sur le même texte : ce sont des délibérations concordantes.",
    "CGCT, règles des assemblées",
)

DOCUMENT = Document(
    DocumentKind.DELIBERATIONS,
    "Délibérations de chaque collectivité partie",
    True,
    "Chaque conseil, pour sa collectivité",
    CONCORDANT,
)

STEP = Step("Délibérations concordantes de toutes les parties", CONCORDANT, all_deliberated)
