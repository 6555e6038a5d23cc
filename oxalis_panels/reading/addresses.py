"""The addresses of a collection: where its site is, and where its panels are edited."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from oxalis_panels.diagnostics import error
from oxalis_panels.reading.passage import shown

if TYPE_CHECKING:
    from oxalis_panels.diagnostics import Diagnostic, Span
    from oxalis_panels.reading.fields import Fields

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

_ADDRESS = re.compile(r"https?://[^\s/?#]+[^\s?#]*", re.IGNORECASE)
_REPOSITORY = re.compile(
    r"(?:(?P<scheme>https?)://|ssh://(?:[^\s/@]+@)?|[^\s/@:]+@)(?P<host>[^\s/?#:@]+)(?P<port>:\d+)?"
    r"[:/](?P<path>[^\s?#:/]+(?:/[^\s?#:/]+)+)/?",
    re.IGNORECASE,
)
"""As a browser shows it, or as `git clone` takes it."""


def public_address(text: str, span: Span, found: list[Diagnostic]) -> str | None:
    """Return the address of a site with its final `/`; say what is wrong with it."""
    if _ADDRESS.fullmatch(text):
        return text.rstrip("/") + "/"
    found.append(error("site-url-invalid", span, found=shown(text)))
    return None


def read_site_url(fields: Fields) -> str | None:
    """Return the public address of the site."""
    given = fields.string("site_url")
    return public_address(given.value, given.span, fields.found) if given else None


def read_edit_url(fields: Fields) -> str | None:
    """Return where a panel is edited: `edit_url` as it stands, else what the forge of `repository` does.

    `{path}` stands for the panel's path in the project; `{root}`, only in the second, for the project's in
    the repository.
    """
    derived = _of_repository(fields)
    given = fields.string("edit_url")
    if given is None:
        return derived
    if not re.match(r"https?://\S+$", given.value) or "{path}" not in given.value:
        fields.found.append(error("edit-url-invalid", given.span, found=shown(given.value)))
        return None
    return given.value


def _of_repository(fields: Fields) -> str | None:
    given, branch = fields.string("repository"), fields.string("branch")
    named = fields.string("forge")
    forge = FORGES.get(named.value.lower()) if named else None
    if named and forge is None:
        fields.found.append(error("forge-unknown", named.span, found=shown(named.value)))
        return None
    if given is None:
        return None
    match = _REPOSITORY.fullmatch(given.value)
    if match is None:
        fields.found.append(error("repository-invalid", given.span, found=shown(given.value)))
        return None
    forge = forge or _forge_of(match["host"])
    if forge is None:
        fields.found.append(error("repository-forge", given.span, found=match["host"]))
        return None
    path = match["path"].removesuffix(".git").split("/-/")[0]
    if _leads_into(path.split("/"), forge):
        fields.found.append(error("repository-invalid", given.span, found=shown(given.value)))
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
    """Tell whether the path is that of a page inside a repository, which cannot be told from its own."""
    return len(parts) > 2 and (forge == "github" or "src" in parts[2:])  # noqa: PLR2004 - owner and name
