"""The desk's addresses."""

from __future__ import annotations

from django.urls import path

from claims.desk import inbox, queue, workspace

app_name = "desk"

urlpatterns = [
    path("", queue.queue, name="queue"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("articles/<uuid:pk>/", inbox.article, name="article"),
    path("claims/<uuid:pk>/", workspace.claim, name="claim"),
]
