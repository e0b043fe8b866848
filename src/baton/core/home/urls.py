from django.urls import path

from baton.core.home import views

app_name = "home"
mounted_at = ""
urlpatterns = [
    path("", views.home, name="home"),
    path("day/<slug:block>/", views.one_block, name="block"),
]
