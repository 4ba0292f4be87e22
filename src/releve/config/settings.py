"""Django's settings, all derived from `environment.read()`. Code reads them through `django.conf` only."""

import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from releve.config import environment
from releve.config.clock import clock

ENVIRONMENT = environment.read()
HERE = Path(__file__).resolve().parent.parent

SECRET_KEY = environment.kept_secret(ENVIRONMENT, "secret_key", lambda: secrets.token_urlsafe(50))
LEDGER_KEY = environment.kept_secret(ENVIRONMENT, "ledger_key", lambda: secrets.token_hex(32))
LEDGER_JOURNAL = ENVIRONMENT.data_dir / "ledger-heads.jsonl"
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = ENVIRONMENT.allowed()
CLOCK = clock(ENVIRONMENT.frozen_at)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "releve.practice",
    "releve.post",
    "releve.ledger",
    "releve.guarantee",
    "releve.intake",
    "releve.look",
    "releve.desk",
    "releve.channels.web",
    "releve.demo",
]
MIDDLEWARE = [
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "releve.look.security.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "releve.demo.context.simulation",
            ],
            "builtins": ["releve.look.templatetags.french", "releve.look.templatetags.look"],
        },
    }
]
ROOT_URLCONF = "releve.config.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "practice.User"
LOGIN_URL = "/connexion/"
LOGIN_REDIRECT_URL = "/journee/"
LOGOUT_REDIRECT_URL = "/connexion/"


# A process that freezes in the middle of a transaction gives its locks back; a host that vanishes is noticed.
FROZEN = "-c idle_in_transaction_session_timeout=60s -c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10"


def database(url: str) -> dict[str, object]:
    """Django's connection settings for SQLite (empty url) or `postgresql://user:password@host:port/name`."""
    if not url:
        return {
            "ENGINE": "releve.config.sqlite",
            "NAME": str(ENVIRONMENT.data_dir / "releve.sqlite3"),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-20000;",
            },
            "CONN_MAX_AGE": None,
            "TEST": {"NAME": ":memory:"},
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise ValueError("RELEVE_DATABASE_URL must begin with postgresql://")
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "OPTIONS": {"options": FROZEN, **{k: unquote(v) for k, v in query.items() if k != "host"}},
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": database(ENVIRONMENT.database_url)}

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "français"), ("en", "English")]
LOCALE_PATHS = [HERE / "look" / "locale"]
TIME_ZONE = "Europe/Paris"
USE_TZ = True
FORMAT_MODULE_PATH = "releve.look.formats"

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # served from the package itself: nothing to collect
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else 31_536_000  # addresses change with the content: look/templatetags/look.py

DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "releve.desk.doors.stale"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if ENVIRONMENT.behind_tls:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# No personal data in logs: messages carry record keys, never names or texts.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"releve": {"level": "INFO"}, "django.request": {"level": "ERROR"}},  # a form to correct is no event
}
