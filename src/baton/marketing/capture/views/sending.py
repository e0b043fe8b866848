"""A form comes back. Whatever is in it, the answer is a page and never an error of ours."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from baton.core.access.doors import public
from baton.core.errors import RuleViolation
from baton.core.strangers import HONEYPOT, QUICKEST, TOKEN, Pace, ip_of, pace_of
from baton.marketing.capture import actions, strangers, tokens
from baton.marketing.capture.forms import AnswerForm
from baton.marketing.capture.guards import from_our_page
from baton.marketing.capture.models import Form, Page
from baton.marketing.capture.queries import Asked, was_sent
from baton.marketing.capture.rules.limits import REFILL
from baton.marketing.capture.tasks import take_waiting_hits
from baton.marketing.capture.tokens import FormToken
from baton.marketing.capture.views.public import Showing, brand_of, render_page, shown_form


@dataclass(frozen=True, kw_only=True)
class _Post:
    """What came, read as far as it can be trusted; ``token`` is None when it is not ours."""

    request: HttpRequest
    page: Page
    form: Form
    token: FormToken | None
    answers: AnswerForm
    at: datetime


@csrf_exempt  # the signed token says that we showed this form, and when
@public
@require_http_methods(["GET", "HEAD", "POST"])
@from_our_page
def send(request: HttpRequest, slug: str) -> HttpResponse:
    """303 to the thanks page when it is kept, was kept before, or is a machine's; else the form
    again with what was typed: 422, or 429 when too many come from one address."""
    if request.method != "POST":  # somebody went back to the address of an answer
        return HttpResponseRedirect(reverse("capture:public-page", args=[slug]))
    post = _read(request, slug)
    if request.POST.get(HONEYPOT):
        return _thanks(post)
    if post.token and was_sent(post.token.id):
        return _thanks(post, sent=post.token)
    if not actions.draw_token(key=strangers.bucket_key(request, form_id=post.form.pk), at=post.at):
        return _too_many(post)
    pace = pace_of(opened_at=post.token.opened_at, at=post.at) if post.token else None
    if post.token is None or pace is not Pace.FINE:
        return _once_more(post, pace)
    if not post.answers.is_valid():
        return _back(post, status=422)
    return _keep(post, post.token)


def _read(request: HttpRequest, slug: str) -> _Post:
    page = get_object_or_404(Page.objects.living().select_related("form", "brand"), slug=slug)
    form = shown_form(page)
    if form is None:
        raise Http404
    token = tokens.open_form(request.POST.get(TOKEN, ""))
    is_ours = token and (token.page_id, token.form_id) == (page.pk, form.pk)
    return _Post(
        request=request,
        page=page,
        form=form,
        token=token if is_ours else None,
        answers=AnswerForm(Asked(form), request.POST),
        at=timezone.now(),
    )


def _keep(post: _Post, token: FormToken) -> HttpResponse:
    visitor = strangers.visitor_of(post.request)
    if visitor:
        take_waiting_hits(visitor)
    sender = actions.Sender(source=token.source, visitor=visitor, ip=ip_of(post.request))
    try:
        actions.submit_form(
            form=post.form,
            page=post.page,
            values=post.answers.cleaned_data,
            own=post.answers.own,
            token=token.id,
            sender=sender,
            at=post.at,
        )
    except RuleViolation as no:
        return _back(post, status=422, note=str(no))
    return _thanks(post, sent=token)


def _once_more(post: _Post, pace: Pace | None) -> HttpResponse:
    """A page that was open too long, or whose token is not ours, can be sent again at once."""
    if pace is Pace.TOO_QUICK:
        note = _("That was quick. Look over your answers and send them again.")
        return _back(post, status=422, note=note)
    opened_at = post.at - QUICKEST
    if post.token:
        note = _("This page was open for more than a day. Your answers are below: send them again.")
        return _back(replace(post, token=replace(post.token, opened_at=opened_at)), note=note)
    note = _("This form did not come back as we sent it. Your answers are below: send them again.")
    token = tokens.new_token(
        page_id=post.page.pk,
        form_id=post.form.pk,
        source=strangers.source_of(
            post.request, brand=brand_of(post.page), landing_page=post.page.public_path()
        ),
        at=opened_at,
    )
    return _back(replace(post, token=token), note=note)


def _too_many(post: _Post) -> HttpResponse:
    note = _("Many forms came from your network. Wait a minute and send it again.")
    response = _back(post, status=429, note=note)
    response["Retry-After"] = str(int(REFILL))
    return response


def _back(post: _Post, *, status: int = 422, note: str = "") -> HttpResponse:
    """The form with what was typed and why it came back."""
    brand = brand_of(post.page)
    path = post.page.public_path()
    source = (
        post.token.source
        if post.token
        else strangers.source_of(post.request, brand=brand, landing_page=path)
    )
    showing = Showing(
        page=post.page,
        brand=brand,
        source=source,
        at=post.at,
        answers=post.answers,
        token=post.token,
        note=note,
    )
    return render_page(post.request, showing, status=status)


def _thanks(post: _Post, *, sent: FormToken | None = None) -> HttpResponse:
    """What was kept is named in the address, so that the page can offer a way on."""
    url = reverse("capture:thanks", args=[post.page.slug])
    said = f"?sent={tokens.seal_sent(sent.id)}" if sent else ""
    return HttpResponseRedirect(url + said, status=303)
