"""Keep compiled templates, and compile side by side what is not kept.

Jinja works out beforehand what it can, such as the theme's words and the form of days. So code is kept
for all of that together. Like the code of a Python module it is to be trusted as much as the source that
it lies beside, and is never among the caches of data, which a workflow carries along
(catalogue/database.py).
"""

import json
import marshal
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from hashlib import blake2b
from importlib.util import cache_from_source
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from building.check_theme import NAMING
from building.pelican_adapter.template_compiler import TemplateCompiler
from catalogue.compiled_files import write_compiled
from catalogue.database import read_version
from catalogue.workers import share_work

DIGEST_BYTES = 16
SOME = 4  # templates that are worth a process
make_hash = partial(blake2b, digest_size=DIGEST_BYTES)


class CompiledTemplates(BytecodeCache):
    """The templates that a process has compiled, by all that their code comes from."""

    def __init__(self) -> None:
        """Begin with none."""
        self.kept: dict[tuple[str, str], CodeType] = {}
        self.basis = ""  # a hash of what besides its source goes into the code of each template

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the path of a template's file."""
        return filename or name

    def get_source_checksum(self, source: str) -> str:
        """Return a hash of all that the code of a template comes from."""
        return make_hash(f"{self.basis}{source}".encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Set the code that is kept of a template."""
        bucket.code = self.kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template that was compiled."""
        self.keep(bucket)

    def keep(self, bucket: Bucket) -> None:
        """Keep the code of a template in this process."""
        assert bucket.code
        self.kept[bucket.key, bucket.checksum] = bucket.code


class TemplateFiles(CompiledTemplates):
    """Compiled templates that are kept for the next run too, where Python keeps compiled modules.

    A file begins with a hash of what the code comes from and of the code, so that one which is damaged is
    none. One that cannot be read or written is done without.
    """

    def load_bytecode(self, bucket: Bucket) -> None:
        """Set the code that is kept of a template."""
        super().load_bytecode(bucket)
        if bucket.code is None:
            with suppress(OSError):
                data = Path(cache_from_source(bucket.key)).read_bytes()
                code = data[DIGEST_BYTES:]
                if data[:DIGEST_BYTES] == seal(bucket, code):
                    bucket.code = marshal.loads(code)  # noqa: S302 - as Python does beside it
                    self.keep(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template that was compiled, for the next run too unless Python is told to keep nothing."""
        self.keep(bucket)
        if not sys.dont_write_bytecode:
            code = marshal.dumps(bucket.code)
            with suppress(OSError):
                write_compiled(cache_from_source(bucket.key), seal(bucket, code) + code)


def seal(bucket: Bucket, code: bytes) -> bytes:
    """Return what the file of a template begins with; `code` is what marshal makes of its code."""
    # The path is in the code, and faults are told by it: a folder may have been moved.
    return make_hash(b"\0".join((os.fsencode(bucket.key), bucket.checksum.encode(), code))).digest()


def keep_compiled(environment: Environment, basis: Any) -> None:
    """Have an environment compile its templates as this site does, and keep what is compiled.

    `basis` is data for JSON of all that Jinja works out beforehand.
    """
    environment.code_generator_class = TemplateCompiler
    cache = environment.bytecode_cache or TemplateFiles()
    assert isinstance(cache, CompiledTemplates)
    cache.basis = make_hash(json.dumps([read_version(), basis]).encode()).hexdigest()
    environment.bytecode_cache = cache


def compile_templates(environment: Environment, names: Iterable[str]) -> None:
    """Compile templates and all that they name, those that are not kept side by side.

    `environment` keeps its templates in CompiledTemplates. Raises what Jinja raises for a faulty one.
    """
    cache = environment.bytecode_cache
    assert isinstance(cache, CompiledTemplates)
    buckets = find_buckets(environment, names)
    missing = [name for name, bucket in buckets.items() if bucket.code is None]

    def compile_one(name: str) -> CodeType | None:
        environment.get_template(name)
        return find_bucket(environment, name)[0].code

    for name, code in zip(missing, share_work(lambda: compile_one, missing, SOME, 1), strict=True):
        buckets[name].code = code
        cache.keep(buckets[name])
    for name in buckets:
        environment.get_template(name)


def find_buckets(environment: Environment, names: Iterable[str]) -> dict[str, Bucket]:
    """Return what is kept of templates, and of all that they name, by their names."""
    buckets: dict[str, Bucket] = {}
    waiting = [*names]
    while waiting:
        name = waiting.pop()
        if name not in buckets:
            buckets[name], source = find_bucket(environment, name)
            waiting += NAMING.findall(source)
    return buckets


def find_bucket(environment: Environment, name: str) -> tuple[Bucket, str]:
    """Return what is kept of a template, and its source."""
    assert environment.loader
    assert environment.bytecode_cache
    source, path, _ = environment.loader.get_source(environment, name)
    assert path
    return environment.bytecode_cache.get_bucket(environment, name, path, source), source
