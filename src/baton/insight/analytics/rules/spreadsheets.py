"""What a spreadsheet must not be told."""

# It takes a cell that begins so for a formula, and a formula may send data away.
RISKY = frozenset("=+-@\t\r\n")


def harmless(text: str) -> str:
    """A text as a cell: one that looks like a formula gets a ' in front and stays a text."""
    return f"'{text}" if text[:1] in RISKY else text
