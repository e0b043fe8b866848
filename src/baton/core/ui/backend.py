"""Templates, drawn for whoever reads: the one place that all pages and parts of pages go through.

While something is written nothing is masked (``core.limits``). What is drawn after it, in the same
request, is: no view has to think of it.
"""

from collections.abc import Mapping
from typing import Any, cast

from django.http import HttpRequest
from django.template.backends.django import DjangoTemplates, Template
from django.utils.safestring import SafeString

from baton.core.limits import reading_masked
from baton.core.masking import mask


class Drawn(Template):
    """Rows in the context lose what is hidden, and what is read meanwhile comes without it."""

    def render(
        self, context: Mapping[str, Any] | None = None, request: HttpRequest | None = None
    ) -> SafeString:
        with reading_masked() as is_new:
            if is_new:
                mask(context)
            drawn = super().render(context, request)  # type: ignore[arg-type] # the stubs want a dict
            return cast(SafeString, drawn)


class Templates(DjangoTemplates):
    """The backend of ``TEMPLATES``."""

    def get_template(self, template_name: str) -> Template:
        return Drawn(super().get_template(template_name).template, self)
