from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "baton.core.home"
