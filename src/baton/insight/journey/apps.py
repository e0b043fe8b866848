from django.apps import AppConfig


class JourneyConfig(AppConfig):
    name = "baton.insight.journey"
