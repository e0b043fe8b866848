"""The sixteen grades that a score shows, best first: A to D for fit, 1 to 4 for engagement."""

LETTERS, DIGITS = "ABCD", "1234"
GRADES: tuple[str, ...] = tuple(letter + digit for letter in LETTERS for digit in DIGITS)
HUES = {"A": "green", "B": "teal", "C": "amber", "D": "gray"}


def grade_badge(grade: str) -> dict[str, str] | None:
    """How lists draw one; the letter says what the hue says."""
    return {"name": grade, "hue": HUES[grade[0]]} if grade in GRADES else None
