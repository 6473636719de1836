"""Addresses of the demonstration, under /demo/ and only there."""

from django.urls import path

from mosaique.demo import views

urlpatterns = [
    path("", views.demo, name="demo"),
    path("entrer/", views.enter, name="demo_enter"),
    path("horloge/", views.move_clock, name="demo_clock"),
    path("courrier/", views.mail, name="demo_mail"),
    path("courrier/<int:pk>/", views.message, name="demo_message"),
]
