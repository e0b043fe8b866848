"""Visits, submissions and what share of one led to the other: of what the user may see."""

from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from baton.core.access.models import User
from baton.marketing.capture.models import (
    FormQuerySet,
    Hit,
    Page,
    PageQuerySet,
    Submission,
    SubmissionQuerySet,
    Visit,
    VisitQuerySet,
)


def with_page_counts(pages: PageQuerySet, *, user: User) -> PageQuerySet:
    """Pages with ``visit_count``, ``submission_count`` and ``sent_count`` (visits that sent it)."""
    hits = Hit.objects.filter(page=OuterRef("pk"), visit__in=Visit.objects.visible_to(user))
    sent = Submission.objects.visible_to(user).filter(page=OuterRef("pk"))
    return pages.annotate(
        visit_count=_count(hits, "page", of="visit"),
        submission_count=_count(sent, "page", of="pk"),
        sent_count=_count(sent.filter(visit__isnull=False), "page", of="visit"),
    )


def with_form_counts(forms: FormQuerySet, *, user: User) -> FormQuerySet:
    """Forms with ``submission_count`` and ``page_count`` (living pages that show it)."""
    sent = Submission.objects.visible_to(user).filter(form=OuterRef("pk"))
    shown = Page.objects.living().filter(form=OuterRef("pk"))
    return forms.annotate(
        submission_count=_count(sent, "form", of="pk"), page_count=_count(shown, "form", of="pk")
    )


def conversion(page: Any) -> float | None:
    """Of the visits that saw the page, the share in which its form was sent; None without visits.

    ``page`` comes from with_page_counts. Visits are those that strangers let us remember, so forms
    sent outside of one count among the submissions, but not here.
    """
    return page.sent_count / page.visit_count if page.visit_count else None


def visits_on(page: Page, *, user: User) -> VisitQuerySet:
    """The visits that saw the page."""
    return Visit.objects.visible_to(user).filter(pk__in=page.hits.values("visit"))


def submissions_in(*, user: User, page: Page | None = None) -> SubmissionQuerySet:
    """All submissions, or those sent from one page, with person, form and page."""
    found = Submission.objects.visible_to(user).select_related("person__company", "form", "page")
    return found.filter(page=page) if page else found


def _count(rows: QuerySet[Any], by: str, *, of: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(n=Count(of, distinct=True)).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
