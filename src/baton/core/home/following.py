"""Pages that count whole periods: in a large house they stand at once, what they count follows."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpResponse
from django.shortcuts import render

from baton.core.home.queries import happens_much
from baton.core.offers import Label
from baton.core.ui.htmx import HtmxRequest

WHOLE = "whole"  # in an address: counted in place, as the page is where little happens
View = Callable[..., HttpResponse]


def stands_at_once(title: Label) -> Callable[[View], View]:
    """The page asks for itself as soon as it stands; the view is told nothing of that."""

    def decorate(view: View) -> View:
        @wraps(view)
        def page(request: HtmxRequest, *args: Any, **named: Any) -> HttpResponse:
            asked = request.GET.copy()
            is_whole = bool(asked.pop(WHOLE, None))
            if is_whole or request.htmx or not happens_much():
                cast(Any, request).GET = asked
                answer = view(request, *args, **named)
                return _main_of(answer) if is_whole and request.htmx else answer
            asked[WHOLE] = "1"
            address = f"{request.path}?{asked.urlencode()}"
            return render(request, "home/following.html", {"title": title, "url": address})

        return page

    return decorate


def _main_of(answer: HttpResponse) -> HttpResponse:
    """What takes the place of the page's own: a whole page would be opened anew by the browser."""
    _before, mark, rest = answer.content.partition(b"<main")
    if mark:
        answer.content = mark + b"".join(rest.partition(b"</main>")[:2])
    return answer
