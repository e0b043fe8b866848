from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    name = "baton.core.calendars"
