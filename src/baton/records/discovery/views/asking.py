"""The guide beside the call: drawn, typed in, sent; and what was answered, in other words."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.changes.actions import LostRace
from baton.core.changes.addresses import undo_of
from baton.core.editing.filling import record_to_fill
from baton.core.errors import RuleViolation
from baton.core.keys import new_key
from baton.core.limits import read_masked
from baton.core.ui.back import back_of
from baton.core.ui.htmx import HtmxRequest, go, page_or_partial
from baton.core.ui.messages import say
from baton.records.discovery import actions
from baton.records.discovery.forms import AnswerForm, AnswersForm, draft_of
from baton.records.discovery.models import Discovery
from baton.records.discovery.permissions import EDIT_ANSWERS, MANAGE_GUIDES
from baton.records.discovery.queries import DRAFTS as KIND
from baton.records.discovery.queries import Offered, answers_of, draft_kept, offered_to
from baton.records.discovery.views.loading import person_or_404
from baton.records.people.models import Person
from baton.records.timeline.actions import drop_draft, keep_draft, send_once


@requires(EDIT_ANSWERS)
@require_http_methods(["GET", "POST"])
def ask(request: HtmxRequest, key: UUID) -> HttpResponse:
    """The guide that fits the person, or the one that was chosen; sent, the answers are kept."""
    person, user = person_or_404(request, key), user_of(request)
    kept = draft_kept(user=user, key=person.key)
    offered = offered_to(person, user=user, key=_chosen(request, kept))
    if offered is None:
        if request.method == "POST":
            raise Http404
        return _page(request, person, offered, None)
    if request.method == "GET":
        return _page(request, person, offered, _fresh(offered, person, kept, user=user))
    form = AnswerForm(request.POST, guide=offered.guide, person=person, user=user)
    undo_url = _answered(form, person=person, user=user)
    if undo_url is None:
        read_masked()
        return _page(request, person, offered, form, status=422)
    say(request, _("Answers kept."), undo_url=undo_url or None)
    return go(request, back_of(request, usual=person.get_absolute_url()))


@requires(EDIT_ANSWERS)
@require_POST
def draft(request: HtmxRequest, key: UUID) -> HttpResponse:
    """What is typed in the guide now, kept for its writer until it is sent."""
    person, user = person_or_404(request, key), user_of(request)
    keep_draft(
        user=user, kind=KIND, key=person.key, values=draft_of(request.POST), at=timezone.now()
    )
    return HttpResponse(status=204)


@requires(EDIT_ANSWERS)
@require_POST
def drop(request: HtmxRequest, key: UUID) -> HttpResponse:
    """What was typed is not wanted."""
    person, user = person_or_404(request, key), user_of(request)
    drop_draft(user=user, kind=KIND, key=person.key)
    return go(request, back_of(request, usual=person.get_absolute_url()))


@requires(EDIT_ANSWERS)
@require_http_methods(["GET", "POST"])
def edit_answers(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Other words for what was answered."""
    user = user_of(request)
    found = get_object_or_404(
        Discovery.objects.visible_to(user, EDIT_ANSWERS).select_related("person"), key=key
    )
    form = AnswersForm(request.POST if request.method == "POST" else None, discovery=found)
    if form.is_bound and form.is_valid() and _rewritten(form, found, user=user):
        say(request, _("Saved."))
        return go(request, back_of(request, usual=found.person.get_absolute_url()))
    context = {"form": form, "discovery": found}
    status = 422 if form.is_bound else 200
    return page_or_partial(request, "discovery/answers_edit.html", "form", context, status=status)


@requires(EDIT_ANSWERS)
@require_POST
def delete_answers(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Off the timeline, with Undo; fields that were filled stay."""
    user = user_of(request)
    found = get_object_or_404(
        Discovery.objects.visible_to(user, EDIT_ANSWERS).select_related("person"), key=key
    )
    batch = actions.trash_answers(discovery_ids=[found.pk], by=user, at=timezone.now())
    say(request, _("Answers deleted."), undo_url=undo_of(batch))
    return go(request, back_of(request, usual=found.person.get_absolute_url()))


def call_panel(request: HttpRequest, person: Person) -> str:
    """The guide as it stands beside the call."""
    user = user_of(request)
    if not user.may(EDIT_ANSWERS):
        return ""
    kept = draft_kept(user=user, key=person.key)
    offered = offered_to(person, user=user, key=_chosen(request, kept))
    form = _fresh(offered, person, kept, user=user) if offered else None
    context = _context(person, offered, form, user=user)
    return render_to_string("discovery/ask.html#panel", context, request=request)


def person_panel(request: HttpRequest, person: Person) -> str:
    """On the person's page: what they told, and the way to the guide."""
    user = user_of(request)
    answers, may_ask = answers_of(person, user=user), user.may(EDIT_ANSWERS)
    if not answers and not may_ask:
        return ""
    context = {"person": person, "answered": answers, "may_ask": may_ask}
    return render_to_string("discovery/person_panel.html", context, request=request)


def _chosen(request: HttpRequest, kept: Mapping[str, str]) -> UUID | None:
    """The guide that was named, else the one in which this user typed; None for neither."""
    asked = request.POST.get("guide") or request.GET.get("guide") or kept.get("guide") or ""
    try:
        return UUID(asked)
    except ValueError:
        return None


def _fresh(offered: Offered, person: Person, kept: Mapping[str, str], *, user: User) -> AnswerForm:
    """With what this user typed and did not send, where it was typed for this guide."""
    is_its = kept.get("guide") == str(offered.guide.key)
    return AnswerForm(guide=offered.guide, person=person, user=user, draft=kept if is_its else None)


def _answered(form: AnswerForm, *, person: Person, user: User) -> str | None:
    """Where it is taken back, "" for what was sent before; None with the reason in the form."""
    if not form.is_valid() or _is_outdated(form):
        return None
    at, batch = timezone.now(), new_key()
    said = form.said(at=at)
    if form.errors:
        return None
    deal = record_to_fill("deal", person_id=person.pk, user=user)

    def write() -> Discovery:
        return actions.answer_guide(
            guide=form.shown,
            person=person,
            said=said,
            deal_id=deal.pk if deal else None,
            by=user,
            at=at,
            batch=batch,
        )

    token = form.cleaned_data["token"]
    try:
        kept = send_once(user=user, token=token, kind=KIND, key=person.key, at=at, write=write)
    except RuleViolation as no:
        form.add_error(None, str(no))
        return None
    return undo_of(batch) if kept else ""


def _is_outdated(form: AnswerForm) -> bool:
    if not form.is_outdated():
        return False
    form.renew()
    words = _("The questions were changed meanwhile. What you typed is still here: save again.")
    form.add_error(None, words)
    return True


def _rewritten(form: AnswersForm, discovery: Discovery, *, user: User) -> bool:
    try:
        actions.edit_answers(
            discovery=discovery,
            answers=form.answers(),
            version=form.cleaned_data["version"],
            by=user,
            at=timezone.now(),
        )
    except (LostRace, RuleViolation) as no:
        form.add_error(None, str(no))
        return False
    return True


def _page(
    request: HtmxRequest,
    person: Person,
    offered: Offered | None,
    form: AnswerForm | None,
    *,
    status: int = 200,
) -> HttpResponse:
    context = _context(person, offered, form, user=user_of(request))
    return page_or_partial(request, "discovery/ask.html", "panel", context, status=status)


def _context(
    person: Person, offered: Offered | None, form: AnswerForm | None, *, user: User
) -> dict[str, Any]:
    return {
        "person": person,
        "offered": offered,
        "form": form,
        "answered": answers_of(person, user=user),
        "may_manage_guides": user.may(MANAGE_GUIDES),
    }
