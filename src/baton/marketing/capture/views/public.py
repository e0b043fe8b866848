"""What strangers see. No session, no script needed, no cookie before they allow one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from baton.core.access.doors import public
from baton.core.keys import new_key
from baton.core.settings.models import Brand
from baton.core.settings.queries import default_brand, look_of
from baton.core.steps import Step, next_steps
from baton.core.strangers import HONEYPOT, TOKEN, network_of
from baton.marketing.capture import spool, strangers, tokens
from baton.marketing.capture.forms import AnswerForm
from baton.marketing.capture.guards import kept_or_refused
from baton.marketing.capture.models import Form, Page
from baton.marketing.capture.pace import may_count
from baton.marketing.capture.queries import Asked, sent_form
from baton.marketing.capture.rules.channels import Source, carried
from baton.marketing.capture.rules.visits import Seen
from baton.marketing.capture.showing import shown_page

COUNTED = "counted"  # in the address after the banner was answered: this view was kept already


@dataclass(frozen=True, kw_only=True)
class Showing:
    """One page as it goes out: to read, or back with what was typed and a word about it."""

    page: Page
    brand: Brand | None
    source: Source
    at: datetime
    answers: AnswerForm | None = None
    token: tokens.FormToken | None = None
    note: str = ""
    is_preview: bool = False


@public
@require_safe
@kept_or_refused
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """A published page; the view of whoever allowed it is in the spool before the answer goes."""
    found = get_object_or_404(Page.objects.published().select_related("form", "brand"), slug=slug)
    at, brand = timezone.now(), brand_of(found)
    source = strangers.source_of(request, brand=brand, landing_page=request.path)
    visitor = strangers.visitor_of(request)
    is_new = visitor and request.method == "GET" and COUNTED not in request.GET
    if visitor and is_new and may_count(network_of(request), at=at):
        hit = Seen(
            id=new_key(),
            visitor=visitor,
            at=at,
            path=request.path,
            title=found.title,
            source=source,
            consented_at=at,
            page_id=found.pk,
            internal=strangers.internal_of(request),
        )
        spool.append(hit.plain())
    return render_page(request, Showing(page=found, brand=brand, source=source, at=at))


@public
@require_safe
def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for everybody: it does not tell whether we knew them. Who has just sent the form is
    offered what other modules have for them."""
    found = get_object_or_404(Page.objects.living().select_related("form", "brand"), slug=slug)
    form = shown_form(found)
    text = form.thanks if form else ""
    steps = list(_next_steps(request.GET.get("sent", "")))
    context = frame(found, brand_of(found)) | {"text": text, "steps": steps}
    response = render(request, "capture/public/thanks.html", context)
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _next_steps(text: str) -> Iterator[Step]:
    token = tokens.open_sent(text)
    sent = sent_form(token) if token else None
    if sent and sent.person_id:
        for one in next_steps:
            if step := one.offer(sent.person_id, sent.form.code):
                yield step


def render_page(request: HttpRequest, showing: Showing, *, status: int = 200) -> HttpResponse:
    """The page with its form under a token; answers that came back stand in it."""
    page, form = showing.page, shown_form(showing.page)
    is_asked = not (strangers.has_answered(request) or showing.is_preview)
    context = frame(page, showing.brand) | {
        "shown": shown_page(page, carry=carried(request.GET) if is_asked else ""),
        "note": showing.note,
        "arrival": _arrival(request, showing) if is_asked and status == 200 else "",
        "is_preview": showing.is_preview,
    }
    if form:
        token = showing.token or tokens.new_token(
            page_id=page.pk, form_id=form.pk, source=showing.source, at=showing.at
        )
        context |= {
            "form": form,
            "answers": showing.answers or AnswerForm(Asked(form)),
            "token": tokens.seal_form(token),
            "token_name": TOKEN,
            "honeypot": HONEYPOT,
        }
    response = render(request, "capture/public/page.html", context, status=status)
    patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, ["Cookie"])
    return response


def brand_of(page: Page) -> Brand | None:
    """The page's own brand, else the company's."""
    return page.brand or default_brand()


def shown_form(page: Page) -> Form | None:
    """The page's form, unless it lies in the trash."""
    return page.form if page.form and page.form.deleted_at is None else None


def frame(page: Page | None, brand: Brand | None) -> dict[str, Any]:
    """What stands around every public page."""
    return {"page": page, **look_of(brand)}


def _arrival(request: HttpRequest, showing: Showing) -> str:
    arrival = tokens.Arrival(
        id=new_key(),
        page_id=showing.page.pk,
        path=request.path,
        title=showing.page.title,
        source=showing.source,
        at=showing.at,
    )
    return tokens.seal_arrival(arrival)
