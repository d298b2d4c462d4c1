"""Sphinx's configuration of the documentation site. `make docs` runs it; the pages are those of the repository."""

project = "Bicentennial"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
nitpicky = True

# Anchors as a code host makes them, so that one link works here and there.
myst_heading_anchors = 6
suppress_warnings = ["misc.highlighting_failure"]  # DuckDB's `from t` and `…` in an example are no errors

html_theme = "furo"
html_title = "Bicentennial"
html_static_path = ["site"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
html_theme_options = {"top_of_page_buttons": []}  # no link to a source that may be elsewhere
