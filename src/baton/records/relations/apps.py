from django.apps import AppConfig


class RelationsConfig(AppConfig):
    name = "baton.records.relations"
