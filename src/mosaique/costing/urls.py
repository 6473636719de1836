"""Addresses of the figures of a sheet."""

from django.urls import path

from mosaique.costing import views

urlpatterns = [
    path("couts/<int:pk>/", views.scenario, name="scenario"),
    path("couts/<int:pk>/perimetre/", views.scenario_perimeter, name="scenario_perimeter"),
    path("couts/<int:pk>/lignes/", views.scenario_lines, name="scenario_lines"),
    path("couts/<int:pk>/effectifs/", views.scenario_staff, name="scenario_staff"),
    path("couts/<int:pk>/cle/", views.scenario_key, name="scenario_key"),
]
