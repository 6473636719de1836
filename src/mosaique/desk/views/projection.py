"""Choosing what goes on the wall, then one screen at a time."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode

from mosaique.access.middleware import acting
from mosaique.desk import projection as projections
from mosaique.desk.policies import may_project
from mosaique.kernel.screens import screen
from mosaique.territory.models import Territory


def _territory(request: HttpRequest) -> Territory:
    actor = acting(request)
    return get_object_or_404(Territory.objects.visible_to(actor).for_screen(), pk=actor.territory_id)


@screen(may=may_project, methods=("GET",))
def projection(request: HttpRequest) -> HttpResponse:
    """What may be shown to the room, ticked by default."""
    return render(
        request, "desk/projection/choose.html", {"choices": projections.choices(_territory(request))}
    )


@screen(may=may_project, methods=("GET",))
def projection_screen(request: HttpRequest, rank: int) -> HttpResponse:
    """One screen of the sequence asked for in the address: it can be kept, sent, opened again."""
    territory = _territory(request)
    shown = projections.order(request.GET.getlist("ecran"), projections.choices(territory))
    if not 1 <= rank <= len(shown):
        return redirect("projector")
    # The list goes with the address only when it was narrowed: that of everything follows what is there.
    query = urlencode([("ecran", key) for key in request.GET.getlist("ecran")])
    context = projections.show(territory, shown[rank - 1])
    return render(
        request,
        str(context.pop("template")),
        {
            **context, "territory": territory, "rank": rank, "count": len(shown), "query": f"?{query}" if query else "",
            "previous": rank - 1, "next": rank + 1 if rank < len(shown) else 0,
        },
    )  # fmt: skip
