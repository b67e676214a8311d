"""How the names of schools and people are written, and in which languages the screens are. Pure."""

import re

#: One lower-case DNS label: it stands in host names and in the header X-School.
SLUG = re.compile(r"[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?")

#: 3 to 32 characters that are on every keyboard; kept in lower case.
USER_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{2,31}")

MIN_PASSWORD, MAX_PASSWORD = 8, 128

#: Interface languages, each with a catalogue.
LOCALES = ("en", "ru", "es")
