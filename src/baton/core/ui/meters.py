"""The arithmetic of a bar with a plan: done, short of today, and where today is."""

from dataclasses import dataclass

from baton.core.ui.drawing import number, scale

FAR_BEHIND = 0.2  # of the plan missing: red instead of amber


@dataclass(frozen=True)
class Meter:
    """In percent, as text for SVG: what is done, what is short of the plan, the plan's tick."""

    value: str
    short: str = ""
    short_hue: str = "amber"
    plan: str = ""


def meter(value: float, *, of: float, plan: float | None = None) -> Meter:
    """The shortfall is amber, and red when more than a fifth of the plan is missing."""
    share = scale(0, of or 1, 0, 100)
    filled = min(100.0, max(0.0, share(value)))
    if plan is None:
        return Meter(number(filled))
    tick = min(99.6, share(plan))
    short = max(0.0, tick - filled)
    hue = "red" if plan and (plan - value) / plan > FAR_BEHIND else "amber"
    return Meter(number(filled), number(short) if short else "", hue, number(tick))
