"""What Pelican is taught: one feature, one file.

A plugin says on top what it reads, adds and writes. One that reads what others add names them in
`AFTER`, and stands below them in `PLUGINS` (`building/pelican_adapter/fixed_settings.py`).
"""
