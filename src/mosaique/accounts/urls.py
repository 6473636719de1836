"""Addresses of sign-in and people."""

from django.urls import include, path

from mosaique.accounts.views import account, delegations, entry, people, pin

urlpatterns = [
    path("connexion/", entry.sign_in, name="sign_in"),
    path("connexion/code/", entry.sign_in_code, name="sign_in_code"),
    path("connexion/lien/<str:token>/", entry.sign_in_link, name="sign_in_link"),
    path("connexion/qui/", entry.who_are_you, name="who_are_you"),
    path("connexion/absent/", entry.not_listed, name="not_listed"),
    path("deconnexion/", entry.sign_out, name="sign_out"),
    path("invitation/<str:token>/", entry.invitation, name="invitation"),
    path("mandat/", account.switch_mandate, name="switch_mandate"),
    path("compte/", account.account, name="account"),
    path("compte/nom/", account.own_name, name="own_name"),
    path("compte/code/", pin.personal_code, name="personal_code"),
    path("personnes/<int:pk>/code/", pin.mandate_code, name="mandate_code"),
    path("bienvenue/", account.welcome, name="welcome"),
    path("qui-voit/<str:kind>/<int:pk>/", account.who_can_see, name="who_can_see"),
    path("personnes/", people.people, name="people"),
    path("personnes/liste.<str:fmt>", people.people_export, name="people_export"),
    path("personnes/ajouter/", people.person_add, name="person_add"),
    path("personnes/inviter/", people.people_invite, name="people_invite"),
    path("personnes/<int:pk>/fin/", people.mandate_end, name="mandate_end"),
    path("personnes/<int:pk>/inviter/", people.mandate_invite, name="mandate_invite"),
    path("mandats/<int:pk>/confier/", delegations.mandate_entrust, name="mandate_entrust"),
    path("mandats/<int:pk>/reprendre/", delegations.mandate_take_back, name="mandate_take_back"),
    path("", include("mosaique.accounts.key_urls")),
    path("", include("mosaique.accounts.people_urls")),
    path("", include("mosaique.accounts.territory_urls")),
]
