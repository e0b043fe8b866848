from django.urls import path

from baton.insight.analytics.views import closed_loop, pipeline, records

app_name = "analytics"
mounted_at = "insight/"
urlpatterns = [
    path("closed-loop/", closed_loop.closed_loop_page, name="closed-loop"),
    path("closed-loop/people/", records.people, name="people"),
    path("closed-loop/export/", closed_loop.closed_loop_csv, name="closed-loop-csv"),
    path("pipeline/", pipeline.pipeline_page, name="pipeline"),
    path("pipeline/deals/", records.deals, name="deals"),
    path("pipeline/export/", pipeline.pipeline_csv, name="pipeline-csv"),
]
