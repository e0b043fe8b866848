"""What open deals may lack, each as a filter of their list."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from baton.core.saved.slots import DataCheck

TABLE = (("as", "table"), ("view", "open"), ("whose", "all"))


def _lacking(name: str, label: Any, mend: Any, *conditions: Any) -> DataCheck:
    return DataCheck(
        name=f"deals.{name}",
        on="deals",
        label=label,
        mend=mend,
        conditions=(["state", "is", "open"], *conditions),
        asked=TABLE,
        order=40,
    )


CHECKS = (
    _lacking(
        "step",
        _("Open deals without a next step"),
        _("Tick them and set the next step."),
        ["next_step", "is_empty"],
    ),
    _lacking(
        "close",
        _("Open deals without a day to close"),
        _("No forecast counts them: tick them, and edit the day."),
        ["close_on", "is_empty"],
    ),
    _lacking(
        "amount",
        _("Open deals without a known amount"),
        _("Put in the amount, or the rate of its currency."),
        ["amount", "is_empty"],
    ),
    _lacking(
        "stale",
        _("Open deals in their stage for 90 days"),
        _("Move them on, or close them with the reason."),
        ["stage_at", "more_than_days_ago", 90],
    ),
)
