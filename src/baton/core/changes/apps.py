from django.apps import AppConfig


class ChangesConfig(AppConfig):
    name = "baton.core.changes"
