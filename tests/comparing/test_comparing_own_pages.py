"""What is said of pages of a project's own: which came, went or changed, and their words."""

from pathlib import Path

from builds import SHORT, run_here, write_project
from versions import commit, git

from oxalis_panels.pipeline.check import check
from oxalis_panels.site.history import read_history
from oxalis_panels.site.record import changed_pages


def test_the_review_says_what_became_of_a_page(tmp_path: Path) -> None:
    """With its words; and its date in the map of the site is that of its last commit."""
    pages = write_project(tmp_path, un=SHORT) / "pages"
    pages.mkdir()
    (pages / "parti.md").write_text("# Parti\n\nAdieu.\n", encoding="utf-8")
    git(tmp_path, "init", "-q")
    for day in ("Dimanche", "Lundi"):
        (pages / "contact.md").write_text(f"# Contact\n\n{day} à midi.\n", encoding="utf-8")
        commit(tmp_path)
    read = check(tmp_path).value
    assert read is not None
    assert "contact/index.html" in dict(changed_pages(read.typeset, read_history(tmp_path)))
    assert "Rien n’a changé" in run_here("diff", cwd=tmp_path).stdout
    (pages / "parti.md").unlink()
    (pages / "contact.md").write_text("# Contact\n\nMardi à midi.\n", encoding="utf-8")
    (pages / "venu.md").write_text("# Venu\n\nBonjour.\n", encoding="utf-8")
    said = run_here("diff", cwd=tmp_path).stdout
    for words in ("Page /contact/", "Lundi", "Mardi", "Page /parti/", "Adieu.", "Page /venu/", "Bonjour."):
        assert words in said
