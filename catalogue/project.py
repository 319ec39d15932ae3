"""Where the project lies, and which of its folders hold code."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CONTENT = ROOT / "content"
CODE_FOLDERS = ("catalogue", "plugins", "building", "commands")
