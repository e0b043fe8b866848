"""Who answers for which part of the market, which accounts, and who speaks what."""

from baton.core.access.models import User
from baton.core.demo.slots import Story
from baton.qualification.handoff import actions
from baton.qualification.handoff.models import NamedAccount

SPOKEN = {"teo": ["en", "sv"], "ravi": ["en", "hi"], "sam": ["en", "fr"]}
KNOWN = {"teo": ["district heating"], "ravi": ["food plants"], "sam": ["pharma"]}
# Nobody of the story lives or works there: what it tells of turns stays as it is.
TERRITORY = {"name": "New Zealand and Australia", "countries": ["NZ", "AU"]}
ACCOUNT = "tasmanmills.example"


def tell_places(story: Story) -> None:
    """With the last chapter, when all who come have come."""
    users: dict[str, User] = story.cast["users"]
    nora = users["nora"]
    for name, languages in SPOKEN.items():
        actions.set_profile(
            user=users[name], languages=languages, skills=KNOWN[name], by=nora, at=story.at
        )
    territory = actions.save_territory(
        values=TERRITORY | {"rep": users["sam"]}, by=nora, at=story.at
    )
    actions.name_accounts(text=ACCOUNT, rep=users["ravi"], by=nora, at=story.at)
    story.keep(territory, *NamedAccount.objects.living().filter(domain=ACCOUNT))
