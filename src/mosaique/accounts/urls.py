"""Addresses of sign-in and people."""

from django.urls import path

from mosaique.accounts.views import entry

urlpatterns = [
    path("connexion/", entry.sign_in, name="sign_in"),
    path("connexion/code/", entry.sign_in_code, name="sign_in_code"),
    path("connexion/lien/<str:token>/", entry.sign_in_link, name="sign_in_link"),
    path("connexion/qui/", entry.who_are_you, name="who_are_you"),
    path("connexion/absent/", entry.not_listed, name="not_listed"),
    path("deconnexion/", entry.sign_out, name="sign_out"),
    path("invitation/<str:token>/", entry.invitation, name="invitation"),
]
