from django.urls import path

from mosaique.files import views

urlpatterns = [path("fichiers/<int:pk>/", views.download, name="download")]
