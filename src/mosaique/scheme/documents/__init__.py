"""From the content of a report to documents: the whole report, and one page per commune. No database here."""

from mosaique.scheme.documents.commune import commune_page
from mosaique.scheme.documents.whole import report

__all__ = ["commune_page", "report"]
