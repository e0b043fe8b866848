"""Baton as it is, and beside it a small module of facts and jobs to play with."""

from baton.config.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.lab"]  # noqa: F405
MIGRATION_MODULES = {"lab": None}  # its tables follow its models
