"""The door for the web server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from baton.config.requests import Request
from baton.config.room import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baton.config.settings")
os.environ.setdefault("BATON_LONGEST_STATEMENT", "15")  # seconds; nobody waits longer for a page
gc.disable()  # what is read now stays: nothing of it dies, that one should look for it
application = get_wsgi_application()
application.request_class = Request
settle()
gc.enable()
