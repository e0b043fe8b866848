"""What Fennmark's two teams agreed on, and how their leads fared."""

from baton.core.demo.slots import Chapter, chapters
from baton.qualification.handoff.demo.agreeing import tell_agreement
from baton.qualification.handoff.demo.telling import tell_handoffs

chapters.add(Chapter("agreement", 22, tell_agreement))
chapters.add(Chapter("handoffs", 40, tell_handoffs))
