from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from baton.core.access.actions import create_api_key, revoke_api_key
from baton.core.access.doors import requires
from baton.core.access.models import ApiKey
from baton.core.ui.htmx import HtmxRequest
from baton.core.ui.messages import say
from baton.operations.administration.forms import KeyForm
from baton.operations.administration.permissions import MANAGE_KEYS


@requires(MANAGE_KEYS)
@never_cache
@require_http_methods(["GET", "POST"])
def keys(request: HtmxRequest) -> HttpResponse:
    form = KeyForm(request.POST or None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        _row, secret = create_api_key(
            user=chosen["user"], name=chosen["name"], scopes=chosen["scopes"] or None
        )
        form = KeyForm()
    rows = ApiKey.objects.filter(revoked_at=None).select_related("user").order_by("-pk")
    status = 422 if form.errors else 200
    context = {"form": form, "rows": rows, "secret": secret}
    return render(request, "administration/keys.html", context, status=status)


@requires(MANAGE_KEYS)
@require_POST
def revoke(request: HtmxRequest, key: UUID) -> HttpResponse:
    row = get_object_or_404(ApiKey, key=key)
    revoke_api_key(api_key=row, at=timezone.now())
    say(request, _("“%(name)s” opens nothing any more.") % {"name": row.name})
    return redirect("administration:keys")
