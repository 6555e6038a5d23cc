"""Write where this repository is into README.md and pyproject.toml, before a release is built.

    python3 .ci/address.py https://github.com/OWNER/NAME TAG

PyPI shows README.md, where relative links and pictures lead nowhere; the tree itself knows no address.
"""

import re
import sys
from pathlib import Path

URLS = """
[project.urls]
Homepage = "{url}"
Documentation = "{url}/blob/{tag}/README.fr.md"
Changelog = "{url}/blob/{tag}/CHANGELOG.md"
Issues = "{url}/issues"
"""


def write(project: Path, url: str, tag: str) -> None:
    """Make the links and pictures of the README absolute, as of this tag, and add the project's addresses."""
    readme, settings = project / "README.md", project / "pyproject.toml"
    text = re.sub(r"(!\[[^]]*\]\()(?![\w+.-]+:|#)", rf"\g<1>{url}/raw/{tag}/", readme.read_text("utf-8"))
    text = re.sub(r"(\]\()(?![\w+.-]+:|#)", rf"\g<1>{url}/blob/{tag}/", text)
    readme.write_text(text, "utf-8", newline="\n")
    settings.write_text(settings.read_text("utf-8") + URLS.format(url=url, tag=tag), "utf-8", newline="\n")


if __name__ == "__main__":
    write(Path(__file__).parent.parent, *sys.argv[1:])
