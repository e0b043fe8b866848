from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "baton.core.access"
