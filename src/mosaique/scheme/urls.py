"""Addresses of the scheme: sheets, report, versions, public verification."""

from django.urls import path

from mosaique.scheme import views

urlpatterns = [
    path("fiches/", views.sheets, name="sheets"),
    path("fiches/nouvelle/", views.sheet_new, name="sheet_new"),
    path("fiches/<int:pk>/", views.sheet, name="sheet"),
    path("fiches/<int:pk>/position/", views.position, name="sheet_position"),
    path("fiches/<int:pk>/positions/", views.positions, name="sheet_positions"),
    path("fiches/<int:pk>/modifier/<slug:part>/", views.sheet_edit, name="sheet_edit"),
    path("fiches/<int:pk>/etape/", views.sheet_status, name="sheet_status"),
    path("fiches/<int:pk>/pieces/", views.sheet_document, name="sheet_document"),
    path("fiches/<int:pk>/decision/", views.sheet_decision, name="sheet_decision"),
    path("formes-juridiques/", views.legal_forms, name="legal_forms"),
    path("axes/<int:pk>/", views.axis_edit, name="axis_edit"),
]
