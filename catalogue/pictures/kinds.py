"""Know what kind of picture a file is by its first bytes, whatever its name says."""


def find_picture_type(data: bytes) -> str:
    """Return a picture's type by its first bytes; empty when it is none of ours."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WebP"
    brands = data[8 : min(int.from_bytes(data[:4]), 256)]
    if data[4:8] == b"ftyp" and (b"avif" in brands or b"avis" in brands):
        return "AVIF"
    return ""
