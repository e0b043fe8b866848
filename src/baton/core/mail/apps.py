from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "baton.core.mail"
