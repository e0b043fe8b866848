from dataclasses import dataclass
from enum import StrEnum

from baton.qualification.handoff.rules.terms import UNREACHABLE


class After(StrEnum):
    """Where a verdict leaves the person. Values are stages of the lifecycle."""

    LEAD = "lead"  # back to nurture, scored again after a rest
    OTHER = "other"  # will never buy


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why a lead was turned down."""

    code: str
    after: After = After.LEAD
    has_date: bool = False  # the rep may say when to ask again
    has_competitor: bool = False
    is_elsewhere: bool = False  # a lead for somebody else: routed again at once
    is_ours: bool = False  # says something of our records, not whether they would have bought


class UnknownReason(ValueError):
    """Not a reason of this kind of verdict."""


_BAD_TIMING = Reason(code="bad_timing", has_date=True)

# Before it was taken. The order is the order of the digits that pick them.
REJECT = (
    Reason(code="bad_data", is_ours=True),
    Reason(code="duplicate", after=After.OTHER, is_ours=True),
    Reason(code="existing_customer", after=After.OTHER, is_ours=True),
    Reason(code="not_a_buyer", after=After.OTHER),  # student, competitor, supplier
    Reason(code="wrong_territory", is_elsewhere=True),
    Reason(code="no_fit"),
    _BAD_TIMING,
    Reason(code="opted_out", after=After.OTHER),
)
OURS = tuple(reason.code for reason in REJECT if reason.is_ours)
# Why an account executive turns down whom an SDR qualified: back to the SDR, who decides.
RETURN = (
    Reason(code="need_unclear"),
    Reason(code="wrong_contact"),
    Reason(code="no_meeting"),
    Reason(code="no_budget"),
    Reason(code="existing_customer"),
    Reason(code="wrong_territory", is_elsewhere=True),
)
# After talking to them.
DISQUALIFY = (
    Reason(code="no_need"),
    Reason(code="no_budget"),
    Reason(code="no_authority"),
    _BAD_TIMING,
    Reason(code="competitor", has_competitor=True),
    Reason(code="no_fit", after=After.OTHER),
)
# After which somebody rests. One that is left on its own day rests until then.
REST_REASONS = tuple(
    dict.fromkeys(
        [
            reason.code
            for reason in (*REJECT, *DISQUALIFY)
            if reason.after is After.LEAD and not reason.is_elsewhere
        ]
        + [UNREACHABLE]
    )
)

# A verdict on a handoff takes nobody out of what sales or a purchase made of them.
_RETURNING = frozenset({"mql", "sal", "sql"})
_LEAVING = _RETURNING | {"subscriber", "lead"}


def may_come_back(reason: Reason) -> bool:
    """After which somebody rests, and so may come back by a condition."""
    return reason.after is After.LEAD and not reason.is_elsewhere


def has_come_true(*, fits: bool, was_untrue: bool) -> bool:
    """What held when the rest began brings nobody back: it has to become true meanwhile."""
    return fits and was_untrue


def find_reason(code: str, among: tuple[Reason, ...]) -> Reason:
    """The reason of that code. Raises UnknownReason."""
    for reason in among:
        if reason.code == code:
            return reason
    raise UnknownReason(code)


def rests_after_verdict(*, stage: str, after: After) -> bool:
    """Who is sales' or a customer by now is not nurtured, and who will never buy neither."""
    return after is After.LEAD and stage in _LEAVING


def stage_after_verdict(*, stage: str, after: After) -> str | None:
    """The stage to which a verdict moves somebody back; None: they stay where they are."""
    moving = _LEAVING if after is After.OTHER else _RETURNING
    return after.value if stage in moving else None
