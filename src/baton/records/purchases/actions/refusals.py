"""What purchases refuse."""

from baton.core.errors import RuleViolation


class BadPurchase(RuleViolation):
    """No amount, buyer or name that an order or a subscription can have."""


class BadRefund(RuleViolation):
    """More went back than was paid, or nothing did."""


class CancelledAlready(RuleViolation):
    """It is no purchase any more."""


class EndedAlready(RuleViolation):
    """A subscription that is over is not renewed or cancelled."""
