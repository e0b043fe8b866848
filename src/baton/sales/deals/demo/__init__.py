"""What Fennmark's reps are selling: the cast's deals one by one, a year's by the hundred."""

from baton.core.demo.slots import Chapter, YearChapter, chapters, year_chapters
from baton.sales.deals.demo.answers import answer_losses
from baton.sales.deals.demo.clocks import tell_clocks
from baton.sales.deals.demo.story import tell_deals, tell_pipeline
from baton.sales.deals.demo.year import begin
from baton.sales.deals.demo.year import tell_deals as tell_a_years_deals
from baton.sales.deals.models import Pipeline, Stage

chapters.add(Chapter("pipeline", 20, tell_pipeline, ground=(Pipeline, Stage)))
chapters.add(Chapter("deals", 50, tell_deals))
chapters.add(Chapter("why deals were lost", 55, answer_losses))
chapters.add(Chapter("care for deals", 65, tell_clocks))
year_chapters.add(YearChapter("deals", 50, tell_a_years_deals, begin=begin))
