"""The product list and its form."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.changes.actions import LostRace
from baton.core.changes.addresses import undo_of
from baton.core.errors import RuleViolation
from baton.core.saved.shown import views_of
from baton.core.settings.queries import organisation
from baton.core.ui.htmx import HtmxRequest, go, page_or_partial
from baton.core.ui.lists import Column, Empty, Listing, list_page
from baton.core.ui.messages import say
from baton.records.purchases import actions
from baton.records.purchases.forms import ProductForm
from baton.records.purchases.models import Product
from baton.records.purchases.permissions import EDIT_PRODUCTS, VIEW_PRODUCTS
from baton.records.purchases.queries import products_matching

PRODUCTS = Listing(
    name="products",
    columns=(
        Column(name="name", label=gettext_lazy("Name"), sort="sort_key"),
        Column(name="family", label=gettext_lazy("Family")),
        Column(name="code", label=gettext_lazy("Code")),
        Column(
            name="price",
            label=gettext_lazy("Price"),
            kind="money",
            on_phone=True,
            template="purchases/price.html",
        ),
        Column(name="is_sold", label=gettext_lazy("Sold"), template="purchases/sold.html"),
    ),
    order="name",
    search=products_matching,
    second=lambda product: product.family,
    empty=Empty(
        icon="product", text=gettext_lazy("What you sell stands here, and on the lines of deals.")
    ),
    rows=lambda user, _asked: Product.objects.visible_to(user),
)


@requires(VIEW_PRODUCTS)
@require_GET
def products(request: HtmxRequest) -> HttpResponse:
    """All that is or was sold."""
    user = user_of(request)
    may_edit = user.may(EDIT_PRODUCTS)
    listing = PRODUCTS.with_step(reverse("purchases:new"), _("New product"))
    page = list_page(request, listing if may_edit else PRODUCTS, Product.objects.visible_to(user))
    context = {
        "list": page,
        "views": views_of(request, PRODUCTS),
        "may_edit": may_edit,
    }
    return page_or_partial(request, "purchases/products.html", "list", context)


@requires(VIEW_PRODUCTS)
@require_GET
def product(request: HtmxRequest, key: UUID) -> HttpResponse:
    """One product."""
    user = user_of(request)
    product = get_object_or_404(Product.objects.visible_to(user), key=key)
    context = {"product": product, "may_edit": user.may(EDIT_PRODUCTS)}
    return render(request, "purchases/product.html", context)


@requires(EDIT_PRODUCTS)
@require_http_methods(["GET", "POST"])
def edit(request: HtmxRequest, key: UUID | None = None) -> HttpResponse:
    """The form; without a key for a new product."""
    user = user_of(request)
    seen = Product.objects.visible_to(user, EDIT_PRODUCTS)
    product = get_object_or_404(seen, key=key) if key else None
    form = ProductForm(request.POST or None, product=product, currency=organisation().base_currency)
    if request.method == "POST" and form.is_valid():
        try:
            saved = _save(product, form, user=user)
        except LostRace:
            form.show_theirs(get_object_or_404(seen, key=key))
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            say(request, _("%(name)s is saved.") % {"name": saved})
            return go(request, reverse("purchases:products"))
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "product": product}
    return render(request, "purchases/edit.html", context, status=status)


@requires(EDIT_PRODUCTS)
@require_POST
def delete(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Into the trash, with Undo."""
    user = user_of(request)
    product = get_object_or_404(Product.objects.visible_to(user, EDIT_PRODUCTS), key=key)
    batch = actions.trash_products(product_ids=[product.pk], by=user, at=timezone.now())
    words = _("%(name)s is deleted.") % {"name": product}
    say(request, words, undo_url=undo_of(batch))
    return go(request, reverse("purchases:products"))


def _save(product: Product | None, form: ProductForm, *, user: User) -> Product:
    at, values = timezone.now(), form.values()
    if product is None:
        return actions.create_product(by=user, at=at, **values)
    return actions.edit_product(
        product=product, values=values, version=form.cleaned_data["version"], by=user, at=at
    )
