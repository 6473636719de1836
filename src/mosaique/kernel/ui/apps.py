from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "mosaique.kernel.ui"
    label = "ui"
    verbose_name = "Interface"
