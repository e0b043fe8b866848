from django.apps import AppConfig


class LakeConfig(AppConfig):
    name = "baton.insight.lake"
