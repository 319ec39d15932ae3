"""Write what was compiled where Python keeps compiled modules (`__pycache__`)."""

import os
from contextlib import suppress


def write_compiled(path: str, data: bytes) -> None:
    """Write a file, all of it or nothing, in place of the last one. Raises OSError.

    Others may read the last one meanwhile, or write their own.
    """
    os.makedirs(os.path.dirname(path), exist_ok=True)
    fresh = f"{path}.{os.getpid()}"
    try:
        with open(fresh, "wb") as file:
            file.write(data)
        os.replace(fresh, path)
    finally:
        with suppress(FileNotFoundError):
            os.remove(fresh)
