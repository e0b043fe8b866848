from django.urls import path

from baton.insight.reviews.views import pages, records, writing

app_name = "reviews"
mounted_at = "insight/reviews/"
urlpatterns = [
    path("", pages.review, name="review"),
    path("records/", records.records, name="behind"),
    path("section/<slug:about>/", pages.section, name="section"),
    path("pdf/", pages.paper, name="paper"),
    path("said/", pages.said, name="said"),
    path("add/", writing.add, name="add"),
    path("draft/", writing.draft, name="draft"),
    path("finish/", writing.finish, name="finish"),
    path("send/", writing.send, name="send"),
    path("points/<uuid:key>/remove/", writing.remove, name="remove"),
]
