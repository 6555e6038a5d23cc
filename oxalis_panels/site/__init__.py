"""Collection → website: pages, styles, fonts and data, every link checked."""

from oxalis_panels.site.building import SiteInputs, build_site

__all__ = ["SiteInputs", "build_site"]
