"""Fennmark's customers: the cast's one by one, a year's by the hundred."""

from baton.core.demo.slots import Chapter, YearChapter, chapters, year_chapters
from baton.sales.customers.demo.story import tell
from baton.sales.customers.demo.year import begin, tell_customers

chapters.add(Chapter("customers", 65, tell))
year_chapters.add(YearChapter("customers", 60, tell_customers, begin=begin))
