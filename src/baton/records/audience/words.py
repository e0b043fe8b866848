"""How the comparisons of a rule are called in a form."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from baton.core.filters import Op

OPS: dict[str, Promise | str] = {
    Op.IS: _("is"),
    Op.IS_NOT: _("is not"),
    Op.IN: _("is one of"),
    Op.NOT_IN: _("is none of"),
    Op.CONTAINS: _("contains"),
    Op.STARTS_WITH: _("starts with"),
    Op.EQUAL: "=",
    Op.NOT_EQUAL: "≠",
    Op.OVER: _("over"),
    Op.AT_LEAST: _("at least"),
    Op.UNDER: _("under"),
    Op.AT_MOST: _("at most"),
    Op.BETWEEN: _("between"),
    Op.ON: _("on"),
    Op.BEFORE: _("before"),
    Op.AFTER: _("after"),
    Op.IN_LAST_DAYS: _("in the last days"),
    Op.MORE_THAN_DAYS_AGO: _("more days ago than"),
    Op.IN_NEXT_DAYS: _("in the next days"),
    Op.IS_EMPTY: _("is empty"),
    Op.IS_SET: _("is set"),
}
