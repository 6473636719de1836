"""The guided tour: its page, and the buttons that walk through it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mosaique.access.middleware import acting
from mosaique.desk import services
from mosaique.desk import tour as tours
from mosaique.kernel.screens import screen


@screen()
def tour(request: HttpRequest) -> HttpResponse:
    """GET: the whole tour on one page. POST `etape`: go to that stop; anything else: leave."""
    actor = acting(request)
    stops = tours.stops_of(actor)
    if request.method != "POST":
        return render(request, "desk/tour.html", {"stops": stops})
    wanted = request.POST.get("etape", "")
    services.answer_tour(actor=actor)
    if wanted.isascii() and wanted.isdecimal() and len(wanted) < 3 and int(wanted) < len(stops):
        request.session[tours.KEY] = int(wanted)
        return redirect(tours.address_of(actor, stops[int(wanted)]))
    finished = request.session.pop(tours.KEY, None) == len(stops) - 1 and "fin" in request.POST
    messages.success(
        request,
        "La visite est terminée. Vous pouvez la refaire depuis la page d’aide."
        if finished
        else "Pas de visite : vous la retrouverez dans la page d’aide si vous changez d’avis.",
    )
    return redirect("home")
