from django.urls import path

from baton.core.ui import views

app_name = "ui"
mounted_at = ""
urlpatterns = [path("styleguide/", views.styleguide, name="styleguide")]
