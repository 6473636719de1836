"""Addresses of spaces."""

from django.urls import path

from mosaique.spaces import views

urlpatterns = [
    path("espaces/", views.spaces, name="spaces"),
    path("espaces/nouveau/", views.space_create, name="space_create"),
    path("espaces/<int:pk>/", views.space, name="space"),
    path("espaces/<int:pk>/presentation/", views.space_edit, name="space_edit"),
    path("espaces/<int:pk>/lecteurs/", views.space_openness, name="space_openness"),
    path("espaces/<int:pk>/membres/", views.space_members, name="space_members"),
    path("espaces/<int:pk>/rejoindre/", views.space_join, name="space_join"),
    path("espaces/<int:pk>/quitter/", views.space_leave, name="space_leave"),
    path("espaces/<int:pk>/clore/", views.space_close, name="space_close"),
]
