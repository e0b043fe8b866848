"""Facts and jobs alone: enough for the processes of the chaos tests, and started in no time."""

import os

from baton.config.database import database

SECRET_KEY = "lab"
USE_TZ = True
INSTALLED_APPS = ["django_tasks", "baton.core", "tests.lab"]
DATABASES = {"default": database(os.environ["DATABASE_URL"])}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "baton.core.jobs.backend.LeasedBackend"}}
MIGRATION_MODULES = {"lab": None}  # its tables follow its models
ROOT_URLCONF = "tests.lab.urls"
