"""Web pages of our own: the article, what surrounds it, and the way back to the file's bytes."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from ingest.reading import read_document
from ingest.reading.model import TextDocument

from .makers import written

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Dry Creek | Valley News</title>
<meta property="og:title" content="Sheriff announces results of Operation Dry Creek">
<meta property="og:site_name" content="Valley News">
<meta property="article:published_time" content="2024-05-06T10:00:00-06:00">
<link rel="canonical" href="https://valley.example/news/dry-creek">
<script>var a = "<p>not text, 55 arrests</p>";</script><style>p{color:red}</style></head>
<body class="home page"><header><div>Valley News</div><nav><ul><li><a href="/">Home</a></li></ul></nav></header>
<div class="weather-widget">72°F Sunny</div>
<main><article><h1>Sheriff announces results of Operation Dry Creek</h1><p class="byline">By Ana Ruiz</p>
<div class="share-bar"><a>Facebook</a> <a>Twitter</a></div>
<p>The Sheriff&rsquo;s Office said on May&nbsp;3, 2024 that <b>Operation Dry Creek</b> led to 14&nbsp;arrests and the
   seizure of 1,200 pounds of metham&shy;phetamine &amp; $42,000 in cash — a ré&eacute;cord.</p>
<h2>Results by county</h2>
<ul><li>Pima County: 9 arrests</li><li>Cochise County: 5 arrests<ul><li>3 of them felonies</li></ul></li></ul>
<p><strong>Training:</strong> Deputies trained 60 officers in Nogales.</p>
<p><strong>NEXT STEPS</strong></p><p>More raids will follow in 3 counties, the Sheriff said in a statement.</p>
<table><tr><th>Item</th><th>Count</th></tr><tr><td>Rifles</td><td>12</td></tr></table>
<p hidden>Hidden 77 guns.</p>
<p>"This was a long investigation," Sheriff Lee said. "We thank the U.S. Customs for help."</p>
</article><div class="related"><h3>More stories</h3>
<p>City seizes 400 scooters in downtown sweep, officials say today.</p></div>
</main><aside><p>Subscribe to 5 newsletters.</p></aside><div id="comments"><p>Great job, 100 percent.</p></div>
<footer><p>© 2024 Valley News. All rights reserved.</p></footer></body></html>
"""


def page(folder: Path) -> TextDocument:
    return read_document(written(folder, "page.html", PAGE))


def test_the_article_and_nothing_else_is_content(tmp_path: Path) -> None:
    document = page(tmp_path)
    content = " ".join(b.span.slice(document.text) for b in document.blocks if b.kind != "furniture")
    for figure in (
        "14\xa0arrests",
        "1,200 pounds",
        "$42,000",
        "9 arrests",
        "5 arrests",
        "3 of them",
        "60 officers",
        "Rifles | 12",
    ):
        assert figure in content
    for other in ("55", "72", "77", "400", "100 percent", "5 newsletters", "©", "Facebook", "Ana Ruiz", "Home"):
        assert other not in content


def test_structure_of_a_page(tmp_path: Path) -> None:
    document = page(tmp_path)
    text = document.text
    title = "Sheriff announces results of Operation Dry Creek"
    (nested,) = [b for b in document.blocks if "felonies" in b.span.slice(text)]
    assert (nested.kind, nested.level, nested.headings) == ("list_item", 1, (title, "Results by county"))
    assert nested.opening is not None and nested.opening.slice(text) == "Cochise County: 5 arrests"
    (training,) = [b for b in document.blocks if "Deputies" in b.span.slice(text)]
    assert training.label is not None and training.label.slice(text) == "Training"
    (after,) = [b for b in document.blocks if "More raids" in b.span.slice(text)]
    assert after.headings[-1] == "NEXT STEPS"


def test_every_run_maps_back_to_the_bytes_of_the_file(tmp_path: Path) -> None:
    document = page(tmp_path)
    data = PAGE.encode()
    starts = [*document.origins, (len(document.text), 0)]
    for (start, byte), (end, _) in pairwise(starts):
        run = document.text[start:end].split("\n")[0].rstrip(" |").encode()
        assert data[byte:].startswith(run) or data[byte : byte + 1] == b"&"


def test_what_a_page_states_of_itself(tmp_path: Path) -> None:
    stated = {(e.name, e.value) for e in page(tmp_path).metadata}
    assert {
        ("title", "Sheriff announces results of Operation Dry Creek"),
        ("publisher", "Valley News"),
        ("published_on", "2024-05-06"),
        ("event_on", "2024-05-03"),
        ("source_url", "https://valley.example/news/dry-creek"),
    } <= stated


def test_a_stated_charset_is_used(tmp_path: Path) -> None:
    data = '<meta charset="iso-8859-1"><p>12 años, “no”</p>'.encode("cp1252")
    document = read_document(written(tmp_path, "old.html", data))
    assert document.text.strip() == "12 años, “no”"


def test_sloppy_lists_and_a_sign_in_an_attribute(tmp_path: Path) -> None:
    source = '<ul><li><b>12 guns<li>14 <a title="a > b">raids</a></ul><p>one<p>two < three'
    document = read_document(written(tmp_path, "sloppy.html", source))
    assert [(b.kind, b.span.slice(document.text)) for b in document.blocks] == [
        ("list_item", "12 guns"),
        ("list_item", "14 raids"),
        ("paragraph", "one"),
        ("paragraph", "two < three"),
    ]
