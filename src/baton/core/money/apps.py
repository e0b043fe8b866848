from django.apps import AppConfig


class MoneyConfig(AppConfig):
    name = "baton.core.money"
