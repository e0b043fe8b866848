from django.apps import AppConfig


class DuplicatesConfig(AppConfig):
    name = "baton.records.duplicates"
