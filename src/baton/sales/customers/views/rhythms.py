"""How often which customers are spoken with: a table that is tried from the top."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.changes.addresses import undo_of
from baton.core.errors import RuleViolation
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.sales.customers import actions
from baton.sales.customers.forms import CheckinRuleForm
from baton.sales.customers.models import CheckinRule
from baton.sales.customers.permissions import MANAGE_CUSTOMERS, VIEW_CUSTOMERS
from baton.sales.customers.queries import condition_words, terms


@requires(VIEW_CUSTOMERS)
@require_GET
def table(request: HtmxRequest) -> HttpResponse:
    """Each row in words, and everybody else at the end."""
    user = user_of(request)
    rows = CheckinRule.objects.visible_to(user).in_order()
    context = {
        "rows": [(rule, condition_words(rule)) for rule in rows],
        "usual": terms(),
        "may_manage": user.may(MANAGE_CUSTOMERS),
    }
    return render(request, "customers/rhythms.html", context)


@requires(MANAGE_CUSTOMERS)
@require_http_methods(["GET", "POST"])
def edit(request: HtmxRequest, key: UUID | None = None) -> HttpResponse:
    """A row; without a key a new one."""
    rule = _rule(request, key) if key else None
    form, is_sent = CheckinRuleForm(request.POST or None, rule=rule), request.method == "POST"
    if is_sent and form.is_valid():
        try:
            _saved, batch = actions.save_checkin_rule(
                values=form.values(),
                rule=rule,
                version=form.cleaned_data["version"],
                by=user_of(request),
                at=timezone.now(),
            )
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            words = _("Saved. It counts from each customer's next check-in on.")
            say(request, words, undo_url=undo_of(batch))
            return go(request, reverse("customers:rhythms"))
    context = {"form": form, "rule": rule}
    return render(request, "customers/rhythm_edit.html", context, status=422 if is_sent else 200)


@requires(MANAGE_CUSTOMERS)
@require_POST
def delete(request: HtmxRequest, key: UUID) -> HttpResponse:
    """With a way back."""
    rule = _rule(request, key)
    batch = actions.delete_checkin_rule(rule=rule, by=user_of(request), at=timezone.now())
    say(request, _("“%(name)s” is deleted.") % {"name": rule}, undo_url=undo_of(batch))
    return go(request, reverse("customers:rhythms"))


def _rule(request: HtmxRequest, key: UUID) -> CheckinRule:
    rows = CheckinRule.objects.visible_to(user_of(request), MANAGE_CUSTOMERS).living()
    return get_object_or_404(rows, key=key)
