"""Why a time cannot be had, in words for who asked."""

from baton.core.errors import RuleViolation


class Taken(RuleViolation):
    """Somebody was faster, or the seller is not there then."""


class MovedOn(RuleViolation):
    """The lead is with somebody else by now: their times are offered instead."""


class TooMany(RuleViolation):
    """More meetings than one person holds."""


class MovedOften(RuleViolation):
    """Each move is a mail; a buyer who wants another time once more cancels and books anew."""


class NotAhead(RuleViolation):
    """It was cancelled, or is over: there is nothing to move."""


class NotHeldYet(RuleViolation):
    """Whether they came is known once it has begun."""


class SlugTaken(RuleViolation):
    """Another booking page has this address."""

    fields = ("slug",)
