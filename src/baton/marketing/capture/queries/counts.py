"""Visits, submissions and what share of one led to the other: of what the user may see."""

from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from baton.core.access.models import User
from baton.core.access.roles import Scope
from baton.core.prepared import Fixed, Prepared
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
from baton.marketing.capture.permissions import VIEW_PAGES
from baton.records.people.models import Person
from baton.records.people.permissions import VIEW_PEOPLE

_PUBLISHED = Prepared(lambda most: Page.objects.published().order_by("-published_at", "-id")[:most])


def with_page_counts(pages: PageQuerySet, *, user: User) -> PageQuerySet:
    """Pages with ``visit_count``, ``submission_count`` and ``sent_count`` (visits that sent it)."""
    ours = Visit.objects.internal()  # few: an index holds them alone
    hits = Hit.objects.filter(page=OuterRef("pk")).exclude(visit__in=ours)
    sent = Submission.objects.filter(page=OuterRef("pk"))
    by_visit = sent.filter(visit__isnull=False).exclude(visit__in=ours)
    return pages.annotate(
        visit_count=_seen_count(hits, "page", of="visit", user=user),
        submission_count=_seen_count(sent, "page", of="pk", user=user),
        sent_count=_seen_count(by_visit, "page", of="visit", user=user),
    )


def with_form_counts(forms: FormQuerySet, *, user: User) -> FormQuerySet:
    """Forms with ``submission_count`` and ``page_count`` (living pages that show it)."""
    sent = Submission.objects.filter(form=OuterRef("pk"))
    shown = Page.objects.living().filter(form=OuterRef("pk"))
    return forms.annotate(
        submission_count=_seen_count(sent, "form", of="pk", user=user),
        page_count=_count(shown, "form", of="pk"),
    )


def _seen_count(rows: QuerySet[Any], by: str, *, of: str, user: User) -> Combinable:
    """Whoever sees all people is not asked about each: all are counted by an index, and those of
    people in the trash, who are few, taken off."""
    is_hits = rows.model is Hit
    if not (user.may(VIEW_PAGES) and user.scope(VIEW_PEOPLE) is Scope.ALL):
        if is_hits:
            return _count(rows.filter(visit__in=Visit.objects.visible_to(user)), by, of=of)
        return _count(rows.filter(pk__in=Submission.objects.visible_to(user)), by, of=of)
    gone = Person.objects.exclude(deleted_at=None)
    if is_hits:
        hidden = rows.filter(visit__in=Visit.objects.filter(person__in=gone))
    else:
        hidden = rows.filter(Q(person=None) | Q(person__in=gone))
    if of == "visit" and not is_hits:  # one may have been sent by somebody else, too
        other = Submission.objects.filter(page=OuterRef("page"), visit=OuterRef("visit"))
        hidden = hidden.exclude(Exists(other.filter(person__in=Person.objects.living())))
    return _count(rows, by, of=of) - _count(hidden, by, of=of)


def latest_published(user: User, *, most: int) -> list[Page]:
    """Pages that strangers see, the latest first; none for who may not look at pages."""
    if not user.may(VIEW_PAGES):
        return []
    return list(_PUBLISHED.rows(most=Fixed(most)))


def conversion(page: Any) -> float | None:
    """Of the visits that saw the page, the share in which its form was sent; None without visits.

    ``page`` comes from with_page_counts. Visits are those that strangers let us remember, so forms
    sent outside of one count among the submissions, but not here.
    """
    return page.sent_count / page.visit_count if page.visit_count else None


def visits_on(page: Page, *, user: User) -> VisitQuerySet:
    """The visits that saw the page, but for our own."""
    return Visit.objects.visible_to(user).counted().filter(pk__in=page.hits.values("visit"))


def submissions_in(*, user: User, page: Page | None = None) -> SubmissionQuerySet:
    """All submissions, or those sent from one page, with person, form and page."""
    found = Submission.objects.visible_to(user).select_related("person__company", "form", "page")
    return found.filter(page=page) if page else found


def _count(rows: QuerySet[Any], by: str, *, of: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(n=Count(of, distinct=True)).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
