"""What campaigns and costs refuse, in words for the person at the screen."""

from baton.core.errors import RuleViolation


class NoName(RuleViolation):
    """A campaign that nobody could call."""


class CodeTaken(RuleViolation):
    """Two living campaigns cannot share the code that links carry."""


class BadCode(RuleViolation):
    """Not a code that a link can carry."""


class BadPeriod(RuleViolation):
    """The end lies before the start."""


class UnknownChannel(RuleViolation):
    """Not a channel that visits are sorted into."""


class UnknownKind(RuleViolation):
    """Not a kind of cost."""


class BadAmount(RuleViolation):
    """A cost below zero, or one that cannot be kept exactly."""
