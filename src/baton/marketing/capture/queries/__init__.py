"""What other modules and our screens may ask about pages, forms and visits."""

from baton.marketing.capture.queries.asking import Asked, own_offered
from baton.marketing.capture.queries.counts import (
    conversion,
    latest_published,
    submissions_in,
    visits_on,
    with_form_counts,
    with_page_counts,
)
from baton.marketing.capture.queries.lately import Brought, brought_since
from baton.marketing.capture.queries.submissions import sent_form, was_sent
from baton.marketing.capture.queries.telling import tell_submissions
from baton.marketing.capture.queries.visits import paths_seen, titles_seen
from baton.marketing.capture.spool import torn_files
from baton.marketing.capture.wording import CHANNELS, channel_words

__all__ = [
    "CHANNELS",
    "Asked",
    "Brought",
    "brought_since",
    "channel_words",
    "conversion",
    "latest_published",
    "own_offered",
    "paths_seen",
    "sent_form",
    "submissions_in",
    "tell_submissions",
    "titles_seen",
    "torn_files",
    "visits_on",
    "was_sent",
    "with_form_counts",
    "with_page_counts",
]
