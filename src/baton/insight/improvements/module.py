"""Where improvements stand in the shell, on charts, in reviews and in the history."""

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.changes.slots import tracked
from baton.core.offers import ArchivePart, archive_parts
from baton.core.settings.queries import organisation_zone
from baton.core.ui.slots import Group, NavigationItem, navigation
from baton.insight.goals.slots import FigureMarks, figure_marks
from baton.insight.improvements.actions import TRACKED
from baton.insight.improvements.permissions import EDIT_IMPROVEMENTS, VIEW_IMPROVEMENTS
from baton.insight.improvements.queries import judged_in, logged_of, marks_among
from baton.insight.improvements.words import HUES, chance_words, state_words
from baton.insight.reviews.models import Point
from baton.insight.reviews.rules import Item
from baton.insight.reviews.slots import (
    AgendaPart,
    DecisionFollows,
    Follow,
    agenda_parts,
    decision_follows,
)


def _judged(monday: date, user: User, at: datetime) -> Iterator[Item]:
    today = at.astimezone(organisation_zone()).date()
    for outcome in judged_in(monday, user, today=today):
        chance = chance_words(outcome)
        yield Item(
            words=f"{outcome.improvement.title} ({outcome.figure.label})",
            value=f"{state_words(outcome)}; {chance}" if chance else state_words(outcome),
            url=outcome.improvement.get_absolute_url(),
            hue=HUES[outcome.verdict.state],
        )


def _follows(decisions: list[Point], user: User) -> dict[int, list[Follow]]:
    """The improvement that came of it, or the way to log one."""
    logged = logged_of(decisions, user)
    found = {
        pk: [Follow(words=_t("Improvement"), url=one.get_absolute_url()) for one in rows]
        for pk, rows in logged.items()
    }
    if user.may(EDIT_IMPROVEMENTS):
        new = reverse("improvements:new")
        for point in decisions:
            words, url = _t("Log as improvement"), f"{new}?decision={point.key}"
            found.setdefault(point.pk, [Follow(words=words, url=url)])
    return found


tracked.add(TRACKED)
figure_marks.add(FigureMarks(name="improvements", among=marks_among))
agenda_parts.add(
    AgendaPart(name="improvements", title=_("Improvements that can be judged now"), lines=_judged)
)
decision_follows.add(DecisionFollows(name="improvements", of=_follows))
navigation.add(
    NavigationItem(
        group=Group.INSIGHT,
        label=_("Improvements"),
        url_name="improvements:improvements",
        icon="recycle",
        permission=VIEW_IMPROVEMENTS.name,
        position=5,
        also=_("What we change, before and after, better or worse"),
    )
)
archive_parts.add(ArchivePart(app="improvements"))
