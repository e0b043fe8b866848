"""What the demo plugs into others."""

from django.db.models import Exists

from baton.core.access.slots import SessionRule, UserMark, session_rules, user_marks
from baton.core.demo.models import DemoRow
from baton.core.demo.queries import is_of_cast
from baton.core.demo.sessions import is_still_backed
from baton.core.offers import ArchivePart, archive_parts
from baton.core.signin.slots import Exemption, exemptions

user_marks.add(UserMark(name="demo_is_here", expression=lambda: Exists(DemoRow.objects.order_by())))
session_rules.add(SessionRule(name="demo", holds=is_still_backed))
exemptions.add(Exemption(name="demo", holds=is_of_cast))
archive_parts.add(ArchivePart(app="demo"))
