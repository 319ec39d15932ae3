"""Every fault of the disk is a sentence with a remedy."""

import errno

import pytest

from building.disk_errors import ADVICE, WITHOUT_OUTPUT, explain_os_error


@pytest.mark.parametrize("code", [*sorted(ADVICE), errno.ENFILE, errno.ENOENT, 0])
def test_a_fault_of_the_disk_is_told_in_plain_words(code: int) -> None:
    for name in ("a\x1b[31m\nb.html", None):
        text = explain_os_error(OSError(code, "some reason", name))
        assert text.isprintable()
        assert text.endswith(".")
        assert not any(word in text for word in ("Errno", "Error", "errno"))
        assert text.startswith("a\\x1b[31m\\x0ab.html: ") if name else text[0].isupper()


@pytest.mark.parametrize("code", sorted(ADVICE))
def test_a_command_without_an_output_folder_is_told_of_none(code: int) -> None:
    again = "type the same command again"
    text = explain_os_error(OSError(code, "some reason", "a.html"), again, has_output=False)
    assert "--output" not in text
    assert "build" not in text
    assert "Remove it" not in text  # it may be a text
    assert "another path" not in text
    assert code not in WITHOUT_OUTPUT or again in text


def test_a_fault_without_a_reason_is_told_as_well() -> None:
    assert explain_os_error(OSError()).startswith("The system says: no reason given.")
