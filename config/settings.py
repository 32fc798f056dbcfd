"""Every setting, read from the environment through config/env.py and nowhere else."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import structlog
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config import embedded, env

BASE_DIR = Path(__file__).resolve().parent.parent

# --- What this installation is ------------------------------------------------
PRODUCTION = env.switch("COUNTERCLAIM_PRODUCTION", default=False)
DEBUG = env.switch("COUNTERCLAIM_DEBUG", default=False)
SITE_URL = env.text("COUNTERCLAIM_SITE_URL", "http://127.0.0.1:8000").rstrip("/")
SITE_NAME = env.text("COUNTERCLAIM_SITE_NAME", "Counterclaim")
SECRET_KEY = env.text(
    "COUNTERCLAIM_SECRET_KEY",
    None if PRODUCTION else "for development only: production asks for one of its own",
)
ALLOWED_HOSTS = env.words("COUNTERCLAIM_ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.words("COUNTERCLAIM_TRUSTED_ORIGINS")
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured(
        "COUNTERCLAIM_DEBUG and COUNTERCLAIM_PRODUCTION are both on: choose one"
    )
if PRODUCTION and not ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "COUNTERCLAIM_ALLOWED_HOSTS is empty: name the hosts this site answers to"
    )
if not PRODUCTION:
    ALLOWED_HOSTS = ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]"]

# --- The two servers ----------------------------------------------------------
# Unset means the project's own, from wheels; production has to name real ones.
DATABASE_URL = env.text(
    "DATABASE_URL", None if PRODUCTION else embedded.database_url(BASE_DIR)
)
REDIS_URL = env.text("REDIS_URL", None if PRODUCTION else embedded.redis_url(BASE_DIR))

DATABASES = {
    "default": {
        **env.database("DATABASE_URL", DATABASE_URL),
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
}
# How long a page waits for a connection before it says that there is none.
DATABASE_PATIENCE_SECONDS = 2
# The web keeps a pool; Celery's prefork would close it at every task.
if env.switch("COUNTERCLAIM_DATABASE_POOL", default=False):
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {
        "min_size": 1,
        "max_size": env.number("COUNTERCLAIM_DATABASE_POOL_SIZE", 8, least=1),
        # Where PostgreSQL is away a page says so soon; it is tried anew for each page,
        # not after longer and longer pauses, so that they work again once it is back.
        "timeout": DATABASE_PATIENCE_SECONDS,
        "reconnect_timeout": 1,
    }
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "counterclaim",
    }
}

# --- Django -------------------------------------------------------------------
INSTALLED_APPS = [
    "config",
    "claims",
    "sources",
    "config.administration.HouseConfig",  # Django's admin, with this house's door
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "django_structlog",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "pghistory",
    "pgtrigger",
    "rest_framework",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.api.stored.StoredDocumentsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.PlainAddressMiddleware",
    "config.middleware.EverybodyAlikeMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "config.middleware.HistoryMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "config.pages.house",
            ],
        },
    },
]
LANGUAGE_CODE = "en"
# The languages that the pages are written in: with all of Django's, English words
# would go out as German ones with German months between them.
LANGUAGES = [("en", "English"), ("ar", "Arabic")]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = PRODUCTION
TIME_ZONE = env.text("COUNTERCLAIM_TIME_ZONE", "UTC")
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = "config.formats"  # days and times as the desk writes them
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / ".run" / "static"
STATICFILES_DIRS = [BASE_DIR / "config" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# Without a build step the files are served from where they stand.
WHITENOISE_USE_FINDERS = not PRODUCTION
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024  # an article of 1 MB, percent-encoded
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# --- Signing in ---------------------------------------------------------------
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "desk:queue"
LOGOUT_REDIRECT_URL = "public:index"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=10)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False  # its lists know Django's permissions, not our roles

# --- Safety -------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
# The sites that may show a claim in a frame of theirs; nothing else may be framed.
EMBED_ON = env.words("COUNTERCLAIM_EMBED_ON") or ["*"]
if any(not site.isascii() or set(site) & set("; ") for site in EMBED_ON):
    raise ImproperlyConfigured(
        "COUNTERCLAIM_EMBED_ON: write origins like https://paper.example, with commas"
    )
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
BEHIND_PROXY = env.switch("COUNTERCLAIM_BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Sources ------------------------------------------------------------------
SOURCES_ALLOW_NETWORKS = env.networks("SOURCES_ALLOW_NETWORKS")
SOURCES_ALLOW_PORTS = env.numbers("SOURCES_ALLOW_PORTS")
SOURCES_CONTACT_URL = env.text("SOURCES_CONTACT_URL", SITE_URL)
SOURCES_MAX_BODY_BYTES = 5 * 1024 * 1024
SOURCES_FETCH_TIMEOUT = timedelta(seconds=30)
SOURCES_LEASE = timedelta(minutes=2)
SOURCES_READING_LIMIT = timedelta(minutes=1)  # then whoever reads a page is killed
SOURCES_BATCH = env.number("SOURCES_BATCH", 100, least=1)
SOURCES_PER_HOST = env.number("SOURCES_PER_HOST", 4, least=1)  # leased at one time
SOURCES_DISPATCH_EVERY = env.seconds("SOURCES_DISPATCH_SECONDS", timedelta(seconds=5))
SOURCES_LEAST_INTERVAL = env.seconds("SOURCES_LEAST_SECONDS", timedelta(hours=1))
SOURCES_CLOSE_INTERVAL = env.seconds("SOURCES_CLOSE_SECONDS", timedelta(hours=2))
SOURCES_MOST_INTERVAL = env.seconds("SOURCES_MOST_SECONDS", timedelta(days=30))
SOURCES_GONE_AFTER = env.seconds("SOURCES_GONE_SECONDS", timedelta(hours=24))
SOURCES_FAILED_AFTER = env.seconds("SOURCES_FAILED_SECONDS", timedelta(days=3))
SOURCES_MAX_ATTEMPTS = 4
# Whom watched words and pages are shown to: whoever cites them says so.
SOURCES_PASSAGES_OPEN_TO = "claims.access.passages_open_to"
SOURCES_OPEN_TO = "claims.access.sources_open_to"
# Between two requests to one site.
SOURCES_LEAST_GAP = env.seconds("SOURCES_LEAST_GAP_SECONDS", timedelta(seconds=2))
SOURCES_MOST_GAP = env.seconds("SOURCES_MOST_GAP_SECONDS", timedelta(seconds=30))
if SOURCES_LEAST_GAP > SOURCES_MOST_GAP:
    raise ImproperlyConfigured(
        "SOURCES_LEAST_GAP_SECONDS is more than SOURCES_MOST_GAP_SECONDS: lower one"
    )

# What Prometheus sends to read the numbers; unset, nobody but the panel's people may.
METRICS_TOKEN = env.text("COUNTERCLAIM_METRICS_TOKEN", "")
# An archive of the web that speaks Memento, and how long is left between two requests.
SOURCES_ARCHIVE_URL = env.address("SOURCES_ARCHIVE_URL")
SOURCES_ARCHIVE_GAP = env.seconds("SOURCES_ARCHIVE_GAP_SECONDS", timedelta(seconds=5))
SOURCES_SAVE_PAGES = env.switch("SOURCES_SAVE_PAGES", default=False)
if SOURCES_SAVE_PAGES and not SOURCES_ARCHIVE_URL:
    raise ImproperlyConfigured(
        "SOURCES_SAVE_PAGES is on and SOURCES_ARCHIVE_URL is empty: name the archive"
    )

# Browsers that one web process tells what changes; each keeps a thread waiting.
STREAMS = env.number("COUNTERCLAIM_STREAMS", 24)

# --- Claims -------------------------------------------------------------------
CLAIMS_DUE_WITHIN = env.seconds("CLAIMS_DUE_SECONDS", timedelta(days=1))
CLAIMS_LEASE = timedelta(seconds=90)
CLAIMS_HASTE = env.seconds("CLAIMS_HASTE_SECONDS", timedelta(seconds=8))
CLAIMS_SITTING = timedelta(minutes=30)  # who comes back within it goes on reading
CLAIMS_UNDO_WITHIN = timedelta(seconds=10)
CLAIMS_ARTICLE_MAX_CHARACTERS = 300_000  # what the reader takes
CLAIMS_IMPORT_MAX_BYTES = 64 * 1024 * 1024  # by a page or the API; a command takes any

# What `manage.py train` learns. No licence allows to ship it, so it stays here.
MODELS = Path(env.text("COUNTERCLAIM_MODELS", str(BASE_DIR / ".run" / "models")))

# --- A plugged-in model ---------------------------------------------------------
# An endpoint of OpenAI's chat completions, in the place of the rules of this house.
EXTRACTION_API_URL = env.address("EXTRACTION_API_URL")
EXTRACTION_API_KEY = env.text("EXTRACTION_API_KEY", "").strip()
EXTRACTION_API_MODEL = env.text("EXTRACTION_API_MODEL", "").strip()
EXTRACTION_API_FOR = frozenset(env.words("EXTRACTION_API_FOR")) or {
    *("extraction", "matching", "contradiction")
}
EXTRACTION_API_WITHIN = env.seconds("EXTRACTION_API_SECONDS", timedelta(minutes=1))
EXTRACTION_API_REQUESTS = env.number("EXTRACTION_API_REQUESTS_A_DAY", 1_000)
EXTRACTION_API_TOKENS = env.number("EXTRACTION_API_TOKENS_A_DAY", 2_000_000)
if EXTRACTION_API_URL and not EXTRACTION_API_MODEL:
    raise ImproperlyConfigured(
        "EXTRACTION_API_URL is set and EXTRACTION_API_MODEL is empty: name the model"
    )
if not {"extraction", "matching", "contradiction"} >= EXTRACTION_API_FOR:
    raise ImproperlyConfigured(
        "EXTRACTION_API_FOR: write extraction, matching, contradiction, with commas"
    )
if not (EXTRACTION_API_KEY.isascii() and EXTRACTION_API_KEY.isprintable()):
    raise ImproperlyConfigured("EXTRACTION_API_KEY holds what no header can")
if len(EXTRACTION_API_KEY) > 900 or len(EXTRACTION_API_MODEL) > 200:
    raise ImproperlyConfigured("EXTRACTION_API_KEY or _MODEL is too long to be one")

# --- The workers --------------------------------------------------------------
CELERY_BROKER_URL = (
    f"redis+socket://{REDIS_URL.removeprefix('unix://').split('?')[0]}?virtual_host="
    f"{REDIS_URL.partition('db=')[2] or 0}"
    if REDIS_URL.startswith("unix://")
    else REDIS_URL
)
CELERY_DB_REUSE_MAX = 1_000_000  # tasks; config/celery.py looks after connections
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = False
CELERY_TASK_DEFAULT_QUEUE = "desk"
CELERY_TASK_ROUTES = {
    "sources.tasks.check_batch": {"queue": "fetch"},
    "sources.tasks.read_pages": {"queue": "read"},
    "sources.tasks.look_in_archive": {"queue": "read"},
    "claims.tasks.propose_candidates": {"queue": "extract"},
    "claims.tasks.suggest_contradictions": {"queue": "extract"},
    "claims.tasks.second_contradictions": {"queue": "extract"},
    "claims.tasks.imprint_claims": {"queue": "extract"},
    "claims.tasks.take_in_files": {"queue": "extract"},
    "claims.tasks.compare_candidates": {"queue": "extract"},
    "claims.tasks.send_to_webhooks": {"queue": "fetch"},
}
WORKER_QUEUES = frozenset(
    {CELERY_TASK_DEFAULT_QUEUE, *(r["queue"] for r in CELERY_TASK_ROUTES.values())}
)
CELERY_TASK_TIME_LIMIT = 15 * 60
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 600_000  # kilobytes; the grammar takes 300 MB
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 60 * 60,
    "socket_timeout": 30,
    "socket_connect_timeout": 5,
    "health_check_interval": 5,
}
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "config.beating:Scheduler"
CELERY_BEAT_SCHEDULE_FILENAME = str(BASE_DIR / ".run" / "beat")
CELERY_BEAT_SCHEDULE = {
    "lease what is due": {
        "task": "sources.tasks.dispatch",
        "schedule": SOURCES_DISPATCH_EVERY,
        "options": {"expires": 30},
    },
    "find one page under two addresses": {
        "task": "sources.tasks.merge_sources",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
    "watch cited pages closely": {
        "task": "claims.tasks.watch_cited_pages",
        "schedule": timedelta(minutes=10),
        "options": {"expires": 600},
    },
    "look for lost pages in the archive": {
        "task": "sources.tasks.look_in_archive",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
    "bring claims back to the desk": {
        "task": "claims.tasks.recheck_claims",
        "schedule": SOURCES_DISPATCH_EVERY,
        "options": {"expires": 30},
    },
    "tell what readers see": {
        "task": "claims.tasks.tell_events",
        "schedule": SOURCES_DISPATCH_EVERY,
        "options": {"expires": 30},
    },
    "print what readers are sent": {
        "task": "claims.tasks.print_documents",
        "schedule": SOURCES_DISPATCH_EVERY,
        "options": {"expires": 10},
    },
    "notice what became of cited pages": {
        "task": "claims.tasks.notice_events",
        "schedule": timedelta(seconds=30),
        "options": {"expires": 60},
    },
    "compare candidates that wait": {
        "task": "claims.tasks.compare_waiting_candidates",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
    "suggest what contradicts a claim": {
        "task": "claims.tasks.suggest_contradictions",
        "schedule": SOURCES_DISPATCH_EVERY,
        "options": {"expires": 10},
    },
    "judge what contradicts a claim": {
        "task": "claims.tasks.second_contradictions",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
    "make vectors of what was said": {
        "task": "claims.tasks.imprint_claims",
        "schedule": SOURCES_DISPATCH_EVERY,
        "options": {"expires": 10},
    },
    "forget answers that were kept": {
        "task": "claims.tasks.forget_answers",
        "schedule": timedelta(hours=1),
        "options": {"expires": 3600},
    },
    "take in files that wait": {
        "task": "claims.tasks.take_in_files",
        "schedule": SOURCES_DISPATCH_EVERY,
        "options": {"expires": 10},
    },
    "read articles that wait": {
        "task": "claims.tasks.read_waiting_articles",
        "schedule": timedelta(seconds=30),
        "options": {"expires": 30},
    },
}

# --- The API ------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "config.api.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["config.api.ScopedPermission"],
    "DEFAULT_PARSER_CLASSES": ["config.api.StrictJSONParser"],
    "DEFAULT_THROTTLE_CLASSES": ["config.api.limits.Limit"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PAGINATION_CLASS": "config.api.KeysetPagination",
    "DEFAULT_SCHEMA_CLASS": "config.api.schema.Schema",
    "EXCEPTION_HANDLER": "config.api.problem",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "COERCE_DECIMAL_TO_STRING": True,
    "DATETIME_FORMAT": "iso-8601",
}
# Requests of one token or person, and of one stranger's address; 0: as many as they like.
API_A_MINUTE = env.number("COUNTERCLAIM_API_A_MINUTE", 1_200)
API_A_MINUTE_FOR_STRANGERS = env.number("COUNTERCLAIM_API_A_MINUTE_FOR_STRANGERS", 300)
# Who sees to it that a POST that is sent again is not done again.
API_DONE_ONCE = "config.api.once.done_once"
SPECTACULAR_SETTINGS = {
    "TITLE": "Counterclaim",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    # With deep links it would put a link inside of each button.
    "SWAGGER_UI_SETTINGS": {"deepLinking": False},
    "COMPONENT_SPLIT_REQUEST": True,
    "PREPROCESSING_HOOKS": ["config.api.schema.one_spelling"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "config.api.about.introduced",
    ],
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "APPEND_COMPONENTS": {
        "securitySchemes": {
            "token": {
                "type": "http",
                "scheme": "bearer",
                "bearerFormat": "fct_…",
                "description": "Make one with POST /api/v1/tokens in a session, or "
                "with `manage.py create_token`.",
            },
            "session": {
                "type": "apiKey",
                "in": "cookie",
                "name": "sessionid",
                "description": "Sign in on the site; changes need X-CSRFToken as well.",
            },
        }
    },
    "ENUM_NAME_OVERRIDES": {
        "ClaimantKind": "claims.vocabulary.ClaimantKind",
        "ClaimStatus": "claims.vocabulary.ClaimStatus",
        "Verdict": "claims.vocabulary.Verdict",
        "CorrectionKind": "claims.vocabulary.CorrectionKind",
        "ReplacingKind": "claims.api.shapes.moves.REPLACING",
        "ArticleState": "claims.vocabulary.ArticleState",
        "AssessmentState": "claims.vocabulary.AssessmentState",
        "CandidateState": "claims.vocabulary.CandidateState",
        "CitationRole": "claims.vocabulary.CitationRole",
        "RecheckReason": "claims.vocabulary.RecheckReason",
        "Form": "claims.vocabulary.Form",
        "Precision": "claims.vocabulary.Precision",
        "Stance": "claims.vocabulary.Stance",
        "EventType": "claims.vocabulary.EventType",
        "OffReason": "claims.vocabulary.OffReason",
        "DeliveryStatus": "claims.vocabulary.DeliveryStatus",
        "Scope": "claims.vocabulary.Scope",
        "ExchangeFormat": "claims.vocabulary.ExchangeFormat",
        "ExportFormat": "claims.vocabulary.ExportFormat",
        "ImportState": "claims.vocabulary.ImportState",
        "JobState": "claims.vocabulary.JobState",
        "RowOutcome": "claims.vocabulary.RowOutcome",
        "SourceState": "sources.vocabulary.SourceState",
        "PassageState": "sources.vocabulary.PassageState",
        "Outcome": "sources.vocabulary.Outcome",
    },
}

# --- The history ---------------------------------------------------------------
PGHISTORY_APPEND_ONLY = True

# --- What is written down -----------------------------------------------------
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.filter_by_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.format_exc_info,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.JSONRenderer(),
            "foreign_pre_chain": [
                structlog.contextvars.merge_contextvars,
                structlog.stdlib.add_logger_name,
                structlog.stdlib.add_log_level,
                structlog.stdlib.ExtraAdder(),
                structlog.processors.TimeStamper(fmt="iso"),
                structlog.processors.format_exc_info,
            ],
        },
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {
        "handlers": ["stderr"],
        "level": env.text("COUNTERCLAIM_LOG_LEVEL", "INFO"),
    },
    "loggers": {
        "axes": {"level": "WARNING"},
        "trafilatura": {"level": "ERROR"},
        # A line for each tick and each task would be most of what is written: our own
        # say what was done, and these still say what went wrong.
        "celery.app.trace": {"level": "WARNING"},
        "celery.beat": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
    },
}
