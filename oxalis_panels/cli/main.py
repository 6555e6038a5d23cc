"""The command line: its commands, and how a run begins and ends. Only `cli/` prints, colours or exits."""

import os
import sys
from importlib import import_module
from io import TextIOWrapper
from keyword import iskeyword

import click

from oxalis_panels import __version__
from oxalis_panels.cli.options import WORDS
from oxalis_panels.cli.speech import OPTION, VARIABLE
from oxalis_panels.system.failure import reason
from oxalis_panels.system.interrupts import held_back
from oxalis_panels.system.packages import PangoMissingError, command_for, pango
from oxalis_panels.words.catalogue import LANGUAGES
from oxalis_panels.words.invocation import PROGRAM, is_front_door, program

COMMANDS = (
    "init",
    "new",
    "import",
    "check",
    "explain",
    "fmt",
    "diff",
    "build",
    "serve",
    "capacity",
    "templates",
    "printers",
    "preflight",
    "deliver",
    "schema",
)
"""In the order in which help lists them and people use them: each is a module of its name in `cli/commands/`
(`import_`, because `import` is a keyword of Python)."""


def _language(*, hidden: bool = False) -> click.Option:
    """Return the option for the language; `chosen_catalogue` has read it before click does."""
    return click.Option(
        [OPTION],
        type=click.Choice(LANGUAGES),
        envvar=VARIABLE,
        expose_value=False,
        hidden=hidden,
        help=WORDS.text("cli.lang", variable=VARIABLE),
    )


class _LazyGroup(click.Group):
    """Imports only the command that is run: `check` need not wait for what `preflight` imports."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        with held_back():
            command: click.Command = import_module(f"oxalis_panels.cli.commands.{module}").command
        if all(parameter.opts != [OPTION] for parameter in command.params):
            command.params.append(_language(hidden=True))  # people try `check --lang en`
        return command

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as refusal:  # perhaps a command's own, with the command forgotten
            name = refusal.option_name
            owners = [each for each in COMMANDS if self._has(ctx, each, name)]
            if not owners:
                raise
            near = f"{'build' if 'build' in owners else owners[0]} {name}"
            raise click.NoSuchOption(name, possibilities=[near], ctx=ctx) from refusal

    def _has(self, ctx: click.Context, command: str, option: str) -> bool:
        found = self.get_command(ctx, command)
        return found is not None and any(option in each.opts for each in found.params)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section(WORDS.tables["click"]["Commands"]):
            formatter.write_dl([(name, WORDS.text(f"cli.{name}_short")) for name in COMMANDS])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand as refusal:  # click knows only what is loaded
            raise click.exceptions.NoSuchCommand(args[0], possibilities=COMMANDS, ctx=ctx) from refusal


def _show_version(context: click.Context, _: click.Parameter, asked: bool) -> None:  # noqa: FBT001 - as click has it
    """Say the version, and what draws here: whoever helps wants to know."""
    if not asked:
        return
    from platform import platform, python_version  # noqa: PLC0415 - for this alone

    from oxalis_panels.poster.job import engines  # noqa: PLC0415 - it loads what makes posters

    found = {"Python": python_version(), **engines()}
    click.echo(f"{PROGRAM} {__version__}")
    click.echo(f"{platform()}; {', '.join(f'{name} {version}' for name, version in found.items())}")
    context.exit()


@click.group(
    cls=_LazyGroup,
    help=WORDS.text("cli.help"),
    epilog=WORDS.text("cli.front_door" if is_front_door() else "cli.epilog"),
    subcommand_metavar=WORDS.text("cli.command"),
    params=[_language()],
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_show_version,
    help=WORDS.text("cli.version"),
)
@click.pass_context
def cli(context: click.Context) -> None:
    """See the catalogue."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    context.color = False if plain else None


def main() -> None:
    """Run the command line: UTF-8 in files and pipes; a character that a terminal cannot show is replaced."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
    try:
        code = cli(prog_name=program(), standalone_mode=False)
    except click.Abort:  # click's name for Ctrl-C, which it would report in English
        raise KeyboardInterrupt from None
    except click.ClickException as refusal:
        refusal.show()
        code = refusal.exit_code
    except PangoMissingError as failure:
        brought = sys.platform in {"darwin", "win32"}  # with this program
        key = "report.pango_not_loaded" if brought else "report.no_pango"
        click.echo(WORDS.text(key, command=command_for(pango()), reason=failure), err=True)
        code = 1
    except OSError as failure:  # of a file that nothing else has answered for
        if failure.filename is None:
            raise
        click.echo(WORDS.text("report.refused", path=failure.filename, reason=reason(failure)), err=True)
        code = 1
    raise SystemExit(code)
