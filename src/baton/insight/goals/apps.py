from django.apps import AppConfig


class GoalsConfig(AppConfig):
    name = "baton.insight.goals"
