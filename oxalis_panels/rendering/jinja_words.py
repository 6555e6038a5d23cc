"""Jinja's error messages → sentences of the catalogue: its own are in English and about its internals.

Known messages are recognised by their structure; any other is quoted in parentheses after one of ours.
"""

import re
from collections.abc import Collection
from difflib import get_close_matches

import jinja2

from oxalis_panels.system.failure import reason
from oxalis_panels.words.catalogue import Phrase

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
