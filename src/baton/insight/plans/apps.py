from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "baton.insight.plans"
