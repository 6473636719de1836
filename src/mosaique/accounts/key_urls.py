"""Addresses of the ways in: those one keeps in one's account, and those one comes in by."""

from django.urls import path

from mosaique.accounts.views import keys, ways_in

urlpatterns = [
    path("connexion/mot-de-passe/", ways_in.sign_in_password, name="sign_in_password"),
    path("connexion/appareil/", ways_in.sign_in_passkey, name="sign_in_passkey"),
    path("connexion/deuxieme-etape/", ways_in.second_step, name="second_step"),
    path("compte/entrer/", keys.account_ways, name="account_ways"),
    path("compte/confirmer/", keys.confirm_identity, name="confirm_identity"),
    path("compte/entrer/mot-de-passe/", keys.password_edit, name="password_edit"),
    path("compte/entrer/mot-de-passe/retirer/", keys.password_remove, name="password_remove"),
    path("compte/entrer/deuxieme-etape/", keys.second_step_setup, name="second_step_setup"),
    path("compte/entrer/deuxieme-etape/retirer/", keys.second_step_remove, name="second_step_remove"),
    path("compte/entrer/secours/", keys.recovery_renew, name="recovery_renew"),
    path("compte/entrer/cle/", keys.passkey_new, name="passkey_new"),
    path("compte/entrer/cle/ajouter/", keys.passkey_add, name="passkey_add"),
    path("compte/entrer/cle/<int:pk>/nommer/", keys.passkey_rename, name="passkey_rename"),
    path("compte/entrer/cle/<int:pk>/retirer/", keys.passkey_remove, name="passkey_remove"),
    path("personnes/<int:pk>/deuxieme-etape/", keys.second_step_lift, name="second_step_lift"),
]
