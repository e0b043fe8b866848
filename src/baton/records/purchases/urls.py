from django.urls import path

from baton.records.purchases import views

app_name = "purchases"
mounted_at = "products/"
urlpatterns = [
    path("", views.products, name="products"),
    path("new/", views.edit, name="new"),
    path("<uuid:key>/", views.product, name="product"),
    path("<uuid:key>/edit/", views.edit, name="edit"),
    path("<uuid:key>/delete/", views.delete, name="delete"),
]
