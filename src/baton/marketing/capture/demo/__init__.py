"""Fennmark's pages and forms, and who looked at them and sent them."""

from baton.core.demo.slots import Chapter, YearChapter, chapters, year_chapters
from baton.marketing.capture.demo.pages import tell_pages
from baton.marketing.capture.demo.visits import tell_visits_and_forms
from baton.marketing.capture.demo.year import begin, tell_forms

chapters.add(Chapter("pages", 21, tell_pages))
chapters.add(Chapter("visits", 32, tell_visits_and_forms))
year_chapters.add(YearChapter("forms", 32, tell_forms, begin=begin))
