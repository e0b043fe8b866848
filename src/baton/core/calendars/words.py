from django.utils.formats import date_format
from django.utils.translation import gettext as _

from baton.core.calendars.models import Leave


def away_words(leave: Leave) -> str:
    """Until when somebody is away, never why."""
    return _("away until %(day)s") % {"day": date_format(leave.to_on, "j M")}
