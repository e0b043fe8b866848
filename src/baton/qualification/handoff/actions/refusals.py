"""Why somebody cannot do what they asked for, in words for them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.calendars.queries import zone_of
from baton.core.errors import RuleViolation
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.permissions import ANSWER_HANDOFFS
from baton.qualification.handoff.rules import State


class AlreadyAnswered(RuleViolation):
    """Somebody was faster."""


class NotYours(RuleViolation):
    """The lead is with somebody else by now."""


class NotAccepted(RuleViolation):
    """The lead must be taken first."""


class NotAgreed(RuleViolation):
    """No agreement of this kind is in force."""


class BadVerdict(RuleViolation):
    """A reason, a date or words are missing or do not go together."""


class NothingToSign(RuleViolation):
    """No version waits for this signature."""


class MayNotSign(RuleViolation):
    """Only the head of a side signs for it."""


class StaleTerms(RuleViolation):
    """The terms are no longer those that were read."""


class BadAgreement(RuleViolation):
    """Numbers that nobody could keep."""


class BadPool(RuleViolation):
    """A pool or a rule that routing could not use."""


def check_able(user: User) -> None:
    """Who is asked must be able to answer. Raises BadPool."""
    if not user.may(ANSWER_HANDOFFS):
        raise BadPool(_("%(who)s answers no leads.") % {"who": user.name})
    if not user.can_sign_in():
        raise BadPool(_("%(who)s cannot sign in: nobody would answer.") % {"who": user.name})


def answered(handoff: Handoff, *, at: datetime) -> AlreadyAnswered:
    """Who answered this lead, and when, as the one who came too late should read it."""
    done_at = _clock(handoff.answered_at or handoff.closed_at, now=at)
    who = handoff.rep.name if handoff.rep else ""
    sentences = {
        State.ACCEPTED: _("%(who)s accepted this lead at %(at)s."),
        State.REJECTED: _("%(who)s rejected this lead at %(at)s."),
        State.QUALIFIED: _("The need is confirmed: %(who)s has this lead."),
        State.DISQUALIFIED: _("%(who)s disqualified this lead at %(at)s."),
        State.UNREACHABLE: _("The attempts are used up: nobody answered."),
        State.WITHDRAWN: _("This person was deleted: nothing is owed any more."),
    }
    sentence = sentences.get(State(handoff.state), _("This lead was answered at %(at)s."))
    return AlreadyAnswered(sentence % {"who": who, "at": done_at})


def elsewhere(handoff: Handoff, *, at: datetime) -> NotYours:
    """With whom the lead is now."""
    if handoff.rep is None:
        return NotYours(_("This lead waits in the queue for somebody to take it."))
    return NotYours(
        _("This lead is with %(who)s since %(at)s.")
        % {"who": handoff.rep.name, "at": _clock(handoff.offered_at, now=at)}
    )


def _clock(moment: datetime | None, *, now: datetime) -> str:
    """The hour on the house's own clock; before it the day, when that is another one."""
    if moment is None:
        return ""
    zone = ZoneInfo(zone_of(None))
    here = moment.astimezone(zone)
    is_today = here.date() == now.astimezone(zone).date()
    return date_format(here, "H:i" if is_today else "j M H:i")
