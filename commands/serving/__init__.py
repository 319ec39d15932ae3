"""The server of the preview, and what it watches."""
