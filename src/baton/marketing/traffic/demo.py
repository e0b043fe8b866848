"""What Google Analytics counted on Fennmark's website: half a year, fewer on weekends."""

from datetime import timedelta
from decimal import Decimal

from baton.core.demo.rules import dice_for
from baton.core.demo.slots import Chapter, Story, chapters
from baton.core.keys import new_key
from baton.marketing.traffic.actions import Counted, record_traffic
from baton.marketing.traffic.models import Traffic

DAYS = 182
SEED = 7
SYSTEM = "google_analytics"
# Its channel, source, medium, sessions of a working day, key events of a hundred sessions.
WAYS = (
    ("Organic Search", "google", "organic", 74, 1.4),
    ("Direct", "(direct)", "(none)", 41, 0.9),
    ("Paid Search", "google", "cpc", 33, 2.6),
    ("Paid Social", "linkedin.com", "paid_social", 19, 1.1),
    ("Email", "letter", "email", 9, 3.4),
    ("Referral", "energy-portal.example", "referral", 6, 1.8),
)
WEEKEND = 0.35


def tell_traffic(story: Story) -> None:
    """As an import of its reports would have brought it."""
    dice, today = dice_for(SEED, "traffic"), story.at.date()
    counted: list[Counted] = []
    for back in range(DAYS, 0, -1):
        day = today - timedelta(days=back)
        usual = (WEEKEND if day.weekday() > 4 else 1) * (1.25 - back / DAYS / 2)
        for group, source, medium, sessions, share in WAYS:
            seen = round(sessions * usual * dice.uniform(0.8, 1.2))
            done = sum(dice.random() * 100 < share for _one in range(seen))
            counted.append(
                Counted(
                    day=day,
                    group=group,
                    source=source,
                    medium=medium,
                    sessions=seen,
                    users=round(seen * dice.uniform(0.82, 0.94)),
                    key_events=Decimal(done),
                )
            )
    record_traffic(system=SYSTEM, counted=counted, at=story.at, batch=new_key())
    story.keep(*Traffic.objects.filter(system=SYSTEM))


chapters.add(Chapter("traffic", 26, tell_traffic))
