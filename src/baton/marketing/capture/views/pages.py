"""The editor of a page: its settings, its blocks, and whether the world sees it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.changes.addresses import undo_of
from baton.core.errors import RuleViolation
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.marketing.capture import actions
from baton.marketing.capture.editors import (
    AddBlockForm,
    BlockForm,
    NewPageForm,
    PageForm,
    block_form,
)
from baton.marketing.capture.models import Page
from baton.marketing.capture.permissions import DELETE_PAGES, EDIT_PAGES, VIEW_PAGES
from baton.marketing.capture.queries import conversion, with_page_counts
from baton.marketing.capture.strangers import source_of
from baton.marketing.capture.views.loading import page_or_404
from baton.marketing.capture.views.public import Showing, brand_of, render_page
from baton.marketing.capture.wording import BLOCK_KINDS


@requires(EDIT_PAGES)
@require_http_methods(["GET", "POST"])
def new(request: HtmxRequest) -> HttpResponse:
    """A page begins with its title; the rest is edited afterwards."""
    form = NewPageForm(request.POST or None, initial={"form": request.GET.get("form", "")})
    if form.is_valid():
        try:
            page = actions.create_page(
                **form.cleaned_data,
                blocks=actions.first_blocks(),
                by=user_of(request),
                at=timezone.now(),
            )
        except RuleViolation as no:
            form.add_error("title", str(no))
        else:
            return go(request, page.get_absolute_url())
    status = 422 if request.method == "POST" else 200
    return render(request, "capture/new_page.html", {"form": form}, status=status)


@requires(VIEW_PAGES)
@require_GET
def page(request: HtmxRequest, key: UUID) -> HttpResponse:
    """The editor; who may only look sees the same without its buttons."""
    return editor(request, page_or_404(request, key))


@requires(EDIT_PAGES)
@require_POST
def settings(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Title, address, introduction, form."""
    found = page_or_404(request, key, EDIT_PAGES)
    form = PageForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        version = values.pop("version")
        try:
            actions.edit_page(
                page=found, values=values, version=version, by=user_of(request), at=timezone.now()
            )
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            say(request, _("Saved."))
            return go(request, found.get_absolute_url())
    return editor(request, found, settings=form, status=422)


@requires(EDIT_PAGES)
@require_POST
def publish(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Show it to the world, or take it back (``do=unpublish``)."""
    found = page_or_404(request, key, EDIT_PAGES)
    if request.POST.get("do") == "unpublish":
        actions.unpublish_page(page=found, by=user_of(request), at=timezone.now())
        say(request, _("Unpublished. Its address answers “not found”."))
    else:
        actions.publish_page(page=found, by=user_of(request), at=timezone.now())
        say(request, _("Published."))
    return go(request, found.get_absolute_url())


@requires(DELETE_PAGES)
@require_POST
def delete(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Into the trash, with a way back."""
    found = page_or_404(request, key, DELETE_PAGES)
    batch = actions.trash(found, by=user_of(request), at=timezone.now())
    say(
        request,
        _("“%(page)s” is deleted.") % {"page": found},
        undo_url=undo_of(batch),
    )
    return go(request, reverse("capture:pages"))


@requires(VIEW_PAGES)
@require_GET
def preview(request: HtmxRequest, key: UUID) -> HttpResponse:
    """As strangers will see it; nothing is counted, nothing can be sent."""
    found = page_or_404(request, key)
    brand = brand_of(found)
    showing = Showing(
        page=found,
        brand=brand,
        source=source_of(request, brand=brand, landing_page=request.path),
        at=timezone.now(),
        is_preview=True,
    )
    return render_page(request, showing)


def editor(request: HtmxRequest, page: Page, *, status: int = 200, **over: Any) -> HttpResponse:
    """The screen of one page; ``over`` puts a form with errors in the place of a fresh one."""
    user = user_of(request)
    counts = with_page_counts(Page.objects.filter(pk=page.pk), user=user).get()
    opened = request.GET.get("open", "")
    wrong: BlockForm | None = over.pop("block_form", None)
    wrong_id: str = over.pop("block_id", "")
    blocks = [
        {
            "block": one,
            "label": BLOCK_KINDS[one.kind],
            "words": next(iter(one.texts.values()), ""),
            "form": wrong if wrong and one.id == wrong_id else block_form(one),
            "is_open": one.id in {opened, wrong_id},
        }
        for one in page.pieces()
    ]
    context = {
        "page": page,
        "counts": counts,
        "conversion": conversion(counts),
        "blocks": blocks,
        "settings": PageForm(initial=_initial(page)),
        "adding": AddBlockForm(),
        "may_edit": user.may(EDIT_PAGES),
        "may_delete": user.may(DELETE_PAGES),
        "address": request.build_absolute_uri(page.public_path()),
    }
    return render(request, "capture/page.html", {**context, **over}, status=status)


def _initial(page: Page) -> dict[str, Any]:
    return {
        "title": page.title,
        "slug": page.slug,
        "description": page.description,
        "form": page.form.key if page.form else None,
        "version": page.version,
    }
