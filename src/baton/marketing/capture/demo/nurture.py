"""How somebody ripens who only wanted the guide: letters that are clicked, pages that are read, one
more form some weeks later. What that makes of their score is not decided here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from baton.core.demo.rules import Stream
from baton.core.demo.slots import Year
from baton.marketing.capture.models import Page
from baton.marketing.capture.rules import Source

READS_ON, GOES_ON = 0.52, 0.74  # comes back at all; and once more, each time
COLD = 0.5  # warmth below which nobody reads on: they wanted a prize
GAP = (1.7, 6.0)  # days between two comings: shape and scale
LETTER = 0.65  # of the comings follow a link in a letter, the others come by themselves
PRICES, PRICES_MORE = 0.12, 0.16  # looks at the prices: at first, and by how much more each time
READ, ASK = 0.18, 0.09  # sends one more form: for something to read, or for a demo
MOST = 8
PATHS = (["energy-guide"], ["audit-guide"], ["iso-webinar"], ["welcome"], ["welcome"])
TO_READ = ("iso-webinar", "audit-guide", "iso-webinar", "energy-guide")


@dataclass(frozen=True, kw_only=True)
class Coming:
    """A visit; ``form_on`` is the page whose form they send at its end."""

    at: datetime
    path: list[str]
    source: Source
    form_on: Page | None = None


def comings(
    year: Year, stream: Stream, *, first: Page, since: datetime, dice: Random
) -> Iterator[Coming]:
    """After the first form, which was no question for a demo; each time the prices are nearer."""
    warmth = stream.warm_on(year.calendar.days_ago(since))
    if _raises_hand(first) or warmth < COLD or dice.random() > READS_ON:
        return
    pages: dict[str, Page] = year.cast["pages"]
    at, latest = since, year.calendar.latest()
    for number in range(MOST):
        at += timedelta(days=0.4 + dice.gammavariate(*GAP))
        if at >= latest or (number and dice.random() > GOES_ON):
            return
        path, form_on = list(dice.choice(PATHS)), None
        wants = dice.random()
        if number and wants < READ + ASK:
            form_on = pages[dice.choice(TO_READ) if wants < READ else "demo"]
            path = [form_on.slug]
        if dice.random() < PRICES + PRICES_MORE * number:
            path.insert(0, "pricing")
        yield Coming(at=at, path=path, source=_way(year, at, path, dice=dice), form_on=form_on)
        if form_on and _raises_hand(form_on):
            return


def _raises_hand(page: Page) -> bool:
    return page.form is not None and page.form.code == "request-demo"


def _way(year: Year, at: datetime, path: list[str], *, dice: Random) -> Source:
    """By a link in the letter that there is on that day; else they remember the address."""
    landing = f"/p/{path[0]}/"
    if dice.random() > LETTER:
        return Source(channel="direct", landing_page=landing)
    ago = year.calendar.days_ago(at)
    letters: list[Stream] = [one for one in year.cast["streams"] if one.channel == "email"]
    sent = next((one for one in letters if one.to_day <= ago <= one.from_day), None)
    return Source(
        channel="email",
        source="letter",
        medium="email",
        campaign=sent.campaign if sent else "",
        landing_page=landing,
    )
