"""What Spark's tasks do: Arrow batches in, Arrow batches out, a `legwork` process between."""
import itertools
import os
import pathlib
import tempfile
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import pyarrow as pa
from pyspark import TaskContext

from legwork_spark.process import lines_of, through

END = b"~end"
END_LINE = b"~end\t{}\n"


def path_of(address):
    """The path in "file:///data/a%20b.ndjson"."""
    return unquote(urlsplit(address).path)


def as_batches(chunks):
    """Records as rows. Where a process ends is nothing that others need to know."""
    for lines in lines_of(chunks):
        rows = [line for line in lines if not line.startswith(END)]
        yield pa.RecordBatch.from_arrays([pa.array(rows, pa.binary())], ["line"])


def bytes_of(batches):
    """Rows as lines."""
    for batch in batches:
        rows = batch.column("line").to_pylist()
        if rows:
            yield b"\n".join(rows) + b"\n"


@dataclass(frozen=True)
class ReadFiles:
    """Rows of files as records. A part of a file is one process, since legwork counts its lines."""
    legwork: str
    root: str  # path of the export
    options: tuple
    deleted: object  # a broadcast of lines
    by_lines: bool  # or each file as it is, packed or not

    def __call__(self, batches):
        with tempfile.NamedTemporaryFile() as deleted:
            deleted.write(self.deleted.value)
            deleted.flush()
            for (path, start), parts in itertools.groupby(self.parts(batches), key=lambda part: part[0]):
                name = os.path.relpath(path_of(path), self.root)
                # A line that begins at the first byte of a block is of the block before.
                command = [self.legwork, "records", "--stdin", name, "--at", str(start + (start > 0)), *self.options]
                if self.by_lines:
                    command += ["--unpacked"]  # by Spark
                if self.deleted.value:
                    command += ["--deleted", deleted.name]
                yield from as_batches(through(command, (data for _, data in parts)))

    def parts(self, batches):
        """Which part of which file, and bytes of it."""
        end = b"\n" if self.by_lines else b""
        for batch in batches:
            values = batch.column("value").cast(pa.binary()).to_pylist()
            places = zip(batch.column("path").to_pylist(), batch.column("start").to_pylist())
            at = 0
            for place, rows in itertools.groupby(places):
                count = sum(1 for _ in rows)
                yield place, end.join(values[at:at + count]) + end
                at += count


@dataclass(frozen=True)
class Resolve:
    """Sorted records under Identifier/… as records of their patients."""
    legwork: str

    def __call__(self, batches):
        yield from as_batches(through([self.legwork, "resolve"], itertools.chain(bytes_of(batches), [END_LINE])))


@dataclass(frozen=True)
class Work:
    """Sorted records of whole patients as reports in the folder of the run, and results in a file of the partition.

    Files have names that each attempt gives them alike, and come to be by a rename: so they are there once, whoever was
    killed and however often it was begun.
    """
    command: tuple
    results: str
    common: object  # a broadcast of lines that everybody must know

    def __call__(self, batches):
        context = TaskContext.get()
        target = pathlib.Path(self.results, f"{context.partitionId():05}.ndjson")
        part = target.with_suffix(f".{context.taskAttemptId()}.part")
        lines = itertools.chain([self.common.value], bytes_of(batches), [END_LINE])
        try:
            with open(part, "wb") as file:
                for chunk in through(list(self.command), lines):
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            part.rename(target)
        finally:
            part.unlink(missing_ok=True)
        yield pa.RecordBatch.from_arrays([pa.array([str(target)])], ["path"])
