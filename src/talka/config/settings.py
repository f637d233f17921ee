# SPDX-License-Identifier: EUPL-1.2
"""Every setting, from the environment.

Production (the default) stops with a sentence when a value is missing. The modes
``development``, ``demo`` and ``test`` need none: they keep what they make in ``TALKA_VAR``.
"""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
import pghistory
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from talka.config import embedded, environment

PACKAGE = Path(__file__).resolve().parent.parent
MODE = environment.mode()
PRODUCTION = MODE == "production"
DEBUG = MODE == "development"
TESTING = MODE == "test"

# --- The installation -----------------------------------------------------------------------------

VAR = Path(environment.text("TALKA_VAR", str(PACKAGE.parent.parent / "var"))).absolute()
TALKA_NAME = environment.text("TALKA_NAME", "Izmēģinājuma vietne" if MODE == "demo" else "")
TALKA_MAP_STYLE_URL = environment.text("TALKA_MAP_STYLE_URL")
TALKA_SOURCE_URL = environment.text("TALKA_SOURCE_URL")
TALKA_CONTACT = environment.text("TALKA_CONTACT")
"""Where to write or call about personal data and accessibility, in words: an address, a number, an office."""
TALKA_ACCESSIBILITY = {
    "checked_on": environment.text("TALKA_ACCESSIBILITY_CHECKED_ON"),
    "checked_by": environment.text("TALKA_ACCESSIBILITY_CHECKED_BY"),
    "exceptions": environment.listed("TALKA_ACCESSIBILITY_EXCEPTIONS"),
}
"""What the accessibility statement says of the last check: the day, who did it, and what is not accessible."""
DEMO = MODE == "demo"
INVITATION_DAYS = 14
KEEP_LETTERS_DAYS = 90
KEEP_UNCONFIRMED_DAYS = 14
KEEP_BOOKINGS_DAYS = environment.number("TALKA_KEEP_BOOKINGS_DAYS", 30)
KEEP_INVITATIONS_DAYS = environment.number("TALKA_KEEP_INVITATIONS_DAYS", 30)
"""How many days after a visit at reception hours it is kept who came."""
UPDATE_LINK_DAYS = environment.number("TALKA_UPDATE_LINK_DAYS", 90)
"""How many days after its last day a request for updates can still be answered by its link."""
UPDATE_REMIND_DAYS = environment.number("TALKA_UPDATE_REMIND_DAYS", 3)
"""How many days before the last day of a request for updates its owner is reminded; after it once more. 0: never."""
KEEP_IMPORTS_DAYS = 30
"""How long the cells of imported files are kept, to look at lines that were wrong; the files themselves are not kept."""
KEEP_SCANS_DAYS = 30
KEEP_MONTHS = environment.number("TALKA_KEEP_MONTHS", 60)
"""How long personal data in the register stays after a process was closed and its proposals answered; 0 for always. A register may differ."""
KEEP_ACT = environment.text("TALKA_KEEP_ACT")
"""What that term rests on, in words, such as the municipality's list of documents and terms."""
PLAN_YEARS = {
    "strategy": environment.number("TALKA_STRATEGY_YEARS", 25),
    "programme": environment.number("TALKA_PROGRAMME_YEARS", 7),
    "yearly": environment.number("TALKA_SHORT_PLAN_YEARS", 3),
}
"""For how many years a plan of each kind is made at most; going over is warned of, not refused."""
PLAN_YEARS_ACT = environment.text("TALKA_PLAN_YEARS_ACT", "Attīstības plānošanas sistēmas likums")
"""The act that says so, named beside the field."""

if PRODUCTION:
    SECRET_KEY = environment.required(
        "TALKA_SECRET_KEY",
        "a long random text that only this installation knows",
        "$(python3 -c 'import secrets; print(secrets.token_urlsafe(50))')",
    )
    TALKA_URL = environment.required("TALKA_URL", "the address of the site", "https://talka.example.lv").rstrip("/")
    database_url = environment.required(
        "DATABASE_URL", "the PostgreSQL database", "postgresql://talka:password@db.example.lv:5432/talka"
    )
    mail_url = environment.required(
        "TALKA_MAIL_URL", "the server that sends mail", "smtp://talka:password@mail.example.lv:587"
    )
    DEFAULT_FROM_EMAIL = environment.required("TALKA_MAIL_FROM", "the sender of mails", "'Talka <talka@example.lv>'")
else:
    SECRET_KEY = environment.text("TALKA_SECRET_KEY") or (
        "only-for-tests" * 5 if TESTING else environment.kept_secret(VAR)
    )
    TALKA_URL = environment.text("TALKA_URL", "http://127.0.0.1:8000").rstrip("/")
    database_url = environment.text(
        "DATABASE_URL", embedded.url(embedded.folder(VAR, MODE), "talka_demo" if MODE == "demo" else "talka")
    )
    mail_url = environment.text("TALKA_MAIL_URL", f"file:{VAR / 'mail'}")
    DEFAULT_FROM_EMAIL = environment.text("TALKA_MAIL_FROM", "Talka <talka@localhost>")

SECRET_KEY_FALLBACKS = environment.listed("TALKA_OLD_SECRET_KEYS")
"""Keys from before a change of the secret key: what they signed or encrypted is still read."""

ADMINS = [(address, address) for address in environment.listed("TALKA_ADMINISTRATORS")]
SERVER_EMAIL = DEFAULT_FROM_EMAIL
TALKA_MAIL_RETURN = environment.text("TALKA_MAIL_RETURN")
"""Where mail that cannot be delivered comes back to (the envelope's sender); best a mailbox that Talka reads. Empty: the sender."""
globals().update(environment.mail_settings(mail_url))

# --- Addresses and proxies ------------------------------------------------------------------------

SECURE_SITE = TALKA_URL.startswith("https://")
TALKA_PROXIES = environment.number("TALKA_PROXIES", 1 if PRODUCTION else 0)
"""How many proxies stand before the server; their X-Forwarded-For and X-Forwarded-Proto are believed."""

ALLOWED_HOSTS = [urlsplit(TALKA_URL).hostname or "", *environment.listed("TALKA_HOSTS")]
if not PRODUCTION:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]", "testserver"]
CSRF_TRUSTED_ORIGINS = [TALKA_URL]
if TALKA_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

ROOT_URLCONF = "talka.config.urls"
WSGI_APPLICATION = "talka.config.wsgi.application"

# --- Apps -----------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "talka.core",
    "talka.audit",
    "talka.accounts",
    "talka.files",
    "talka.notifications",
    "talka.imports",
    "talka.directory",
    "talka.processes",
    "talka.plans",
    "talka.groups",
    "talka.proposals",
    "talka.scans",
    "talka.tasks",
    "talka.meetings",
    "talka.scheduling",
    "talka.appointments",
    "talka.mailbox",
    "talka.analytics",
    "talka.privacy",
    "talka.portal",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.forms",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
]

MIDDLEWARE = [
    "talka.config.middleware.ProxyMiddleware",
    "talka.config.health.HealthMiddleware",
    "talka.config.logs.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "talka.config.middleware.SizeLimitMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "talka.processes.sign_in.SecondStepMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "talka.core.http.HistoryMiddleware",
    "talka.core.http.RefusalMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "loaders": (
                ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"]
                if DEBUG
                else [
                    (
                        "django.template.loaders.cached.Loader",
                        [
                            "django.template.loaders.filesystem.Loader",
                            "django.template.loaders.app_directories.Loader",
                        ],
                    )
                ]
            ),
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Database, cache, jobs ------------------------------------------------------------------------

DATABASES = {"default": dj_database_url.parse(database_url, conn_max_age=None, conn_health_checks=True)}
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
# What the search reads from its index must fit, or PostgreSQL reads whole pages of the table instead.
DATABASES["default"]["OPTIONS"].setdefault("options", "-c work_mem=16MB")

# Rate limits count in the shared cache, so that they hold over all processes and hosts.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 1_000}},
}
KEEP_PAGES_SECONDS = environment.number("TALKA_KEEP_PAGES_SECONDS", 0 if DEBUG or TESTING else 60)
"""How long a page for visitors may be answered from memory while nothing in the database changes; 0 for never."""
RATE_LIMITS = {
    "submit_proposal": (20, 3600),
    "follow_proposal": (20, 3600),
    "follow_node": (20, 3600),
    "upload": (60, 3600),
    "contact": (10, 3600),
    "accept_invitation": (20, 3600),
    "keep_unsent": (60, 3600),
    "book_slot": (20, 3600),
    "apply_to_group": (20, 3600),
    "answer_poll": (120, 3600),
    "move_booking": (30, 3600),
    "acknowledge_mail": (10, 24 * 3600),
    "answer_round": (120, 3600),
    "answer_invitation": (60, 3600),
    "download_plan": (120, 3600),
    "ask_document": (20, 3600),
}
"""How often one sender may do what visitors can do: action: (times, in so many seconds)."""

# Row history keeps every insert, change and deletion, by triggers.
PGHISTORY_DEFAULT_TRACKERS = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())

PROCRASTINATE_IMPORT_PATHS = ["talka.config.tasks"]

# --- Language and time ----------------------------------------------------------------------------

LANGUAGE_CODE = "lv"
LANGUAGES = [("lv", _("Latvian")), ("en", _("English"))]
CONTENT_LANGUAGES = [*LANGUAGES, ("ru", _("Russian")), ("uk", _("Ukrainian"))]
"""The languages in which people may write; pages and letters are in those above."""
LOCALE_PATHS = [PACKAGE / "locale"]
USE_TZ = True
TIME_ZONE = environment.text("TALKA_TIME_ZONE", "Europe/Riga")

# --- API ---------------------------------------------------------------------------------------------

NINJA_PAGINATION_CLASS = "talka.core.pagination.Pages"
NINJA_PAGINATION_PER_PAGE = 100
NINJA_PAGINATION_MAX_LIMIT = 1000

# --- Files ----------------------------------------------------------------------------------------

MEDIA_ROOT = VAR / ("media-demo" if MODE == "demo" else "media")
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # minutes of a hundred items, sent whole by a browser without scripts
MAX_FILES = 5
MAX_FILE_BYTES = 20_000_000
MAX_MAIL_BYTES = 40_000_000
"""Of a larger mail only the head is taken; the rest stays in the mailbox."""
MAX_MAIL_FILES = 20
MAX_SCAN_FILES = 20
"""How many scans or photos of paper may be brought at once."""
MAX_SCAN_PAGES = 120
"""How many pages one PDF of scans may have."""
DATA_UPLOAD_MAX_NUMBER_FILES = 2 * MAX_SCAN_FILES  # a few too many are the form's to refuse, which keeps what was typed
MAX_REQUEST_BYTES = MAX_FILES * MAX_FILE_BYTES + DATA_UPLOAD_MAX_MEMORY_SIZE
"""A larger request is refused before any of it is read."""

# The build of the front end names files by their content, and lays compressed copies beside them.
STATIC_URL = "/static/"
STATIC_ROOT = PACKAGE / "static" / "dist"
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_IMMUTABLE_FILE_TEST = r"[-.][A-Za-z0-9]{8,}\.[a-z0-9]+$"

# --- Security -------------------------------------------------------------------------------------

map_hosts = [f"https://{host}" for host in environment.listed("TALKA_MAP_HOSTS")]
if TALKA_MAP_STYLE_URL.startswith("https://"):
    map_hosts.append(f"https://{urlsplit(TALKA_MAP_STYLE_URL).netloc}")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *map_hosts],
        "connect-src": [SELF, *map_hosts],
        "worker-src": [SELF, "blob:"],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
SECURE_SSL_REDIRECT = SECURE_SITE
SECURE_HSTS_SECONDS = environment.number("TALKA_HSTS_SECONDS", 31_536_000) if SECURE_SITE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_SITE
SECURE_HSTS_PRELOAD = SECURE_SITE
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SITE
SESSION_COOKIE_NAME = "__Host-session" if SECURE_SITE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE_SITE else "csrf"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if TESTING
    else [
        "django.contrib.auth.hashers.ScryptPasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# --- Sign-in (django-allauth) ---------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # addresses are unique without regard to case, by a constraint
AUTHENTICATION_BACKENDS = [
    "talka.core.permissions.VerbBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "talka.processes.sign_in.AccountAdapter"
MFA_ADAPTER = "talka.processes.sign_in.SecondStepAdapter"
ALLAUTH_TRUSTED_PROXY_COUNT = TALKA_PROXIES
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_FORMS = {
    name: f"talka.accounts.sign_in_forms.{form}"
    for name, form in {
        "login": "LoginForm",
        "signup": "SignupForm",
        "add_email": "AddEmailForm",
        "change_password": "ChangePasswordForm",
        "set_password": "SetPasswordForm",
        "reset_password": "ResetPasswordForm",
        "reset_password_from_key": "ResetPasswordKeyForm",
        "reauthenticate": "ReauthenticateForm",
        "request_login_code": "RequestLoginCodeForm",
        "confirm_login_code": "ConfirmLoginCodeForm",
        "confirm_email_verification_code": "ConfirmEmailVerificationCodeForm",
        "confirm_password_reset_code": "ConfirmPasswordResetCodeForm",
    }.items()
}
MFA_FORMS = {
    name: f"talka.accounts.sign_in_forms.{form}"
    for name, form in {
        "authenticate": "AuthenticateForm",
        "reauthenticate": "SecondStepReauthenticateForm",
        "activate_totp": "ActivateTOTPForm",
        "add_webauthn": "AddWebAuthnForm",
        "edit_webauthn": "EditWebAuthnForm",
    }.items()
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = TALKA_NAME or "Talka"
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION

# --- Logs -----------------------------------------------------------------------------------------

# Local modes log to a file, so that the terminal shows what the person needs to read.
LOG_FILE = None if PRODUCTION or TESTING else VAR / "logs" / "talka.log"
if LOG_FILE:
    LOG_FILE.parent.mkdir(parents=True, exist_ok=True)
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "talka.config.logs.JsonFormatter"}},
    "handlers": {
        "log": (
            {"class": "logging.handlers.WatchedFileHandler", "filename": str(LOG_FILE), "formatter": "json"}
            if LOG_FILE
            else {"class": "logging.StreamHandler", "formatter": "json"}
        )
    },
    "root": {"handlers": ["log"], "level": "WARNING" if TESTING else "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        "procrastinate": {"level": "WARNING"},
        "_granian": {"level": "WARNING"},
    },
}
