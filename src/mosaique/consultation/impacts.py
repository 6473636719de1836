"""The two prescribed impacts as a frozen version states them, authority by authority."""

import json

from mosaique.consultation.warnings import ImpactState
from mosaique.scheme.models import Version


def impacts_stated(version: Version) -> list[ImpactState]:
    """For every authority the report names: does it state the staff impact, the running-cost impact?"""
    content = json.loads(version.content)
    return [
        ImpactState(
            code=line["code"],
            name=line["name"],
            etp_stated=line["etp_stated"],
            costs_stated=line["costs_stated"],
        )
        for line in content["impacts"]["authorities"]
    ]
