"""Words of addresses that several lists understand."""

from collections.abc import Mapping


def days_back(asked: Mapping[str, str]) -> int | None:
    """``days=28``: only what is that young; None for no number, or one that nobody means."""
    text = asked.get("days", "")
    is_number = text.isascii() and text.isdigit() and len(text) < 5
    return int(text) if is_number else None
