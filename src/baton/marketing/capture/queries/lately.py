"""Which forms and pages brought somebody lately."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, Max, OuterRef

from baton.core.access.models import User
from baton.marketing.capture.models import Form, Page, Submission
from baton.marketing.capture.permissions import VIEW_PAGES
from baton.records.people.models import Person


@dataclass(frozen=True, kw_only=True)
class Brought:
    """A form and the page it was sent from (None: from elsewhere), and how often."""

    form: Form
    page: Page | None
    count: int
    latest_at: datetime


def brought_since(since: datetime, *, user: User, most: int) -> list[Brought]:
    """What was sent most often; three queries, over these days only."""
    if not user.may(VIEW_PAGES):
        return []
    # Asked of each that was sent since: as a list of all whom the user sees it would be made first.
    seen = Person.objects.visible_to(user).filter(pk=OuterRef("person"))
    sent = Submission.objects.filter(Exists(seen), at__gte=since).order_by()
    counted = sent.values("form", "page").annotate(count=Count("pk"), latest_at=Max("at"))
    rows = list(counted.order_by("-count", F("latest_at").desc(), "form", "page")[:most])
    forms = Form.objects.in_bulk({row["form"] for row in rows})
    pages = Page.objects.in_bulk({row["page"] for row in rows if row["page"]})
    return [
        Brought(
            form=forms[row["form"]],
            page=pages.get(row["page"]),
            count=row["count"],
            latest_at=row["latest_at"],
        )
        for row in rows
    ]
