"""Addresses of files of people, invitations followed and letters, included by this room's urls."""

from django.urls import path

from mosaique.accounts.views import imports

urlpatterns = [
    path("personnes/fichier/", imports.people_import, name="people_import"),
    path("personnes/fichier/<int:pk>/colonnes/", imports.people_import_columns, name="people_import_columns"),
    path("personnes/fichier/<int:pk>/", imports.people_import_lines, name="people_import_lines"),
    path("personnes/fichier/<int:pk>/ecarter/", imports.people_import_discard, name="people_import_discard"),
]
