"""What people and companies may lack, each as a filter of their lists."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from baton.core.saved.slots import DataCheck

STALE_DAYS = 90
STALE = {
    "any": [
        ["latest_touch_at", "more_than_days_ago", STALE_DAYS],
        ["latest_touch_at", "is_empty"],
    ]
}


def _lacking(kind: str, name: str, label: Any, mend: Any, *conditions: Any) -> DataCheck:
    return DataCheck(
        name=f"{kind}.{name}",
        on=kind,
        label=label,
        mend=mend,
        conditions=conditions,
        order=10 if kind == "people" else 20,
    )


ASSIGN = _("Tick them and assign an owner.")
CHECKS = (
    _lacking("people", "owner", _("People without an owner"), ASSIGN, ["owner", "is_empty"]),
    _lacking(
        "people",
        "source",
        _("People without a source"),
        _("Tick them and set the source: reports count them nowhere until then."),
        ["channel", "is_empty"],
    ),
    _lacking(
        "people",
        "stale",
        _("People without any touch in 90 days"),
        _("Assign them to somebody who asks, or tag them for a campaign."),
        STALE,
    ),
    _lacking(
        "people",
        "bounced",
        _("People whose mail bounced"),
        _("Ask for another address: nothing reaches them."),
        ["bounced", "is", True],
    ),
    _lacking(
        "people",
        "email",
        _("People without a mail address"),
        _("Put one in, or delete who cannot be reached."),
        ["email", "is_empty"],
    ),
    _lacking(
        "people",
        "phone",
        _("People whose phone cannot be read"),
        _("Write the number with its country, like +49 30 1234."),
        ["phone_unread", "is", True],
    ),
    _lacking(
        "people",
        "company",
        _("People without a company"),
        _("Tick those of one company, and edit where they work."),
        ["company", "is_empty"],
    ),
    _lacking("companies", "owner", _("Companies without an owner"), ASSIGN, ["owner", "is_empty"]),
    _lacking(
        "companies",
        "domain",
        _("Companies without a domain"),
        _("With their domain people are linked by their mail address."),
        ["domain", "is_empty"],
    ),
    _lacking(
        "companies",
        "industry",
        _("Companies without an industry"),
        _("Put it in, in the list's cells."),
        ["industry", "is_empty"],
    ),
)
