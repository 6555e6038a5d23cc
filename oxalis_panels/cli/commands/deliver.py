"""`deliver`: what is sent to the print shop."""

from pathlib import Path

import click

from oxalis_panels.cli.options import OUTPUT, PAPERS, PRINTER, PROJECT, SITE_URL, WORDS
from oxalis_panels.cli.run import run_build
from oxalis_panels.cli.terminal import show, valued
from oxalis_panels.pipeline.delivery import delivering
from oxalis_panels.pipeline.request import Request


@click.command("deliver", help=WORDS.text("cli.deliver"))
@PRINTER
@PAPERS
@SITE_URL
@OUTPUT
@PROJECT
def command(
    *, printer: str | None, papers: tuple[str, ...], site_url: str | None, output: Path | None, project: Path
) -> None:
    """See the catalogue."""
    request = Request(
        project=project,
        output=output or project / "output",
        site=False,
        printer=printer,
        papers=tuple(dict.fromkeys(papers)),
        site_url=site_url or None,  # a forge hands on an empty variable
        renewed=delivering.FOLDER,
    )
    report = run_build(request)
    assert report.collection is not None
    assert report.posters is not None
    show(delivering.doubts(report.collection), project)
    delivered = valued(delivering.deliver(request, report.posters), "delivery.nothing", project)
    for line in delivering.summary(delivered, request.output, WORDS):
        click.echo(line)
