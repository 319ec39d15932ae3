"""Remove from a colour profile all that is not needed to show the colours.

Its colours, its name and its maker's notice of copyright stay (ICC.1:2022, sections 7.2 and 7.3).
A screen's profile, which programs put into pictures of that screen, can carry its serial number.
"""

HEADER = 128
COLOUR_TAGS = frozenset(
    b"A2B0 A2B1 A2B2 A2B3 B2A0 B2A1 B2A2 B2A3 B2D0 B2D1 B2D2 B2D3 D2B0 D2B1 D2B2 D2B3 bTRC bXYZ "
    b"bkpt chad chrm cicp cprt desc gTRC gXYZ gamt kTRC lumi pre0 pre1 pre2 rTRC rXYZ wtpt".split()
)


def clean_profile(profile: bytes) -> bytes:
    """Return a profile of the same length with zeros where it held anything else; empty if it is none."""
    size, count = int.from_bytes(profile[:4]), int.from_bytes(profile[HEADER : HEADER + 4])
    table = HEADER + 4 + 12 * count
    if profile[36:40] != b"acsp" or not table <= size <= len(profile):
        return b""
    clean = bytearray(size)
    clean[:84] = profile[:84]  # behind it stand a sum of the old bytes and what is reserved
    clean[HEADER:table] = profile[HEADER:table]
    for at in range(HEADER + 4, table, 12):
        start, length = (int.from_bytes(profile[at + i : at + i + 4]) for i in (4, 8))
        if not table <= start <= start + length <= size:
            return b""
        if profile[at : at + 4] in COLOUR_TAGS:
            clean[start : start + length] = profile[start : start + length]
    return bytes(clean)
