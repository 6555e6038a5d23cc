"""The addresses of a collection: where its site is, and where its panels are edited."""

import re
from typing import Any, Final
from unicodedata import normalize
from urllib.parse import quote, unquote

from oxalis_panels.model.diagnostics import CREDENTIALS, Diagnostic, Span, error
from oxalis_panels.reading.fields import STRING, Kind, Located, read_string
from oxalis_panels.reading.passage import abbreviated
from oxalis_panels.reading.yaml_nodes import Node
from oxalis_panels.words.catalogue import Phrase

BRANCH = "main"
EDITORS = {
    "github": "{repository}/edit/{branch}/{{root}}{{path}}",
    "gitlab": "{repository}/-/edit/{branch}/{{root}}{{path}}",
    "forgejo": "{repository}/_edit/{branch}/{{root}}{{path}}",
}
"""Where each forge edits a file; a branch may hold slashes in all three."""
FORGES = {"gitea": "forgejo", **{name: name for name in EDITORS}}
HOSTS = {"framagit.org": "gitlab", "codeberg.org": "forgejo"}
"""Well-known hosts whose name does not say what they run."""

_NAMED = re.compile(r"(https?:/*)[^/?#]*@", re.IGNORECASE)
_SITE = re.compile(r"(https?)://(\[[0-9a-f:.]+\]|[^/:\[\]@]+)(?::([0-9]{1,5}))?(/.*)?", re.IGNORECASE)
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
"""A part of the name of a host (RFC 1123), and the underscore that some have all the same."""
_OTHERWISE = frozenset("ßς\u200c\u200d")
"""Characters for which Python, by older rules of international names, gives another host than browsers."""
_FOREIGN = re.compile(r"[^\w.~!$&*()+,;=:@%/\[\]-]")
"""No part of an address without query and fragment (RFC 3986), be its letters of any alphabet."""
_INDEX = re.compile(r"/index\.[a-z0-9]+/?$", re.IGNORECASE)
"""What a server shows for a folder: the same page as the folder."""
_PAGE = re.compile(r"\.(?:[xs]?html?|php\d?|phtml|aspx?|jspx?|cgi|cfm)/*$", re.IGNORECASE)
_KEPT = "%/:@!$&*()+,;=~"
"""Signs of a path that stay as they are."""
LAST_PORT = 65535
_AROUND = "\"'«»“”‘’<> \u00a0"
_BARE_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+(?:[:/]\S*)?")
_REPOSITORY = re.compile(
    r"(?:(?P<scheme>https?)://|ssh://(?:[^\s/@]+@)?|[^\s/@:]+@)(?P<host>[^\s/?#:@]+)(?P<port>:\d+)?"
    r"[:/](?P<path>[^\s?#:/]+(?:/[^\s?#:/]+)+)/?",
    re.IGNORECASE,
)
"""As a browser shows it, or as `git clone` takes it."""


def public_address(text: str, span: Span, found: list[Diagnostic]) -> str | None:
    """Return the address of the folder that a site is in, as it is printed and linked to; say what is wrong.

    It ends in `/` and is written in ASCII, for codes and sitemaps: `https://xn--t-fga.fr/%C3%A9/`.
    """
    typed = normalize("NFC", text.strip())
    if _has_password(typed, span, found):
        return None
    address = _canonical(typed)
    if isinstance(address, str):
        return address
    refused = error("address-invalid.site", span, found=abbreviated(typed), cause=address)
    mended = _mended(typed)
    found.append(refused.repaired(mended) if mended else refused)
    return None


def _has_password(address: str, span: Span, found: list[Diagnostic]) -> bool:
    """Whether a name or a password stands before the host; said here where it is not plain in a file."""
    if not _NAMED.match(address) and not CREDENTIALS.search(address):
        return False
    if not CREDENTIALS.search(span.text):
        found.append(error("address-password", span).repaired(_NAMED.sub(r"\1", address)))
    return True


def _canonical(typed: str) -> str | Phrase:
    """Return an address in the one form that it is written in, or why there is none."""
    if not re.match(r"https?://", typed, re.IGNORECASE):
        return Phrase("address.whole", {})
    sign = _FOREIGN.search(typed)
    if sign:
        kind = "blank" if not sign[0].isprintable() or sign[0] == " " else "sign"
        return Phrase(f"address.{'query' if sign[0] in '?#' else kind}", {"sign": sign[0]})
    match = _SITE.fullmatch(typed)
    host = _host(match[2]) if match else None
    if match is None or host is None or not 0 < int(match[3] or 1) <= LAST_PORT:
        return Phrase("address.host", {})
    path = _INDEX.sub("/", match[4] or "/").removesuffix("/")
    cause = _wrong_path(path)
    port = f":{match[3]}" if match[3] else ""
    return cause or f"{match[1].lower()}://{host}{port}{quote(path, safe=_KEPT)}/"


def _wrong_path(path: str) -> Phrase | None:
    """Return what is wrong with a path, its last slash left out."""
    parts = path.split("/")[1:]
    if "" in parts:
        return Phrase("address.slashes", {})
    if any(unquote(part) in {".", ".."} for part in parts):
        return Phrase("address.dots", {})
    if re.search(r"%(?![0-9a-f]{2})", path, re.IGNORECASE):
        return Phrase("address.percent", {})
    return Phrase("address.page", {"page": parts[-1]}) if _PAGE.search(path) else None


def _host(typed: str) -> str | None:
    """Return the name of a host in ASCII, or its number; None when it can be neither."""
    name = typed.lower()
    if name.startswith("["):
        return name
    try:
        name = name if name.isascii() else name.encode("idna").decode()
    except UnicodeError:
        return None
    labels = name.removesuffix(".").split(".")
    return name if all(map(_LABEL.fullmatch, labels)) and not _OTHERWISE & {*typed.lower()} else None


def _mended(typed: str) -> str | None:
    """Return what was meant, where that is plain."""
    text = typed.strip(_AROUND).partition("#")[0]
    whole = text if "://" in text else f"https://{text}" if _BARE_HOST.fullmatch(text) else ""
    scheme, _, rest = whole.partition("://")
    address = _canonical(f"{scheme}://{re.sub('/{2,}', '/', rest)}")
    return address if isinstance(address, str) else None


def _read_site_url(key: str, node: Node, found: list[Diagnostic]) -> str | None:
    given = read_string(key, node, found)
    return public_address(given.value, given.span, found) if given else None


SITE_URL: Final = Kind(_read_site_url, STRING.schema)


def read_edit_url(values: dict[str, Any], found: list[Diagnostic]) -> str | None:
    """Take from the settings what says where a panel is edited, and return the address.

    It is `edit_url` as it stands, else what the forge of `repository` does. `{path}` stands for the panel's
    path in the project; `{root}`, only in the second, for the project's in the repository.
    """
    repository, branch, forge = (values.pop(name, None) for name in ("repository", "branch", "forge"))
    derived = _of_repository(repository, branch, forge, found)
    given: Located[str] | None = values.pop("edit_url", None)
    return derived if given is None else edit_address(given, found)


def edit_address(given: Located[str], found: list[Diagnostic]) -> str | None:
    """Return the address where panels are edited, as it was given; say what is wrong."""
    if _has_password(given.value, given.span, found):
        return None
    if not re.match(r"https?://\S+$", given.value) or "{path}" not in given.value:
        found.append(error("address-invalid.edit", given.span, found=abbreviated(given.value)))
        return None
    return given.value


def _of_repository(
    given: Located[str] | None,
    branch: Located[str] | None,
    named: Located[str] | None,
    found: list[Diagnostic],
) -> str | None:
    forge = FORGES.get(named.value.lower()) if named else None
    if named and forge is None:
        found.append(error("forge-unknown.name", named.span, found=abbreviated(named.value)))
        return None
    if given is None or _has_password(given.value, given.span, found):
        return None
    match = _REPOSITORY.fullmatch(given.value)
    if match is None:
        found.append(error("address-invalid.repository", given.span, found=abbreviated(given.value)))
        return None
    forge = forge or _forge_of(match["host"])
    if forge is None:
        found.append(error("forge-unknown.address", given.span, found=match["host"]))
        return None
    path = match["path"].removesuffix(".git").split("/-/")[0]
    if _leads_into(path.split("/"), forge):
        found.append(error("address-invalid.repository", given.span, found=abbreviated(given.value)))
        return None
    scheme, port = (match["scheme"] or "https").lower(), match["port"] if match["scheme"] else ""
    repository = f"{scheme}://{match['host']}{port or ''}/{path}"
    return EDITORS[forge].format(repository=repository, branch=quote(branch.value if branch else BRANCH))


def _forge_of(host: str) -> str | None:
    """Return what a host runs, if its name says so."""
    labels = host.lower().split(".")
    said = (FORGES[label] for label in labels if label in FORGES)
    return HOSTS.get(host.lower()) or next(said, None)


def _leads_into(parts: list[str], forge: str) -> bool:
    """Whether a path is that of a page inside a repository; not every one can be recognised."""
    below = parts[2:]  # owner and name left out
    return bool(below) and (forge == "github" or "src" in below)
