"""The documentation site, `make docs`: guides, data dictionary, lineage and dbt docs as static pages in the release.

Not here: texts. They are README.md, CONTRIBUTING.md, `docs/*.md` and the descriptions in the dbt project.
"""
