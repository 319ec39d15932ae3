"""Name the ways in which a request can end without an answer."""

NO_HOST = "no host"  # the name is nobody's
UNREACHED = "unreached"  # no connection, or none that lasted: perhaps later, perhaps never
BROKEN = "broken"  # an answer that no browser would show without a warning
UNSURE = "unsure"  # browsers may know better
NOT_ASKED = "not asked"  # by our own rule


class Failure(Exception):
    """Raised for a request without an answer: what was seen, in words for the ledger, and its kind."""

    def __init__(self, status: str, kind: str) -> None:
        super().__init__(status)
        self.status, self.kind = status, kind
