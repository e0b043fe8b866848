from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "baton.core.notices"
