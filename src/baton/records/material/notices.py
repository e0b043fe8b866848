"""What material tells its owner: that it is out of date."""

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from baton.core.notices.slots import News, NoticeKind
from baton.records.material.models import Material
from baton.records.material.permissions import EDIT_MATERIAL


def stale_news(*, today: date, at: datetime) -> Iterator[News]:
    """To the owner of each whose last day is over; for each last day once."""
    rows = Material.objects.living().filter(is_retired=False, valid_until__lt=today)
    for one in rows.exclude(owner=None).order_by("pk"):
        yield News(
            user_id=one.owner_id or 0,
            cause=f"material {one.pk} {one.valid_until}",
            what=one.title,
            url=one.get_absolute_url(),
            at=at,
        )


STALE = NoticeKind(
    name="material.stale",
    label=_("Sales material of mine is out of date"),
    title=_("%(what)s is out of date: renew it, or retire it"),
    many=_("%(n)s of your sales material are out of date"),
    icon="content",
    many_url=lambda: reverse("material:library") + "?show=stale",
    permission=EDIT_MATERIAL.name,
)
