from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "baton.core.files"
