from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from baton.core.ui import samples
from baton.core.ui.htmx import HtmxRequest, go, page_or_partial
from baton.core.ui.palette import findings
from baton.core.ui.pinned import move_pin, pinned_of


def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component on one page, for our own eyes and tests; it does not exist elsewhere."""
    if not (settings.DEBUG or getattr(settings, "STYLEGUIDE", False)):
        raise Http404
    part = request.GET.get("part", "components")
    if part not in samples.PARTS:
        raise Http404
    return render(request, f"ui/styleguide/{part}.html", samples.PARTS[part]())


@require_safe
def palette(request: HtmxRequest) -> HttpResponse:
    """The options of the combobox; for everybody else a page with a form to search by."""
    found = findings(request, request.GET.get("q", ""))
    context = {"found": found, "as_options": bool(request.htmx)}
    return page_or_partial(request, "ui/palette.html", "found", context)


@require_http_methods(["GET", "HEAD", "POST"])
def pins(request: HtmxRequest) -> HttpResponse:
    """One's own pins; ``name`` goes to the place ``to``."""
    if request.method != "POST":
        return render(request, "ui/pins.html", {"pinned": pinned_of(request)})
    name, to = request.POST.get("name", ""), request.POST.get("to", "")
    is_place = to.isdecimal() and len(to) < 5
    stood = move_pin(request, name=name, to=int(to)) if is_place else None
    if stood is None:
        raise Http404
    if not request.htmx:
        return go(request, reverse("ui:pins"))
    way = "down" if int(to) > stood else "up"
    context = {"pinned": pinned_of(request), "moved": name, "way": way}
    return page_or_partial(request, "ui/pins.html", "order", context)


# Access reads these marks, and lies above us: anybody may ask for the guide, and is told that there
# is nothing; the palette is for all who are signed in.
styleguide.permission = ""  # type: ignore[attr-defined] # a mark on the function itself
palette.permission = "signed in"  # type: ignore[attr-defined] # a mark on the function itself
pins.permission = "signed in"  # type: ignore[attr-defined] # a mark on the function itself


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Drawn without the database and without the user: either may be what broke."""
    return render(None, "500.html", status=500)


def without_room(request: HttpRequest) -> HttpResponse:
    """As when something broke: there may be no room for a session either."""
    return render(None, "507.html", status=507)
