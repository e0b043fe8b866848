from django.apps import AppConfig


class FieldsConfig(AppConfig):
    name = "baton.core.fields"
