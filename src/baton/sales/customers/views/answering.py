"""Where customers answer. No session, no script needed, no cookie; only a POST is an answer."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from baton.core.access.doors import public
from baton.core.errors import RuleViolation
from baton.core.settings.queries import default_brand, look_of
from baton.core.strangers import HONEYPOT, QUICKEST, TOKEN, Pace, only_from_our_page, pace_of
from baton.sales.customers import actions, tokens
from baton.sales.customers.forms import AnswerForm
from baton.sales.customers.models import Survey
from baton.sales.customers.queries import our_name
from baton.sales.customers.rules import State, SurveyKind
from baton.sales.customers.words import SURVEY_ENDS, question

LARGEST_BODY = 32_000  # bytes
METHODS = ["GET", "HEAD", "POST"]


def draw(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Under the company's name; no copy of it is kept anywhere."""
    around = look_of(default_brand())
    response = render(request, f"customers/public/{template}", around | context, status=status)
    patch_cache_control(response, private=True, no_cache=True)
    return response


def told(request: HttpRequest, text: str, *, status: int = 200, title: str = "") -> HttpResponse:
    """A plain page with one sentence."""
    context = {"text": text, "title": title or _("We could not take that")}
    return draw(request, "told.html", context, status=status)


@csrf_exempt  # the signed token says that we showed this form, and when
@public
@require_http_methods(METHODS)
@only_from_our_page(largest=LARGEST_BODY, refuse=told)
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The question, and what was answered so far; mail scanners that open it answer nothing."""
    survey = _survey_or_404(token)
    state = survey.state(timezone.now())
    if refusal := _closed(request, state):
        return refusal
    if request.method == "POST":
        return _take(request, survey)
    is_thanked = state is State.ANSWERED and "thanks" in request.GET
    return _show(request, survey, is_thanked=is_thanked)


def _survey_or_404(token: str) -> Survey:
    key = tokens.open_survey(token)
    rows = Survey.objects.select_related("customer", "person")
    survey = rows.filter(key=key).first() if key else None
    if survey is None:
        raise Http404
    return survey


def _closed(request: HttpRequest, state: State) -> HttpResponse | None:
    """What a link says that takes no answer any more."""
    match state:
        case State.GONE:
            words = _("This question was taken back. There is nothing you need to do.")
        case State.EXPIRED:
            words = _("This question was open for 60 days, and they are over.")
        case State.CLOSED:
            words = _("You answered this question more than 7 days ago. Your answer stands.")
        case _:
            return None
    return told(request, words, status=410, title=_("This link is closed"))


def _show(
    request: HttpRequest,
    survey: Survey,
    *,
    form: AnswerForm | None = None,
    note: str = "",
    status: int = 200,
    token: str = "",
    is_thanked: bool = False,
) -> HttpResponse:
    low, high = SURVEY_ENDS[survey.kind]
    said = {"score": survey.score, "comment": survey.comment}
    context = {
        "survey": survey,
        "question": question(survey.kind, our_name()),
        "low": low,
        "high": high,
        "form": form or AnswerForm(kind=SurveyKind(survey.kind), initial=said),
        "note": note,
        "is_thanked": is_thanked,
        "token": token or tokens.seal_form(survey, at=timezone.now()),
        "token_name": TOKEN,
        "honeypot": HONEYPOT,
    }
    return draw(request, "answer.html", context, status=status)


def _take(request: HttpRequest, survey: Survey) -> HttpResponse:
    post, at = request.POST, timezone.now()
    form = AnswerForm(post, kind=SurveyKind(survey.kind))
    if post.get(HONEYPOT):
        return told(request, _("Your answer has reached us."), title=_("Thank you"))
    opened_at = tokens.form_opened_at(post.get(TOKEN, ""), survey=survey)
    if opened_at is None:
        return _once_more(request, survey, form)
    pace = pace_of(opened_at=opened_at, at=at)
    if pace is not Pace.FINE:
        return _once_more(request, survey, form, is_quick=pace is Pace.TOO_QUICK)
    if not form.is_valid():
        return _show(request, survey, form=form, status=422, token=post.get(TOKEN, ""))
    try:
        actions.answer_survey(survey_id=survey.pk, at=at, **form.cleaned_data)
    except actions.NotOpen as no:
        return _closed(request, no.state) or told(request, str(no), status=410)
    except RuleViolation as no:
        return _show(request, survey, form=form, note=str(no), status=422)
    return HttpResponseRedirect(f"{tokens.survey_path(survey)}?thanks=1", status=303)


def _once_more(
    request: HttpRequest, survey: Survey, form: AnswerForm, *, is_quick: bool = False
) -> HttpResponse:
    """A page that was open too long, or whose token is not ours, can be sent again at once."""
    if is_quick:
        note = _("That was quick. Look over your answer and send it again.")
        kept = request.POST.get(TOKEN, "")
    else:
        note = _("This page was open for long. Your answer is below: send it again.")
        kept = tokens.seal_form(survey, at=timezone.now() - QUICKEST)
    return _show(request, survey, form=form, note=note, status=422, token=kept)
