"""The desk's addresses."""

from __future__ import annotations

from django.urls import path

from claims.desk import (
    amending,
    articles,
    assessing,
    auditing,
    choosing,
    drafts,
    exporting,
    history,
    hosts,
    importing,
    inbox,
    keyboard,
    live,
    moves,
    nearest,
    people,
    presence,
    putting_off,
    queue,
    reciting,
    retracting,
    review,
    snapshots,
    sources,
    versions,
    views,
    workers,
    workspace,
)

app_name = "desk"

urlpatterns = [
    path("", queue.queue, name="queue"),
    path("live/", live.live, name="live"),
    path("workers/", workers.workers, name="workers"),
    path("next/", moves.take_next, name="take_next"),
    path("views/", views.views, name="views"),
    path("views/save/", views.save, name="save_view"),
    path("views/<uuid:pk>/change/", views.change, name="change_view"),
    path("views/<uuid:pk>/remove/", views.remove, name="remove_view"),
    path("next-second/", choosing.next_second, name="next_second"),
    path("chosen/", choosing.take_chosen, name="take_chosen"),
    path("keys/", keyboard.keyboard, name="keys"),
    path("keys/switch/", keyboard.switch, name="keys_switch"),
    path("drafts/", drafts.drafts, name="drafts"),
    path("claimants/", assessing.claimants, name="claimants"),
    path("nearest/", nearest.nearest, name="nearest"),
    # What comes in
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/pages/<uuid:pk>/", inbox.page, name="page"),
    path("imports/", importing.imports, name="imports"),
    path("imports/<uuid:pk>/", importing.file, name="import"),
    path("imports/<uuid:pk>/start/", importing.start, name="import-start"),
    path("imports/<uuid:pk>/stop/", importing.stop, name="import-stop"),
    path("imports/<uuid:pk>/report.csv", importing.report, name="import-report"),
    path("export/", importing.export, name="export"),
    path("articles/<uuid:pk>/", articles.article, name="article"),
    path("articles/<uuid:pk>/read-again/", articles.read_again, name="read-again"),
    path("candidates/<uuid:pk>/accept/", articles.accept, name="accept"),
    path("candidates/<uuid:pk>/merge/", articles.merge, name="merge"),
    path("candidates/<uuid:pk>/reject/", articles.reject, name="reject"),
    path("candidates/<uuid:pk>/reconsider/", articles.reconsider, name="reconsider"),
    # One claim
    path("claims/<uuid:pk>/", workspace.claim, name="claim"),
    path("claims/<uuid:pk>/change/", workspace.change, name="change"),
    path("claims/<uuid:pk>/draft/", drafts.draft, name="draft"),
    path("claims/<uuid:pk>/presence/", presence.presence, name="presence"),
    path("claims/<uuid:pk>/sources/", workers.sources, name="sources"),
    path("claims/<uuid:pk>/history/", history.history, name="history"),
    path("claims/<uuid:pk>/pages.warc.gz", exporting.pages, name="pages"),
    path("claims/<uuid:pk>/assessments/", assessing.assess, name="assess"),
    path("claims/<uuid:pk>/citations/", assessing.cite, name="cite"),
    path("claims/<uuid:pk>/citations/<uuid:citation>/", reciting.recite, name="recite"),
    path(
        "assessments/<uuid:pk>/confirm/",
        assessing.decide,
        {"verb": "confirm"},
        name="confirm",
    ),
    path(
        "assessments/<uuid:pk>/reject/",
        assessing.decide,
        {"verb": "reject"},
        name="set_aside",
    ),
    path("claims/<uuid:pk>/record/", amending.record, name="record"),
    path("assessments/<uuid:pk>/", amending.amend, name="amend"),
    path("assessments/<uuid:pk>/citations/", amending.cite_for, name="cite_for"),
    path("assessments/<uuid:pk>/take-back/", amending.take_back, name="take_back"),
    path("assessments/<uuid:pk>/reopen/", amending.reopen, name="reopen"),
    path("citations/<uuid:pk>/take-back/", amending.uncite, name="uncite"),
    # Verdicts
    path("claims/<uuid:pk>/review/", review.write, name="review"),
    path("claims/<uuid:pk>/preview/", review.preview, name="preview"),
    path("claims/<uuid:pk>/second/", review.second, name="second"),
    path("claims/<uuid:pk>/compare/", review.compare, name="compare"),
    path("claims/<uuid:pk>/arbitrate/", review.arbitrate, name="arbitrate"),
    path("claims/<uuid:pk>/retract/", retracting.retract, name="retract"),
    # Moves
    path("claims/<uuid:pk>/assign/", moves.assign, name="assign"),
    path("claims/<uuid:pk>/snooze/", putting_off.snooze, name="snooze"),
    path("claims/<uuid:pk>/wake/", putting_off.wake, name="wake"),
    *(
        path(f"claims/<uuid:pk>/{verb}/", moves.move, {"verb": verb}, name=verb)
        for verb in moves.VERBS
    ),
    # The people of the desk
    path("people/", people.people, name="people"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/give/", people.give, name="give"),
    path("audits/<uuid:pk>/", auditing.audit, name="audit"),
    # Pages that are cited
    path("sources/<uuid:pk>/", sources.source, name="source"),
    path("sources/<uuid:pk>/check/", sources.check, name="check"),
    path("sources/<uuid:pk>/progress/", sources.progress, name="progress"),
    path("sources/<uuid:pk>/checks/", sources.checks, name="checks"),
    path("sources/<uuid:pk>/difference/", snapshots.difference, name="difference"),
    path(
        "sources/<uuid:pk>/versions/<uuid:snapshot>/", versions.version, name="version"
    ),
    path("hosts/", hosts.hosts, name="hosts"),
    path("hosts/<str:name>/", hosts.host, name="host"),
    path("hosts/<str:name>/resume/", hosts.resume, name="resume"),
]
