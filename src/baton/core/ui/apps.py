from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "baton.core.ui"
    label = "ui"
