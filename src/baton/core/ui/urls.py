from django.urls import path

from baton.core.ui import views

app_name = "ui"
mounted_at = ""
urlpatterns = [
    path("pins/", views.pins, name="pins"),
    path("palette/", views.palette, name="palette"),
    path("styleguide/", views.styleguide, name="styleguide"),
]
