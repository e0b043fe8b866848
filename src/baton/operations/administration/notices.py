"""What the house tells in the inbox: what failed, and that an import has ended."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.access.queries import who_can_sign_in
from baton.core.facts.models import ParkedFact
from baton.core.jobs.models import Job
from baton.core.notices.rules import MAILED
from baton.core.notices.slots import News, NoticeKind
from baton.operations.administration.permissions import MANAGE_SETTINGS
from baton.operations.exchange.models import Import

YOUNG = timedelta(days=1)
MOST = 50


def _health() -> str:
    return reverse("administration:company")


def import_news(*, at: datetime) -> Iterator[News]:
    """To who began it."""
    ended = Import.objects.filter(state="done", by__isnull=False, finished_at__gt=at - YOUNG)
    for one in ended.order_by("pk")[:MOST]:
        yield News(
            user_id=one.by_id or 0,
            cause=f"import {one.pk}",
            what=one.recipe,
            url=_health(),
            at=one.finished_at or at,
        )


def failure_news(*, at: datetime) -> Iterator[News]:
    """Parked facts and jobs that failed for good, to everybody who can mend them."""
    parked = ParkedFact.objects.filter(parked_at__gt=at - YOUNG).order_by("pk")[:MOST]
    dead = Job.objects.filter(is_dead=True, finished_at__gt=at - YOUNG).order_by("pk")[:MOST]
    told = [
        *((f"parked {one.pk}", one.subscriber, one.parked_at) for one in parked),
        *((f"job {one.pk}", one.task, one.finished_at or at) for one in dead),
    ]
    for user in _admins() if told else ():
        for cause, name, moment in told:
            what = name.rpartition(".")[2].replace("_", " ")
            yield News(user_id=user.pk, cause=cause, what=what, url=_health(), at=moment)


def _admins() -> Iterable[User]:
    return [user for user in who_can_sign_in() if user.may(MANAGE_SETTINGS)]


IMPORTED = NoticeKind(
    name="house.imported",
    label=_("An import that I began has ended"),
    title=_("The import %(what)s has ended"),
    many=_("%(n)s imports have ended"),
    icon="import",
    many_url=_health,
    permission=MANAGE_SETTINGS.name,
)
FAILED = NoticeKind(
    name="house.failed",
    label=_("Something failed in the background"),
    title=_("Failed in the background: %(what)s"),
    many=_("%(n)s things failed in the background"),
    icon="alert",
    many_url=_health,
    permission=MANAGE_SETTINGS.name,
    ways=MAILED,
)
