from django.urls import path

from mosaique.bench.floor import views

urlpatterns = [path("talk/<int:pk>/", views.talk)]
