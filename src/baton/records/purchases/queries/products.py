from collections.abc import Iterable

from django.db.models import Q, QuerySet

from baton.core.access.models import User
from baton.core.prepared import Prepared
from baton.records.purchases.models import Product
from baton.records.purchases.rules import product_key


def products_sold(user: User) -> QuerySet[Product]:
    """Those that may be put on a deal, by name."""
    return Product.objects.visible_to(user).filter(is_sold=True).order_by("name")


def products_named(user: User) -> list[Product]:
    """The same with nothing but their names, to choose from."""
    return _NAMED.rows(user=user)


_NAMED = Prepared(lambda user: products_sold(user).only("name"))


def products_by_names(names: Iterable[str]) -> dict[str, Product]:
    """Living products by the names as given, however they are cased or spaced."""
    keys = {name: product_key(name) for name in names}
    found = {
        row.sort_key: row for row in Product.objects.living().filter(sort_key__in=keys.values())
    }
    return {name: found[key] for name, key in keys.items() if key in found}


def products_matching(products: QuerySet[Product], text: str) -> QuerySet[Product]:
    """Those whose name, family or code holds the text."""
    wanted = product_key(text)
    named = Q(sort_key__contains=wanted) | Q(family__icontains=text) | Q(code__icontains=text)
    return products.filter(named)
