"""Draw the Mermaid diagrams of README and guides as SVG, once, so that the site needs no script and no network.

    npm pack mermaid && tar xzf mermaid-*.tgz
    python docs/diagrams.py package/dist/mermaid.min.js

Run it after a change to a diagram, and commit what it writes: `docs/images/diagrams/<hash of the text>.svg`, and the
same with `-dark`. `make docs` and a test refuse a diagram that is not drawn. It needs Chromium (`--chromium`).
"""

from __future__ import annotations

import argparse
from pathlib import Path

from playwright.sync_api import sync_playwright

from bicentennial.docs.pages import DIAGRAM, DIAGRAMS, name_diagram, source_pages

PAGE = "<!doctype html><meta charset='utf-8'><body style='font-family: sans-serif'></body>"
DRAW = """async ([text, theme, ground]) => {
    // Labels as text, not as HTML, which an image may not hold; on the ground of the page, so no line crosses them.
    mermaid.initialize({startOnLoad: false, theme, htmlLabels: false, flowchart: {htmlLabels: false},
                        deterministicIds: true, fontFamily: "sans-serif",
                        themeCSS: `.edgeLabel text { paint-order: stroke; stroke: ${ground}; stroke-width: 5px; }
                                   .edgeLabel rect { fill: ${ground} !important; opacity: 1 !important; }`});
    return (await mermaid.render("diagram", text)).svg;
}"""


def main() -> None:
    """Draw what the pages hold, and remove drawings of what they no longer hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mermaid", type=Path, help="mermaid.min.js of the npm package")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    arguments = parser.parse_args()
    texts = [match["text"] for page in source_pages() for match in DIAGRAM.finditer(page.read_text(encoding="utf-8"))]
    DIAGRAMS.mkdir(parents=True, exist_ok=True)
    for old in DIAGRAMS.glob("*.svg"):
        old.unlink()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=arguments.chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.set_content(PAGE)
        page.add_script_tag(path=arguments.mermaid)
        for text in texts:
            for dark, theme, ground in ((False, "default", "#ffffff"), (True, "dark", "#131416")):
                path = DIAGRAMS / name_diagram(text, dark=dark)
                path.write_text(page.evaluate(DRAW, [text, theme, ground]) + "\n", encoding="utf-8")
                print(path.name)
        browser.close()


if __name__ == "__main__":
    main()
