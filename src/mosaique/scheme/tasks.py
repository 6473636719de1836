"""Work done by the worker: ids in, service calls out."""

from django_tasks import task

from mosaique.access.actor import ANONYMOUS
from mosaique.scheme import freezing, preparing, report
from mosaique.scheme.documents.base import communes_of
from mosaique.scheme.models import Version, VersionFile
from mosaique.territory import perimeter


@task()
def make_commune_pages(version_id: int) -> None:
    """One page per commune of a frozen version; run again, it only makes what is missing."""
    version = Version.objects.get(pk=version_id)
    done = set(
        VersionFile.objects.filter(version=version, kind="commune").values_list("authority_id", flat=True)
    )
    # The members of the day it was frozen, whoever has left or joined since.
    codes = [body["code"] for body in communes_of(report.read(version.content))]
    for authority in perimeter.of_codes(codes):
        if authority.pk not in done:
            data = freezing.render_page(version.content, authority.code)
            freezing.store_page(actor=ANONYMOUS, version=version, authority=authority, data=data)


@task()
def prepare(preparation_id: int, attempt: int) -> None:
    """The files of a preparation; run again after a cut, it goes on from what is already on the disk."""
    preparing.run(preparation_id, attempt)


@task()
def forget_leftovers() -> None:
    """Files begun for a preparation that was cancelled or stopped, a day later."""
    preparing.forget_leftovers()
