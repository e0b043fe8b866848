"""What the demo plugs into others."""

from django.db.models import Exists

from baton.core.access.slots import SessionRule, UserMark, session_rules, user_marks
from baton.core.demo.models import DemoRow
from baton.core.demo.sessions import is_still_backed

user_marks.add(UserMark(name="demo_is_here", expression=lambda: Exists(DemoRow.objects.order_by())))
session_rules.add(SessionRule(name="demo", holds=is_still_backed))
