"""`build`: the site and the posters."""

from pathlib import Path

import click

from oxalis_panels.cli.options import FORMAT, OUTPUT, PAPERS, PRINTER, PROJECT, SITE_URL, STRICT, WORDS
from oxalis_panels.pipeline.request import Request
from oxalis_panels.poster.processes import begin_early


@click.command("build", help=WORDS.text("cli.build"))
@click.option("--site", is_flag=True, help=WORDS.text("cli.site"))
@click.option("--posters", is_flag=True, help=WORDS.text("cli.posters"))
@click.option("--panel", "panels", multiple=True, metavar="SLUG", help=WORDS.text("cli.panel"))
@PRINTER
@PAPERS
@SITE_URL
@click.option("--edit-url", metavar="URL", help=WORDS.text("cli.edit_url"))
@click.option("--proofs", is_flag=True, help=WORDS.text("cli.proofs"))
@click.option("--explain", is_flag=True, help=WORDS.text("cli.explain"))
@STRICT
@FORMAT
@OUTPUT
@PROJECT
def command(  # noqa: PLR0913 - one parameter per option of the command
    *,
    site: bool,
    posters: bool,
    panels: tuple[str, ...],
    printer: str | None,
    papers: tuple[str, ...],
    site_url: str | None,
    edit_url: str | None,
    proofs: bool,
    explain: bool,
    strict: bool,
    form: str,
    output: Path | None,
    project: Path,
) -> None:
    """See the catalogue."""
    everything = not (site or posters or panels)
    posters = posters or bool(panels) or proofs or everything
    request = Request(
        project=project,
        output=output or project / "output",
        site=site or everything,
        posters=posters,
        panels=frozenset(panels),
        strict=strict,
        printer=printer,
        papers=tuple(dict.fromkeys(papers)),
        site_url=site_url or None,  # a forge hands on an empty variable
        edit_url=edit_url,
        proofs=proofs,
    )
    if posters:
        begin_early(request.output)
    from oxalis_panels.cli.run import run_build  # it loads while processes for posters begin

    run_build(request, explain=explain, form=form)
