"""What goes over the wire. Unknown is null; amounts are in the organisation's currency."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from baton.core.api.days import Day
from baton.core.api.enums import told_here
from baton.insight.analytics.forms import LONGEST
from baton.insight.analytics.queries import Kind, Only
from baton.insight.analytics.rules import FIRST_DAY, LAST_DAY, SPANS, Basis, LookBack, Span

ReportDay = Annotated[Day, Field(ge=FIRST_DAY, le=LAST_DAY)]
Text = Annotated[str, Field(max_length=LONGEST, pattern=r"^[^\x00]*$")]
LoopBy = Literal["source", "campaign", "persona", "origin", "landing_page", "rep"]
TouchBy = Literal["channel", "campaign", "landing_page", "touch_source"]
ModelName = Literal["first", "last", "linear"]
CreditColumn = Literal["first", "last", "linear", "touches"]
CohortStep = Literal["mql", "sal", "sql", "opportunity", "customer"]
NarrowedBy = Literal["source", "campaign", "origin"]
CohortFigure = Literal["leads", "within", "reached", "open"]
VelocityBy = Literal["rep", "team", "product", "source"]
VelocityColumn = Literal["open", "stood", "won", "closed", "timed"]
PaceStep = Literal["mql", "sal", "sql", "opportunity", "customer", "won"]
PipelineBy = Literal["rep", "manager", "product", "region", "company"]
LoopColumn = Literal[
    "leads",
    "mqls",
    "sals",
    "sqls",
    "opportunities",
    "won",
    "moved_on",
    "pipeline_created",
    "revenue",
    "lost",
    "reasons",
    "unanswered",
]
PipelineColumn = Literal["created", "created_won", "open", "won", "lost", "undated"]


class Asked(Schema):
    """Days from and to, both included; an open end has no bound."""

    from_on: ReportDay | None = Field(None, alias="from")
    to_on: ReportDay | None = Field(None, alias="to")


class LoopAsked(Asked):
    by: LoopBy = "source"
    basis: Basis = Basis.COHORT


class PipelineAsked(Asked):
    by: PipelineBy = "rep"


class AttributionAsked(Asked):
    by: TouchBy = "channel"
    look_back: LookBack = LookBack.DAYS_90


class AttributionReportAsked(AttributionAsked):
    """The model orders the rows; each row has the figures of all."""

    model: ModelName = "linear"


class CreditedAsked(AttributionAsked):
    """``group`` is the ``key`` of a row ("" the nameless one); without it those of the totals."""

    column: CreditColumn = "linear"
    group: Text | None = None
    cursor: str = ""
    limit: int = 50


class CohortsAsked(Asked):
    """Leads who came in the period; with ``key`` of that source, campaign or origin alone."""

    step: CohortStep = "mql"
    unit: Span = Span.MONTH
    by: NarrowedBy = "source"
    key: Text | None = None


class CohortPeopleAsked(CohortsAsked):
    """``cohort`` is the ``group`` of a row; without it, people of all cohorts."""

    figure: CohortFigure = "leads"
    cohort: ReportDay | None = None
    within: int = Field(SPANS, ge=1, le=SPANS)
    cursor: str = ""
    limit: int = 50


class PeopleAsked(LoopAsked):
    """``group`` is the ``key`` of a row ("" the nameless one); without it those of the totals."""

    column: LoopColumn = "leads"
    group: Text | None = None
    only: Only | None = None
    kind: Annotated[Kind, told_here(Kind)] | None = None
    reason: Text = ""
    cursor: str = ""
    limit: int = 50


class DealsAsked(PipelineAsked):
    """``group`` is the ``key`` of a row ("" the nameless one); without it those of the totals."""

    column: PipelineColumn = "created"
    group: Text | None = None
    cursor: str = ""
    limit: int = 50


class ReasonOut(Schema):
    reason: str
    kind: str
    count: int


class LoopRowOut(Schema):
    """One group; the totals have no key. Conversion and days go by ``from>to``."""

    key: str | None
    group: str
    leads: int
    mqls: int
    sals: int
    sqls: int
    opportunities: int
    pipeline_created: float | None
    won: int
    lost: int
    revenue: float | None
    cost: float | None
    cost_per_mql: float | None
    cost_per_customer: float | None
    median_days_to_win: float | None
    throughput_per_day: float | None
    conversion: dict[str, float | None]
    median_days: dict[str, float | None]
    inferred: dict[str, int]
    negative_durations: int
    negative_steps: int
    deals_opened: int
    deals_won: int
    deals_without_amount: int
    purchases: int
    purchases_without_rate: int
    costs_without_rate: int
    unanswered: int
    unanswered_cost: float | None
    unanswered_cost_unknown: int
    reasons: list[ReasonOut]


class LoopOut(Schema):
    report: Literal["closed-loop"]
    by: LoopBy
    basis: Basis
    from_on: date | None = Field(alias="from")
    to_on: date | None = Field(alias="to")
    rows: list[LoopRowOut]
    totals: LoopRowOut


class PipelineRowOut(Schema):
    """One group; rates are fractions, sales velocity is money a day."""

    key: str | None
    group: str
    created: int
    open: int
    won: int
    lost: int
    open_amount: float | None
    won_amount: float | None
    win_rate: float | None
    close_ratio: float | None
    sales_velocity: float | None
    median_cycle_days: float | None
    undated: int
    negative_durations: int


class PipelineReportOut(Schema):
    report: Literal["pipeline"]
    by: PipelineBy
    rows: list[PipelineRowOut]
    totals: PipelineRowOut


class CreditRowOut(Schema):
    """One group; the totals have no key. Deals are shares of deals; return is a fraction."""

    key: str | None
    group: str
    touches: int
    deals_touched: int
    cost: float | None
    costs_without_rate: int
    revenue_first: float | None
    revenue_last: float | None
    revenue_linear: float | None
    deals_first: float
    deals_last: float
    deals_linear: float
    return_first: float | None
    return_last: float | None
    return_linear: float | None


class AttributionOut(Schema):
    report: Literal["attribution"]
    by: TouchBy
    model: ModelName
    look_back: int | None
    from_on: date | None = Field(alias="from")
    to_on: date | None = Field(alias="to")
    rows: list[CreditRowOut]
    totals: CreditRowOut
    deals_without_amount: int


class WithinOut(Schema):
    """Who reached the step within so many months (of 30 days) or weeks."""

    spans: int
    people: int
    share: float | None
    is_complete: bool


class CohortRowOut(Schema):
    """``group`` is the first day of the month or week; the totals have none."""

    group: date | None
    leads: int
    reached: int
    share: float | None
    open: int
    open_share: float | None
    within: list[WithinOut]


class CohortsOut(Schema):
    report: Literal["cohorts"]
    step: CohortStep
    unit: Span
    by: NarrowedBy
    key: str | None
    from_on: date | None = Field(alias="from")
    to_on: date | None = Field(alias="to")
    rows: list[CohortRowOut]
    totals: CohortRowOut


class TouchOut(Schema):
    """A touch of a deal, in order. Without any there is one row, and nothing says when."""

    at: datetime | None
    kind: str
    person: UUID | None
    channel: str
    campaign: str
    landing_page: str
    source: str
    revenue: dict[ModelName, float | None]
    share: dict[ModelName, float]


class PersonBehindOut(Schema):
    key: UUID
    full_name: str
    stage: str
    origin: str
    channel: str
    campaign: str
    lead_at: datetime | None


class DealBehindOut(Schema):
    key: UUID
    name: str
    state: str
    amount: float | None
    currency: str
    opened_at: datetime | None
    closed_at: datetime | None
