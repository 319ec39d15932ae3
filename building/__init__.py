"""From the catalogue to a finished site."""


def __getattr__(name: str) -> type:
    """Return the class that `PELICAN_CLASS` names; Pelican takes it from no deeper module than this.

    It is loaded when it is asked for (PEP 562): most of what is here needs no Pelican.
    """
    if name == "SitePelican":
        from building.pelican_adapter.generator import SitePelican

        return SitePelican
    raise AttributeError(name)
