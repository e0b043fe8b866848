from django.apps import AppConfig


class SavedConfig(AppConfig):
    name = "baton.core.saved"
