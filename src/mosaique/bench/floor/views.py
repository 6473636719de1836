"""One page: a thread, twenty posts asked for."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from mosaique.bench.floor.models import Seat, Talk, Word


@login_required
def talk(request: HttpRequest, pk: int) -> HttpResponse:
    """Session, user, thread, membership, posts: five queries."""
    found = get_object_or_404(Talk.objects.select_related("room"), pk=pk)
    if not Seat.objects.filter(room_id=found.room_id, user=request.user).exists():
        raise Http404
    words = Word.objects.filter(talk=found).select_related("author")[:20]
    return render(request, "floor/talk.html", {"talk": found, "words": words})
