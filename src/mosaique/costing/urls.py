"""Addresses of the figures of a sheet, and of the criteria by which costs are shared."""

from django.urls import path

from mosaique.costing.views import criteria, scenario

urlpatterns = [
    path("couts/<int:pk>/", scenario.scenario, name="scenario"),
    path("couts/<int:pk>/perimetre/", scenario.scenario_perimeter, name="scenario_perimeter"),
    path("couts/<int:pk>/lignes/", scenario.scenario_lines, name="scenario_lines"),
    path("couts/<int:pk>/effectifs/", scenario.scenario_staff, name="scenario_staff"),
    path("couts/<int:pk>/cle/", scenario.scenario_key, name="scenario_key"),
    path("couts/<int:pk>/comparer/", scenario.scenario_compare, name="scenario_compare"),
    path("criteres/", criteria.criteria, name="criteria"),
    path("criteres/saisir/", criteria.criterion_new, name="criterion_new"),
    path("criteres/<slug:slug>/<int:year>/", criteria.criterion, name="criterion"),
]
