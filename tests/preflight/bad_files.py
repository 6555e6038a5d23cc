"""The seeded bad files: for each fault, how it is put into a good file, and which check must find it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import changes as put
import pikepdf
from good_file import OFFSET, draw, good_file, saved
from pikepdf import Array, Dictionary, Name, String

from oxalis_panels.printers.printer import Printer

X1A = replace(OFFSET, standard="PDF/X-1a:2003")
LZW = "72 0 0 0.3 300 300 cm BI /W 180 /H 1 /BPC 1 /IM true /F [/AHx /LZW] ID 800B6050220C0C8501> EI"
"""A stencil inside the content."""
OLD = ("standard", "preflight-forbidden")
FLAT = ("transparency", "preflight-transparency")
BROWN = "0.7 0.6 0.6 0.9 k"
"""A black of four inks."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a file."""

    check: str
    """The check that must find it, and the only one."""
    code: str
    """What it must say."""
    change: Callable[[pikepdf.Pdf], None]
    printer: Printer = OFFSET
    warning: bool = False
    """Whether the file may be sent all the same."""


def make(fault: Fault) -> bytes:
    """Return a file with one fault."""
    pdf = good_file()
    fault.change(pdf)
    return saved(pdf, "1.4" if fault.printer.standard != "PDF/X-4" else "1.6")


FAULTS = {
    "format": Fault("boxes", "preflight-trim", put.wrong_box),
    "fond-perdu-3.53": Fault("boxes", "preflight-bleed", put.weasyprint_bleed),
    "sans-format": Fault("boxes", "preflight-no-trim", put.no_trim),
    "rogne": Fault("boxes", "preflight-cut", put.cropped),
    "sans-norme": Fault("standard", "preflight-standard", put.no_standard),
    "x1a-jpeg-2000": Fault(*OLD, put.as_x1a(put.packed_as(Name.JPXDecode)), X1A),
    "x1a-jbig2": Fault(*OLD, put.as_x1a(put.packed_as(Name.JBIG2Decode)), X1A),
    "x1a-lzw": Fault(*OLD, put.as_x1a(put.drawn(LZW)), X1A),
    "x1a-16-bits": Fault(*OLD, put.as_x1a(put.placed(b"\xff", BitsPerComponent=16)), X1A),
    "x1a-piece-jointe": Fault(*OLD, put.as_x1a(put.attached), X1A),
    "x1a-profil": Fault("colours", "preflight-colour.profiled", put.as_x1a(put.cmyk_profiled), X1A),
    "opi": Fault(*OLD, put.placed(bytes(4), OPI=Dictionary())),
    "postscript": Fault(*OLD, put.with_form(Subtype2=Name.PS)),
    "postscript-seul": Fault(*OLD, put.with_form(Subtype=Name.PS)),
    "renvoi": Fault(*OLD, put.with_form(Ref=Dictionary(F=String("plan.pdf")))),
    "deux-formats": Fault("boxes", "preflight-art-box", put.art_box),
    "sans-trapped": Fault("standard", "preflight-metadata", put.untrapped),
    "calques": Fault("standard", "preflight-layers", put.layered, warning=True),
    "sans-condition": Fault("intent", "preflight-no-intent", put.no_intent),
    "autre-condition": Fault("intent", "preflight-condition", put.wrong_condition),
    "sans-registre": Fault("intent", "preflight-registry", put.no_registry),
    "icc-cmjn": Fault("colours", "preflight-colour.profiled", put.cmyk_profiled, warning=True),
    "profil-rvb": Fault("intent", "preflight-profile", put.rgb_profile),
    "autre-profil": Fault("intent", "preflight-other-profile", put.other_profile, warning=True),
    "texte-rvb": Fault("colours", "preflight-colour.foreign", put.drawn(put.text_of("1 0 0 rg"))),
    "texte-noir-rvb": Fault("colours", "preflight-colour.foreign", put.drawn(put.text_of("0 0 0 rg"))),
    "filet-rvb": Fault(
        "colours", "preflight-colour.foreign", put.drawn("2 w 0 0 1 RG 300 300 m 900 300 l S")
    ),
    "image-rvb": Fault("colours", "preflight-colour.foreign", put.placed(b"\xff\0\0")),
    "image-rvb-en-ligne": Fault(
        "colours",
        "preflight-colour.foreign",
        put.drawn("0.3 0 0 0.3 9 9 cm BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI"),
    ),
    "degrade-rvb": Fault("colours", "preflight-colour.foreign", put.gradient(Name.DeviceRGB, 1, 0, 0)),
    "motif-rvb": Fault("colours", "preflight-colour.foreign", put.tiled),
    "formulaire-rvb": Fault("colours", "preflight-colour.foreign", put.nested),
    "masque-rvb": Fault("colours", "preflight-colour.foreign", put.masked),
    "icc-rvb": Fault("colours", "preflight-colour.foreign", put.rgb_profiled),
    "lab": Fault(
        "colours",
        "preflight-colour.foreign",
        put.filled_in(Name.Lab, {"/WhitePoint": [0.9, 1, 0.8]}),
    ),
    "palette-rvb": Fault(
        "colours",
        "preflight-colour.foreign",
        put.placed(b"\0", ColorSpace=[Name.Indexed, Name.DeviceRGB, 0, b"abc"]),
    ),
    "ton-direct-en-rvb": Fault(
        "colours",
        "preflight-colour.foreign",
        put.filled_in(Name.Separation, Name.Or, Name.DeviceRGB, 1, 1, 0),
    ),
    "ton-direct": Fault(
        "colours",
        "preflight-colour.spot",
        put.filled_in(Name.Separation, Name.Or, Name.DeviceCMYK, 0, 0.2, 1, 0),
    ),
    "reperage": Fault(
        "colours",
        "preflight-colour.registration",
        put.filled_in(Name.Separation, Name.All, Name.DeviceCMYK, 1, 1, 1, 1),
    ),
    "encrage-330": Fault("ink", "preflight-ink.over", put.drawn("0.8 0.8 0.8 0.9 k 300 300 200 200 re f")),
    "encrage-image": Fault("ink", "preflight-ink.over", put.placed(bytes([210] * 4))),
    "encrage-jpeg": Fault("ink", "preflight-ink.over", put.heavy_jpeg),
    "encrage-degrade": Fault("ink", "preflight-ink.over", put.gradient(Name.DeviceCMYK, 1, 1, 1, 0.3)),
    "surimpression": Fault("ink", "preflight-ink.overlap", put.overprinted, warning=True),
    "encrage-inconnu": Fault(
        "ink", "preflight-ink.unknown", put.placed(bytes(4), BitsPerComponent=4), warning=True
    ),
    "blanc-en-surimpression": Fault(
        "ink", "preflight-white-overprint", put.in_state("0 0 0 0 k", OP=True, OPM=1)
    ),
    "blanc-d-une-encre": Fault("ink", "preflight-white-overprint", put.in_state("/Black cs 0 scn", op=True)),
    "transfert": Fault("ink", "preflight-transfer", put.in_state("0 0 0 1 k", TR=put.tint(0))),
    "transfert-tr2": Fault("ink", "preflight-transfer", put.in_state("0 0 0 1 k", TR2=Name.Identity)),
    "transfert-sans-effet": Fault(
        "ink", "preflight-transfer", put.in_state("0 0 0 1 k", TR=Name.Identity), warning=True
    ),
    "transfert-de-trame": Fault(
        "ink",
        "preflight-transfer",
        put.in_state("0 0 0 1 k", HT=Dictionary(HalftoneType=1, TransferFunction=put.tint(0))),
    ),
    "phase-de-trame": Fault("ink", "preflight-transfer", put.in_state("0 0 0 1 k", HTP=Array([1, 1]))),
    "texte-noir-quatre-encres": Fault("black", "preflight-black", put.drawn(put.text_of(BROWN))),
    "filet-noir-quatre-encres": Fault(
        "black", "preflight-black", put.drawn("1 w 0.7 0.6 0.6 0.9 K 300 300 m 900 300 l S")
    ),
    "x1a-opacite": Fault(*FLAT, put.as_x1a(put.drawn_with({"/ca": 0.5})), X1A),
    "x1a-fusion": Fault(*FLAT, put.as_x1a(put.drawn_with({"/BM": Name.Screen})), X1A),
    "x1a-groupe": Fault(*FLAT, put.as_x1a(put.grouped(Name.DeviceCMYK)), X1A),
    "groupe-rvb": Fault("transparency", "preflight-group", put.grouped(Name.DeviceRGB), warning=True),
    "police-empruntee": Fault(
        "fonts", "preflight-font-borrowed", put.set_in("ABCDEF+DejaVuSans", "DejaVu Sans")
    ),
    "police-absente": Fault("fonts", "preflight-font-missing", put.not_embedded),
    "police-entiere": Fault(
        "fonts", "preflight-font-whole", put.set_in("Oxalis-Marks", "Oxalis Marks"), warning=True
    ),
    "police-dessinee": Fault(
        "fonts", "preflight-font-drawn", put.glyph_drawings(b"0 0 500 500 re f"), warning=True
    ),
    "caractere-absent": Fault("fonts", "preflight-glyph", put.drawn(put.text_of().replace("<0001", "<0000"))),
    "texte-18": Fault("sizes", "preflight-small", put.drawn(put.text_of(size=18))),
    "texte-reduit": Fault("sizes", "preflight-small", put.drawn(f"0.5 0 0 0.5 0 0 cm {put.text_of()}")),
    "texte-au-bord": Fault("margin", "preflight-margin", put.drawn(put.text_of(x=12))),
    "texte-long-au-bord": Fault("margin", "preflight-margin", put.drawn(put.text_of(x=1620))),
    "textes-superposes": Fault(
        "overlaps", "preflight-overlap", put.drawn(put.text_of(y=600) + put.text_of(x=345, y=600))
    ),
    "textes-de-tailles-diverses": Fault(
        "overlaps",
        "preflight-overlap",
        put.drawn(put.text_of(size=90, y=600) + put.text_of("0 0 0 0.5 k", 30, 340, 620)),
    ),
    "textes-tournes": Fault(
        "overlaps",
        "preflight-overlap",
        put.drawn(f"0.7 0.7 -0.7 0.7 900 500 cm {put.text_of(x=300)} {put.text_of(x=350)}"),
    ),
    "texte-debout-sur-un-autre": Fault(
        "overlaps",
        "preflight-overlap",
        put.drawn(f"{put.text_of(y=600)} q 0 1 -1 0 1350 280 cm {put.text_of()} Q"),
    ),
    "trop-lourd": Fault("weight", "preflight-heavy", put.heavy_file, replace(OFFSET, weight=1)),
    "image-90": Fault("pictures", "preflight-resolution", put.placed(bytes(4), 180)),
    "image-140": Fault("pictures", "preflight-resolution", put.placed(bytes(4), 280), warning=True),
    "filet-zero": Fault("lines", "preflight-line.line", put.drawn("0 w 300 300 m 900 300 l S")),
    "filet-reduit": Fault(
        "lines", "preflight-line.line", put.drawn("0.1 0 0 0.1 0 0 cm 1 w 3000 3000 m 9000 3000 l S")
    ),
    "filet-en-aplat": Fault("lines", "preflight-line.area", put.drawn("300 300 900 0.1 re f"), warning=True),
    "annotation": Fault("interactive", "preflight-interactive", put.linked),
    "programme": Fault("interactive", "preflight-interactive", put.scripted),
    "deux-pages": Fault("pages", "preflight-pages", put.second_page),
}
"""Every fault by the name of its file."""


def _closed(user: str) -> bytes:
    """Return a good file that a password protects."""
    return saved(good_file(), "", encryption=pikepdf.Encryption(user=user, owner="secret"))


def _unparsable() -> bytes:
    """Return a file whose operators cannot be read."""
    pdf = good_file()
    draw(pdf, "BI EI")
    return saved(pdf)


def _misshapen() -> bytes:
    """Return a file with a form whose resources are a stream."""
    pdf = good_file()
    shown = put.form(pdf, b"0 0 0 1 k 300 300 200 200 re f", Resources=pdf.make_stream(b""))
    draw(pdf, "/Fm Do", XObject={"Fm": shown})
    return saved(pdf)


UNREADABLE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "vide": ("preflight-unreadable.empty", lambda: b""),
    "page-web": ("preflight-unreadable.not-a-pdf", lambda: b"<!doctype html><title>Page introuvable</title>"),
    "coupe": ("preflight-unreadable.broken", lambda: b"%PDF-1.6\n" + bytes(5000)),
    "mot-de-passe": ("preflight-unreadable.password", lambda: _closed("secret")),
    "protege": ("preflight-encrypted", lambda: _closed("")),
    "ressources": ("preflight-damaged", _misshapen),
    "version-1.7": ("preflight-version", lambda: saved(good_file(), "1.7")),
    "illisible": ("preflight-too-much", _unparsable),
    "repare": ("preflight-damaged", lambda: saved(good_file()).replace(b"startxref", b"startxxxx")),
}
"""Files that cannot be checked, or not as a press would read them: a code that is told, and the file."""
UNUSUAL = {
    "noir-en-surimpression": lambda pdf: draw(
        pdf,
        f"/Gs gs {put.text_of()}",
        ExtGState={"Gs": Dictionary(OP=True, op=True, OPM=1)},
    ),
    "gris": put.drawn(put.text_of("0 g")),
    "separation-noire": put.filled_in(Name.Separation, Name.Black, Name.DeviceCMYK, 0, 0, 0, 1),
    "transparence": put.drawn_with({"/ca": 0.5, "/BM": Name.Multiply}),
    "groupe-cmjn": put.grouped(Name.DeviceCMYK),
    "texte-invisible": put.drawn(f"3 Tr {put.text_of('1 0 0 rg', 4)}"),
    "rvb-hors-de-vue": put.drawn("0 0 1 1 re W n 1 0 0 rg 300 300 200 200 re f"),
    "grandi-par-la-matrice": put.drawn("BT 0 0 0 1 k /F1 1 Tf 30 0 0 30 300 500 Tm <0001> Tj ET"),
    "textes-cote-a-cote": put.drawn(put.text_of() + put.text_of(x=377)),
    "textes-l-un-sous-l-autre": put.drawn(put.text_of() + put.text_of(y=970)),
    "ombre": put.drawn(put.text_of("0 0 0 0.3 k") + put.text_of(x=304, y=1004)),
    "ombre-du-dernier-mot": put.drawn(
        put.text_of("0 0 0 0.3 k").replace("<00010002>", "<000100020001000100020002>")
        + put.text_of(x=422, y=1004).replace("<00010002>", "<000100020002>")
    ),
    "gras-par-decalage": put.drawn(put.text_of() + put.text_of(x=300.8)),
    "texte-rempli-puis-entoure": put.drawn(f"{put.text_of()} 1 Tr 1 w 0 0 0 1 K {put.text_of()}"),
    "texte-tourne-pres-d-un-autre": put.drawn(
        f"0.7 0.7 -0.7 0.7 900 500 cm {put.text_of()} {put.text_of(y=1042)}"
    ),
    "texte-repris-sur-un-aplat": put.drawn(
        f"{put.text_of()} 0 0 0 0 k 290 980 200 80 re f {put.text_of(x=320)}"
    ),
    "grand-numero-pale": put.drawn(put.text_of("0 0 0 0.1 k", 200, y=600) + put.text_of(x=340, y=600)),
    "texte-ecarte": put.drawn(
        "BT 0 0 0 1 k /F1 40 Tf 1 0 0 1 300 600 Tm [<0001> -6000 <0002>] TJ ET " + put.text_of(x=400, y=600)
    ),
    "blanc-qui-cache": put.in_state("0 0 0 0 k", OP=True, op=True, OPM=0),
    "blanc-sans-surimpression": put.in_state("0 0 0 0 k", OP=True, op=False, OPM=1),
    "gris-clair-en-surimpression": put.in_state("0 0 0 0.01 k", op=True, OPM=1),
    "transfert-par-defaut": put.in_state("0 0 0 1 k", TR2=Name.Default, HT=Name.Default),
    "noir-calcule": put.in_state("0 0 0 1 k", BG2=Name.Default, UCR=put.tint(0)),
    "photo-au-bord-de-l-encre": put.placed(bytes([191, 191, 191, 191])),
}
"""Files in which something looks odd and nothing is wrong."""
