"""`oxalis-panels serve` through its command line and its address: fetch, edit, break, repair, end."""

import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import pytest
from builds import command, standing
from served import PANEL, Served, project_in, served, until, watched

WATCHED = (
    "Surveillés\u00a0: panels/, pages/, static/, templates/, messages/ et printers/. "
    "Enregistrez un fichier, la page suit."
)
STYLE = re.compile(r"style-[0-9a-f]+\.css")
BROWSER = """
import sys, urllib.request, pathlib
seen = pathlib.Path(sys.argv[1])
page = urllib.request.urlopen(sys.argv[2]).read()
seen.with_suffix(".new").write_bytes(page)
seen.with_suffix(".new").replace(seen)
"""
OUTSIDE = "ceci ne se sert pas"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, french_fonts: Path) -> Iterator[Served]:
    """Return a server that tests may edit the project of, if they leave it faultless."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "secret.txt").write_text(OUTSIDE, encoding="utf-8")
    with served(project_in(folder / "projet", french_fonts, un=PANEL, deux=PANEL)) as running:
        yield running


def test_it_says_where_it_is_what_it_watches_and_how_to_stop(server: Served) -> None:
    """In French, with an address that a terminal makes a link of."""
    assert server.said == [
        f"Site\u00a0: {server.address}/",
        f"Affiches\u00a0: {server.address}/~/affiches/",
        WATCHED,
        "Pour arrêter\u00a0: Ctrl-C.",
    ]


def test_pages_are_those_of_a_build_but_for_one_script(server: Served, tmp_path: Path) -> None:
    """What is served is what would be published; the built page has no trace of the server."""
    assert command("build", "--site", "--output", tmp_path, cwd=server.project).returncode == 0
    page = (tmp_path / "site" / "un" / "index.html").read_text(encoding="utf-8")
    assert "/~/" not in page
    served_page = re.sub(r'<div class="poster".*?</div>\n\n', "", server.get("/un/").text, flags=re.DOTALL)
    served_page = re.sub(r'<li><a href="[^"]*livret\.pdf".*\n', "", served_page)
    assert served_page.replace('<script type="module" src="/~/live.js"></script>\n', "") == page


def test_pages_show_their_posters_as_they_are_now(server: Served) -> None:
    """No build has made them: the picture is drawn without its bleed, and its address follows its look."""
    seen = re.compile(r'src="\.\./(posters/un-320\.webp\?v=\w+)"')
    until(lambda: seen.search(server.get("/un/").text) is not None)
    before = seen.findall(server.get("/un/").text)[0]
    assert _size(server, f"/{before}") == (320, 454)
    server.write("panels/01-un.md", PANEL.replace("premier", "tout premier"))
    until(lambda: seen.findall(server.get("/un/").text) != [before])
    server.write("panels/01-un.md", PANEL)
    until(lambda: seen.findall(server.get("/un/").text) == [before])


@pytest.mark.parametrize(("file", "place"), [("un.pdf", "/~/affiches/un/"), ("livret.pdf", "/~/affiches/")])
def test_files_that_only_a_build_makes_lead_to_the_posters(server: Served, file: str, place: str) -> None:
    """Where a visitor of the site gets a file, its writer sees the poster as it is now."""
    answer = server.get(f"/posters/{file}")
    assert (answer.status, answer.headers["location"]) == (307, place)


@pytest.mark.parametrize(
    "part",
    ["99999,0,10,10", "0,99999,10,10", "0,0,0,10", "-1,0,9,9", "1,2", "1,2,3,4,5", f"{10**400},0,1,1", "²"],
)
def test_a_part_that_is_not_on_the_sheet_is_refused(part: str, server: Served) -> None:
    """Whatever its numbers are, that is no mistake of the server's; the next picture comes."""
    until(lambda: server.get("/~/affiches/un.png").status == 200)
    for width in ("640", "1", "40000", "0", "9" * 5000):
        path = f"/~/affiches/un.png?width={width}&part={quote(part)}"
        assert server.get(path).status in {400, 404}
    assert server.get("/~/affiches/un.png?width=640&part=0,0,10,10").status == 200


@pytest.mark.parametrize(
    "name",
    ["trois-320.webp", "un-321.webp", "un-640.png", "un-x.webp", f"un-{'9' * 5000}.webp", "un-0320.webp"],
)
def test_a_picture_that_no_page_has_is_missing(server: Served, name: str) -> None:
    """Of another panel, or in another size."""
    assert server.get(f"/posters/{name}").status == 404


def test_only_files_that_never_change_are_kept_by_browsers(server: Served) -> None:
    """A new style sheet takes effect without fonts being asked for again: the text would jump."""
    style = STYLE.search(server.get("/").text)
    assert style
    font = re.search(r"fonts/[^)\"]+\.woff2", server.get(f"/{style[0]}").text)
    assert font
    answers = [server.get(f"/{name}") for name in (style[0], font[0])]
    kept = (200, "max-age=86400, immutable")
    assert [(each.status, each.headers["cache-control"]) for each in answers] == [kept, kept]


def test_nothing_else_is_kept_by_browsers(server: Served) -> None:
    """A page that has changed is never shown as it was."""
    answers = [server.get(path) for path in ("/", "/un/", "/panels.json", "/~/live.js")]
    assert [(each.status, each.headers["cache-control"]) for each in answers] == [(200, "no-store")] * 4


def test_answers_come_at_once(server: Served) -> None:
    """Nagle's algorithm would hold the second part of each back, 40 ms, until the first is acknowledged."""
    connection = HTTPConnection("127.0.0.1", server.port)
    times = []
    for _ in range(10):
        started = time.perf_counter()
        connection.request("GET", "/un/")
        connection.getresponse().read()
        times.append(time.perf_counter() - started)
    connection.close()
    assert min(times) < 0.03


def test_a_folder_is_its_page(server: Served) -> None:
    """Links on it are relative: its address must end in a slash."""
    answer = server.get("/un")
    assert (answer.status, answer.headers["location"]) == (307, "/un/")


def test_what_is_missing_is_the_page_for_it(server: Served) -> None:
    """With its status, and live like the others: the panel may come back."""
    answer = server.get("/trois/")
    assert (answer.status, "/~/live.js" in answer.text) == (404, True)


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "10.0.0.1", ""]
)
def test_another_name_for_this_machine_is_refused(server: Served, host: str) -> None:
    """A foreign page whose name leads here (DNS rebinding) reads nothing."""
    answer = server.get("/", host=host or " ")
    assert (answer.status, "<html" in answer.text) == (400, False)


def test_a_refusal_says_what_to_do(server: Served) -> None:
    """In French, with the address to open, and how to bring the port home from a container."""
    said = server.get("/", host="travail-8000.app.github.dev")
    assert (said.status, said.headers["content-type"]) == (400, "text/plain; charset=utf-8")
    for words in ("«\u00a0travail-8000.app.github.dev\u00a0»", f"{server.address}/", "conteneur", "ssh -L"):
        assert words in said.text


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:80"])
def test_the_names_of_this_machine_are_accepted(server: Served, host: str) -> None:
    """However they are written."""
    assert server.get("/", host=host).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/un/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%5csecret.txt",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/C:/Windows/win.ini",
        "/C:%5cWindows%5cwin.ini",
        "/un/index.html%00.txt",
        "/%ff%fe",
        "/panels/01-un.md",
        "/lien/secret.txt",
        "/output/.cache/",
        "/~/../../secret.txt",
    ],
)
def test_no_path_leads_outside_the_site(server: Served, path: str) -> None:
    """Only what the site has can be had, however the path is written."""
    link = server.project / "lien"
    if not link.exists():
        link.symlink_to(server.project.parent, target_is_directory=True)
    answer = server.get(path)
    assert answer.status == 404
    assert OUTSIDE not in answer.text
    assert "root:" not in answer.text


def test_nothing_can_be_sent(server: Served) -> None:
    """The server shows; it takes nothing."""
    assert [server.get("/", method=method).status for method in ("POST", "PUT", "DELETE")] == [405] * 3
    head = server.get("/un/", method="HEAD")
    assert (head.status, head.text) == (200, "")


def test_a_saved_panel_is_served(server: Served) -> None:
    """Also one that an editor saves under another name and renames."""
    server.write("panels/01-un.md", PANEL.replace("assez court", "assez neuf"))
    until(lambda: "assez neuf" in server.get("/un/").text)
    server.write("panels/.01-un.md.new", PANEL.replace("assez court", "renommé"))
    (server.project / "panels/.01-un.md.new").replace(server.project / "panels/01-un.md")
    until(lambda: "renommé" in server.get("/un/").text)


@pytest.mark.parametrize("way", ["emptied", "moved away"])
def test_a_file_that_is_saved_in_two_steps_is_never_shown_in_between(server: Served, way: str) -> None:
    """Many editors empty a file, or make it their spare copy, before they write it: no page lacks it."""
    file = server.project / "panels/01-un.md"
    server.write("panels/01-un.md", PANEL)
    until(lambda: "assez court" in server.get("/un/").text)
    with watched(server, "/un/") as seen:
        if way == "emptied":
            file.write_bytes(b"")
        else:
            file.replace(file.with_name("01-un.md~"))
        time.sleep(0.05)
        file.write_text(PANEL.replace("assez court", way), encoding="utf-8")
        until(lambda: way in server.get("/un/").text)
    assert {(each.status, "constat assez court" in each.text or way in each.text) for each in seen} == {
        (200, True)
    }
    file.with_name("01-un.md~").unlink(missing_ok=True)


def test_a_style_sheet_that_is_emptied_first_is_never_shown_empty(server: Served) -> None:
    """Nothing is wrong with an empty style sheet: only that nobody meant it."""
    shipped = Path(__file__).parents[2] / "templates" / "site" / "style.css"
    own = server.project / "templates" / "site" / "style.css"
    own.parent.mkdir(parents=True)
    text = shipped.read_text(encoding="utf-8")
    own.write_text(f"{text}\n.premier {{ color: red }}\n", encoding="utf-8")
    until(lambda: ".premier" in style_of(server))
    time.sleep(0.3)  # a folder that has just come is read once more
    with watched(server, "/") as seen:
        own.write_bytes(b"")
        time.sleep(0.05)
        own.write_text(f"{text}\n.second {{ color: red }}\n", encoding="utf-8")
        until(lambda: ".second" in style_of(server))
    assert len({STYLE.search(each.text)[0] for each in seen}) <= 2  # type: ignore[index]
    shutil.rmtree(server.project / "templates")
    until(lambda: ".second" not in style_of(server))


def test_changes_without_a_pause_are_shown_all_the_same(server: Served) -> None:
    """A program that never stops writing keeps no page from being renewed."""
    end = time.monotonic() + 15
    number = 0
    while "Suite" not in server.get("/un/").text:
        assert time.monotonic() < end
        number += 1
        server.write("panels/01-un.md", PANEL.replace("assez court", f"Suite {number}"))
    server.write("panels/01-un.md", PANEL)
    until(lambda: "assez court" in server.get("/un/").text)


def test_a_panel_comes_and_goes(server: Served) -> None:
    """Its page with it."""
    server.write("panels/03-trois.md", PANEL)
    until(lambda: server.get("/trois/").status == 200)
    (server.project / "panels/03-trois.md").unlink()
    until(lambda: server.get("/trois/").status == 404)


def test_the_folder_of_the_panels_may_go_for_a_moment(server: Served) -> None:
    """As when git changes the branch: the last good site stays, and changes are seen afterwards."""
    away = server.project.parent / "away"
    (server.project / "panels").rename(away)
    until(lambda: '"failed": true' in server.state())
    assert server.get("/un/").status == 200
    away.rename(server.project / "panels")
    until(lambda: '"failed": false' in server.state())
    server.write("panels/02-deux.md", PANEL.replace("assez court", "revenu"))
    until(lambda: "revenu" in server.get("/deux/").text)


def test_a_page_of_ones_own_is_served_as_it_changes(server: Served) -> None:
    """The folder, too, may come while the server runs, and go."""
    (server.project / "pages").mkdir()
    server.write("pages/contact.md", "# Contact\n\nLundi.\n")
    until(lambda: "Lundi" in server.get("/contact/").text)
    server.write("pages/contact.md", "# Contact\n\nMardi.\n")
    until(lambda: "Mardi" in server.get("/contact/").text)
    shutil.rmtree(server.project / "pages")
    until(lambda: server.get("/contact/").status == 404)


def test_files_of_ones_own_are_served_as_what_they_are_when_they_change(server: Served) -> None:
    """The folder, too, may come while the server runs; what goes is missing."""
    (server.project / "static" / ".well-known").mkdir(parents=True)
    server.write("static/.well-known/security.txt", "Contact: a")
    until(lambda: server.get("/.well-known/security.txt").text == "Contact: a")
    server.write("static/plan.pdf", "%PDF-")
    until(lambda: server.get("/plan.pdf").headers.get("content-type") == "application/pdf")
    server.write("static/.well-known/security.txt", "Contact: b")
    until(lambda: server.get("/.well-known/security.txt").text == "Contact: b")
    assert server.get("/.well-known/security.txt").headers["content-type"].startswith("text/plain")
    shutil.rmtree(server.project / "static")
    until(lambda: server.get("/plan.pdf").status == 404)


def test_templates_of_the_project_are_seen_when_they_change(server: Served) -> None:
    """The folder, too, may come while the server runs."""
    (server.project / "templates" / "site").mkdir(parents=True)
    shipped = Path(__file__).parents[2] / "templates" / "site" / "404.html"
    text = shipped.read_text(encoding="utf-8")
    server.write("templates/site/404.html", text.replace("<h1", "<p>Premier</p><h1"))
    until(lambda: "Premier" in server.get("/rien/").text)
    server.write("templates/site/404.html", text.replace("<h1", "<p>Second</p><h1"))
    until(lambda: "Second" in server.get("/rien/").text)
    shutil.rmtree(server.project / "templates")
    until(lambda: "Second" not in server.get("/rien/").text)


def test_a_mistake_is_told_and_the_last_good_page_stays(server: Served) -> None:
    """The diagnostic is the one of the terminal; repaired, it goes."""
    server.write("panels/02-deux.md", "Un texte sans titre.\n")
    until(lambda: '"failed": true' in server.state())
    assert "panels/02-deux.md:1:1: erreur" in server.state()
    assert server.get("/deux/").status == 200
    server.write("panels/02-deux.md", PANEL)
    until(lambda: '"failed": false' in server.state())


def test_a_project_that_starts_with_a_mistake_waits_for_its_repair(
    tmp_path: Path, french_fonts: Path
) -> None:
    """Its pages say so; the first good state replaces them."""
    with served(project_in(tmp_path, french_fonts, un="Sans titre.\n")) as server:
        answer = server.get("/un/")
        assert (answer.status, "Encore rien à montrer" in answer.text) == (503, True)
        server.write("panels/01-un.md", PANEL)
        until(lambda: server.get("/un/").status == 200)


def test_a_poster_is_drawn_at_any_size(server: Served) -> None:
    """Whole, or the part that is in view: 600 × 847 mm with its bleed."""
    until(lambda: server.get("/~/affiches/deux.png").status == 200)
    assert _size(server, "/~/affiches/deux.png?width=640") == (640, 904)
    assert _size(server, "/~/affiches/deux.png?width=9000&part=4000,6000,300,200") == (300, 200)


@pytest.mark.parametrize(
    "asked",
    [
        *("width=0", "width=-1", "width=x", "width=5000", "width=99999&part=0,0,9,9", "width=640&part=1,2,3"),
        *("width=640&part=0,0,0,5", "width=640&part=-1,0,5,5", "width=9000&part=0,0,9000,9000"),
    ],
)
def test_a_picture_that_no_screen_needs_is_refused(server: Served, asked: str) -> None:
    """Whatever is asked for, the server stays up."""
    until(lambda: server.get("/~/affiches/deux.png").status == 200)
    assert server.get(f"/~/affiches/deux.png?{asked}").status == 400


def test_a_poster_that_is_none_is_missing(server: Served) -> None:
    """Its picture and its page."""
    answers = [server.get(path).status for path in ("/~/affiches/rien.png", "/~/affiches/rien/")]
    assert answers == [404, 404]


def style_of(server: Served) -> str:
    """Return the style sheet of the home page as it is now."""
    found = STYLE.search(server.get("/").text)
    return server.get(f"/{found[0]}").text if found else ""


def _size(server: Served, path: str) -> tuple[int, int]:
    """Return the width and the height of a picture, as its BMP header says (bytes 18 to 26)."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=15)
    connection.request("GET", path)
    data = connection.getresponse().read()
    connection.close()
    return int.from_bytes(data[18:22], "little"), int.from_bytes(data[22:26], "little")


@pytest.fixture(scope="module")
def taken() -> Iterator[int]:
    """Return a port that another program has."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory, french_fonts: Path, taken: int) -> Iterator[Served]:
    """Return a server with all of its options: a port that is taken, `--poll`, and `--open`."""
    folder = tmp_path_factory.mktemp("asked")
    script = folder / "browser.py"
    script.write_text(BROWSER, encoding="utf-8")
    browser = shlex.join([sys.executable, str(script), str(folder / "seen.html")]) + " %s"
    project = project_in(folder / "projet", french_fonts)
    with served(project, "--port", str(taken), "--poll", "--open", BROWSER=browser) as running:
        yield running


def test_it_opens_the_browser_once_it_answers(asked: Served) -> None:
    """Also one that is waited for until it ends, as in a terminal."""
    seen = asked.project.parent / "seen.html"
    until(seen.exists)
    assert seen.read_text(encoding="utf-8") == asked.get("/").text


def test_a_port_that_is_taken_gives_the_next(asked: Served, taken: int) -> None:
    """And it is said."""
    assert asked.port > taken
    assert asked.said[0] == f"Le port {taken} est pris\u00a0: voici le {asked.port}."
    assert asked.get("/un/").status == 200


def test_a_disk_that_does_not_tell_is_looked_at(asked: Served) -> None:
    """With `--poll` nothing depends on events."""
    assert asked.said[3].startswith("Regardés à intervalles réguliers")
    asked.write("panels/01-un.md", PANEL.replace("assez court", "regardé"))
    until(lambda: "regardé" in asked.get("/un/").text)


def test_it_says_when_no_browser_opens(tmp_path: Path, french_fonts: Path) -> None:
    """The address is there to be opened by hand; the server goes on."""
    project = project_in(tmp_path / "projet", french_fonts)
    with served(project, "--open", BROWSER="rien", PATH=str(tmp_path), DISPLAY="") as server:
        assert server.get("/un/").status == 200
        _, _, stderr = server.end(signal.SIGTERM)
        assert f"Aucun navigateur ne s’ouvre\u00a0: ouvrez vous-même {server.address}/." in stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals to be sent")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_ends_it_quietly(tmp_path: Path, french_fonts: Path, name: str) -> None:
    """With the code of the signal, no word, no process or folder left, nothing written into the output."""
    project, temporary = project_in(tmp_path / "projet", french_fonts), tmp_path / ("temporaire" * 12)
    temporary.mkdir()
    before = standing(project / "output")
    with served(project, TMPDIR=str(temporary)) as server:
        until(lambda: server.get("/~/affiches/un.png").status == 200)
        with socket.create_connection(("127.0.0.1", server.port)) as listener:
            listener.sendall(f"GET /~/events HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode())
            assert listener.recv(10)
            children = _children(server.process.pid)
            number = signal.Signals[name]
            assert server.end(number) == (128 + number, "\n", "")
        until(lambda: not any(_lives(pid) for pid in children))
        assert [path.name for path in temporary.iterdir() if path.name.startswith("oxalis")] == []
    written = standing(project / "output").keys() - before.keys()
    assert [name for name in written if not name.startswith(".cache/")] == []


def _lives(process: int) -> bool:
    """Tell whether a process runs; one that has ended may wait for somebody to hear of it."""
    status = Path(f"/proc/{process}/stat")
    try:
        return status.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _children(process: int) -> list[int]:
    """Return the processes that a process has started (Linux)."""
    found = Path(f"/proc/{process}/task").glob("*/children")  # each thread has its own
    return [int(each) for path in found for each in path.read_text(encoding="ascii").split()]


def _worked(process: int) -> float:
    """Return the seconds of processor time that a process has used (Linux)."""
    said = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(said[11]) + int(said[12])) / os.sysconf("SC_CLK_TCK")


def test_a_template_that_never_ends_is_cut_off_by_ctrl_c(tmp_path: Path, french_fonts: Path) -> None:
    """Its thread cannot be ended, and waits for nothing."""
    with served(project_in(tmp_path, french_fonts)) as server:
        (server.project / "templates" / "site").mkdir(parents=True)
        server.write("templates/site/panel.html", "{% for each in range(10 ** 12) %}{% endfor %}")
        if Path("/proc/self/stat").exists():
            begun = _worked(server.process.pid)
            until(lambda: _worked(server.process.pid) > begun + 0.6)  # no page of this project takes as long
        else:
            time.sleep(2)
        assert server.end(signal.SIGINT)[0] == 128 + signal.SIGINT


def test_the_target_of_a_link_is_watched(tmp_path: Path, french_fonts: Path) -> None:
    """Of a link to a link, too, and of one that comes while the project is served; and pictures elsewhere."""
    project, shared = project_in(tmp_path / "projet", french_fonts), tmp_path / "commun"
    (shared / "plus").mkdir(parents=True)
    for name in ("deux", "trois"):
        (shared / "plus" / f"{name}.md").write_text(PANEL.replace("court", name), encoding="utf-8")
        (shared / f"{name}.md").symlink_to(f"plus/{name}.md")
    (project / "panels" / "02-deux.md").symlink_to(shared / "deux.md")
    with served(project) as server:
        until(lambda: server.get("/deux/").status == 200)
        (shared / "plus" / "deux.md").write_text(PANEL.replace("assez", "plus"), encoding="utf-8")
        until(lambda: "plus court" in server.get("/deux/").text)
        (project / "panels" / "03-trois.md").symlink_to(shared / "trois.md")
        until(lambda: server.get("/trois/").status == 200)
        time.sleep(0.5)  # the folders are opened anew
        (shared / "plus" / "trois.md").write_text(PANEL.replace("assez", "trop"), encoding="utf-8")
        until(lambda: "trop court" in server.get("/trois/").text)


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_the_date_follows_a_commit(tmp_path: Path, french_fonts: Path) -> None:
    """Nothing of the project has changed: only git knows more."""
    project = project_in(tmp_path, french_fonts)

    def git(*arguments: str) -> None:
        who = ["-c", "user.name=Camille", "-c", "user.email=camille@exemple.fr"]
        subprocess.run(
            [shutil.which("git") or "", *who, *arguments], cwd=project, check=True, capture_output=True
        )

    git("init", "--quiet")
    git("add", "panels")
    git("commit", "--quiet", "-m", "Tous")
    (project / "panels" / "01-un.md").write_text(PANEL.replace("assez", "plus"), encoding="utf-8")
    with served(project) as server:
        assert "<time" not in server.get("/un/").text
        time.sleep(0.5)
        git("commit", "--quiet", "-a", "-m", "Un")
        until(lambda: "<time" in server.get("/un/").text)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes as Linux shows them")
def test_a_process_that_is_killed_is_replaced(tmp_path: Path, french_fonts: Path) -> None:
    """It is said in words, the server goes on, and the next save is on its poster."""
    with served(project_in(tmp_path, french_fonts)) as server:
        version = re.compile(r"un\.png\?[^\"]*v=(\w+)")
        until(lambda: version.search(server.get("/~/affiches/un/").text) is not None)
        before = version.findall(server.get("/~/affiches/un/").text)
        workers = [pid for each in _children(server.process.pid) for pid in _children(each)]
        for pid in workers:
            os.kill(pid, signal.SIGKILL)
        server.write("panels/01-un.md", PANEL.replace("assez court", "tout neuf"))
        until(lambda: version.findall(server.get("/~/affiches/un/").text) not in ([], before))
        assert "tout neuf" in server.get("/un/").text
        assert "Le système a arrêté un programme qui dessinait les affiches" in server.end(signal.SIGTERM)[2]
