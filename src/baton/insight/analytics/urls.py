from django.urls import path

from baton.insight.analytics.views import (
    attribution,
    bought,
    closed_loop,
    cohorts,
    credited,
    last_year,
    pipeline,
    records,
    sped,
    velocity,
)

app_name = "analytics"
mounted_at = "insight/"
urlpatterns = [
    path("closed-loop/", closed_loop.closed_loop_page, name="closed-loop"),
    path("closed-loop/people/", records.people, name="people"),
    path("closed-loop/purchases/", bought.purchases, name="purchases"),
    path("closed-loop/export/", closed_loop.closed_loop_csv, name="closed-loop-csv"),
    path("pipeline/", pipeline.pipeline_page, name="pipeline"),
    path("pipeline/deals/", records.deals, name="deals"),
    path("pipeline/export/", pipeline.pipeline_csv, name="pipeline-csv"),
    path("attribution/", attribution.attribution_page, name="attribution"),
    path("attribution/deals/", credited.deals, name="credited"),
    path("attribution/deals/<uuid:key>/", credited.deal, name="touches"),
    path("attribution/purchases/", credited.purchases, name="credited-purchases"),
    path("attribution/purchases/<uuid:key>/", credited.purchase, name="touches-of-purchase"),
    path("attribution/export/", attribution.attribution_csv, name="attribution-csv"),
    path("cohorts/", cohorts.cohorts_page, name="cohorts"),
    path("cohorts/people/", cohorts.people, name="cohort-people"),
    path("cohorts/export/", cohorts.cohorts_csv, name="cohorts-csv"),
    path("last-year/", last_year.last_year_page, name="last-year"),
    path("last-year/people/", last_year.people, name="last-year-people"),
    path("last-year/export/", last_year.last_year_csv, name="last-year-csv"),
    path("velocity/", velocity.velocity_page, name="velocity"),
    path("velocity/deals/", sped.deals, name="velocity-deals"),
    path("velocity/people/", sped.people, name="velocity-people"),
    path("velocity/export/", velocity.velocity_csv, name="velocity-csv"),
]
