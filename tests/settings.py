"""Baton as it is, and beside it a small module of facts and jobs to play with."""

import atexit
import os
import shutil
import tempfile

os.environ.setdefault("SECRET_KEY", "only for tests")
if "BATON_HOME" not in os.environ:  # workers have it from who started them
    os.environ["BATON_HOME"] = tempfile.mkdtemp(prefix="baton-tests-")
    atexit.register(shutil.rmtree, os.environ["BATON_HOME"], ignore_errors=True)
os.environ.setdefault("DATABASE_URL", "sqlite:///")

from baton.config.settings import *  # noqa: F403 -- the environment is read while importing

INSTALLED_APPS = [*INSTALLED_APPS, "tests.lab"]  # noqa: F405
MIGRATION_MODULES = {"lab": None}  # its tables follow its models
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick, and only here
AXES_ENABLED = False
# Refusals are asked for by the thousand.
LOGGING["loggers"] = {"django.request": {"level": "ERROR"}}  # noqa: F405
STATIC_ROOT = None  # type: ignore[assignment] # nothing is collected; whitenoise warns of a missing folder
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True  # each test's client would walk through all assets first
STORAGES = STORAGES | {  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
if DATABASES["default"]["ENGINE"] == "baton.core.sqlite":  # noqa: F405
    # pytest-xdist knows Django's own engine only, and would give each worker a file of that name.
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}  # noqa: F405
    # The tests say more different sentences than a page does, and each is parsed once.
    DATABASES["default"]["OPTIONS"]["cached_statements"] = 3_000  # noqa: F405
else:
    # A test may think inside its transaction, and wait for another's, longer than a page: above all
    # where other runs share the machine.
    DATABASES["default"]["OPTIONS"]["options"] += (  # noqa: F405
        " -c idle_in_transaction_session_timeout=0 -c lock_timeout=60s"
    )
