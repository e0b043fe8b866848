"""What Fennmark's marketing does and spends: half a year in the small story, a whole one beside."""

from baton.core.demo.slots import Chapter, YearChapter, chapters, year_chapters
from baton.marketing.campaigns.demo.story import tell_campaigns
from baton.marketing.campaigns.demo.year import begin

chapters.add(Chapter("campaigns", 20, tell_campaigns))
# Members follow from the facts of those who come.
year_chapters.add(YearChapter("campaigns", 20, lambda bite: None, begin=begin))
