from django.apps import AppConfig


class ImprovementsConfig(AppConfig):
    name = "baton.insight.improvements"
