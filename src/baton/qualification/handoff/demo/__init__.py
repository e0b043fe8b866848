"""What Fennmark's two teams agreed on, and how their leads fared."""

from django.utils import timezone

from baton.core.demo.slots import Chapter, YearChapter, chapters, year_chapters
from baton.qualification.handoff import actions
from baton.qualification.handoff.demo.agreeing import tell_agreement
from baton.qualification.handoff.demo.clocks import tell_replies
from baton.qualification.handoff.demo.executives import agree_and_hand_on, tell_executives
from baton.qualification.handoff.demo.executives import begin as begin_with_executives
from baton.qualification.handoff.demo.placing import tell_places
from baton.qualification.handoff.demo.telling import tell_handoffs
from baton.qualification.handoff.demo.year import begin
from baton.qualification.handoff.demo.year import tell_handoffs as tell_a_years_handoffs
from baton.qualification.handoff.models import Agreement, Pool


def _send_back() -> None:
    """Strangers who raised a hand on a page of the demo stay; their handoffs went with it."""
    actions.send_back_without_handoff(at=timezone.now())


chapters.add(Chapter("agreement", 22, tell_agreement, ground=(Agreement, Pool)))
chapters.add(Chapter("places", 60, tell_places))
chapters.add(Chapter("answers", 64, tell_replies))
chapters.add(Chapter("executives", 62, agree_and_hand_on))
chapters.add(Chapter("handoffs", 40, tell_handoffs, clear=_send_back))
year_chapters.add(YearChapter("handoffs", 40, tell_a_years_handoffs, begin=begin))
year_chapters.add(YearChapter("executives", 55, tell_executives, begin=begin_with_executives))
