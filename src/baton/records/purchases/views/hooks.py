"""Shops: how they reach us, their secrets, what of theirs could not be read."""

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from baton.core.access.doors import public, requires, user_of
from baton.core.addresses import absolute
from baton.core.changes.addresses import undo_of
from baton.core.errors import RuleViolation
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.records.purchases import actions, tasks
from baton.records.purchases.forms import HookForm
from baton.records.purchases.models import Delivery, Hook
from baton.records.purchases.permissions import MANAGE_HOOKS
from baton.records.purchases.queries import failed_deliveries, hook_of, with_deliveries
from baton.records.purchases.rules import BadSignature
from baton.records.purchases.words import HOOK_KINDS

SHOWN = 20


@public
@csrf_exempt  # the signature over the body says who sent it
@require_POST
def receive(request: HtmxRequest, source: str) -> HttpResponse:
    """A shop tells of an order: kept, answered, and read by a job."""
    hook = hook_of(source)
    if hook is None:
        return JsonResponse({"detail": "No such shop."}, status=404)
    try:
        is_new = actions.receive(
            hook=hook, headers=request.headers, body=request.body, at=timezone.now()
        )
    except BadSignature:
        return JsonResponse({"detail": "The signature is not right."}, status=401)
    if is_new:
        tasks.read_deliveries.enqueue()
    return JsonResponse({"received": True}, status=202)


@requires(MANAGE_HOOKS)
@never_cache
@require_http_methods(["GET", "POST"])
def hooks(request: HtmxRequest) -> HttpResponse:
    """All shops, and a form for one more; its secret is shown this once."""
    form = HookForm(request.POST or None)
    shown: dict[str, object] = {}
    if request.method == "POST" and form.is_valid():
        try:
            hook, secret = actions.create_hook(
                **form.cleaned_data, by=user_of(request), at=timezone.now()
            )
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            shown, form = {"secret": secret, "fresh": hook, "address": _address(hook)}, HookForm()
    return _page(request, form, **shown)


@requires(MANAGE_HOOKS)
@never_cache
@require_POST
def change_secret(request: HtmxRequest, key: UUID) -> HttpResponse:
    """The old secret opens nothing any more."""
    hook = get_object_or_404(Hook.objects.visible_to(user_of(request)), key=key)
    secret = actions.change_secret(
        hook=hook, secret=request.POST.get("secret", ""), by=user_of(request), at=timezone.now()
    )
    return _page(request, HookForm(), secret=secret, fresh=hook, address=_address(hook))


@requires(MANAGE_HOOKS)
@require_POST
def delete(request: HtmxRequest, key: UUID) -> HttpResponse:
    """It is heard no more; with Undo."""
    hook = get_object_or_404(Hook.objects.visible_to(user_of(request)), key=key)
    batch = actions.trash_hook(hook=hook, by=user_of(request), at=timezone.now())
    words = _("“%(name)s” is heard no more.") % {"name": hook}
    say(request, words, undo_url=undo_of(batch))
    return go(request, reverse("purchases:hooks"))


@requires(MANAGE_HOOKS)
@require_POST
def again(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Read a failed delivery once more."""
    hooks = Hook.objects.visible_to(user_of(request))
    delivery = get_object_or_404(Delivery.objects.filter(hook__in=hooks), key=key)
    actions.try_again(delivery=delivery)
    tasks.read_deliveries.enqueue()
    say(request, _("It is read once more."))
    return go(request, reverse("purchases:hooks"))


def _page(request: HtmxRequest, form: HookForm, **shown: object) -> HttpResponse:
    user = user_of(request)
    rows = with_deliveries(Hook.objects.visible_to(user))
    context = {
        "form": form,
        "hooks": [(one, HOOK_KINDS[one.kind], _address(one)) for one in rows],
        "failed": failed_deliveries(limit=SHOWN),
        "may_manage_hooks": True,
        **shown,
    }
    return render(request, "purchases/hooks.html", context, status=422 if form.errors else 200)


def _address(hook: Hook) -> str:
    return absolute(reverse("purchases:receive", args=[hook.source]))
