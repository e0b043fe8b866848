"""What mail plugs into the house."""

from django.utils.translation import gettext_lazy as _

from baton.core.offers import ArchivePart, archive_parts

archive_parts.add(
    ArchivePart(app="mail", left_out={"Mail": str(_("what was sent is not sent again elsewhere"))})
)
