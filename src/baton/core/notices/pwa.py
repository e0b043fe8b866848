"""What makes a browser install Baton and show its pushes: its name, its worker, devices."""

from pathlib import Path
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from baton.core.access.doors import public, signed_in, user_of
from baton.core.errors import RuleViolation
from baton.core.notices import devices
from baton.core.notices.models import Device
from baton.core.notices.pushing import GONE, push_test
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say

WORKER = (Path(__file__).parent / "worker.js").read_text()
NO_LONGER = 600  # seconds that a browser keeps the manifest


@public
@require_safe
def worker(request: HtmxRequest) -> HttpResponse:
    """At the root, so that it serves all pages. It keeps none: what one may see is asked anew."""
    answer = HttpResponse(WORKER, content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


@public
@require_safe
def manifest(request: HtmxRequest) -> HttpResponse:
    """Name, colours and icons of the installed program."""
    icons = [
        {"src": static(f"ui/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    masked = {**icons[1], "src": static("ui/icon-masked-512.png"), "purpose": "maskable"}
    told = {
        "name": "Baton",
        "short_name": "Baton",
        "id": "/",
        "start_url": reverse("home:home"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#F6F6F7",
        "theme_color": "#F6F6F7",
        "icons": [*icons, masked],
    }
    answer = JsonResponse(told, content_type="application/manifest+json")
    answer["Cache-Control"] = f"max-age={NO_LONGER}"
    return answer


@signed_in
@require_POST
def add(request: HtmxRequest) -> HttpResponse:
    """What the browser gave when the user allowed it; asked for by script, so in plain words."""
    sent = {name: request.POST.get(name, "") for name in ("endpoint", "p256dh", "auth")}
    name = devices.name_of(request.headers.get("user-agent", ""))
    try:
        devices.add_device(user=user_of(request), name=name, **sent)
    except RuleViolation as no:
        return JsonResponse({"told": str(no)}, status=422)
    say(request, _("Pushes come to this device now."))
    return JsonResponse({"told": ""})


@signed_in
@require_POST
def remove(request: HtmxRequest, key: UUID) -> HttpResponse:
    """No more pushes there; allowing it again there brings them back."""
    devices.remove_device(_mine(request, key))
    say(request, _("No more pushes go there. Turn them on there again when you want them back."))
    return go(request, reverse("notices:kinds"))


@signed_in
@require_POST
def test(request: HtmxRequest, key: UUID) -> HttpResponse:
    """To see that it arrives."""
    outcome = push_test(_mine(request, key), at=timezone.now())
    if outcome.status in GONE:
        say(request, _("That browser does not take pushes any more: it was removed."))
    elif outcome.status is not None and outcome.status < 300:
        say(request, _("A test is on its way there."))
    else:
        words = _("The test did not get through: %(told)s") % {"told": outcome.told[:120]}
        say(request, words)
    return go(request, reverse("notices:kinds"))


def _mine(request: HtmxRequest, key: UUID) -> Device:
    return get_object_or_404(Device.objects.filter(user=user_of(request)), key=key)
