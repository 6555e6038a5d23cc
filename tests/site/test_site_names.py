"""What a page names, however its tags are written: a parser of HTML says the same."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from oxalis_panels.site.extraction import ADDRESSES, NAMING, REFERENCES, Facts, facts_of, style_files

NAMES = [
    *sorted(NAMING),
    "class",
    "role",
    "rel",
    "lang",
    "aria-label",
    "aria-hidden",
    "title",
    "data-id",
    "alt",
]
OPENINGS = [
    "p",
    "a",
    "h1",
    "li",
    "section",
    "strong",
    "svg",
    "img",
    "image",
    "label",
    "video",
    "my-tag",
    "IMG",
    "P",
]
WORDS = [
    "",
    "a",
    "b c",
    "#a",
    "x.html",
    "data:,x",
    "&amp;",
    "&#34;",
    "é",
    "<b id=no>",
    " id=",
    ">",
    "=",
    "/*",
    "?",
]

values = st.lists(st.sampled_from([*WORDS, "url(y.png)", "'"]), max_size=3).map("".join)
quoted = st.one_of(
    values.map('"{}"'.format),
    values.filter(lambda value: "'" not in value).map("'{}'".format),
    st.sampled_from(["a", "x.html", "#b", "&amp;"]),
)
attributes = st.one_of(
    st.builds('{}="{}"'.format, st.sampled_from(["class", "aria-label", "id", "href"]), values),
    st.builds("{}{}{}".format, st.sampled_from(NAMES), st.sampled_from(["=", "=", " = "]), quoted),
    st.builds('{}="{}"'.format, st.sampled_from(NAMES), values),
    st.sampled_from(["data-added", "alt", "hidden", "ID=Z", 'HREF="Y"']),
)
tags = st.builds(
    lambda name, given: f"<{' '.join([name, *given])}>",
    st.sampled_from(OPENINGS),
    st.lists(attributes, max_size=3),
)
sheets = st.sampled_from(
    [
        "<style>p { background: url(z.png) } /* <p id=no> url(no.png) */</style>",
        '<STYLE media="print">p { mask: url("w.svg") }</STYLE>',
        '<script src="s.js" defer></script>',
        "<script>\"<p id='no'>\" < 'x'</script>",
    ]
)
others = st.sampled_from(
    ["</p>", "</strong>", "it's \"id='no'\"", " a < b ", "&lt;p id=no>", "\n", "<!doctype html>"]
)
comments = st.sampled_from(["<!-- <a href='no'> -->", '<!--"-->', "<!-- > id=no -->"])
pages = st.lists(st.one_of(tags, tags, tags, sheets, others, comments), max_size=8).map("".join)


class Reader(HTMLParser):
    """Reads what a page names, one attribute after the other."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self.identifiers: list[str] = []
        self.targets: list[str] = []
        self.published: list[str] = []
        self.references: list[str] = []
        self.without_alt: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what the attributes with a value name."""
        for name, value in attrs:
            self._keep(name, value or "")
        if tag == "img" and "alt" not in dict(attrs):
            self.without_alt.append(self.get_starttag_text() or "")

    def handle_data(self, data: str) -> None:
        """Keep what a style sheet asks for."""
        if self.lasttag == "style" and self.cdata_elem:
            self.targets += style_files(data)

    def _keep(self, name: str, value: str) -> None:
        if name == "id":
            self.identifiers.append(value)
        elif name == "content":
            self.published.append(value)
        elif name == "srcset":
            self.targets += [each.split()[0] for each in value.split(",") if each.strip()]
        elif name == "style":
            self.targets += style_files(value)
        elif name in REFERENCES:
            self.references += value.split()
        elif name in ADDRESSES and not value.startswith("data:"):
            self.targets.append(value)


@given(pages)
def test_a_page_names_what_a_parser_of_html_reads(page: str) -> None:
    """Attributes of any quotes and case, `>` and tags inside them, comments, style sheets and scripts."""
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert facts_of(page) == Facts(
        tuple(reader.identifiers),
        tuple(dict.fromkeys(reader.targets)),
        tuple(dict.fromkeys(reader.published)),
        tuple(dict.fromkeys(reader.references)),
        tuple(reader.without_alt),
    )
