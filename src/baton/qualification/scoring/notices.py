"""What the score tells in the inbox: to admins, that it is time to learn anew."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.notices.slots import News, NoticeKind
from baton.qualification.scoring.models import Foresight
from baton.qualification.scoring.permissions import USE_FORESIGHT
from baton.qualification.scoring.queries.outcomes import why_anew


def _page() -> str:
    return reverse("scoring:foresight")


def drift_news(foresight: Foresight, *, at: datetime) -> Iterable[News]:
    """Once a month at most, and only while there is a reason."""
    why = why_anew(foresight, at=at)
    if why is None:
        return
    for user in User.objects.filter(is_active=True, deleted_at=None).order_by("pk"):
        if user.may(USE_FORESIGHT):
            yield News(
                user_id=user.pk,
                cause=f"{foresight.pk}:{why}:{at:%Y-%m}",
                what=str(foresight),
                url=_page(),
                at=at,
            )


DRIFT = NoticeKind(
    name="score.drift",
    label=_("The foresight should be learned anew"),
    title=_("The foresight should be learned anew: people have changed, or much more is known"),
    many=_("%(n)s foresights should be learned anew"),
    icon="bolt",
    many_url=_page,
    permission=USE_FORESIGHT.name,
)
