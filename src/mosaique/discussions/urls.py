"""Addresses of discussions."""

from django.urls import path

from mosaique.discussions import views

urlpatterns = [
    path("espaces/<int:pk>/fils/", views.threads, name="threads"),
    path("espaces/<int:pk>/fils/nouveau/", views.thread_open, name="thread_open"),
    path("espaces/<int:pk>/fils/brouillon/", views.space_draft, name="space_draft"),
    path("espaces/<int:pk>/fils/personnes/", views.space_people, name="space_people"),
    path("fils/<int:pk>/personnes/", views.thread_people, name="thread_people"),
    path("fils/<int:pk>/brouillon/", views.thread_draft, name="thread_draft"),
    path("fils/<int:pk>/", views.thread, name="thread"),
    path("fils/<int:pk>/question/", views.thread_edit, name="thread_edit"),
    path("fils/<int:pk>/clore/", views.thread_close, name="thread_close"),
    path("fils/<int:pk>/releve/", views.releve_edit, name="releve_edit"),
    path("fils/<int:pk>/releve/verser/", views.releve_deliver, name="releve_deliver"),
    path("messages/<int:pk>/corriger/", views.post_edit, name="post_edit"),
    path("messages/<int:pk>/moderer/", views.post_hide, name="post_hide"),
    path("messages/<int:pk>/versions/", views.post_history, name="post_history"),
]
