"""Which forms and pages brought somebody lately."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, QuerySet

from baton.core.access.models import User
from baton.core.prepared import Fixed, Prepared
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
    rows = _SENT.rows(user=user, since=since, most=Fixed(most))
    forms = _FORMS.by_id(ids={form for form, *_rest in rows})
    pages = _PAGES.by_id(ids={page for _form, page, *_rest in rows if page})
    return [
        Brought(form=forms[form], page=pages.get(page or 0), count=count, latest_at=at)
        for form, page, count, at in rows
    ]


def _sent(user: User, since: datetime, most: int) -> QuerySet[Any, Any]:
    # Asked of each that was sent since: as a list of all whom the user sees it would be made first.
    seen = Person.objects.visible_to(user).filter(pk=OuterRef("person"))
    sent = Submission.objects.filter(Exists(seen), at__gte=since).order_by()
    counted = sent.values("form", "page").annotate(count=Count("pk"), latest_at=Max("at"))
    ordered = counted.order_by("-count", F("latest_at").desc(), "form", "page")
    return ordered.values_list("form", "page", "count", "latest_at")[:most]


_SENT: Prepared[tuple[int, int | None, int, datetime]] = Prepared(_sent)
_FORMS: Prepared[Form] = Prepared(lambda ids: Form.objects.filter(pk__in=ids))
_PAGES: Prepared[Page] = Prepared(lambda ids: Page.objects.filter(pk__in=ids))
