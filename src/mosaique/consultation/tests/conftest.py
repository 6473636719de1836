"""A frozen version on the small territory, ready to be put to its councils."""

import json
from datetime import date

import pytest

from mosaique.access.models import Mandate, Scope, Visibility
from mosaique.consultation import services
from mosaique.consultation.models import Consultation, CouncilFile
from mosaique.demo.people import Company
from mosaique.kernel import clock
from mosaique.scheme.models import Scheme, Version


@pytest.fixture
def version(cast: Company) -> Version:
    scope = Scope.objects.obtain(territory=cast.territory, visibility=Visibility.TERRITORY)
    scheme = Scheme.objects.create(
        territory=cast.territory, scope=scope, title="Schéma 2026-2032", starts_year=2026, ends_year=2032
    )
    content = json.dumps({"impacts": {"authorities": []}})
    return Version.objects.create(
        scheme=scheme, scope=scope, number=1, content=content, sha256="0123456789abcdef" * 4,
        frozen_at=clock.now(), frozen_by=Mandate.objects.get(person=cast.people["cheffe-de-projet"]),
    )  # fmt: skip


@pytest.fixture
def consultation(cast: Company, version: Version) -> Consultation:
    return services.open_consultation(
        actor=cast.actor("cheffe-de-projet"), version=version, planned_vote_on=date(2027, 3, 10)
    )


@pytest.fixture
def council_a(cast: Company, consultation: Consultation) -> CouncilFile:
    return CouncilFile.objects.for_screen().get(authority=cast.commune_a)
