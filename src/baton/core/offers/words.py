"""What an offer is called."""

from django.utils.functional import Promise

Label = str | Promise  # Promise: gettext_lazy, spoken in the reader's language
