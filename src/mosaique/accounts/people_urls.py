"""Addresses of files of people, invitations followed and letters, included by this room's urls."""

from django.urls import path

from mosaique.accounts.views import following, imports, letters

urlpatterns = [
    path("personnes/fichier/", imports.people_import, name="people_import"),
    path("personnes/fichier/<int:pk>/colonnes/", imports.people_import_columns, name="people_import_columns"),
    path("personnes/fichier/<int:pk>/", imports.people_import_lines, name="people_import_lines"),
    path("personnes/fichier/<int:pk>/ecarter/", imports.people_import_discard, name="people_import_discard"),
    path("personnes/relancer/", following.people_remind, name="people_remind"),
    path("personnes/<int:pk>/", following.person, name="person"),
    path("personnes/<int:pk>/revenu/", following.mandate_bounced, name="mandate_bounced"),
    path("personnes/<int:pk>/adresse/", following.mandate_address, name="mandate_address"),
    path("personnes/lettres/", letters.people_letters, name="people_letters"),
    path("personnes/<int:pk>/lettre/", letters.mandate_letter, name="mandate_letter"),
    path("courrier/", letters.letter, name="letter"),
    path("courrier/vous/", letters.letter_person, name="letter_person"),
    path("courrier/code/", letters.letter_check, name="letter_check"),
]
