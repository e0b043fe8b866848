"""What other modules and our screens may ask about pages, forms and visits."""

from baton.marketing.capture.queries.submissions import was_sent
from baton.marketing.capture.queries.visits import titles_seen
from baton.marketing.capture.wording import CHANNELS, channel_words

__all__ = ["CHANNELS", "channel_words", "titles_seen", "was_sent"]
