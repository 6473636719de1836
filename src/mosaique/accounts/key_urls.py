"""Addresses of the ways in: those one keeps in one's account, and those one comes in by."""

from django.urls import path

from mosaique.accounts.views import keys, ways_in

urlpatterns = [
    path("connexion/mot-de-passe/", ways_in.sign_in_password, name="sign_in_password"),
    path("compte/entrer/", keys.account_ways, name="account_ways"),
    path("compte/confirmer/", keys.confirm_identity, name="confirm_identity"),
    path("compte/entrer/mot-de-passe/", keys.password_edit, name="password_edit"),
    path("compte/entrer/mot-de-passe/retirer/", keys.password_remove, name="password_remove"),
]
