"""What Fennmark sells."""

from decimal import Decimal

from baton.core.demo.slots import Chapter, Story, chapters
from baton.records.purchases.actions import create_product
from baton.records.purchases.models import Product

PRODUCTS = (
    ("Fenn One meter", "Meters", "FM-1", "380"),
    ("Fenn Gateway", "Meters", "FG-2", "1250"),
    ("Energy desk, a site and year", "Software", "ED-S", "4800"),
    ("Audit report", "Services", "AR-50", "2900"),
    ("Commissioning, a day", "Services", "CD-1", "1150"),
)


def tell_products(story: Story) -> None:
    """Five products; ``cast["products"]`` has them by code."""
    told: dict[str, Product] = {}
    for name, family, code, price in PRODUCTS:
        told[code] = create_product(
            name=name,
            family=family,
            code=code,
            price=Decimal(price),
            currency="EUR",
            by=None,
            at=story.at,
        )
    story.cast["products"] = told
    story.keep(*told.values())


chapters.add(Chapter("products", 20, tell_products, ground=(Product,)))
