"""Who holds a link to a section: which one their session says, and who they are for « Bloqué ? »."""

from django.http import HttpRequest

from mosaique.assistance.askers import Asker
from mosaique.inventory.models import SectionLink

# In the session of who holds a link: which one. Their session opens nothing else.
KEY = "confided"


def held(request: HttpRequest) -> SectionLink | None:
    """The link this session holds, while it lasts."""
    pk = request.session.get(KEY)
    link = SectionLink.objects.for_screen().filter(pk=pk).first() if isinstance(pk, int) else None
    return link if link is not None and link.lasts else None


def asker(request: HttpRequest) -> Asker | None:
    link = held(request)
    if link is None:
        return None
    title = f"sans compte, pour {link.sheet.label}"
    return Asker(link.actor, link.name, title, link.sheet.inventory.campaign.territory_id)
