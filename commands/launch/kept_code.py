"""Keep the code of regular expressions and of dataclasses, which Python makes anew in every run.

Python keeps the code of a module, but not that of the expressions and the classes that a module makes as it
is loaded: for all that an edit loads, they take a tenth of its time. Here they are kept beside this module,
where its own code is, and trusted as much. What a function compiles while it runs is not kept: it may have
come of a text.

Python's ways to make them are its own affair (`re._compiler`, and the `exec` that `dataclasses` calls). What
is kept is for one Python alone, and where these ways are others, all is made as ever.
"""

import marshal
import re
import sys
import warnings
from contextlib import suppress
from importlib.util import cache_from_source, source_hash
from types import CodeType, FrameType, ModuleType
from typing import Any

from catalogue.compiled_files import write_compiled

ENDING = ".kept"
MOST = 2_000  # of each kind; what old states of the code have left is dropped when there are more
# How far above `is_loading` whoever wants an expression is: between them are `compile_pattern`,
# `re._compile`, and `re.compile` or another function of `re`.
ABOVE = 4
OPTIMIZED = 0x1  # the flag of the code of a function, which that of a module or a class has not
DIGEST_BYTES = 8
CODE_BYTES = 4  # of one number in the code of an expression

PatternKey = tuple[bool, str | bytes, int]  # whether it is of bytes, the expression, its flags
PatternParts = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]


class KeptCode:
    """The code that is kept, and what a run adds to it."""

    def __init__(self, file: str) -> None:
        """Read what is kept in a file; nothing if it is damaged, or of another Python."""
        self.file = file
        self.patterns: dict[PatternKey, PatternParts] = {}
        self.sources: dict[str, bytes] = {}
        self.is_new = False
        with suppress(OSError, ValueError, TypeError, EOFError), open(file, "rb") as stream:
            digest, data = stream.read(DIGEST_BYTES), stream.read()
            if digest != source_hash(data):  # code that is damaged could do anything
                return
            version, patterns, sources = marshal.loads(data)  # noqa: S302 - as Python does beside it
            if version == sys.version and max(len(patterns), len(sources)) <= MOST:
                self.patterns, self.sources = patterns, sources

    def save(self) -> None:
        """Write what is new, unless Python is told to keep nothing, or the disk has no place for it."""
        if not self.is_new or sys.dont_write_bytecode:
            return
        data = marshal.dumps((sys.version, self.patterns, self.sources))
        with suppress(OSError):
            write_compiled(self.file, source_hash(data) + data)

    def take_over(self, compiler: Any) -> None:
        """Have `compiler`, which is `re._compiler`, and `dataclasses` take their code from here."""
        plain, engine = compiler.compile, compiler._sre
        made: dict[int, tuple[Any, ...]] = {}  # what an expression was made of, by its identity

        def record(*parts: Any) -> re.Pattern[Any]:
            pattern: re.Pattern[Any] = engine.compile(*parts)
            made[id(pattern)] = parts
            return pattern

        def compile_pattern(source: Any, flags: int = 0) -> re.Pattern[Any]:
            # `dataclasses` compiles one as it is loaded, which few tasks can do without.
            if classes := sys.modules.get("dataclasses"):
                vars(classes).setdefault("exec", self.run_source)
            key = (type(source) is bytes, source, int(flags))
            kept = self.patterns.get(key)
            if kept:
                flags, code, *rest = kept
                numbers = memoryview(code).cast("I").tolist()
                found: re.Pattern[Any] = engine.compile(source, flags, numbers, *rest)
                return found
            with warnings.catch_warnings(record=True) as seen:
                warnings.simplefilter("always")
                pattern: re.Pattern[Any] = plain(source, flags)
            for each in seen:  # Python's own level is of one function less
                warnings.warn(each.message, stacklevel=4)
            _, flags, numbers, count, groups, names = made.pop(id(pattern))
            is_plain = type(source) in (str, bytes) and not flags & re.DEBUG and not seen
            if is_plain and is_loading():
                code = b"".join(int(n).to_bytes(CODE_BYTES, sys.byteorder) for n in numbers)
                self.patterns[key] = int(flags), code, count, dict(groups), tuple(names)
                self.is_new = True
            return pattern

        recorder = ModuleType(engine.__name__)
        vars(recorder).update({**vars(engine), "compile": record})
        compiler._sre, compiler.compile = recorder, compile_pattern

    def run_source(self, source: str | CodeType, *namespaces: Any) -> None:
        """Run the source of a dataclass's methods, as `exec` does."""
        if isinstance(source, str):
            kept = self.sources.get(source)
            code: CodeType = marshal.loads(kept) if kept else compile(source, "<string>", "exec")  # noqa: S302
            if not kept:
                self.sources[source] = marshal.dumps(code)
                self.is_new = True
            source = code
        exec(source, *namespaces)  # noqa: S102 - in the place of the same in dataclasses


def is_loading() -> bool:
    """Return whether a module that is loaded, or a class in it, has asked `re` for an expression."""
    frame: FrameType | None = sys._getframe()
    for _ in range(ABOVE):
        frame = frame and frame.f_back
    while frame and not frame.f_code.co_flags & OPTIMIZED:
        if frame.f_code.co_name == "<module>":
            return True
        frame = frame.f_back
    return False


def keep_code() -> KeptCode:
    """Have this process take from now on what is kept; return it, to be saved when the process ends."""
    kept = KeptCode(cache_from_source(__file__) + ENDING)
    compiler = getattr(re, "_compiler", None)
    engine = getattr(compiler, "_sre", None)
    if getattr(engine, "CODESIZE", 0) == CODE_BYTES and hasattr(compiler, "compile"):
        kept.take_over(compiler)
    return kept
