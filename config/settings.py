"""All settings, read from the environment; every default works on a laptop, `check --deploy` speaks when production is wrong."""

import os
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from config import postgres, secrets

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("XIANGCAI_VAR", BASE_DIR / "var"))


def flag(name, default=False):
    """True for 1/true/yes in the environment variable `name`."""
    return os.environ.get(name, str(default)).lower() in {"1", "true", "yes", "on"}


def words(name, default=""):
    """The comma-separated environment variable `name` as a list."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


_keys = secrets.load_or_create(VAR_DIR)
SECRET_KEY = _keys["SECRET_KEY"]
FIELD_KEY = _keys["FIELD_KEY"]  # encrypts ID numbers, phones and uploaded files
INDEX_KEY = _keys["INDEX_KEY"]  # keys the digests that exact look-ups use

DEBUG = flag("DEBUG")
ALLOWED_HOSTS = words("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1],testserver")
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS")
TRUSTED_PROXIES = [ip_network(word) for word in words("TRUSTED_PROXIES")]  # whose X-Forwarded-For is believed
HTTPS = flag("HTTPS")  # set it where a proxy serves TLS: secure cookies, HSTS

INSTALLED_APPS = [
    "config.admin_site.SiteConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "axes",
    "csp",
    "core",
    "rosters",
    "villages",
    "talent",
    "training",
    "awards",
    "config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.middleware.SessionLifetimeMiddleware",
    "core.middleware.RequestContextMiddleware",
    "core.middleware.NoNulMiddleware",
    "core.middleware.OpenedMiddleware",
    "core.middleware.PasswordChangeMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context.frame",
                "rosters.context.asked",
            ],
        },
    },
]


def database(url):
    """Django's database dict for a postgresql:// URL; the query part goes to libpq (host=/socket/dir, sslmode=…)."""
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
        "TEST": {"NAME": os.environ.get("TEST_DATABASE_NAME") or None},
    }


DATABASES = {"default": database(os.environ.get("DATABASE_URL") or postgres.database_url())}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "core.auth.RoleBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "core.auth.ThreeClassesValidator"},
    {"NAME": "core.auth.NoNamesValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"

# Five wrong passwords lock the account for half an hour (security.md A1); the count lives in the database.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5
AXES_LOCKOUT_PARAMETERS = ["username"]  # many names from one address: core/tries.py
SILENCED_SYSTEM_CHECKS = [
    "axes.W006",  # by address we count ourselves, and more tries: an office behind one gateway has one
    "security.W005",  # the domain above ours and its other hosts are not ours to decide about
    "security.W021",
]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # or whoever keeps trying locks the owner out for ever
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

SESSION_COOKIE_AGE = 30 * 60
SESSION_LIFETIME = 12 * 60 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = USE_TZ = True
FORMAT_MODULE_PATH = ["config.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # nothing is kept outside PostgreSQL
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
FILE_UPLOAD_PERMISSIONS = 0o600
# Uploads stay in memory, never in a temporary file; a larger body is read and thrown away.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "core.rest.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["core.rest.RolePermission"],
    "DEFAULT_PAGINATION_CLASS": "core.rest.CursorPages",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["core.rest.JSONBody"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": ["core.rest.CallerThrottle"],
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "core.rest.problem",
    "PAGE_SIZE": 100,
}
# Where the holder of a certificate reaches the page that verifies it, as printed on it: https://host; empty = as the site is reached.
PUBLIC_ADDRESS = os.environ.get("PUBLIC_ADDRESS", "").rstrip("/")
API_REQUESTS_PER_MINUTE = int(os.environ.get("API_REQUESTS_PER_MINUTE", "300"))  # of one token or account
SPECTACULAR_SETTINGS = {
    "TITLE": "乡才 接口",
    "DESCRIPTION": "县级村干部与乡村人才台账的数据接口",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "EducationLevelEnum": "talent.models.EducationLevel",
        "UnitLevelEnum": "training.models.TrainingSession.Level",
        "AwardLevelEnum": "awards.models.AwardScheme.Level",
        "AwardCategoryEnum": "awards.models.Award.Category",
        "EvaluationGradeEnum": "awards.models.Grade",
        "AppointmentEndReasonEnum": "talent.models.EndReason",
        "ReserveEndReasonEnum": "talent.models.ReserveCandidate.OutReason",
        "ReserveTargetEnum": "talent.models.ReserveCandidate.Target",
        "ElectionKindEnum": "talent.models.ElectionRound.Kind",
        "ReserveKindEnum": "talent.models.ReserveCandidate.Kind",
        "ReserveSourceEnum": "talent.models.ReserveCandidate.Source",
        "CandidateSourceEnum": "talent.models.Candidate.Source",
        "CandidatePostEnum": "talent.models.candidate.POST_CHOICES",
        "TalentCategoryEnum": "talent.models.RuralTalent.Category",
        "DegreeTargetEnum": "training.models.DegreeStudy.Target",
        "VillagePostEnum": "talent.models.appointment.VILLAGE_POST_CHOICES",
        "ReviewResultEnum": "talent.models.recruitment.DECIDED",
        "WishSourceEnum": "training.models.TrainingWish.Source",
        "UploadStateEnum": "rosters.models.Upload.Status",
        "UploadRowOutcomeEnum": "rosters.models.UploadRow.Outcome",
        "UploadRowChangeEnum": "rosters.models.UploadRow.Change",
        "JobStateEnum": "core.models.Job.Status",
        "YesNoEnum": "villages.models.figures.YesNo",
        "VillageKindEnum": "villages.models.Village.Kind",
    },
    # A token is not left in the browser; sixty groups are listed, the one that is looked for is opened.
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "persistAuthorization": False, "docExpansion": "none", "filter": True},
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "core.logs.OneLine"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
