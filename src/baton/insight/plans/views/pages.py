"""The plan of a quarter: read, proposed, signed."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.changes.addresses import undo_of
from baton.core.errors import RuleViolation
from baton.core.home.queries import happens_much
from baton.core.keys import new_key
from baton.core.settings.queries import one_organisation
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.insight.analytics.queries import today
from baton.insight.analytics.rules import FIRST_DAY, LAST_DAY, months_on
from baton.insight.goals.rules import Span
from baton.insight.plans import actions
from baton.insight.plans.forms import PlanForms
from baton.insight.plans.models import Plan
from baton.insight.plans.permissions import EDIT_PLANS, VIEW_PLANS
from baton.insight.plans.queries import checks_of, plan_in_force, quarter_of, targets_from_goals
from baton.insight.plans.rules import Terms
from baton.insight.plans.views.shown import COUNTED, check_line, said, shown, span_words

SIGNERS = ("signed_for_marketing_by", "signed_for_sales_by")


def _asked(request: HtmxRequest) -> Span:
    """The quarter that the address asks for; this one where it says nothing."""
    try:
        day = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        day = today()
    return quarter_of(day if FIRST_DAY.year < day.year < LAST_DAY.year else today())


def url_of(quarter: Span) -> str:
    return f"{reverse('plans:plans')}?on={quarter.first}"


@requires(VIEW_PLANS)
@require_GET
def plans(request: HtmxRequest) -> HttpResponse:
    """The quarter's plan: the one in force, else the draft."""
    quarter = _asked(request)
    latest = actions.latest_edition(quarter.first)
    return _page(request, quarter, plan_in_force(quarter) or latest, latest)


@requires(VIEW_PLANS)
@require_GET
def part(request: HtmxRequest, key: UUID, counted: str) -> HttpResponse:
    """What the page came without."""
    found = get_object_or_404(Plan.objects.visible_to(user_of(request)), key=key)
    if counted not in COUNTED:
        raise Http404
    if not request.htmx:
        return redirect(f"{found.get_absolute_url()}?whole=1")
    quarter = quarter_of(found.starts_on)
    with one_organisation():
        context = COUNTED[counted](found, quarter, today())
    return render(request, f"plans/{counted}.html", {**context, "plan": found, "quarter": quarter})


@requires(VIEW_PLANS)
@require_GET
def plan(request: HtmxRequest, key: UUID) -> HttpResponse:
    """One edition of it."""
    rows = Plan.objects.visible_to(user_of(request)).select_related(*SIGNERS)
    found = get_object_or_404(rows, key=key)
    quarter = quarter_of(found.starts_on)
    return _page(request, quarter, found, actions.latest_edition(quarter.first))


def _page(
    request: HtmxRequest, quarter: Span, found: Plan | None, latest: Plan | None
) -> HttpResponse:
    user = user_of(request)
    rows = Plan.objects.visible_to(user).filter(starts_on=quarter.first)
    context: dict[str, Any] = {
        "plan": found,
        "latest": latest,
        "quarter": quarter,
        "quarter_words": span_words(quarter),
        "earlier": months_on(quarter.first, -3),
        "later": months_on(quarter.first, 3),
        "may_edit": user.may(EDIT_PLANS),
        "editions": rows.select_related(*SIGNERS).order_by("-edition")[:20],
    }
    if found:
        follows = "whole" not in request.GET and happens_much()
        read = said if follows else shown
        with one_organisation():
            context |= read(found, quarter=quarter, user=user, today=today())
        context["follows"] = follows
    return render(request, "plans/plan.html", context)


@requires(EDIT_PLANS)
@require_http_methods(["GET", "POST"])
def edit(request: HtmxRequest) -> HttpResponse:
    """A draft, or a change of what was signed: that becomes a new edition."""
    quarter = _asked(request)
    base = actions.latest_edition(quarter.first)
    terms = base.said() if base else _first(quarter)
    read = base.digest() if base else ""
    forms = PlanForms(terms, read=read, data=request.POST or None)
    if request.method == "POST" and forms.is_valid() and _drafted(request, forms, quarter):
        return go(request, url_of(quarter))
    with one_organisation():
        checks = checks_of(terms.assumptions, quarter=quarter, today=today())
        usual = [(forms.form[one.name], check_line(one)) for one in checks]
    context = {
        "forms": forms,
        "usual": usual,
        "quarter": quarter,
        "quarter_words": span_words(quarter),
        "back": url_of(quarter),
        "targets": targets_from_goals(quarter),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "plans/edit.html", context, status=status)


def _first(quarter: Span) -> Terms:
    """Of a quarter without a plan: the goal's MQLs."""
    goals = {one.figure: one.target for one in targets_from_goals(quarter)}
    return Terms(mqls=int(goals["mqls"]) if "mqls" in goals else None)


def _drafted(request: HtmxRequest, forms: PlanForms, quarter: Span) -> bool:
    batch = new_key()
    try:
        made = actions.draft_plan(
            day=quarter.first,
            terms=forms.terms(quarter),
            read=forms.form.cleaned_data["read"],
            by=user_of(request),
            at=timezone.now(),
            batch=batch,
        )
    except RuleViolation as no:
        forms.form.add_error(None, str(no))
        return False
    said = _("Edition %(number)d waits for both signatures.") % {"number": made.edition}
    say(request, said, undo_url=undo_of(batch))
    return True


@requires(EDIT_PLANS)
@require_POST
def sign(request: HtmxRequest, key: UUID) -> HttpResponse:
    found = get_object_or_404(Plan.objects.visible_to(user_of(request), EDIT_PLANS), key=key)
    try:
        signed = actions.sign_plan(
            plan=found,
            side=request.POST.get("side", ""),
            read=request.POST.get("read", ""),
            by=user_of(request),
            at=timezone.now(),
        )
    except RuleViolation as no:
        say(request, str(no))
    else:
        both = signed.valid_from is not None
        say(request, _("Signed by both.") if both else _("Signed. The other side is next."))
    return go(request, url_of(quarter_of(found.starts_on)))


@requires(EDIT_PLANS)
@require_POST
def discard(request: HtmxRequest, key: UUID) -> HttpResponse:
    """A draft is taken back; the toast brings it again."""
    found = get_object_or_404(Plan.objects.visible_to(user_of(request), EDIT_PLANS), key=key)
    try:
        batch = actions.discard_plan(plan=found, by=user_of(request), at=timezone.now())
    except RuleViolation as no:
        say(request, str(no))
    else:
        undo_url = undo_of(batch)
        say(request, _("The draft is gone."), undo_url=undo_url)
    return go(request, url_of(quarter_of(found.starts_on)))
