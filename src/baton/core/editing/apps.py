from django.apps import AppConfig


class EditingConfig(AppConfig):
    name = "baton.core.editing"
