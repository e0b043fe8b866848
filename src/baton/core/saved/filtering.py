"""Put a list's filter together: a form of conditions and groups, with a live count."""

from typing import cast

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from baton.core.access.doors import signed_in
from baton.core.access.models import User
from baton.core.filters.addresses import Asked, unpacked, written
from baton.core.filters.drafts import Group, Line, draft_of, draft_sent
from baton.core.filters.editing import change, judge
from baton.core.filters.fields import Fields
from baton.core.filters.listed import ListFilter
from baton.core.filters.parsing import BadFilter
from baton.core.saved.queries import address, list_named
from baton.core.saved.rules import OPENED, pairs_of, state_of
from baton.core.saved.slots import SavedList
from baton.core.ui.htmx import HtmxRequest, go, page_or_partial
from baton.core.ui.lists import ASKED, Listing, count_words, counted, searched

APPLY, COUNT, CHANGE = "apply", "count", "change"
DIALOG = "dialog"  # where the form stands; without it on a page of its own


@signed_in
@require_http_methods(["GET", "POST"])
def edit_filter(request: HtmxRequest) -> HttpResponse:
    """The form; ``do`` says which of its buttons was pressed."""
    user = cast(User, request.user)
    place, asks = _asked_list_or_404(request)
    state = request.GET.get("state", "")
    fields = asks.fields_for(user)
    opened = request.GET.get(OPENED, "")
    if request.method == "GET":
        asked = asks.read(dict(pairs_of(state)).get(ASKED, ""), user=user)
        draft = _draft_in(state, asked, fields)
        focus = f"{next(draft.lines()).place}-field"
        return _form(request, draft, place=place, asks=asks, focus=focus, lost=asked.lost)
    draft, do = draft_sent(request.POST, fields), request.POST.get("do", APPLY)
    if do == COUNT:
        words = found_words(place.listing(), draft, state=state, user=user)
        return render(request, "saved/filter_count.html", {"found": words})
    focus = "" if do == APPLY else change(draft, do, fields)
    if request.htmx and do.partition(":")[0] == CHANGE:  # what was chosen in keeps the focus itself
        return _form(request, draft, place=place, asks=asks, partial="form")
    if do == APPLY and judge(draft, object_type=asks.object_type, fields=fields):
        word = written(draft.tree(is_draft=False) or {"all": []})
        url = address(place, state=with_filter(state, word), key=opened)
        return go(request, f"{url}#view-above")  # whoever walks by Tab goes on at the chips
    status = 422 if do == APPLY or draft.error else 200
    return _form(request, draft, place=place, asks=asks, focus=focus, status=status)


def with_filter(state: str, word: str) -> str:
    """The state, asked this and nothing else."""
    return state_of(
        [*((name, value) for name, value in pairs_of(state) if name != ASKED), (ASKED, word)]
    )


def found_words(listing: Listing, draft: Group, *, state: str, user: User) -> str:
    """How many rows the list would show; of what is wrong, what is wrong."""
    asks = cast(ListFilter, listing.asks)
    asked = asks.read(written(draft.tree(is_draft=True) or {"all": []}), user=user)
    if asked.lost:
        return f"{asked.lost[0][:1].upper()}{asked.lost[0][1:]}."
    assert listing.rows, f"{listing.name} is asked, but does not say of what"
    around = QueryDict(state)
    rows = searched(listing, listing.rows(user, around), around)
    count = counted(asks.narrow(rows, asked))
    return asks.found(count, count_words(count))


def _draft_in(state: str, asked: Asked, fields: Fields) -> Group:
    """As it stands in the address, wrong values too; without fields that are gone."""
    try:
        text = dict(pairs_of(state)).get(ASKED, "")
        tree = unpacked(text, object_type=asked.object_type) if text else {"all": []}
    except BadFilter:
        tree = {"all": []}
    draft = draft_of(tree, fields)
    if not draft.parts:
        draft.parts.append(Line(fields=fields))
        draft.number()
    return draft


def _form(
    request: HtmxRequest,
    draft: Group,
    *,
    place: SavedList,
    asks: ListFilter,
    focus: str = "",
    lost: tuple[str, ...] = (),
    status: int = 200,
    partial: str = "dialog",
) -> HttpResponse:
    user, state = cast(User, request.user), request.GET.get("state", "")
    context = {
        "place": place,
        "draft": draft,
        "fields": [(key, field.label) for key, field in asks.fields_for(user).items()],
        "focus": focus,
        "lost": lost,
        "found": found_words(place.listing(), draft, state=state, user=user),
        "action": request.get_full_path(),
        "back": address(place, state=state, key=request.GET.get(OPENED, "")),
        "is_dialog": request.htmx and (request.method == "GET" or request.POST.get("in") == DIALOG),
    }
    return page_or_partial(request, "saved/filter.html", partial, context, status=status)


def _asked_list_or_404(request: HtmxRequest) -> tuple[SavedList, ListFilter]:
    """The list that the address names, for who may open it, when it can be asked."""
    place = list_named(request.GET.get("list", ""), user=cast(User, request.user))
    asks = place.listing().asks if place else None
    if place is None or asks is None:
        raise Http404
    return place, cast(ListFilter, asks)
