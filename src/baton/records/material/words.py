"""How reasons and choices are called."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from baton.records.material.rules import Reason

REASONS: Mapping[Reason, Promise] = {
    Reason.OBJECTION: _("answers “%(what)s”"),
    Reason.RIVAL: _("about %(what)s"),
    Reason.PERSONA: _("for %(what)s"),
    Reason.PRODUCT: _("on %(what)s"),
    Reason.USUAL: _("answers what they often say: “%(what)s”"),
    Reason.STAGE: _("when a buyer is here: %(what)s"),
    Reason.LANGUAGE: _("in their language"),
}
