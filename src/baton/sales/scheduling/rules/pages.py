"""What a booking page may say, and how often a time may be taken."""

import re
from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any

from baton.core.errors import RuleViolation, gettext_noop

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
PHONE = re.compile(r"\+?[\d\s()/.,*#-]{3,}(?:(?:ext|x)[\d\s.]+)?", re.IGNORECASE)
RESERVED = frozenset({"lead", "booked"})  # addresses of ours below /meet/
MOST_AT_ONCE = 12  # new ones of one network within an hour
MOST_AHEAD_OF_ONE = 3  # of one mail address with one seller
MOST_IN_A_DAY = 6  # new ones of one mail address with one seller: each is a mail to it
MOST_MOVES = 5  # of one meeting by its buyer: the same
BEFORE = timedelta(hours=24)  # a reminder comes
BOUNDS = {
    "minutes": (15, 120),
    "buffer_before": (0, 120),
    "buffer_after": (0, 120),
    "notice_hours": (0, 336),
    "days_ahead": (1, 180),
    "most_per_day": (0, 20),
}


class BadPage(RuleViolation):
    """A booking page that nobody could use; ``fields`` names what to mend."""

    def __init__(self, field: str, sentence: str, /, **values: object) -> None:
        super().__init__(sentence, **values)
        self.fields = (field,)


class Place(StrEnum):
    PHONE = "phone"
    VIDEO = "video"
    ADDRESS = "address"


def is_phone(text: str) -> bool:
    """Whether it is a number: what a stranger writes here is mailed to the address beside it."""
    return bool(PHONE.fullmatch(text))


def check_page(values: Mapping[str, Any]) -> None:
    """Raises BadPage for the first thing that cannot be."""
    if not SLUG.fullmatch(values["slug"]) or len(values["slug"]) > 60:
        raise BadPage("slug", gettext_noop("Write the address in a-z, 0-9 and -, like teo-lang."))
    if values["slug"] in RESERVED:
        raise BadPage(
            "slug", gettext_noop("“%(slug)s” is an address of ours."), slug=values["slug"]
        )
    if not values["title"].strip():
        raise BadPage("title", gettext_noop("Say what the meeting is about."))
    for field, (least, most) in BOUNDS.items():
        if not least <= values[field] <= most:
            raise BadPage(
                field, gettext_noop("Choose from %(least)s to %(most)s."), least=least, most=most
            )
    if values["place"] not in set(Place):
        raise BadPage("place", gettext_noop("Choose where you meet."))
    if values["place"] != Place.PHONE and not values["place_text"].strip():
        raise BadPage("place_text", gettext_noop("Write the link or the address where you meet."))
