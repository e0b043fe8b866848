"""The only place that writes booking pages and bookings."""

from baton.sales.scheduling.actions.attending import mark_came, unmark
from baton.sales.scheduling.actions.booking import Booked, Visitor, book
from baton.sales.scheduling.actions.changing import cancel_booking, move_booking
from baton.sales.scheduling.actions.forgetting import forget_networks
from baton.sales.scheduling.actions.mailing import remind, write_mails
from baton.sales.scheduling.actions.pages import FIELDS, PAGE, save_page, trash_page
from baton.sales.scheduling.actions.refusals import (
    MovedOften,
    MovedOn,
    NotAhead,
    NotHeldYet,
    SlugTaken,
    Taken,
    TooMany,
)

__all__ = [
    "FIELDS",
    "PAGE",
    "Booked",
    "MovedOften",
    "MovedOn",
    "NotAhead",
    "NotHeldYet",
    "SlugTaken",
    "Taken",
    "TooMany",
    "Visitor",
    "book",
    "cancel_booking",
    "forget_networks",
    "mark_came",
    "move_booking",
    "remind",
    "save_page",
    "trash_page",
    "unmark",
    "write_mails",
]
