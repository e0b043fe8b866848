from django.apps import AppConfig


class DiscoveryConfig(AppConfig):
    name = "baton.records.discovery"
