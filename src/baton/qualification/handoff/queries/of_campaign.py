"""What sales said of the leads that one campaign made MQLs: on its page, that many open."""

from datetime import date, datetime
from typing import Any

from django.db.models import Count, QuerySet, Value

from baton.core.access.models import User
from baton.core.prepared import Prepared
from baton.marketing.campaigns.queries import same_code_of
from baton.marketing.campaigns.rules import same_code
from baton.qualification.handoff.queries.attainment import month_of
from baton.qualification.handoff.queries.day import handed_from
from baton.qualification.handoff.queries.lost import with_losses
from baton.qualification.handoff.queries.quality import Quality, counted, gathered


def quality_of_campaign(code: str, *, user: User, since: date, until: date) -> Quality | None:
    """In whole months, however links spelled it; None where it made nobody an MQL."""
    asked: dict[str, Any] = {"since": month_of(since).since, "until": month_of(until).until}
    asked |= {"user": user, "same": same_code(code)}
    found = next(iter(gathered(_SAID.rows(**asked))), None)
    if found is not None:
        found.losses.update(dict(_LOST.rows(**asked)))
    return found


def _led(user: User, since: datetime, until: datetime, same: str) -> Any:
    rows = handed_from(user, since=since, until=until)
    return rows.annotate(same_campaign=same_code_of("campaign")).filter(same_campaign=same)


def _lost(user: User, since: datetime, until: datetime, same: str) -> QuerySet[Any, Any]:
    rows = with_losses(_led(user, since, until, same), user=user).filter(lost__isnull=False)
    told: QuerySet[Any, Any] = rows.order_by().values_list("lost").annotate(count=Count("pk"))
    return told


_SAID: Prepared[dict[str, Any]] = Prepared(
    lambda user, since, until, same: counted(
        _led(user, since, until, same).annotate(group=Value(""))
    )
)
_LOST: Prepared[tuple[str, int]] = Prepared(_lost)
