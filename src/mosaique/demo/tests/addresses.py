"""Every address of the product with those of the demonstration, whatever the settings were when it was loaded."""

from django.urls import include, path

from mosaique.config.urls import handler403, handler404, handler500
from mosaique.config.urls import urlpatterns as real

__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [path("demo/", include("mosaique.demo.urls")), *real]
