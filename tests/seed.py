"""The authors’ original text read as `panel-format.md` says, by code that shares nothing with the program."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class SeedFinding:
    """A ✓ and its →."""

    text: str
    points: list[str] = field(default_factory=list)


@dataclass(slots=True)
class SeedPanel:
    """One panel as the authors laid it out, its lines joined by LF, every space as it was."""

    title: str = ""
    paragraphs: list[str] = field(default_factory=list)
    findings: list[SeedFinding] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        """Every text of the panel in order: title, paragraphs, each ✓ and its →."""
        items = [text for finding in self.findings for text in (finding.text, *finding.points)]
        return [self.title, *self.paragraphs, *items] if self.title else [*self.paragraphs, *items]


def read_seed(text: str) -> tuple[SeedPanel, ...]:
    """Return the panels of the seed.

    A tab and a mark start an item. After the introduction a line that begins with a space outside a title
    starts a panel, and everything up to its first ✓ is its title. Every other line continues what it follows.
    """
    lines = text.split("\n")
    end = next(i for i, line in enumerate(lines) if i and line.startswith(" "))
    panels = [SeedPanel(paragraphs=[p for p in "\n".join(lines[:end]).split("\n\n") if p.strip()])]
    in_title = False
    for line in lines[end:]:
        if line.startswith(" ") and not in_title:
            panels.append(SeedPanel(title=line))
            in_title = True
        elif line.startswith("\t"):
            _start_item(panels[-1], line)
            in_title = False
        else:
            _continue(panels[-1], line)
    return tuple(panels)


def _start_item(panel: SeedPanel, line: str) -> None:
    mark, text = line.lstrip("\t")[0], line.lstrip("\t")[1:]
    if mark == "✓":
        panel.findings.append(SeedFinding(text))
    else:
        panel.findings[-1].points.append(text)


def _continue(panel: SeedPanel, line: str) -> None:
    if not panel.findings:
        panel.title += "\n" + line
    elif panel.findings[-1].points:
        panel.findings[-1].points[-1] += "\n" + line
    else:
        panel.findings[-1].text += "\n" + line
