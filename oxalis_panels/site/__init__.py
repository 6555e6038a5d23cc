"""Collection → website: pages, styles, fonts and data, every link checked."""

from oxalis_panels.site.building import build_site
from oxalis_panels.site.inputs import SiteInputs

__all__ = ["SiteInputs", "build_site"]
