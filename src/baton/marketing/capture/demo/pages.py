"""What the demo company shows the world: seven pages, three forms."""

from datetime import timedelta

from baton.core.access.models import User
from baton.core.demo.slots import Story
from baton.core.settings.actions import create_brand
from baton.core.settings.models import Brand
from baton.marketing.capture.actions import create_form, create_page, publish_page
from baton.marketing.capture.demo.words import FOOTER, FORMS, PAGES, PageWords
from baton.marketing.capture.models import Form, Page
from baton.marketing.capture.rules import Block

OLDEST = timedelta(days=180)


def tell_pages(story: Story) -> None:
    """``cast["forms"]`` by code and ``cast["pages"]`` by slug."""
    by: User | None = story.cast.get("users", {}).get("mara")
    at = story.at - OLDEST
    forms: dict[str, Form] = {}
    for words in FORMS:
        forms[words.code] = create_form(
            name=words.name,
            code=words.code,
            fields=words.fields,
            button=words.button,
            thanks=words.thanks,
            note=words.note,
            consent_wording=words.consent_wording,
            by=by,
            at=at,
        )
    brand = create_brand(name="Fennmark", look={"accent": "teal", "footer": FOOTER})
    pages = {words.slug: _page(words, forms, story, by=by, brand=brand) for words in PAGES}
    story.cast["forms"], story.cast["pages"] = forms, pages
    story.keep(*pages.values(), *forms.values(), brand)


def _page(
    words: PageWords, forms: dict[str, Form], story: Story, *, by: User | None, brand: Brand
) -> Page:
    blocks = [
        Block(id=f"{words.slug}-{place}", kind=kind, texts=texts)
        for place, (kind, texts) in enumerate(words.blocks)
    ]
    page = create_page(
        title=words.title,
        slug=words.slug,
        description=words.description,
        form=forms.get(words.form),
        blocks=blocks,
        brand=brand,
        by=by,
        at=story.at - OLDEST,
    )
    return publish_page(page=page, by=by, at=story.at - OLDEST + timedelta(hours=2))
