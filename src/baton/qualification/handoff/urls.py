from django.urls import path

from baton.qualification.handoff.views import (
    agreeing,
    amending,
    answering,
    keeping,
    leads,
    listed,
    listing,
    quality,
    replying,
    routing,
)

app_name = "handoff"
mounted_at = "leads/"
urlpatterns = [
    path("", leads.desk, name="desk"),
    path("all/", listing.leads, name="all"),
    path("open/", listed.open_ones, name="open"),
    path("handed/", listed.handed, name="handed"),
    path("quality/", quality.quality, name="quality"),
    path("quality/behind/", quality.quality_behind, name="quality-behind"),
    path("agreement/", agreeing.agreement, name="agreement"),
    path("agreement/new/", amending.amend, name="amend"),
    path("agreement/<int:version>/sign/", amending.sign, name="sign"),
    path("agreement/kept/", keeping.kept, name="kept"),
    path("agreement/behind/<slug:promise>/", keeping.handoffs_behind, name="behind"),
    path("agreement/effect/<slug:effect>/", agreeing.effect_behind, name="effect"),
    path("routing/", routing.routing, name="routing"),
    path("routing/pools/", routing.add_pool, name="add-pool"),
    path("routing/pools/<uuid:key>/delete/", routing.delete_pool, name="delete-pool"),
    path("routing/pools/<uuid:key>/members/", routing.add_member, name="add-member"),
    path("routing/pools/<uuid:key>/members/<int:member>/", routing.edit_member, name="member"),
    path("routing/rules/new/", routing.edit_rule, name="new-rule"),
    path("routing/rules/<uuid:key>/", routing.edit_rule, name="rule"),
    path("routing/rules/<uuid:key>/delete/", routing.delete_rule, name="delete-rule"),
    path("people/<uuid:key>/need/", answering.person_need, name="person-need"),
    path("people/<uuid:key>/disqualify/", answering.person_disqualify, name="person-disqualify"),
    path("<uuid:key>/", leads.lead, name="lead"),
    path("<uuid:key>/accept/", answering.accept, name="accept"),
    path("<uuid:key>/reject/", answering.reject, name="reject"),
    path("<uuid:key>/contact/", answering.contact, name="contact"),
    path("<uuid:key>/need/", answering.need, name="need"),
    path("<uuid:key>/disqualify/", answering.disqualify, name="disqualify"),
    path("<uuid:key>/reply/", replying.reply, name="reply"),
    path("<uuid:key>/give/", answering.give, name="give"),
]
