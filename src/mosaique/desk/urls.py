from django.urls import path

from mosaique.desk.views import bodies, front, parties, perimeter, projection, protection, tour

urlpatterns = [
    path("", front.home, name="home"),
    path("calendrier/", front.calendar, name="calendar"),
    path("territoires/<slug:slug>/", front.territory_public, name="territory_public"),
    path("territoires/<slug:slug>/affiche-<slug:paper>.pdf", front.poster, name="poster"),
    path("notre-collectivite/", bodies.our_authority, name="our_authority"),
    path("collectivites/<slug:code>/", bodies.authority, name="authority"),
    path("parties/", parties.parties, name="parties"),
    path("parties/ajouter/", parties.party_add, name="party_add"),
    path("parties/<int:pk>/", parties.party, name="party"),
    path("parties/<int:pk>/fin/", parties.party_end, name="party_end"),
    path("perimetre/", perimeter.perimeter, name="perimeter"),
    path("perimetre/annoncer/<slug:what>/", perimeter.perimeter_announce, name="perimeter_announce"),
    path("perimetre/<int:pk>/", perimeter.perimeter_change, name="perimeter_change"),
    path("perimetre/<int:pk>/corriger/", perimeter.perimeter_correct, name="perimeter_correct"),
    path("perimetre/<int:pk>/annuler/", perimeter.perimeter_cancel, name="perimeter_cancel"),
    path("perimetre/<int:pk>/personnes/", perimeter.perimeter_people, name="perimeter_people"),
    path("visite/", tour.tour, name="tour"),
    path("projection/", projection.projection, name="projector"),
    path("projection/<int:rank>/", projection.projection_screen, name="projector_screen"),
    path("aide/", front.help_page, name="help"),
    path("accessibilite/", front.accessibility, name="accessibility"),
    path("vos-donnees/", protection.your_data, name="your_data"),
    path("vos-donnees/copie.zip", protection.own_copy, name="own_copy"),
    path("territoires/<slug:slug>/vos-donnees/", protection.territory_data, name="territory_data"),
    path("collectivites/<slug:code>/donnees/", bodies.commune_data, name="commune_data"),
    path("collectivites/<slug:code>/donnees.zip", bodies.commune_archive, name="commune_archive"),
    path("collectivites/<slug:code>/vos-donnees/", protection.protection_contact, name="protection_contact"),
    path("sante/", front.health, name="health"),
]
