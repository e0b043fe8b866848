from django.urls import path

from baton.marketing.campaigns.views import costs, fields, lists, records

app_name = "campaigns"
urlpatterns = [
    path("", lists.campaigns, name="list"),
    path("new/", records.new, name="new"),
    path("costs/", lists.costs, name="costs"),
    path("costs/new/", costs.new, name="new-cost"),
    path("costs/<uuid:key>/", costs.cost, name="cost"),
    path("costs/<uuid:key>/save/", costs.save, name="save-cost"),
    path("costs/<uuid:key>/remove/", costs.remove, name="remove-cost"),
    path("<uuid:key>/", records.campaign, name="campaign"),
    path("<uuid:key>/cards/", records.cards, name="cards"),
    path("<uuid:key>/edit/", records.edit, name="edit"),
    path("<uuid:key>/edit/<slug:name>/", fields.edit_field, name="edit-field"),
    path("<uuid:key>/delete/", records.delete, name="delete"),
    path("<uuid:key>/members/", lists.members, name="members"),
    path("<uuid:key>/costs/", costs.add_to_campaign, name="add-cost"),
]
