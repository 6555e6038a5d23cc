"""Rendering templates, with their mistakes as diagnostics at their place in the template.

Jinja's own error messages are in English and about its internals. Known ones are recognised by their form and
become sentences of the catalogue; any other is quoted in parentheses after one of ours.
"""

import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path
from traceback import walk_tb

import jinja2
from jinja2.bccache import Bucket

from oxalis_panels.model.diagnostics import Diagnostic, Parsed, Source, Span, error
from oxalis_panels.rendering import glyphs
from oxalis_panels.rendering.folders import TemplateFolders
from oxalis_panels.system.failure import reason
from oxalis_panels.words.catalogue import Catalogue, Phrase

COMPILED = "templates"
"""Inside the cache of an output folder."""


class _Compiled(jinja2.FileSystemBytecodeCache):
    """Jinja's cache in a folder that may be missing, damaged or read-only: then nothing is cached.

    Cached code is trusted like the templates themselves, which may run any code. Jinja's keys tell apart
    other texts, places and versions.
    """

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the key of a template, even if its path is not valid Unicode."""
        return super().get_cache_key(name, ascii(filename))

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            super().load_bytecode(bucket)
        except Exception:  # noqa: BLE001 - whatever a damaged file leads to
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            Path(self.directory).mkdir(exist_ok=True)  # a check makes no output folder
            super().dump_bytecode(bucket)


class Templates:
    """Templates of one build."""

    def __init__(self, folders: TemplateFolders, words: Catalogue, cache: Path | None = None) -> None:
        """Look templates up in `folders`; they get `words` for texts such as `{{ words.text('site.home') }}`.

        `cache` keeps them compiled between builds. A `str` is escaped, HTML is not; an undefined name is an
        error.
        """
        self._folders = folders
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(folders.folders),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,  # a build sees one state of its templates
            bytecode_cache=_Compiled(str(cache / COMPILED)) if cache else None,
        )
        self._environment.globals.update(words=words, marks=glyphs)

    def render(self, name: str, **views: object) -> Parsed[str]:
        """Return the template `name` rendered with some views, or its mistakes.

        Templates are code: any exception is their mistake, OSError and MemoryError included.
        """
        try:
            text = self._environment.get_template(name).render(**views)
            text.encode()  # a template may give a lone surrogate, which no file can hold
            return Parsed(text)
        except jinja2.TemplateNotFound as mistake:
            return Parsed(None, (self._missing(mistake, name),))
        except jinja2.TemplateSyntaxError as mistake:
            found = self._mistake(self._named(mistake.name or name), mistake.lineno, mistake, views)
            return Parsed(None, (found,))
        except Exception as mistake:  # noqa: BLE001 - see above
            found = self._mistake(*_raised_at(mistake, name, self._folders.folders), mistake, views)
            return Parsed(None, (found,))

    def check(self, folder: str) -> tuple[Diagnostic, ...]:
        """Return all syntax errors in a project's own templates in a folder such as `site`."""
        sources = next(self._folders.sources(folder), ()) if self._folders.own else ()
        names = (source.path.removeprefix("templates/") for source in sources)
        return tuple(each for name in names for each in self._syntax_errors(name))

    def _syntax_errors(self, name: str) -> Iterator[Diagnostic]:
        try:
            self._environment.get_template(name)  # not compile(): this caches the template
        except jinja2.TemplateSyntaxError as mistake:
            yield self._mistake(name, mistake.lineno, mistake)
        except Exception as mistake:  # noqa: BLE001 - Python, too, has limits to what it compiles
            yield self._mistake(name, 1, mistake)

    def _missing(self, mistake: jinja2.TemplateNotFound, name: str) -> Diagnostic:
        """Return the error for a template that does not exist, at the place that names it."""
        wanted = str(mistake.name or name)
        if wanted == name:
            return error("template-missing", Span(Source(f"templates/{name}")), found=wanted)
        asking = self._line(*_raised_at(mistake, name, self._folders.folders))
        return error("template-missing", asking.find(wanted), found=wanted)

    def _named(self, name: str) -> str:
        """Return the name of a template; for an unclosed comment Jinja gives the path of its file."""
        return _template_name(Path(name), self._folders.folders) if Path(name).is_absolute() else name

    def _mistake(self, name: str, line: int, mistake: Exception, views: Collection[str] = ()) -> Diagnostic:
        found = translate_error(mistake, views, self._environment)
        try:
            path = str(self._folders.find(name))
            return error("template-mistake", self._line(name, line), found=found, path=path)
        except OSError:  # it is gone, or cannot be read
            place = Span(Source(f"templates/{name}"))
            return error("template-mistake", place, found=found, path=place.source.path)

    def _line(self, name: str, line: int) -> Span:
        """Return the span of a line of a template without its indentation."""
        text = self._folders.read(name)
        lines = text.split("\n")
        start = sum(len(each) + 1 for each in lines[: line - 1])
        shown = lines[min(line, len(lines)) - 1]
        begin = start + len(shown) - len(shown.lstrip())
        return Span(Source(f"templates/{name}", text), begin, start + len(shown))


def _raised_at(mistake: BaseException, name: str, folders: tuple[Path, ...]) -> tuple[str, int]:
    """Return the innermost template and line that an error passed through (Jinja rewrites tracebacks so)."""
    place = (name, 1)
    for frame, line in walk_tb(mistake.__traceback__):
        file = Path(frame.f_code.co_filename)
        if any(file.is_relative_to(folder) for folder in folders):
            place = (_template_name(file, folders), line)
    return place


def _template_name(path: Path, folders: tuple[Path, ...]) -> str:
    folder = next(folder for folder in folders if path.is_relative_to(folder))
    return path.relative_to(folder).as_posix()


LOOKING = (
    r"(?: Jinja was looking for the following tags:"
    r"| You probably made a nesting mistake\. Jinja is expecting this tag, but currently looking for)"
    r" (?P<wanted>.+?)\."
)
INSIDE = r" The innermost block that needs to be closed is '(?P<tag>\w+)'\."
SENTENCES = {
    "undefined": r"'(?P<name>.+)' is undefined",
    "nothing_has": r"'None' has no attribute '(?P<name>.+)'",
    "no_attribute": r"'(?:[\w.]+\.)?(?P<thing>\w+) object' has no attribute '(?P<name>.+)'",
    "no_element": r"(?:[\w.]+\.)?(?P<thing>\w+)(?: object)? has no element (?P<name>.+)",
    "open": rf"Unexpected end of template\.{LOOKING}{INSIDE}",
    "nested": rf"Encountered unknown tag '(?P<name>\w+)'\.{LOOKING}{INSIDE}",
    "unknown_tag": r"Encountered unknown tag '(?P<name>\w+)'\.",
    "unknown_filter": r"No filter named '(?P<name>.+?)'(?: found)?\.",
    "unknown_test": r"No test named '(?P<name>.+?)'(?: found)?\.",
    "end": r"unexpected end of template, expected '(?P<wanted>.+)'\.",
    "token": r"expected token '(?P<wanted>.+)', got '(?P<found>.+)'",
    "expression": r"Expected an expression, got '(?P<found>.+)'",
    "unexpected": r"unexpected (?:char )?'(?P<found>.+?)'(?: at \d+|, expected .+)?",
    "comment": r"Missing (?P<wanted>end of comment) tag",
    "twice": r"block '(?P<name>.+)' defined twice",
    "required": r"Required block '(?P<name>.+)' not found",
    "arguments": r"macro '(?P<name>.+)' takes not more than (?P<most>\d+) argument\(s\)",
    "keyword": r"macro '(?P<name>.+)' takes no keyword argument '(?P<found>.+)'",
    "cycle": r"maximum recursion depth exceeded.*",
}
"""Keys of the catalogue's `[jinja]`, and the messages of Jinja 3.1; the first that matches counts."""
PATTERNS = {key: re.compile(pattern, re.DOTALL) for key, pattern in SENTENCES.items()}
SIGNS = {
    "begin of statement block": "{%",
    "end of statement block": "%}",
    "begin of print statement": "{{",
    "end of print statement": "}}",
    "begin of comment": "{#",
    "end of comment": "#}",
}
"""What people type for the tokens that Jinja names."""
NEAR = 0.6
"""Similarity, from 0 to 1, from which a name is suggested for a wrong one."""


def translate_error(
    mistake: Exception, variables: Collection[str], environment: jinja2.Environment
) -> Phrase:
    """Return the words for a mistake in a template that was given these variables."""
    if isinstance(mistake, MemoryError):
        return Phrase("jinja.memory", {})
    if isinstance(mistake, OSError):
        return Phrase("jinja.refused", {"reason": reason(mistake)})
    text = str(mistake) or type(mistake).__name__
    for key, pattern in PATTERNS.items():
        match = pattern.fullmatch(text)
        if match:
            values = {name: _value(name, value) for name, value in match.groupdict().items() if value}
            known = {
                "undefined": (*variables, *environment.globals),
                "unknown_filter": environment.filters,
                "unknown_test": environment.tests,
            }.get(key, ())
            return _with_nearest(Phrase(f"jinja.{key}", values), known)
    kind = "syntax" if isinstance(mistake, jinja2.TemplateSyntaxError) else "operation"
    return Phrase(f"jinja.{kind}", {"text": text})


def _value(name: str, value: str) -> str:
    """Return a value as people write it; of several tags, the one that ends a block."""
    if name == "wanted" and "' or '" in value:
        tags = value.strip("'").split("' or '")
        return next((tag for tag in tags if tag.startswith("end")), tags[-1])
    bare = value.strip("'") if name == "wanted" else value
    return SIGNS.get(bare, bare)


def _with_nearest(phrase: Phrase, known: Collection[str]) -> Phrase:
    near = get_close_matches(str(phrase.values.get("name", "")), tuple(known), 1, NEAR)
    return Phrase("jinja.near", {"what": phrase, "nearest": near[0]}) if near else phrase
