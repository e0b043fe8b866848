"""The people and companies of the demo's story; higher chapters go on with them."""

from baton.core.demo.slots import Chapter, YearChapter, chapters, year_chapters
from baton.records.people.demo.telling import tell_companies, tell_people
from baton.records.people.demo.year import begin, tell_arrivals
from baton.records.people.models import Tag

chapters.add(Chapter("companies", 29, tell_companies, ground=(Tag,)))
chapters.add(Chapter("people", 30, tell_people))
year_chapters.add(YearChapter("people", 30, tell_arrivals, begin=begin))
