"""No more of a file is read than its limit, whatever happens meanwhile."""

import pytest

from catalogue.folder.regular_files import CHUNK_BYTES, TooLarge, read_chunks


class Growing:
    """A file that is longer whenever one looks."""

    given = 0

    def read(self, size):
        self.given += size
        return bytes(size)


@pytest.mark.parametrize("limit", [10, CHUNK_BYTES, 3 * CHUNK_BYTES + 1])
def test_a_file_that_grows_while_it_is_read_ends_at_its_limit(limit):
    file = Growing()
    with pytest.raises(TooLarge):
        b"".join(read_chunks(file.read, limit))
    assert file.given == limit + 1
