"""All settings, from the environment only (see docs/operations.md)."""

from csp.constants import NONE, SELF

from baton.config import environment
from baton.config.database import database
from baton.config.mail import MailServer, mail_server
from baton.core import modules

HOME = environment.home()
DEBUG = False
SECRET_KEY = environment.secret_key()
SEALING_KEYS = environment.sealing_keys()
SITE_URL = environment.text("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = environment.words("CSRF_TRUSTED_ORIGINS")
TRUSTED_PROXIES = environment.words("TRUSTED_PROXIES")  # whose X-Forwarded headers we believe
WEBHOOK_PRIVATE_HOSTS = environment.words("WEBHOOK_PRIVATE_HOSTS")  # they may lead inside
NOTICE_PRIVATE_HOSTS = environment.words("NOTICE_PRIVATE_HOSTS")  # chats and pushes may, too
IS_HTTPS = SITE_URL.startswith("https://")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "django_htmx",
    "django_tasks",
    "csp",
    "axes",
    "baton.core",
    *modules.core_apps(),
    *modules.installed(),
]
MIDDLEWARE = [
    "baton.config.room.RoomForCalls",
    "baton.config.middleware.TrustedProxies",
    "baton.config.middleware.CameByWeb",
    "django.middleware.security.SecurityMiddleware",
    "baton.config.middleware.Bounds",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # of random length: what is secret cannot be guessed
    "baton.config.middleware.BusyDatabase",
    "baton.config.middleware.ContentPolicy",
    "baton.config.middleware.FirstRun",
    "baton.config.screens.Sessions",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "baton.config.screens.Users",
    "baton.core.access.middleware.SignedIn",
    "baton.core.ui.recents.Recents",
    "baton.config.screens.Messages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "baton.config.urls"
WSGI_APPLICATION = "baton.config.wsgi.application"

# Cotton and partials each install loaders of their own, which exclude each other: by hand here.
_LOADERS = [
    "django_cotton.cotton_loader.Loader",
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "baton.core.ui.backend.Templates",  # masks what is drawn after a write
        "NAME": "django",
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [("baton.core.ui.folding.Loader", _LOADERS)],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "baton.core.ui.templatetags.quick_tags",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "baton.core.ui.context.shell",
            ],
        },
    }
]

FORM_RENDERER = "baton.core.ui.widgets.Drawn"

DATABASES = {
    "default": database(
        environment.database_address(),
        wait=environment.patience(),
        longest=environment.longest_statement(),
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "baton.core.jobs.backend.LeasedBackend"}}

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "baton.core.access.backends.PasswordBackend",
    "baton.core.signin.backends.SecondStepBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "signin:sign-in"
LOGIN_REDIRECT_URL = "/"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "signin/locked_out.html"
AXES_USERNAME_FORM_FIELD = "username"
# A failed try is kept with what was sent.
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code", "old_password"]
AXES_SENSITIVE_PARAMETERS += ["new_password1", "new_password2"]
AXES_USERNAME_CALLABLE = "baton.core.access.mails.counted_mail"

SESSION_ENGINE = "baton.core.signin.store"
SESSION_COOKIE_NAME = "baton_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_NAME = "baton_csrf"
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
UPLOAD_MAX_SIZE = 201_000_000  # of files to bring in, with what stands around them
FILE_MAX_SIZE = environment.megabytes("BATON_FILE_MAX_MB", 25)  # of one file on a record
FILES_MAX_TOTAL = environment.megabytes("BATON_FILES_MAX_MB", 10_000)  # of all of them
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_500  # a filter's form with too many conditions, to say so
FILE_UPLOAD_HANDLERS = ["baton.config.uploads.NoFiles"]

_mail = mail_server(environment.text("BATON_MAIL"))
MAIL_IS_SET_UP = _mail is not None  # without, what is written waits
_server = _mail or MailServer(backend="django.core.mail.backends.dummy.EmailBackend")
EMAIL_BACKEND, EMAIL_FILE_PATH = _server.backend, _server.folder
EMAIL_HOST, EMAIL_PORT = _server.host, _server.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _server.user, _server.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _server.is_tls, _server.is_ssl
EMAIL_TIMEOUT = 10  # seconds
DEFAULT_FROM_EMAIL = environment.text("BATON_MAIL_FROM", "Baton <baton@localhost>")

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
# ``baton up`` collects and packs them once; whitenoise sends the packed ones.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
MEDIA_ROOT = HOME / "media"
SPOOL_ROOT = HOME / "spool"
LAKE_ROOT = HOME / "lake"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": environment.log_level()},
}
# A mail is unique among living users only, by a constraint that the check cannot see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
