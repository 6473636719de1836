from django.urls import path

from mosaique.desk import views

urlpatterns = [
    path("", views.home, name="home"),
    path("calendrier/", views.calendar, name="calendar"),
    path("territoires/<slug:slug>/", views.territory_public, name="territory_public"),
    path("aide/", views.help_page, name="help"),
    path("accessibilite/", views.accessibility, name="accessibility"),
    path("vos-donnees/", views.your_data, name="your_data"),
    path("sante/", views.health, name="health"),
]
