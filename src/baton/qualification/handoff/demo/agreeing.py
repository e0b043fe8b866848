"""The agreement that both heads signed, and who takes turns."""

from datetime import datetime, timedelta

from baton.core.access.actions import edit_user
from baton.core.access.models import User
from baton.core.demo.rules import USUAL
from baton.core.demo.slots import Story
from baton.core.worktime.rules import DEFAULT_WEEK
from baton.core.worktime.rules.weeks import DAY_KEYS
from baton.qualification.handoff import actions
from baton.qualification.handoff.models import Pool, PoolMember
from baton.qualification.handoff.rules import Side

LONG_AGO, YEAR_AGO = timedelta(days=175), timedelta(days=380)
TERMS = {
    "threshold": 70,
    "accept_minutes": 60,
    "respond_minutes": 240,
    "hand_raise_accept_minutes": 30,
    "hand_raise_respond_minutes": 60,
    "grace_minutes": 60,
    "hand_raise_forms": ["request-demo"],
    "mqls_a_month": 12,
    "revenue_goal": 60_000,
    "marketing_share": 60,
    "average_deal": 12_000,
    "rest_days": {"bad_data": 30, "no_budget": 180},
    "rest_conditions": {
        "no_budget": {"all": [{"field": "person.prices_seen_at", "op": "in_last_days", "value": 3}]}
    },
    "ladder": {"sales_manager": 60, "head_of_sales": 240},
    "reply_minutes": 480,
    "idle_days": 10,
    "step_days": 3,
    "pause_days": 14,
    "when_late": "Whoever is late says so in the Monday round, and what they will do about it. "
    "Two months in a row: both heads sit down and change the numbers.",
}
# Weight in turns, and the most leads that wait for an answer at once.
TURNS = {"teo": (2, 8), "ravi": (1, 8), "sam": (1, 6)}


def tell_agreement(story: Story) -> None:
    """In force since before the first lead. What a company had before the demo stays its own."""
    users: dict[str, User] = story.cast["users"]
    ours = {user.pk for user in users.values()}
    at = story.at - (YEAR_AGO if story.is_year else LONG_AGO)
    first = actions.ensure_first_agreement(by=users["olga"], at=at)
    terms = TERMS | _of_a_year(story.people)
    agreement = actions.amend_agreement(values=terms, by=users["ines"], at=at)
    actions.sign_agreement(agreement=agreement, side=Side.MARKETING, by=users["ines"], at=at)
    agreement = actions.sign_agreement(
        agreement=agreement, side=Side.SALES, by=users["nora"], at=at + timedelta(hours=2)
    )
    story.keep(agreement, *([first] if first.signed_for_sales_by_id in ours else []))
    pools = actions.ensure_pools(at=at)
    members = PoolMember.objects.filter(pool__in=pools)
    if not members.exclude(user__in=ours).exists():
        story.keep(*pools)
    for pool in pools:
        _fill(pool, users=users, at=at)
    for name in TURNS:
        _put_on_duty(users[name], story=story)
    story.cast["agreement"] = agreement


def _of_a_year(people: int) -> dict[str, int]:
    """More people make more MQLs, and a larger goal."""
    if not people:
        return {}
    share = people / USUAL
    return {"mqls_a_month": 12 + round(88 * share), "revenue_goal": 60_000 + round(90_000 * share)}


def _fill(pool: Pool, *, users: dict[str, User], at: datetime) -> None:
    """The three reps; the owner, whom the first set-up put in, steps out."""
    actions.remove_member(pool=pool, user=users["olga"], by=users["nora"], at=at)
    for name, (weight, cap) in TURNS.items():
        actions.set_member(
            pool=pool, user=users[name], weight=weight, open_cap=cap, by=users["nora"], at=at
        )


def _put_on_duty(user: User, *, story: Story) -> None:
    """Whenever the demo is told, at night or on a Sunday, its clocks should be seen running."""
    hours = DEFAULT_WEEK.as_json()
    today = story.at.weekday()
    for day in (today - 1, today, (today + 1) % 7):
        hours[DAY_KEYS[day]] = [["00:00", "24:00"]]
    edit_user(user=user, values={"hours": hours})
