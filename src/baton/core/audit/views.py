"""The list of all that was done."""

from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires
from baton.core.access.models import User
from baton.core.audit import words
from baton.core.audit.permissions import VIEW_AUDIT
from baton.core.audit.queries import changes_shown, describe
from baton.core.filters.listed import ListFilter, hold_text
from baton.core.saved.shown import views_of
from baton.core.ui.htmx import HtmxRequest, page_or_partial
from baton.core.ui.lists import Column, Empty, Filter, Listing, list_page

OF = "of"  # in the address: one record, "person:<key>"


def changes_found(count: int, said: str) -> str:
    """How many a filter finds."""
    return ngettext("%(n)s change matches", "%(n)s changes match", count) % {"n": said}


def _fields_plain(change: Any) -> str:
    return "; ".join(
        f"{label}: {before} → {after}" if before or after else label
        for label, before, after in change.fields
    )


COLUMNS = (
    Column(
        name="record",
        label=_("Record"),
        template="audit/record.html",
        plain=lambda change: change.record,
    ),
    Column(
        name="what",
        label=_("What"),
        value=lambda change: words.verb_words(change.verb),
        template="audit/what.html",
        plain=lambda change: words.verb_words(change.verb),
    ),
    Column(
        name="object_type",
        label=_("Kind"),
        value=lambda change: words.kind_words(change.object_type),
    ),
    Column(
        name="fields",
        label=_("Fields"),
        template="audit/fields.html",
        plain=_fields_plain,
    ),
    Column(name="by", label=_("Who"), kind="owner", on_phone=True),
    Column(name="at", label=_("When"), kind="when", sort="id", on_phone=True),
    Column(
        name="way",
        label=_("By which way"),
        value=lambda change: words.way_words(change.way, change.way_name),
    ),
    Column(name="ip", label=_("Address"), value=lambda change: change.ip or ""),
    Column(name="cause", label=_("Cause"), is_spare=True),
)


def _search(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """By who, and from where."""
    return rows.filter(hold_text("by__name", text) | hold_text("ip", text))


def listing_for(user: User) -> Listing:
    """The words are asked for a page at a time: one question a kind."""
    return Listing(
        name="audit",
        columns=COLUMNS,
        order="-at",
        search=_search,
        url=lambda change: change.record_url,
        second=lambda change: change.record,
        prepare=lambda changes: describe(changes, user=user),
        filters=(Filter(name=OF, is_tab=True),),
        rows=lambda of_user, asked: changes_shown(asked.get(OF, ""), user=of_user),
        asks=ListFilter(object_type="change", found=changes_found),
        empty=Empty(icon="history", text=_("Nothing was changed yet.")),
    )


@requires(VIEW_AUDIT)
@require_GET
def audit(request: HtmxRequest) -> HttpResponse:
    """Who changed what, when, by which way and from where."""
    user = cast(User, request.user)
    listing, of = listing_for(user), request.GET.get(OF, "")
    rows = changes_shown(of, user=user)
    context = {
        "list": list_page(request, listing, rows),
        "views": views_of(request, listing),
        "is_of_one": bool(of),
    }
    return page_or_partial(request, "audit/audit.html", "list", context)
