"""Who was asked how content they are, what they answered, and what it comes to."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.changes.addresses import undo_of
from baton.core.mail.tasks import send_mail
from baton.core.ui.htmx import HtmxRequest, go, page_or_partial
from baton.core.ui.lists import Column, Empty, Listing, list_page
from baton.core.ui.marks import said
from baton.core.ui.messages import say
from baton.sales.customers import actions
from baton.sales.customers.forms import AskForm
from baton.sales.customers.models import Survey
from baton.sales.customers.permissions import EDIT_CUSTOMERS, VIEW_CUSTOMERS
from baton.sales.customers.queries import counting
from baton.sales.customers.rules import Mood, SurveyKind, scores_of
from baton.sales.customers.views.answers import answer_badge, figures_of, mood
from baton.sales.customers.views.keeping import keep
from baton.sales.customers.views.loading import customer_or_404
from baton.sales.customers.words import MOODS

TABS = {
    "": gettext_lazy("Answers"),
    "nps": gettext_lazy("NPS"),
    "csat": gettext_lazy("CSAT"),
    "asked": gettext_lazy("Asked, not answered"),
}


def surveys_asked(user: User, asked: QueryDict) -> QuerySet[Survey]:
    """All answers, those that a figure counts (``nps``, of them ``nps-bad``), or open questions."""
    rows, at = Survey.objects.visible_to(user), timezone.now()
    kind, _dash, half = asked.get("view", "").partition("-")
    if kind in set(SurveyKind):
        rows = counting(rows, SurveyKind(kind), at=at)
        if half in set(Mood):
            rows = rows.filter(score__in=scores_of(SurveyKind(kind), Mood(half)))
    elif kind == "asked":
        rows = rows.filter(answered_at=None)
    else:
        rows = rows.filter(answered_at__isnull=False)
    return rows.select_related(
        "customer__company", "customer__person", "customer__owner", "person", "asked_by"
    )


def _matching(rows: QuerySet[Survey], text: str) -> QuerySet[Survey]:
    """By the customer, the person, or what they wrote."""
    wanted = text.strip().casefold()
    return rows.filter(
        Q(customer__company__sort_key__contains=wanted)
        | Q(person__sort_key__contains=wanted)
        | Q(comment__icontains=text.strip())
    )


def _name(_value: Any, row: Survey) -> str:
    return SafeString(f'<a href="{row.get_absolute_url()}">{said(row.customer)}</a>')


LISTING = Listing(
    name="surveys",
    columns=(
        Column(
            name="name",
            label=gettext_lazy("Customer"),
            draw=_name,
            plain=lambda row: str(row.customer),
        ),
        Column(
            name="score",
            label=gettext_lazy("Answer"),
            kind="badge",
            sort="score",
            value=answer_badge,
            on_phone=True,
        ),
        Column(
            name="means",
            label=gettext_lazy("Counts as"),
            value=lambda row: MOODS[row.kind, mood(row)] if row.score is not None else "",
        ),
        Column(name="person", label=gettext_lazy("Who"), value=lambda row: str(row.person)),
        Column(name="comment", label=gettext_lazy("What they wrote")),
        Column(name="answered_at", label=gettext_lazy("Answered"), kind="when", sort="answered_at"),
        Column(name="asked_at", label=gettext_lazy("Asked"), kind="when", sort="asked_at"),
        Column(
            name="owner",
            label=gettext_lazy("Owner"),
            value=lambda row: row.customer.owner.name if row.customer.owner else "",
        ),
    ),
    order="-asked_at",
    search=_matching,
    rows=surveys_asked,
    empty=Empty(
        icon="star",
        text=gettext_lazy(
            "Nothing was answered here. Ask on a customer's page, under Surveys: "
            "who is asked answers by a link, without an account."
        ),
    ),
)


@requires(VIEW_CUSTOMERS)
@require_GET
def surveys(request: HtmxRequest) -> HttpResponse:
    """The figures, and the answers that they are made of."""
    user, tab = user_of(request), request.GET.get("view", "")
    context = {
        "list": list_page(request, LISTING, surveys_asked(user, request.GET)),
        "tabs": list(TABS.items()),
        "tab": tab.partition("-")[0] if tab.partition("-")[0] in TABS else "",
        "figures": figures_of(user),
    }
    return page_or_partial(request, "customers/surveys.html", "list", context)


@requires(EDIT_CUSTOMERS)
@require_POST
def ask(request: HtmxRequest, key: UUID) -> HttpResponse:
    """A question to one of their people: its link stands on the page, a mail goes if wanted."""
    found = customer_or_404(request, key, EDIT_CUSTOMERS)
    form = AskForm(request.POST, customer=found, user=user_of(request))

    def act(said_: dict[str, Any]) -> UUID:
        _survey, batch = actions.ask_customer(
            customer_id=found.pk, by=user_of(request), at=timezone.now(), **said_
        )
        if said_["by_mail"]:
            send_mail.enqueue()
        return batch

    return keep(request, found, form, name="ask", act=act, words=_("Asked. The link stands below."))


@requires(EDIT_CUSTOMERS)
@require_POST
def take_back(request: HtmxRequest, key: UUID) -> HttpResponse:
    """The link answers no more."""
    user = user_of(request)
    rows = Survey.objects.visible_to(user, EDIT_CUSTOMERS).select_related("customer")
    survey = get_object_or_404(rows, key=key)
    batch = actions.take_back_survey(survey=survey, by=user, at=timezone.now())
    if batch is None:
        say(request, _("It was answered meanwhile, and stays."))
    else:
        say(request, _("Taken back. The link answers no more."), undo_url=undo_of(batch))
    return go(request, survey.get_absolute_url())
