"""The procedures, by name. A consultation stores the identifier; the objects live here."""

from mosaique.consultation.procedures import council_opinion_on_scheme, cst_opinion
from mosaique.consultation.procedures.base import Procedure

PROCEDURES: dict[str, Procedure] = {
    procedure.identifier: procedure
    for procedure in (council_opinion_on_scheme.PROCEDURE, cst_opinion.PROCEDURE)
}

COUNCIL_OPINION: str = council_opinion_on_scheme.PROCEDURE.identifier
CST_OPINION: str = cst_opinion.PROCEDURE.identifier
