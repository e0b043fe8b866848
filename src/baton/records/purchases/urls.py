from django.urls import path

from baton.records.purchases.views import hooks, lists, orders, products, subscriptions

app_name = "purchases"
mounted_at = ""
urlpatterns = [
    path("products/", products.products, name="products"),
    path("products/new/", products.edit, name="new"),
    path("products/<uuid:key>/", products.product, name="product"),
    path("products/<uuid:key>/edit/", products.edit, name="edit"),
    path("products/<uuid:key>/delete/", products.delete, name="delete"),
    path("purchases/", lists.orders, name="orders"),
    path("purchases/new/", orders.new, name="new-order"),
    path("purchases/<uuid:key>/", orders.order, name="order"),
    path("purchases/<uuid:key>/refund/", orders.refund, name="refund"),
    path("purchases/<uuid:key>/cancel/", orders.cancel, name="cancel-order"),
    path("purchases/<uuid:key>/delete/", orders.delete, name="delete-order"),
    path("purchases/shops/", hooks.hooks, name="hooks"),
    path("purchases/shops/<uuid:key>/secret/", hooks.change_secret, name="change-secret"),
    path("purchases/shops/<uuid:key>/delete/", hooks.delete, name="delete-hook"),
    path("purchases/shops/deliveries/<uuid:key>/again/", hooks.again, name="read-again"),
    path("api/v1/purchases/hooks/<slug:source>/", hooks.receive, name="receive"),
    path("purchases/subscriptions/", lists.subscriptions, name="subscriptions"),
    path("purchases/subscriptions/new/", subscriptions.new, name="new-subscription"),
    path("purchases/subscriptions/<uuid:key>/", subscriptions.subscription, name="subscription"),
    path("purchases/subscriptions/<uuid:key>/renew/", subscriptions.renew, name="renew"),
    path(
        "purchases/subscriptions/<uuid:key>/cancel/",
        subscriptions.cancel,
        name="cancel-subscription",
    ),
    path(
        "purchases/subscriptions/<uuid:key>/delete/",
        subscriptions.delete,
        name="delete-subscription",
    ),
]
