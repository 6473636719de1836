"""Addresses of « Mes territoires », included by this room's urls."""

from django.urls import path

from mosaique.accounts.views import territories

urlpatterns = [
    path("territoires/", territories.territories, name="territories"),
    path("territoires/nouveau/", territories.territory_new, name="territory_new"),
    path("territoires/nouveau/<str:siren>/demander/", territories.territory_ask, name="territory_ask"),
    path("territoires/a-ouvrir/", territories.territories_to_confirm, name="territories_to_confirm"),
    path("territoires/a-ouvrir/<int:pk>/ouvrir/", territories.territory_confirm, name="territory_confirm"),
    path("territoires/a-ouvrir/<int:pk>/ecarter/", territories.territory_refuse, name="territory_refuse"),
    path("territoires/preparation/<int:pk>/", territories.territory_prepared, name="territory_prepared"),
]
