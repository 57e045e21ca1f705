"""Addresses of the pages of party life and of village projects."""

from django.urls import path

from talent.views.party import life, meetings, records, totals

urlpatterns = [
    path("party/", life.party_life, name="party_life"),
    path("party/records/", life.party_records, name="party_records"),
    path("party/branches/new/", life.branch_new, name="party_branch_new"),
    path("party/branches/<int:pk>/", life.branch, name="party_branch"),
    path("party/branches/<int:pk>/meetings/new/", meetings.meeting_new, name="meeting_new"),
    path("party/meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("party/meetings/<int:pk>/drop/", meetings.meeting_drop, name="meeting_drop"),
    path("party/meetings/<int:pk>/attach/", meetings.attach, name="meeting_attach"),
    path("party/attachments/<int:pk>/", meetings.attachment, name="meeting_attachment"),
    path("party/attachments/<int:pk>/drop/", meetings.attachment_drop, name="meeting_attachment_drop"),
    path("party/activities/", records.activities, name="party_activities"),
    path("party/activities/new/", records.activity_new, name="party_activity_new"),
    path("party/activities/<int:pk>/", records.activity, name="party_activity"),
    path("projects/", records.projects, name="village_projects"),
    path("projects/totals/", totals.totals, name="village_project_totals"),
    path("projects/new/", records.project_new, name="village_project_new"),
    path("projects/<int:pk>/", records.project, name="village_project"),
    path("projects/culture/", records.culture, name="cultural_activities"),
    path("projects/culture/new/", records.culture_new, name="cultural_activity_new"),
    path("projects/culture/<int:pk>/", records.culture_one, name="cultural_activity"),
]
