from django.urls import path

from baton.operations.administration.views import (
    demo,
    first_run,
    free_days,
    house,
    invitations,
    keys,
    people,
    rates,
    sign_in,
    teams,
)

app_name = "administration"
mounted_at = ""
urlpatterns = [
    path("set-up/", first_run.first_run, name="set-up"),
    path("settings/guide/", house.skip, name="skip-step"),
    path("settings/", house.company, name="company"),
    path("settings/demo/", demo.end, name="end-demo"),
    path("demo/be/", demo.switch, name="be"),
    path("demo/back/", demo.back, name="back"),
    path("settings/users/", people.users, name="users"),
    path("settings/users/new/", people.user, name="new-user"),
    path("settings/users/<uuid:key>/", people.user, name="user"),
    path("settings/users/<uuid:key>/password/", people.new_password, name="new-password"),
    path("settings/users/<uuid:key>/second-step/", sign_in.end_step, name="end-step"),
    path("settings/invitations/", invitations.invitations, name="invitations"),
    path("settings/invitations/<uuid:key>/renew/", invitations.renew, name="renew-invitation"),
    path("settings/invitations/<uuid:key>/revoke/", invitations.revoke, name="revoke-invitation"),
    path("settings/sign-in/", sign_in.sign_in_rules, name="sign-in-rules"),
    path("settings/teams/", teams.teams, name="teams"),
    path("settings/teams/new/", teams.team, name="new-team"),
    path("settings/teams/<uuid:key>/", teams.team, name="team"),
    path("settings/teams/<uuid:key>/delete/", teams.delete_team, name="delete-team"),
    path("settings/free-days/", free_days.free_days, name="free-days"),
    path("settings/free-days/<uuid:key>/delete/", free_days.delete_free_day, name="work-on"),
    path("settings/rates/", rates.rates, name="rates"),
    path("settings/rates/<int:rate>/remove/", rates.remove_rate, name="remove-rate"),
    path("settings/keys/", keys.keys, name="keys"),
    path("settings/keys/<uuid:key>/revoke/", keys.revoke, name="revoke-key"),
]
