from django.urls import path

from baton.operations.administration import views

app_name = "administration"
mounted_at = ""
urlpatterns = [
    path("", views.home, name="home"),
    path("settings/", views.company, name="company"),
    path("settings/users/", views.users, name="users"),
    path("settings/users/new/", views.user, name="new-user"),
    path("settings/users/<uuid:key>/", views.user, name="user"),
    path("settings/users/<uuid:key>/password/", views.new_password, name="new-password"),
    path("settings/keys/", views.keys, name="keys"),
    path("settings/keys/<uuid:key>/revoke/", views.revoke, name="revoke-key"),
]
