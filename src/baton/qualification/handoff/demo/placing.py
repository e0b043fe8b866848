"""Who answers for which part of the market, and for which accounts."""

from baton.core.access.models import User
from baton.core.demo.slots import Story
from baton.qualification.handoff import actions
from baton.qualification.handoff.models import NamedAccount

# Nobody of the story lives or works there: what it tells of turns stays as it is.
TERRITORY = {"name": "New Zealand and Australia", "countries": ["New Zealand", "Australia"]}
ACCOUNT = "tasmanmills.example"


def tell_places(story: Story) -> None:
    """With the last chapter, when all who come have come."""
    users: dict[str, User] = story.cast["users"]
    nora = users["nora"]
    territory = actions.save_territory(
        values=TERRITORY | {"rep": users["sam"]}, by=nora, at=story.at
    )
    actions.name_accounts(text=ACCOUNT, rep=users["ravi"], by=nora, at=story.at)
    story.keep(territory, *NamedAccount.objects.living().filter(domain=ACCOUNT))
