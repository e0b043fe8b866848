"""Reviews and referrals: asked for, answered, counted."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.changes.addresses import undo_of
from baton.core.errors import RuleViolation
from baton.core.mail.tasks import send_mail
from baton.core.ui.htmx import HtmxRequest, go, page_or_partial
from baton.core.ui.lists import Column, Empty, Listing, list_page
from baton.core.ui.marks import said
from baton.core.ui.messages import say
from baton.sales.customers import actions
from baton.sales.customers.forms import FavourForm, ReferralForm
from baton.sales.customers.models import Favour
from baton.sales.customers.permissions import EDIT_CUSTOMERS, MANAGE_CUSTOMERS, VIEW_CUSTOMERS
from baton.sales.customers.queries import favour_terms, our_name, people_content
from baton.sales.customers.rules import GRANTED, FavourKind, FavourOutcome
from baton.sales.customers.views.loading import customer_or_404
from baton.sales.customers.views.reviews import favour_badge
from baton.sales.customers.words import FAVOUR_KINDS, favour_text

TABS = {
    "": gettext_lazy("All"),
    "open": gettext_lazy("Not answered yet"),
    "review": gettext_lazy("Reviews"),
    "referral": gettext_lazy("Referrals"),
    "declined": gettext_lazy("Declined"),
}


def favours_asked(user: User, asked: QueryDict) -> QuerySet[Favour]:
    """What a tab shows, or what a figure counts (``reviewed``, ``referred``)."""
    rows, view = Favour.objects.visible_to(user), asked.get("view", "")
    if view == "open":
        rows = rows.filter(outcome="")
    elif view in set(FavourKind):
        rows = rows.filter(kind=view)
    elif view in set(FavourOutcome):
        rows = rows.filter(outcome=view)
    return rows.select_related("customer__company", "customer__person", "person", "asked_by")


def _matching(rows: QuerySet[Favour], text: str) -> QuerySet[Favour]:
    """By the customer, or by who was asked."""
    wanted = text.strip().casefold()
    return rows.filter(
        Q(customer__company__sort_key__contains=wanted) | Q(person__sort_key__contains=wanted)
    )


def _name(_value: Any, row: Favour) -> str:
    return SafeString(f'<a href="{row.get_absolute_url()}">{said(row.customer)}</a>')


LISTING = Listing(
    name="favours",
    columns=(
        Column(
            name="name",
            label=gettext_lazy("Customer"),
            draw=_name,
            plain=lambda row: str(row.customer),
        ),
        Column(
            name="kind",
            label=gettext_lazy("Asked for"),
            value=lambda row: FAVOUR_KINDS[row.kind],
        ),
        Column(
            name="outcome",
            label=gettext_lazy("What came of it"),
            kind="badge",
            value=favour_badge,
            on_phone=True,
        ),
        Column(name="person", label=gettext_lazy("Who"), value=lambda row: str(row.person)),
        Column(name="asked_at", label=gettext_lazy("Asked"), kind="when", sort="asked_at"),
        Column(
            name="asked_by",
            label=gettext_lazy("By"),
            value=lambda row: row.asked_by.name if row.asked_by else "",
        ),
        Column(name="closed_at", label=gettext_lazy("Answered"), kind="when"),
    ),
    order="-asked_at",
    search=_matching,
    rows=favours_asked,
    empty=Empty(
        icon="star",
        text=gettext_lazy(
            "Nobody was asked. Who answered NPS 9 or 10, or CSAT 5, stands under To ask."
        ),
        url=reverse_lazy("customers:customers"),
        action=gettext_lazy("See customers"),
    ),
)


@requires(VIEW_CUSTOMERS)
@require_GET
def favours(request: HtmxRequest) -> HttpResponse:
    """Who was asked for what, and what came of it."""
    tab = request.GET.get("view", "")
    context = {
        "list": list_page(request, LISTING, favours_asked(user_of(request), request.GET)),
        "tabs": list(TABS.items()),
        "tab": tab,
        "may_manage": user_of(request).may(MANAGE_CUSTOMERS),
    }
    return page_or_partial(request, "customers/favours.html", "list", context)


@requires(EDIT_CUSTOMERS)
@require_http_methods(["GET", "POST"])
def ask(request: HtmxRequest, key: UUID, kind: str) -> HttpResponse:
    """A text to send, by a task or by mail."""
    found, user, at = (
        customer_or_404(request, key, EDIT_CUSTOMERS),
        user_of(request),
        timezone.now(),
    )
    agreed = favour_terms()
    form = FavourForm(
        request.POST or None,
        customer=found,
        user=user,
        text=favour_text(kind, ours=our_name(), url=agreed.review_url),
        person=people_content(found, at=at, agreed=agreed).first(),
    )
    if form.is_valid():
        try:
            favour, batch = actions.ask_favour(
                customer_id=found.pk, kind=kind, by=user, at=at, **form.cleaned_data
            )
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            if favour.mailed_at:
                send_mail.enqueue()
            told = _("The mail goes out.") if favour.mailed_at else _("A task reminds you to ask.")
            say(request, told, undo_url=undo_of(batch))
            return go(request, favour.get_absolute_url())
    context = {"form": form, "customer": found, "is_review": kind == FavourKind.REVIEW}
    context["needs_link"] = kind == FavourKind.REVIEW and not agreed.review_url
    status = 422 if request.method == "POST" else 200
    return render(request, "customers/favour.html", context, status=status)


@requires(EDIT_CUSTOMERS)
@require_POST
def granted(request: HtmxRequest, key: UUID) -> HttpResponse:
    """They wrote the review; whom they referred is typed in a form of its own."""
    favour = _favour_or_404(request, key)
    if favour.kind == FavourKind.REFERRAL:
        return go(request, reverse("customers:referred", args=[favour.key]))
    return _close(request, favour, GRANTED[FavourKind.REVIEW], _("Thank them for the review."))


@requires(EDIT_CUSTOMERS)
@require_POST
def declined(request: HtmxRequest, key: UUID) -> HttpResponse:
    """They would rather not."""
    favour = _favour_or_404(request, key)
    return _close(request, favour, FavourOutcome.DECLINED, _("Written down."))


def _close(request: HtmxRequest, favour: Favour, outcome: str, words: str) -> HttpResponse:
    try:
        batch = actions.close_favour(
            favour=favour, outcome=outcome, by=user_of(request), at=timezone.now()
        )
    except RuleViolation as no:
        say(request, str(no))
    else:
        say(request, words, undo_url=undo_of(batch))
    return go(request, favour.get_absolute_url())


@requires(EDIT_CUSTOMERS)
@require_http_methods(["GET", "POST"])
def referred(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Whom they named: a lead, and who introduced them."""
    favour = _favour_or_404(request, key)
    form = ReferralForm(request.POST or None)
    if form.is_valid():
        try:
            person, is_new, batch = actions.refer_person(
                favour=favour, by=user_of(request), at=timezone.now(), **form.cleaned_data
            )
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            words = (
                _("%(who)s is a lead of yours now.") if is_new else _("They were known already.")
            )
            say(request, words % {"who": person}, undo_url=undo_of(batch))
            return go(request, favour.get_absolute_url())
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "favour": favour}
    return render(request, "customers/referral.html", context, status=status)


@requires(EDIT_CUSTOMERS)
@require_POST
def take_back(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Nobody was asked after all; its task goes, too."""
    favour = _favour_or_404(request, key)
    batch = actions.take_back_favour(favour=favour, by=user_of(request), at=timezone.now())
    if batch is None:
        say(request, _("It was answered meanwhile, and stays."))
    else:
        say(request, _("Taken back."), undo_url=undo_of(batch))
    return go(request, favour.get_absolute_url())


def _favour_or_404(request: HtmxRequest, key: UUID) -> Favour:
    rows = Favour.objects.visible_to(user_of(request), EDIT_CUSTOMERS)
    return get_object_or_404(rows.select_related("customer", "person"), key=key)
