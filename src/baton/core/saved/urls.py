from django.urls import path

from baton.core.saved import filtering, quality, views

app_name = "saved"
mounted_at = "views/"
urlpatterns = [
    path("new/", views.new, name="new"),
    path("quality/", quality.data_quality, name="quality"),
    path("columns/", views.columns, name="columns"),
    path("filter/", filtering.edit_filter, name="filter"),
    path("<uuid:key>/edit/", views.edit, name="edit"),
    path("<uuid:key>/save/", views.save, name="save"),
    path("<uuid:key>/pin/", views.pin, name="pin"),
    path("<uuid:key>/delete/", views.delete, name="delete"),
]
