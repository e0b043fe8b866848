"""What goals can be set on: each figure declared once."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from baton.insight.goals.queries.counted import (
    BOUGHT_APART,
    CUSTOMERS,
    HANDED,
    PEOPLE,
    WON,
    Part,
    became_mql,
    closed,
    customers,
    first_moves,
    later,
    leads,
    made_mql,
    moves,
)
from baton.sales.deals.models import Deal


class Kind(StrEnum):
    """How a figure is written, and what its target is."""

    COUNT = "count"
    MONEY = "money"
    SHARE = "share"
    MINUTES = "minutes"


class Level(StrEnum):
    COMPANY = "company"
    TEAM = "team"
    REP = "rep"


EVERY = (Level.COMPANY, Level.TEAM, Level.REP)
WHOLE = (Level.COMPANY,)


@dataclass(frozen=True, kw_only=True)
class Figure:
    name: str
    label: Promise
    kind: Kind
    how: Promise  # its formula, in one sentence
    parts: tuple[Part, ...] = ()
    levels: tuple[Level, ...] = EVERY
    less_is_better: bool = False
    adds_up: bool = True  # day by day, to the whole of a period
    wins: bool = False  # open deals say what may still come
    costs: str = ""  # divided by: all, or marketing


def _share(name: str, label: Promise, how: Promise, part: Part) -> Figure:
    return Figure(name=name, label=label, kind=Kind.SHARE, how=how, parts=(part,), adds_up=False)


_FIGURES = (
    Figure(
        name="leads",
        label=_("Leads"),
        kind=Kind.COUNT,
        how=_("People who became a lead in these days; a rep's are those whom they own."),
        parts=(PEOPLE,),
    ),
    Figure(
        name="mqls",
        label=_("MQLs"),
        kind=Kind.COUNT,
        how=_("Handed over by marketing in these days, as the agreement counts them."),
        parts=(HANDED,),
    ),
    Figure(
        name="sqls",
        label=_("SQLs"),
        kind=Kind.COUNT,
        how=_("People who became an SQL in these days for the first time; of who owned them then."),
        parts=(moves("sqls", _("SQLs"), lambda: first_moves("sql")),),
    ),
    Figure(
        name="pipeline",
        label=_("Pipeline created"),
        kind=Kind.MONEY,
        how=_("Amounts of the deals opened in these days, whatever became of them."),
        parts=(
            Part(
                name="opened",
                label=_("Deals opened"),
                shows="deal",
                rows=lambda: Deal.objects.living(),
                moment="opened_at",
                owner="owner",
                amount="base_amount",
            ),
        ),
    ),
    Figure(
        name="won",
        label=_("Quota: deals won"),
        kind=Kind.MONEY,
        how=_("Amounts of the deals won in these days; pipeline coverage divides by its rest."),
        parts=(WON,),
        wins=True,
    ),
    Figure(
        name="revenue",
        label=_("Revenue"),
        kind=Kind.MONEY,
        how=_("Deals won, and purchases less refunds, each sale once."),
        parts=(WON, BOUGHT_APART),
        levels=WHOLE,
        wins=True,
    ),
    Figure(
        name="customers",
        label=_("New customers"),
        kind=Kind.COUNT,
        how=_("People who became customers in these days for the first time, and are so still."),
        parts=(CUSTOMERS,),
    ),
    _share(
        "lead_to_mql",
        _("Conversion, lead to MQL"),
        _("Of those who became a lead in these days, the share that ever became an MQL."),
        Part(
            name="entered",
            label=_("Leads"),
            shows="person",
            rows=leads,
            moment="lead_at",
            owner="owner",
            hit=became_mql,
            hit_within=lambda took: became_mql(at__lte=later("lead_at", took)),
        ),
    ),
    _share(
        "mql_to_sql",
        _("Conversion, MQL to SQL"),
        _("Of those who became an MQL in these days, the share that ever became an SQL."),
        moves("entered", _("MQLs"), made_mql, to="sql"),
    ),
    _share(
        "sql_to_customer",
        _("Conversion, SQL to customer"),
        _("Of those who became an SQL in these days, the share that ever became a customer."),
        moves("entered", _("SQLs"), lambda: first_moves("sql"), to="customer"),
    ),
    _share(
        "win_rate",
        _("Win rate"),
        _("Won deals out of all that were closed in these days."),
        Part(
            name="closed",
            label=_("Closed deals"),
            shows="deal",
            rows=closed,
            moment="closed_at",
            owner="owner",
            hit=lambda: Q(state="won"),
        ),
    ),
    Figure(
        name="cac",
        label=_("CAC"),
        kind=Kind.MONEY,
        how=_("All cost of these days, people and tools included, for each new customer."),
        parts=(CUSTOMERS,),
        levels=WHOLE,
        less_is_better=True,
        adds_up=False,
        costs="all",
    ),
    Figure(
        name="cpa",
        label=_("CPA"),
        kind=Kind.MONEY,
        how=_("Cost of campaigns and channels in these days, for each customer marketing brought."),
        parts=(
            Part(
                name="customers",
                label=_("New customers of marketing"),
                shows="move",
                rows=lambda: customers().filter(person__origin="marketing"),
                moment="at",
            ),
        ),
        levels=WHOLE,
        less_is_better=True,
        adds_up=False,
        costs="marketing",
    ),
    Figure(
        name="cost_per_mql",
        label=_("Cost per MQL"),
        kind=Kind.MONEY,
        how=_("Cost of campaigns and channels in these days, for each MQL handed over."),
        parts=(HANDED,),
        levels=WHOLE,
        less_is_better=True,
        adds_up=False,
        costs="marketing",
    ),
    Figure(
        name="retention",
        label=_("Customers kept"),
        kind=Kind.SHARE,
        how=_("Of those who were customers as these days began, the share that still is."),
        levels=WHOLE,
        adds_up=False,
    ),
    Figure(
        name="speed_to_lead",
        label=_("Speed to lead"),
        kind=Kind.MINUTES,
        how=_("Median working time from the offer of an MQL to the first response."),
        parts=(HANDED,),
        less_is_better=True,
        adds_up=False,
    ),
    Figure(
        name="satisfaction",
        label=_("Satisfaction"),
        kind=Kind.SHARE,
        how=_("What customers answer when they are asked how satisfied they are."),
        levels=WHOLE,
        adds_up=False,
    ),
)
FIGURES: Mapping[str, Figure] = {one.name: one for one in _FIGURES}
QUOTA = "won"
