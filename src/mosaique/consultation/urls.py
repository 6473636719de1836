from django.urls import path

from mosaique.consultation import views

urlpatterns = [
    path("avis/", views.opinions, name="opinions"),
    path("avis/consultation/<int:pk>/", views.consultation, name="consultation"),
    path("avis/consultation/<int:pk>/bordereau/", views.slips, name="slips"),
    path("avis/consultation/<int:pk>/tableau.ods", views.board_table, name="board_table"),
    path("avis/consultation/<int:pk>/annexe/", views.annex, name="annex"),
    path("avis/consultation/<int:pk>/annexe.<slug:fmt>", views.annex_file, name="annex_file"),
    path("avis/consultation/<int:pk>/dossier/", views.adopted_set, name="adopted_set"),
    path("avis/consultation/<int:pk>/adoption/", views.adoption, name="adoption"),
    path("avis/consultation/<int:pk>/adresser/", views.send_scheme, name="send_scheme"),
    path("avis/consultation/<int:pk>/adresser/<int:authority>/", views.sending, name="sending"),
    path("versions/<int:pk>/soumettre/", views.open_consultation, name="open_consultation"),
    path("avis/<int:pk>/", views.council_file, name="council_file"),
    path("avis/<int:pk>/reception/", views.acknowledge, name="acknowledge"),
    path("avis/<int:pk>/bordereau/", views.slip, name="slip"),
    path("avis/<int:pk>/<str:kind>/date/", views.fact, name="council_fact"),
    path("avis/<int:pk>/donner/", views.opinion, name="council_opinion"),
    path("avis/<int:pk>/reponse/", views.reserve_answer, name="reserve_answer"),
    path("avis/<int:pk>/seances/", views.sittings, name="council_sittings"),
]
