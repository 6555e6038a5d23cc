"""Files that are small and stand for gigabytes: little memory, little time, and never called good."""

import io
import re
import subprocess
import sys
import zlib
from collections.abc import Callable
from functools import reduce
from pathlib import Path

import pikepdf
import pytest
from builds import environment
from good_file import OFFSET, box, draw, good_file
from pikepdf import Array, Dictionary, Name

from oxalis_panels.inspection.checks import inspect
from oxalis_panels.inspection.expectations import for_our_own
from oxalis_panels.inspection.objects import unpacked_size

if sys.platform == "linux":
    import resource

ASK = for_our_own(OFFSET, 594, 841)
MEMORY = 1_000_000_000
"""Bytes that a small file may take."""
SECONDS = 30
HUGE = 1_000_000_000


def packed(unit: bytes, size: int) -> bytes:
    """Return a repeated text of `size` bytes, deflated without ever being whole: one part again and again."""
    deflate, block = zlib.compressobj(9, wbits=-zlib.MAX_WBITS), unit * (1_000_000 // len(unit))
    part, count = deflate.compress(block) + deflate.flush(zlib.Z_FULL_FLUSH), max(1, size // len(block))
    check = reduce(lambda before, _: zlib.adler32(block, before), range(count), 1)
    return b"x\xda" + part * count + deflate.flush() + check.to_bytes(4)


def lzw(size: int) -> bytes:
    """Return so many blanks as LZW: each code stands for one blank more than the one before."""
    bits, count = [(256, 9), (32, 9)], 1
    done, known, width = 1, 258, 9
    while done < size:
        bits.append((known, width))
        known, count = known + 1, count + 1
        done += count
        width = min(12, max(9, (known + 1).bit_length()))
        if known == 4094:
            bits += [(256, 12), (32, 9)]
            done, known, width, count = done + 1, 258, 9, 1
    bits.append((257, width))
    text = "".join(f"{code:0{length}b}" for code, length in bits)
    text += "0" * (-len(text) % 8)
    return int(text, 2).to_bytes(len(text) // 8)


def stream(
    pdf: pikepdf.Pdf, data: bytes, *filters: str, parms: Dictionary | None = None, **more: object
) -> pikepdf.Object:
    """Return a stream whose bytes are packed already."""
    made = pdf.make_stream(b"")
    names = [Name(f"/{each}") for each in filters] or [Name.FlateDecode]
    made.write(data, filter=Array(names) if len(names) > 1 else names[0], decode_parms=parms)
    for key, value in more.items():
        made[f"/{key}"] = value
    return made


def saved(pdf: pikepdf.Pdf) -> bytes:
    """Return the file without a stream being looked into."""
    buffer = io.BytesIO()
    raw = pikepdf.StreamDecodeLevel.none
    pdf.save(buffer, compress_streams=False, stream_decode_level=raw, fix_metadata_version=False)
    return buffer.getvalue()


def with_content(data: bytes, *filters: str) -> bytes:
    """Return a good file with more content."""
    pdf = good_file()
    page = pdf.pages[0].obj
    page.Contents = Array([page.Contents, stream(pdf, data, *filters)])
    return saved(pdf)


def with_forms(data: bytes) -> bytes:
    """Return a good file with forms that each draw the next one ten times, and more."""
    pdf = good_file()
    form = None
    for _ in range(12):
        inner = Dictionary(XObject=Dictionary(F=form)) if form is not None else Dictionary()
        form = stream(pdf, data, Subtype=Name.Form, BBox=box(0, 0, 9, 9), Resources=inner)
    draw(pdf, "/F Do", XObject={"F": form})
    return saved(pdf)


def with_picture(
    data: bytes, size: tuple[int, int], space: object = Name.DeviceCMYK, parms: Dictionary | None = None
) -> bytes:
    """Return a good file with a picture."""
    pdf = good_file()
    if callable(space):
        space = space(pdf)
    picture = stream(pdf, data, parms=parms, Subtype=Name.Image, Width=size[0], Height=size[1])
    picture.BitsPerComponent, picture.ColorSpace = 8, space
    draw(pdf, "q 900 0 0 900 300 300 cm /X Do Q", XObject={"X": picture})
    return saved(pdf)


def with_profile() -> bytes:
    """Return a good file whose profile is endless."""
    pdf = good_file()
    pdf.Root.OutputIntents[0].DestOutputProfile = stream(pdf, packed(b"\0", HUGE), N=4)
    return saved(pdf)


def with_metadata() -> bytes:
    """Return a good file whose XMP is endless."""
    pdf = good_file()
    # Without a type: what is one of metadata is unpacked by qpdf as it is saved.
    pdf.Root.Metadata = stream(pdf, packed(b" ", HUGE), Subtype=Name.XML)
    return saved(pdf)


def with_glyphs() -> bytes:
    """Return a good file in which each letter is a long drawing."""
    pdf = good_file()
    drawing = stream(pdf, packed(b"0 0 m\n", 6_000_000))
    names = [Name(f"/g{number}") for number in range(256)]
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontMatrix=Array([1, 0, 0, 1, 0, 0]),
        CharProcs=Dictionary({str(name): drawing for name in names}),
        Encoding=Dictionary(Differences=Array([0, *names])),
    )
    draw(pdf, f"BT /T3 24 Tf <{bytes(range(256)).hex()}> Tj ET", Font={"T3": pdf.make_indirect(font)})
    return saved(pdf)


def with_spot(function: Callable[[pikepdf.Pdf], object]) -> bytes:
    """Return a good file with a spot ink, replaced as a function says."""
    pdf = good_file()
    space = Array([Name.Separation, Name("/Encre"), Name.DeviceCMYK, function(pdf)])
    draw(pdf, f"/S cs {'1 scn 300 300 90 90 re f ' * 3000}", ColorSpace={"S": space})
    return saved(pdf)


def with_widths() -> bytes:
    """Return a good file whose font says the widths of all letters again and again."""
    pdf = good_file()
    pdf.pages[0].obj.Resources.Font.F1.DescendantFonts[0].W = Array([0, 65_535, 1000] * 20_000)
    return saved(pdf)


def with_objects() -> bytes:
    """Return a file whose page has an endless array."""
    rows = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Annots[%b]>>" % (b"<<>>" * 3_000_000)
    head = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    head += b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    return head + b"3 0 obj" + rows + b"endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def with_table(pdf: pikepdf.Pdf) -> object:
    """Return a function whose table is endless."""
    ranges = Array([0, 1] * 4)
    return stream(
        pdf,
        packed(b"\0", HUGE),
        FunctionType=0,
        Domain=Array([0, 1]),
        Range=ranges,
        Size=Array([2]),
        BitsPerSample=8,
    )


def with_palette(pdf: pikepdf.Pdf) -> object:
    """Return a palette that is endless."""
    return Array([Name.Indexed, Name.DeviceCMYK, 255, stream(pdf, packed(b"\0", HUGE))])


NOTHING = zlib.compress(bytes(100))
PREDICTED = Dictionary(Predictor=15, Colors=4, BitsPerComponent=8, Columns=500_000_000)
BOMBS: dict[str, Callable[[], bytes]] = {
    "operators": lambda: with_content(packed(b"0 0 m\n", 55_000_000)),
    "numbers": lambda: with_content(packed(b"0 ", 25_000_000)),
    "arrays": lambda: with_content(packed(b"[]", 25_000_000)),
    "texts": lambda: with_content(packed(b"()", 25_000_000)),
    "states": lambda: with_content(packed(b"q ", 2_000_000)),
    "blanks": lambda: with_content(packed(b" ", HUGE)),
    "packed-twice": lambda: with_content(
        zlib.compress(packed(b"0 0 m\n", HUGE)), "FlateDecode", "FlateDecode"
    ),
    "lzw": lambda: with_content(lzw(300_000_000), "LZWDecode"),
    "lzw-in-flate": lambda: with_content(zlib.compress(lzw(300_000_000)), "FlateDecode", "LZWDecode"),
    "run-length": lambda: with_content(bytes([129, 32]) * 2_000_000, "RunLengthDecode"),
    "forms": lambda: with_forms(zlib.compress(b"/F Do " * 10)),
    "blank-forms": lambda: with_forms(zlib.compress(b"/F Do " * 10 + b" " * 20_000_000)),
    "glyphs": with_glyphs,
    "picture": lambda: with_picture(packed(b"\0", HUGE), (100, 100)),
    "picture-of-any-size": lambda: with_picture(NOTHING, (2**31 - 1, 2**31 - 1)),
    "picture-with-long-rows": lambda: with_picture(NOTHING, (9, 9), parms=PREDICTED),
    "profile": with_profile,
    "metadata": with_metadata,
    "widths": with_widths,
    "table": lambda: with_spot(with_table),
    "palette": lambda: with_picture(NOTHING, (10, 10), with_palette),
    "objects": with_objects,
}


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux alone")
def test_small_files_take_little_and_cost_no_other_its_report(tmp_path: Path) -> None:
    """Whatever they say that is in them: reports in bounded time and memory, and none of them is good."""
    for name, make in BOMBS.items():
        (tmp_path / f"{name}.pdf").write_bytes(make())
    (tmp_path / "bonne.pdf").write_bytes(saved(good_file()))
    done = subprocess.run(
        [
            sys.executable,
            "-P",
            "-m",
            "oxalis_panels",
            "preflight",
            *(f"{name}.pdf" for name in (*BOMBS, "bonne")),
        ],
        cwd=tmp_path,
        env=environment({}),
        capture_output=True,
        encoding="utf-8",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (SECONDS * len(BOMBS),) * 2),
        check=False,
    )
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    titles = [line for line in done.stdout.splitlines() if line.startswith("Contrôle")]
    assert [re.findall(r"\S+(?=\.pdf)", title) for title in titles] == [[name] for name in (*BOMBS, "bonne")]
    passed = [title for title in titles if " — conforme" in title and "à vérifier" not in title]
    assert passed == titles[-1:]
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 < MEMORY


def test_what_is_large_and_honest_is_still_read() -> None:
    """A picture of A1 at 200 dpi that is packed like text, and content in LZW, as old programs write it."""
    size = (4677, 6622)
    pixels = zlib.compress(bytes([0, 0, 0, 200]) * size[0] * size[1], 1)
    report = inspect(with_picture(pixels, size), ASK)
    (ink,) = [item for item in report.items if item.check == "ink"]
    assert ink.result == "ok"
    old = lzw(100_000)
    assert unpacked_size(old, 200_000) >= 100_000
    assert inspect(with_content(old, "LZWDecode"), ASK).faults == ()


@pytest.mark.parametrize("size", [1, 300, 5000, 70_000, 3_000_000])
def test_the_size_of_lzw_is_known_before_it_is_unpacked(size: int) -> None:
    """As many bytes as qpdf makes of it."""
    data = lzw(size)
    pdf = pikepdf.new()
    made = stream(pdf, data, "LZWDecode")
    assert unpacked_size(data, 10_000_000) == len(made.read_bytes())
    assert unpacked_size(data, 100) <= max(100, size) or size > 100
