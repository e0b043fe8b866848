from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from baton.core.access.doors import signed_in, user_of
from baton.core.access.models import User
from baton.core.notices import actions
from baton.core.notices.models import Notice, NoticeQuerySet
from baton.core.notices.queries import describe, inbox_of, unread_count
from baton.core.ui.back import is_ours
from baton.core.ui.htmx import HtmxRequest, go, page_or_partial
from baton.core.ui.lists import Column, Empty, Filter, Listing, list_page
from baton.core.ui.messages import say
from baton.core.ui.slots import Count

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICRO = timedelta(microseconds=1)
SHOWN = {
    "": gettext_lazy("Inbox"),
    "unread": gettext_lazy("Unread"),
    "done": gettext_lazy("Done"),
}


def listing_for(user: User) -> Listing:
    """The words are asked for a page at a time: one question a kind."""
    return Listing(
        name="notices",
        columns=(
            Column(name="words", label=gettext_lazy("What"), template="notices/cell.html"),
            Column(name="at", label=gettext_lazy("When"), kind="when", sort="at", on_phone=True),
        ),
        order="-at",
        url=lambda notice: reverse("notices:open", args=[notice.key]),
        prepare=lambda notices: describe(notices, user=user),
        actions="notices/bulk.html",
        filters=(Filter(name="show", knows=SHOWN.__contains__, is_tab=True),),
        empty=Empty(
            icon="inbox",
            text=gettext_lazy(
                "Here you are told of leads, of tasks that fall due, and of verdicts."
            ),
            url=reverse("notices:kinds"),
            action=gettext_lazy("Choose what you are told"),
        ),
    )


@signed_in
@require_GET
def inbox(request: HtmxRequest) -> HttpResponse:
    """What came, the latest first."""
    user, show = user_of(request), request.GET.get("show", "")
    show = show if show in SHOWN else ""
    page = list_page(request, listing_for(user), inbox_of(user, show=show))
    context = {
        "list": page,
        "tabs": [(name, label, name == show) for name, label in SHOWN.items()],
        "unread": unread_count(user),
    }
    return page_or_partial(request, "notices/inbox.html", "list", context)


@signed_in
@require_GET
def open_one(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Read, and on to what it is about; what may not be seen any more leads nowhere."""
    user = user_of(request)
    notice = get_object_or_404(Notice.objects.told_to(user), key=key)
    describe([notice], user=user)
    actions.read_notices(Notice.objects.told_to(user).filter(pk=notice.pk), at=timezone.now())
    if not getattr(notice, "is_seen", False) or not is_ours(request, notice.url):
        return redirect("notices:inbox")
    return redirect(notice.url)


@signed_in
@require_POST
def read(request: HtmxRequest) -> HttpResponse:
    """The chosen ones, or without any all that lie there."""
    at = timezone.now()
    count = actions.read_notices(_chosen(request), at=at)
    words = ngettext("%(n)s notice is read.", "%(n)s notices are read.", count) % {"n": count}
    say(request, words, undo_url=reverse("notices:unread", args=[_stamp(at)]) if count else None)
    return go(request, reverse("notices:inbox"))


@signed_in
@require_POST
def unread(request: HtmxRequest, stamp: int) -> HttpResponse:
    """Takes reading back."""
    if not actions.unread_since(user=user_of(request), at=_moment(stamp)):
        raise Http404
    return go(request, reverse("notices:inbox"))


@signed_in
@require_POST
def done(request: HtmxRequest) -> HttpResponse:
    """Puts the chosen ones away."""
    at = timezone.now()
    count = actions.finish_notices(_chosen(request, needs_some=True), at=at)
    words = ngettext("%(n)s notice is put away.", "%(n)s notices are put away.", count)
    undo_url = reverse("notices:undone", args=[_stamp(at)]) if count else None
    say(request, words % {"n": count}, undo_url=undo_url)
    return go(request, reverse("notices:inbox"))


@signed_in
@require_POST
def undone(request: HtmxRequest, stamp: int) -> HttpResponse:
    """Takes putting away back."""
    if not actions.reopen_notices(user=user_of(request), at=_moment(stamp)):
        raise Http404
    return go(request, reverse("notices:inbox"))


def waiting(request: HttpRequest) -> Count | None:
    """The figure beside the inbox."""
    count = unread_count(user_of(request))
    return Count(count, hue="blue") if count else None


def _chosen(request: HtmxRequest, *, needs_some: bool = False) -> NoticeQuerySet:
    mine = Notice.objects.of(user_of(request)).filter(done_at=None)
    keys = [key for key in map(_key, request.POST.getlist("row")) if key]
    return mine.filter(key__in=keys) if keys or needs_some else mine


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _stamp(at: datetime) -> int:
    return (at - EPOCH) // MICRO


def _moment(stamp: int) -> datetime:
    try:
        return EPOCH + stamp * MICRO
    except OverflowError as error:
        raise Http404 from error
