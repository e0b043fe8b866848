"""Comparing text without regard to case, the same in Python and in both databases."""


def fold_case(text: str | None) -> str | None:
    """Small letters, of all scripts; None stays None.

    Two letters have no one small letter everywhere, so each gets the plain one: İ becomes i, and
    the sigma at the end of a Greek word is like any other. SQLite calls this as fold_case(),
    PostgreSQL writes it as an expression (see core/filters/lookups.py).
    """
    if text is None or text.isascii():
        return text and text.lower()
    return text.replace("İ", "i").lower().replace("ς", "σ")
