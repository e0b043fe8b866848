"""Forms, submissions and visits over the REST API: /api/v1/capture/."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.responses import Status
from pydantic import ConfigDict, Field

from baton.core.access.doors import user_of
from baton.core.api.doors import needs
from baton.core.api.idempotency import idempotent
from baton.core.api.paging import Page as PageOf
from baton.core.api.paging import page_of
from baton.core.api.problems import Problem
from baton.core.keys import new_key
from baton.marketing.capture import actions
from baton.marketing.capture.models import Form, Page, Submission, Visit
from baton.marketing.capture.permissions import SEND_FORMS, VIEW_PAGES
from baton.marketing.capture.queries import Asked, submissions_in
from baton.marketing.capture.queries.asking import Said
from baton.marketing.capture.rules import given_source
from baton.marketing.capture.strangers import read_visitor
from baton.marketing.capture.tasks import take_waiting_hits
from baton.records.people.models import Person

router = Router(tags=["capture"])
Code = Annotated[str, Field(pattern=r"^[-a-zA-Z0-9_]+$", max_length=80)]
Text = Annotated[str, Field(max_length=500)]


class FieldOut(Schema):
    code: str
    kind: str
    label: str
    is_required: bool
    choices: list[str]
    own: str = ""  # of an own field of people its code


class FormOut(Schema):
    key: UUID
    version: int
    code: str
    name: str
    fields: list[FieldOut]


class PageOut(Schema):
    key: UUID
    version: int
    title: str
    slug: str
    form: str  # its code; "" without one
    published_at: datetime | None

    @staticmethod
    def resolve_form(page: Page) -> str:
        return page.form.code if page.form else ""


class VisitOut(Schema):
    key: UUID
    started_at: datetime
    ended_at: datetime
    hit_count: int
    channel: str
    source: str
    medium: str
    campaign: str
    referrer: str
    landing_page: str
    internal: str  # "own network", "own machine": it does not count; empty: it does
    pages: list[str]  # titles, in the order seen

    @staticmethod
    def resolve_pages(visit: Visit) -> list[str]:
        hits = sorted(visit.hits.all(), key=lambda hit: (hit.at, hit.pk))
        return list(dict.fromkeys(hit.title or hit.path for hit in hits))


class PersonRef(Schema):
    key: UUID
    full_name: str


class SubmissionOut(Schema):
    key: UUID
    form: str  # its code
    page: str  # its slug; "" when it was sent from elsewhere
    person: PersonRef | None
    values: dict[str, str]
    channel: str
    campaign: str
    at: datetime

    @staticmethod
    def resolve_values(sent: Submission) -> dict[str, str]:
        return sent.said()

    @staticmethod
    def resolve_form(sent: Submission) -> str:
        return sent.form.code

    @staticmethod
    def resolve_page(sent: Submission) -> str:
        return sent.page.slug if sent.page else ""


class SourceIn(Schema):
    """Where the sender came from, as UTM parameters say it; ``channel`` when you know it better."""

    model_config = ConfigDict(extra="forbid")

    channel: Text = ""
    source: Text = ""
    medium: Text = ""
    campaign: Text = ""
    referrer: Text = ""
    landing_page: Text = ""


class SubmissionIn(Schema):
    """``values`` by field code. ``visitor`` is the cookie of a sender who let us remember them."""

    model_config = ConfigDict(extra="forbid")

    form: Code
    values: dict[str, Annotated[str, Field(max_length=20_000)]]
    page: Code | None = None
    source: SourceIn = SourceIn()
    visitor: Annotated[str, Field(max_length=200)] | None = None


@router.get("/forms/", response=PageOf[FormOut], operation_id="list_forms")
@needs(VIEW_PAGES)
def forms(request: HttpRequest, cursor: str = "", limit: int = 50) -> Any:
    return page_of(Form.objects.visible_to(user_of(request)), cursor=cursor, limit=limit)


@router.get("/pages/", response=PageOf[PageOut], operation_id="list_pages")
@needs(VIEW_PAGES)
def pages(request: HttpRequest, cursor: str = "", limit: int = 50) -> Any:
    found = Page.objects.visible_to(user_of(request)).select_related("form")
    return page_of(found, cursor=cursor, limit=limit)


@router.get("/submissions/", response=PageOf[SubmissionOut], operation_id="list_submissions")
@needs(VIEW_PAGES)
def submissions(
    request: HttpRequest, form: Code | None = None, cursor: str = "", limit: int = 50
) -> Any:
    """Those of people whom you may see; ``form`` is a code."""
    found = submissions_in(user=user_of(request))
    return page_of(found.filter(form__code=form) if form else found, cursor=cursor, limit=limit)


@router.post("/submissions/", response={201: SubmissionOut}, operation_id="send_form")
@needs(SEND_FORMS)
@idempotent(SubmissionOut)
def send_form(request: HttpRequest, sent: SubmissionIn) -> Any:
    """A form that another server of yours took; the same as one sent from a hosted page."""
    form = Form.objects.visible_to(user_of(request)).filter(code=sent.form).first()
    if form is None:
        raise Problem(422, f"form: there is none with the code “{sent.form}”.")
    said, visitor = _answers(form, sent.values), _visitor(sent.visitor)
    if visitor:
        take_waiting_hits(visitor)
    done = actions.submit_form(
        form=form,
        page=_page(request, sent.page),
        values=said.values,
        own=said.own,
        token=new_key(),
        sender=actions.Sender(source=given_source(**sent.source.dict()), visitor=visitor, ip=None),
        by=user_of(request),
        at=timezone.now(),
    )
    return Status(201, done.submission)


def _visitor(cookie: str | None) -> UUID | None:
    """Raises Problem 422 for a cookie that is not ours."""
    visitor = read_visitor(cookie) if cookie else None
    if cookie and visitor is None:
        raise Problem(422, "visitor: that is no cookie of ours; send baton_visitor as it stands.")
    return visitor


@router.get(
    "/people/{uuid:key}/visits/", response=PageOf[VisitOut], operation_id="list_visits_of_person"
)
@needs(VIEW_PAGES)
def visits(request: HttpRequest, key: UUID, cursor: str = "", limit: int = 50) -> Any:
    """In the order in which they became known."""
    user = user_of(request)
    person = get_object_or_404(Person.objects.visible_to(user), key=key)
    found = Visit.objects.visible_to(user).filter(person=person).prefetch_related("hits")
    return page_of(found, cursor=cursor, limit=limit)


def _page(request: HttpRequest, slug: str | None) -> Page | None:
    if slug is None:
        return None
    page = Page.objects.visible_to(user_of(request)).filter(slug=slug).first()
    if page is None:
        raise Problem(422, f"page: there is none at “{slug}”.")
    return page


def _answers(form: Form, values: dict[str, str]) -> Said:
    """Raises Problem 422 that names each field and what is wrong with it."""
    if unknown := sorted(values.keys() - {field.code for field in form.questions()}):
        raise Problem(422, f"values.{unknown[0][:60]}: the form has no such field.")
    said = Asked(form).read(values)
    errors = [{"at": f"values.{code}", "message": words} for code, words in said.wrong.items()]
    if errors:
        raise Problem(422, f"{errors[0]['at']}: {errors[0]['message']}", errors=errors)
    return said
