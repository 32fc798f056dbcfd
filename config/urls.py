"""Every address of the house."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from config.metrics import metrics
from config.signing_in import SignIn

# Below /api/ a refusal is a problem document, elsewhere a page.
handler400 = "config.api.outside.handler400"
handler404 = "config.api.outside.handler404"
handler500 = "config.api.outside.handler500"

# Left alone, these views call the site by the host it was asked at.
NAMED = {"site_name": settings.SITE_NAME}

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    path("sign-in/", SignIn.as_view(extra_context=NAMED), name="login"),
    path("sign-out/", auth.LogoutView.as_view(extra_context=NAMED), name="logout"),
    # Without a token: pages that anybody may keep cannot carry one, and all that a
    # stranger's form could do is to show words in the other language.
    path("language", csrf_exempt(set_language), name="language"),
    path("api/", include("config.api.urls")),
    path("v1alpha1/", include("claims.api.google.urls")),
    path("metrics", metrics, name="metrics"),
    path("desk/", include("claims.desk.urls")),
    path("", include("claims.public.urls")),
]
