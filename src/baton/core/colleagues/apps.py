from django.apps import AppConfig


class ColleaguesConfig(AppConfig):
    name = "baton.core.colleagues"
