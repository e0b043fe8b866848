"""What Fennmark shows its buyers, by stage; one gap is left for its heads to find."""

from baton.core.demo.slots import Chapter, Story, chapters
from baton.insight.journey.actions import show_content
from baton.insight.journey.rules import Code
from baton.marketing.campaigns.models import Campaign
from baton.marketing.capture.models import Form, Page
from baton.records.audience.models import Persona


def tell_journey(story: Story) -> None:
    """Pages early, campaigns in between, sentences for whoever decides."""
    by = story.cast["users"]["ines"]
    pages = list(Page.objects.published().order_by("pk")[:2])
    forms = list(Form.objects.living().order_by("pk")[:1])
    campaigns = list(Campaign.objects.living().order_by("pk")[:2])
    personas = list(Persona.objects.living().exclude(sentences=[]).order_by("position", "pk"))
    told: list[tuple[Code, Page | Form | Campaign | None, Persona | None]] = [
        *((Code.PROBLEM, page, None) for page in pages[:1]),
        *((Code.SOLUTION, page, None) for page in pages[1:]),
        *((Code.SOLUTION, form, None) for form in forms),
        *((Code.COMPARING, campaign, None) for campaign in campaigns),
        *((Code.DECISION, None, persona) for persona in personas[:-1]),
    ]
    for code, what, persona in told:
        made = show_content(code=code, what=what, persona=persona, by=by, at=story.at)
        story.keep(made)


chapters.add(Chapter("journey", 64, tell_journey))
