"""Why nothing can be foreseen here."""

from baton.core.errors import RuleViolation


class CannotForesee(RuleViolation):
    """The file, or what the company knows, does not allow a judgement. Says why."""
