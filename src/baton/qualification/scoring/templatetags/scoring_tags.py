"""Signed points, as people write them."""

from django import template

register = template.Library()
MINUS = "\N{MINUS SIGN}"


@register.filter
def signed(points: int) -> str:
    """+25, a true minus before 4, and 0."""
    return f"+{points}" if points > 0 else f"{MINUS}{-points}" if points < 0 else "0"
