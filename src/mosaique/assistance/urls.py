"""Addresses of « Bloqué ? »."""

from django.urls import path

from mosaique.assistance import views

urlpatterns = [
    path("bloque/", views.help_call_new, name="help_call_new"),
    path("bloque/demandes/", views.help_calls, name="help_calls"),
    path("bloque/ma-demande/", views.help_call_guest, name="help_call_guest"),
    path("bloque/<int:pk>/", views.help_call, name="help_call"),
]
