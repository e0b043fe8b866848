"""What customers offer: filters, triggers, and how they look on a timeline."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from baton.core.access.queries import colleagues, names_of
from baton.core.offers import (
    FieldKind,
    FilterField,
    Label,
    Telling,
    TimelineEntry,
    Trigger,
)
from baton.core.prepared import Prepared
from baton.sales.customers import events
from baton.sales.customers.models import Customer
from baton.sales.customers.words import (
    CHURN,
    FAVOUR_KINDS,
    FAVOUR_OUTCOMES,
    HANDOVERS,
    LEVELS,
    PROMISES,
    SIGNS,
    score_words,
)

HANDED = frozenset({"customer.started", "customer.given", "customer.accepted", "customer.called"})
Choices = Callable[[], Iterable[tuple[str, Label]]]


def _field(
    name: str, label: Label, kind: FieldKind, path: str = "", choices: Choices | None = None
) -> FilterField:
    return FilterField(
        object_type="customer",
        name=name,
        label=label,
        kind=kind,
        path=path or name,
        choices=choices,
        changed_by=HANDED,
    )


def customer_fields() -> Iterator[FilterField]:
    """What can be asked of a customer, in the order in which forms offer it."""
    yield _field("company", gettext_lazy("Company"), FieldKind.TEXT, "company__name")
    yield _field("person", gettext_lazy("Person"), FieldKind.TEXT, "person__full_name")
    yield _field(
        "handover",
        gettext_lazy("Handover"),
        FieldKind.CHOICE,
        choices=lambda: list(HANDOVERS.items()),
    )
    yield _field("owner", gettext_lazy("Owner"), FieldKind.RELATION, choices=colleagues)
    yield _field("seller", gettext_lazy("Sold by"), FieldKind.RELATION, choices=colleagues)
    yield _field("started_at", gettext_lazy("Customer since"), FieldKind.DATE)
    yield from _health_fields()
    yield _field("accept_late", gettext_lazy("Taken over too late"), FieldKind.BOOLEAN)
    yield _field("call_late", gettext_lazy("First call too late"), FieldKind.BOOLEAN)


def _health_fields() -> Iterator[FilterField]:
    """How they are, and until when they stay."""
    yield _field(
        "health",
        gettext_lazy("Health"),
        FieldKind.CHOICE,
        choices=lambda: list(LEVELS.items()),
    )
    yield FilterField(
        object_type="customer",
        name="reason",
        label=gettext_lazy("Reason"),
        kind=FieldKind.SET,
        choices=lambda: list(SIGNS.items()),
        having=_having,
        changed_by=HANDED | {"customer.health_changed"},
    )
    yield from _size_fields()
    yield _field("contract_ends_on", gettext_lazy("Contract ends"), FieldKind.DATE)
    yield _field("churned_on", gettext_lazy("Gone since"), FieldKind.DATE)
    yield _field(
        "churn_reason",
        gettext_lazy("Gone because of"),
        FieldKind.CHOICE,
        choices=lambda: list(CHURN.items()),
    )
    yield _field("contacted_at", gettext_lazy("Latest word"), FieldKind.DATE)
    yield _field("checkin_on", gettext_lazy("Next check-in"), FieldKind.DATE)
    yield _field("first_value_on", gettext_lazy("First value"), FieldKind.DATE)
    yield _field("issue", gettext_lazy("Issue"), FieldKind.TEXT)


def _size_fields() -> Iterator[FilterField]:
    """How large they are, and what they are worth."""
    yield _field("contract_amount", gettext_lazy("Contract amount"), FieldKind.NUMBER)
    yield _field(
        "employee_count", gettext_lazy("Employees"), FieldKind.NUMBER, "company__employee_count"
    )
    yield _field("industry", gettext_lazy("Industry"), FieldKind.TEXT, "company__industry")
    yield _field("country", gettext_lazy("Country"), FieldKind.TEXT, "company__country")


def _having(signs: Sequence[str]) -> Q:
    """Of whom any of these is said; of none, of whom anything is."""
    if not signs:
        return Q(reasons__gt="")
    return reduce(or_, (Q(reasons__contains=f"{sign}:") for sign in signs), Q(pk__in=[]))


def customer_triggers() -> list[Trigger]:
    return [
        Trigger(label=gettext_lazy("Becomes a customer of ours"), fact=events.CustomerStarted),
        Trigger(label=gettext_lazy("Their health changes"), fact=events.HealthChanged),
        Trigger(label=gettext_lazy("Their contract ends soon"), fact=events.RenewalNear),
        Trigger(label=gettext_lazy("May be sold to again"), fact=events.SecondDue),
        Trigger(label=gettext_lazy("Renews"), fact=events.Renewed),
        Trigger(label=gettext_lazy("Is a customer no longer"), fact=events.Churned),
        Trigger(label=gettext_lazy("Had the first value"), fact=events.FirstValue),
        Trigger(label=gettext_lazy("Is taken over by the owner"), fact=events.CustomerAccepted),
        Trigger(
            label=gettext_lazy("Writes a review, refers somebody, or declines"),
            fact=events.FavourAnswered,
        ),
        Trigger(label=gettext_lazy("Answers a survey"), fact=events.SurveyAnswered),
    ]


def customer_entries() -> list[TimelineEntry]:
    return [
        _entry(events.CustomerStarted, "won", lambda fact: _("Customer"), hue="green"),
        _entry(events.CustomerGiven, "user", lambda fact: _("Customer given to another owner")),
        _entry(events.CustomerAccepted, "check", _accepted),
        _entry(events.CustomerCalled, "phone", _called),
        _entry(events.HandoverLate, "clock", _late, hue="red"),
        _entry(events.StepDone, "check", lambda fact: fact.step, hue="green"),
        _entry(events.FirstValue, "star", _valued, hue="green"),
        _entry(events.HealthChanged, "chart", _health),
        _entry(events.IssueOpened, "alert", lambda fact: _("Issue opened"), hue="red"),
        _entry(events.IssueClosed, "check", lambda fact: _("Issue solved"), hue="green"),
        _entry(events.RenewalNear, "calendar", _near, hue="amber"),
        _entry(events.SecondDue, "deal", lambda fact: _("Time to sell again"), hue="amber"),
        _entry(events.CheckinLate, "phone", lambda fact: _("Check-in overdue"), hue="amber"),
        _entry(events.FavourAsked, "star", _favour_asked),
        _entry(events.FavourAnswered, "star", _favour_answered, hue="green"),
        _entry(events.Renewed, "recycle", lambda fact: _("Renewed"), hue="green"),
        _entry(events.Churned, "x", _churned, hue="red"),
        _entry(events.SurveyAnswered, "star", _answered),
        _entry(events.WonBack, "undo", lambda fact: _("Won back"), hue="green"),
        TimelineEntry(fact=events.CustomerDeleted, is_hidden=True),
        TimelineEntry(fact=events.CustomerRestored, is_hidden=True),
    ]


def _entry(
    fact: type[events.CustomerFact], icon: str, title: Callable[[Any], str], *, hue: str = "gray"
) -> TimelineEntry:
    return TimelineEntry(fact=fact, icon=icon, hue=hue, title=title, tell_many=_tell)


_CUSTOMERS = Prepared(lambda ids: Customer.objects.filter(pk__in=ids))


def _tell(facts: Sequence[Any]) -> Mapping[int, Telling]:
    """Whose they are, and the way to the customer's page."""
    rows = _CUSTOMERS.by_id(ids={fact.customer_id for fact in facts})
    names = names_of(getattr(fact, "owner_id", None) for fact in facts)
    told = {}
    for fact in facts:
        row = rows.get(fact.customer_id)
        if row is None or row.deleted_at:
            told[fact.id] = Telling(is_gone=True)
        else:
            who = names.get(getattr(fact, "owner_id", 0), "")
            detail = who or getattr(fact, "issue", "") or getattr(fact, "comment", "")
            told[fact.id] = Telling(url=row.get_absolute_url(), detail=detail)
    return told


def _accepted(fact: events.CustomerAccepted) -> str:
    return _("Taken over late") if fact.is_late else _("Taken over")


def _called(fact: events.CustomerCalled) -> str:
    return _("First call, late") if fact.is_late else _("First call")


def _late(fact: events.HandoverLate) -> str:
    return str(PROMISES.get(fact.promise, fact.promise))


def _valued(fact: events.FirstValue) -> str:
    if not fact.on:
        return _("First value taken back")
    words = ngettext("First value after %(n)d day", "First value after %(n)d days", fact.days)
    return words % {"n": fact.days}


def _health(fact: events.HealthChanged) -> str:
    signs = ", ".join(str(SIGNS[one]).lower() for one in fact.signs if one in SIGNS)
    level = str(LEVELS.get(fact.health, fact.health))
    return f"{level}: {signs}" if signs else level


def _near(fact: events.RenewalNear) -> str:
    words = ngettext("Contract ends in %(n)d day", "Contract ends in %(n)d days", fact.days)
    return words % {"n": fact.days}


def _favour_asked(fact: events.FavourAsked) -> str:
    kind = str(FAVOUR_KINDS.get(fact.kind, fact.kind)).lower()
    return _("Asked for a %(what)s") % {"what": kind}


def _favour_answered(fact: events.FavourAnswered) -> str:
    kind = str(FAVOUR_KINDS.get(fact.kind, fact.kind))
    return f"{kind}: {FAVOUR_OUTCOMES.get(fact.outcome, fact.outcome)}"


def _churned(fact: events.Churned) -> str:
    return _("Gone: %(why)s") % {"why": CHURN.get(fact.reason, fact.reason)}


def _answered(fact: events.SurveyAnswered) -> str:
    words = score_words(fact.kind, fact.score)
    return _("Changed to %(answer)s") % {"answer": words} if fact.is_change else words
