from django.urls import path

from mosaique.kernel.ui import gallery

urlpatterns = [path("composants/", gallery.components, name="components")]
