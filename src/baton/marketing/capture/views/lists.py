"""Pages, forms, and what they brought."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.saved.shown import views_of
from baton.core.ui.asked import days_back
from baton.core.ui.formats import percent
from baton.core.ui.htmx import HtmxRequest, page_or_partial
from baton.core.ui.lists import Column, Empty, Listing, list_page
from baton.marketing.capture.models import (
    Form,
    Page,
    PageQuerySet,
    Submission,
    SubmissionQuerySet,
    Visit,
)
from baton.marketing.capture.permissions import EDIT_PAGES, VIEW_PAGES
from baton.marketing.capture.queries import (
    channel_words,
    conversion,
    submissions_in,
    visits_on,
    with_form_counts,
    with_page_counts,
)
from baton.marketing.capture.views.loading import form_or_404, page_or_404
from baton.marketing.capture.wording import INTERNAL


@dataclass(frozen=True)
class State:
    """What a badge says, and its colour."""

    name: str | Promise
    hue: str


def state_of(page: Page) -> State:
    """Whether the world sees it."""
    return State(_("Published"), "green") if page.published_at else State(_("Draft"), "gray")


def answers_in_short(submission: Submission) -> str:
    """The answers that are not on the person's page already."""
    told = {"name", "email", "company", "phone"}
    return " · ".join(value for code, value in submission.said().items() if code not in told)[:200]


def pages_asked(user: User) -> PageQuerySet:
    """Those that one may see, with what they brought."""
    return with_page_counts(Page.objects.visible_to(user), user=user).select_related("form")


PAGES = Listing(
    name="pages",
    columns=(
        Column(name="title", label=_("Title"), sort="sort_key"),
        Column(name="state", label=_("State"), kind="badge", on_phone=True, value=state_of),
        Column(name="slug", label=_("Address"), value=lambda page: page.public_path()),
        Column(name="form", label=_("Form")),
        Column(name="visit_count", label=_("Visits"), kind="number"),
        Column(name="submission_count", label=_("Submissions"), kind="number", on_phone=True),
        Column(
            name="conversion",
            label=_("Conversion"),
            kind="figure",
            value=lambda page: percent(conversion(page)) if page.form_id else "–",
            plain=lambda page: conversion(page) if page.form_id else None,
        ),
        Column(name="published_at", label=_("Published"), kind="when"),
    ),
    order="title",
    search=lambda pages, text: pages.filter(sort_key__contains=text.casefold()),
    second=lambda page: page.public_path(),
    empty=Empty(
        icon="page",
        text=_("A page shows strangers what you offer and takes their forms."),
    ),
    rows=lambda user, _asked: pages_asked(user),
)
FORMS = Listing(
    name="forms",
    columns=(
        Column(name="name", label=_("Name"), sort="sort_key"),
        Column(name="code", label=_("Code")),
        Column(
            name="fields", label=_("Fields"), kind="number", value=lambda form: len(form.fields)
        ),
        Column(name="page_count", label=_("Pages"), kind="number"),
        Column(name="submission_count", label=_("Submissions"), kind="number", on_phone=True),
    ),
    order="name",
    search=lambda forms, text: forms.filter(sort_key__contains=text.casefold()),
    second=lambda form: form.code,
    empty=Empty(icon="form", text=_("A form asks strangers who they are and what they need.")),
    rows=lambda user, _asked: with_form_counts(Form.objects.visible_to(user), user=user),
)
SUBMISSIONS = Listing(
    name="submissions",
    columns=(
        Column(name="person", label=_("Who")),
        Column(
            name="company",
            label=_("Company"),
            value=lambda one: one.person.company or "",
        ),
        Column(name="form", label=_("Form")),
        Column(name="page", label=_("Page")),
        Column(name="channel", label=_("Channel"), value=lambda one: channel_words(one.channel)),
        Column(name="campaign", label=_("Campaign")),
        Column(name="answers", label=_("Answers"), value=answers_in_short),
        Column(name="at", label=_("When"), kind="when", sort="at", on_phone=True),
    ),
    order="-at",
    url=lambda one: one.person.get_absolute_url(),
    second=lambda one: one.form.name,
    empty=Empty(icon="form", text=_("Here stands who sends this form, newest first.")),
)
VISITS = Listing(
    name="visits",
    columns=(
        Column(name="who", label=_("Who"), value=lambda visit: visit.person or _("A stranger")),
        Column(
            name="channel", label=_("Channel"), value=lambda visit: channel_words(visit.channel)
        ),
        Column(name="source", label=_("Source")),
        Column(name="campaign", label=_("Campaign")),
        Column(name="landing_page", label=_("First page")),
        Column(name="hit_count", label=_("Pages seen"), kind="number", on_phone=True),
        Column(name="started_at", label=_("When"), kind="when", sort="started_at", on_phone=True),
    ),
    order="-started_at",
    url=lambda visit: reverse("capture:visit", args=[visit.key]),
    second=lambda visit: channel_words(visit.channel),
    empty=Empty(icon="visit", text=_("Here stand the visits of those who let us remember them.")),
)


@requires(VIEW_PAGES)
@require_GET
def pages(request: HtmxRequest) -> HttpResponse:
    """All pages with what they brought."""
    user = user_of(request)
    may_edit = user.may(EDIT_PAGES)
    listing = PAGES.with_step(reverse("capture:new-page"), _("New page")) if may_edit else PAGES
    page = list_page(request, listing, pages_asked(user))
    context = {"list": page, "views": views_of(request, PAGES), "may_edit": may_edit}
    return page_or_partial(request, "capture/pages.html", "list", context)


@requires(VIEW_PAGES)
@require_GET
def forms(request: HtmxRequest) -> HttpResponse:
    """All forms with how often they were sent."""
    user = user_of(request)
    rows = with_form_counts(Form.objects.visible_to(user), user=user)
    may_edit = user.may(EDIT_PAGES)
    listing = FORMS.with_step(reverse("capture:new-form"), _("New form")) if may_edit else FORMS
    page = list_page(request, listing, rows)
    context = {"list": page, "views": views_of(request, FORMS), "may_edit": may_edit}
    return page_or_partial(request, "capture/forms.html", "list", context)


@requires(VIEW_PAGES)
@require_GET
def submissions(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Who sent a form."""
    user, form = user_of(request), form_or_404(request, key)
    rows = _asked(request, submissions_in(user=user).filter(form=form))
    context = {
        "list": list_page(request, SUBMISSIONS, rows),
        "record": form,
        "days": days_back(request.GET),
    }
    return page_or_partial(request, "capture/submissions.html", "list", context)


@requires(VIEW_PAGES)
@require_GET
def page_submissions(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Who sent the form of a page, from that page."""
    user, page = user_of(request), page_or_404(request, key)
    rows = _asked(request, submissions_in(user=user, page=page))
    context = {
        "list": list_page(request, SUBMISSIONS, rows),
        "record": page,
        "days": days_back(request.GET),
    }
    return page_or_partial(request, "capture/submissions.html", "list", context)


@requires(VIEW_PAGES)
@require_GET
def page_visits(request: HtmxRequest, key: UUID) -> HttpResponse:
    """The visits that saw a page."""
    user, page = user_of(request), page_or_404(request, key)
    rows = visits_on(page, user=user).select_related("person")
    context = {"list": list_page(request, VISITS, rows), "record": page}
    return page_or_partial(request, "capture/visits.html", "list", context)


@requires(VIEW_PAGES)
@require_GET
def visit(request: HtmxRequest, key: UUID) -> HttpResponse:
    """The pages of one visit, in their order."""
    found = Visit.objects.visible_to(user_of(request)).select_related("person")
    one = get_object_or_404(found, key=key)
    context = {
        "visit": one,
        "channel": channel_words(one.channel),
        "internal": INTERNAL.get(one.internal, ""),
        "hits": one.hits.order_by("at"),
    }
    return page_or_partial(request, "capture/visit.html", "hits", context)


def _asked(request: HtmxRequest, rows: SubmissionQuerySet) -> SubmissionQuerySet:
    """Of the latest ``days``, of one ``form`` (a code), or sent from no page (``page=none``)."""
    days, code = days_back(request.GET), request.GET.get("form", "")
    if days:
        rows = rows.filter(at__gte=timezone.now() - timedelta(days=days))
    if code:
        rows = rows.filter(form__code=code)
    return rows.filter(page=None) if request.GET.get("page") == "none" else rows
