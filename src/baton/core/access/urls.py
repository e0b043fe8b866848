from django.urls import path

from baton.core.access import views

app_name = "access"
urlpatterns = [
    path("theme/", views.set_theme, name="theme"),
    path("sidebar/", views.fold_group, name="fold"),
]
mounted_at = ""
