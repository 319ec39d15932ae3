"""Whatever a program of the set-up says, the author reads one sentence with a remedy."""

import os
import sys

import pytest

from commands.launch import setup_log


@pytest.mark.parametrize(
    ("log", "start"),
    [
        (
            "ERROR: Could not install packages: [Errno 28] No space left on device",
            "The disk is full",
        ),
        ("[Errno 122] Disk quota exceeded", "The disk is full"),
        ("SSLError(... CERTIFICATE_VERIFY_FAILED ...) timed out", "The packages' server shows"),
        (
            "WARNING: Retrying ... [Errno -3] Temporary failure in name resolution\n"
            "ERROR: No matching distribution found for x==1",
            "The packages could not be fetched",
        ),
        ("ReadTimeoutError: Read timed out.", "The packages could not be fetched"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "A package that came is not the one"),
        ("ERROR: No matching distribution found for x==1", "Not every package comes ready-made"),
        ("[Errno 13] Permission denied: '/x'", "The folder .venv cannot be written"),
    ],
)
def test_a_failed_set_up_is_explained_in_one_sentence_with_a_remedy(log, start):
    sentence = setup_log.explain_log(log)
    assert sentence.startswith(start)
    assert "\n" not in sentence
    assert "then type the same command again" in sentence


def test_a_failure_that_nobody_foresaw_leads_to_the_log(tmp_path):
    log = tmp_path / "setup.log"
    command = [sys.executable, "-c", "print('odd'); raise SystemExit(3)"]
    with pytest.raises(SystemExit) as ended:
        setup_log.run_logged(command, str(log), os.environ)
    assert ended.value.code == (
        f"Setting up did not work: read the last lines of {log}, then type the same command again."
    )
    assert log.read_text() == "odd\n"
