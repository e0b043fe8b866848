from django.apps import AppConfig


class TrafficConfig(AppConfig):
    name = "baton.marketing.traffic"
