"""Run as an account that permissions bind: they do not bind the system's own, which may run the tests."""

import os
import shutil

DROPPED = "-dac_override,-dac_read_search"  # what lets Linux' root read and write every file
BOUND = (
    ["setpriv", "--bounding-set", DROPPED, "--inh-caps", DROPPED]
    if os.name == "posix" and os.geteuid() == 0 and shutil.which("setpriv")
    else []
)
IS_BOUND = os.name == "posix" and (os.geteuid() != 0 or bool(BOUND))
