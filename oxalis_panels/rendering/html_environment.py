"""The Jinja environment: its options and filters, and the Python code that it makes of templates."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
from jinja2.compiler import CodeGenerator
from jinja2.filters import do_urlencode
from markupsafe import Markup, escape

from oxalis_panels.rendering.compiled import CompiledTemplates

if TYPE_CHECKING:
    from jinja2.compiler import Frame
    from jinja2.nodes import Expr

MANY = 1024
"""Texts that are remembered as they are escaped: pages show the same few again and again."""


class Code(CodeGenerator):
    """Code that asks `HtmlEnvironment.shown` for what `{{ … }}` shows: Jinja's own escapes all each time.

    Should Jinja call this method otherwise one day, pages stay the same and take longer.
    """

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        """Begin the call that makes a text of a value."""
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.shown(")


class HtmlEnvironment(jinja2.Environment):
    """Makes HTML of templates: a mistake in a name is an error, a text is escaped, HTML is not."""

    code_generator_class = Code

    def __init__(self, folders: tuple[Path, ...], cache: Path | None) -> None:
        """Look for templates in `folders`; `cache`, if any, keeps a project's own compiled between builds."""
        super().__init__(
            loader=jinja2.FileSystemLoader(folders),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,  # a build sees one state of its templates
            bytecode_cache=CompiledTemplates(cache, Path(__file__).read_bytes()),
        )
        self.filters["urlencode"] = _urlencoded

    @staticmethod
    def shown(value: object) -> str:
        """Return a value as HTML: HTML as it is, a text as it was when it was last shown."""
        if type(value) is Markup:
            return value
        return _escaped(value) if type(value) is str else escape(value)


@lru_cache(maxsize=MANY)
def _escaped(text: str) -> str:
    return escape(text)


def _urlencoded(value: object) -> str:
    """Do what Jinja's own filter of this name does; a text once: every page has the icon of its colour."""
    return _quoted(value) if isinstance(value, str) else do_urlencode(value)  # type: ignore[arg-type]


@lru_cache(maxsize=64)
def _quoted(text: str) -> str:
    return do_urlencode(text)
