"""Addresses of the inventories."""

from django.urls import path

from mosaique.inventory import views

urlpatterns = [
    path("inventaires/", views.inventories, name="inventories"),
    path("inventaires/collecte/", views.inventory_campaign_new, name="inventory_campaign_new"),
    path("inventaires/collecte/<int:pk>/", views.inventory_campaign, name="inventory_campaign"),
    path("inventaires/collecte/<int:pk>/relances/", views.inventory_reminders, name="inventory_reminders"),
    path("inventaires/tableur/<int:pk>/", views.inventory_import, name="inventory_import"),
    path("inventaires/cases/<int:pk>/", views.inventory_cells, name="inventory_cells"),
    path("confie/", views.confided, name="confided"),
    path("confie/cases/", views.confided_cells, name="confided_cells"),
    path("confie/<str:token>/", views.confided_door, name="confided_door"),
    path("inventaires/<int:pk>/", views.inventory_return, name="inventory_return"),
    path("inventaires/<int:pk>/tableur/", views.inventory_spreadsheet, name="inventory_spreadsheet"),
    path("inventaires/<int:pk>/tableur.<slug:kind>", views.inventory_export, name="inventory_export"),
    path("inventaires/<int:pk>/estimations/", views.inventory_estimates, name="inventory_estimates"),
    path("inventaires/<int:pk>/<slug:section>/", views.inventory_section, name="inventory_section"),
    path(
        "inventaires/<int:pk>/<slug:section>/tableur.<slug:kind>",
        views.inventory_section_export,
        name="inventory_section_export",
    ),
    path("inventaires/<int:pk>/<slug:section>/partage/", views.inventory_sharing, name="inventory_sharing"),
    path("inventaires/<int:pk>/<slug:section>/etat/", views.inventory_state, name="inventory_state"),
    path("inventaires/<int:pk>/<slug:section>/aide/", views.inventory_help, name="inventory_help"),
    path("inventaires/<int:pk>/<slug:section>/lien/", views.inventory_confide, name="inventory_confide"),
    path("inventaires/<int:pk>/<slug:section>/rapport/", views.inventory_release, name="inventory_release"),
]
