"""The whole run, as its driver sees it."""
import collections
import json
import pathlib
import re
import subprocess
import tempfile
from dataclasses import dataclass

import pyspark.cloudpickle
from pyspark import StorageLevel
from pyspark.sql import SparkSession
from pyspark.sql import functions as sql

import legwork_spark
from legwork_spark.steps import ReadFiles, Resolve, Work, path_of

BLOCK = 128 << 20
IDENTIFIER = "Identifier/"
PARTIAL = b"OperationOutcome\t{}"  # not everything was delivered: every page says so
SETTINGS = {
    "spark.sql.adaptive.enabled": "false",  # a partition is a file of results: nobody joins or splits them
    "spark.sql.execution.arrow.maxRecordsPerBatch": "1000",
    "spark.sql.execution.arrow.maxBytesPerBatch": "64MB",
    "spark.sql.files.ignoreCorruptFiles": "false",  # what is not read is not negative
    "spark.sql.files.ignoreMissingFiles": "false",
}


@dataclass(frozen=True)
class Options:
    export: str
    out: pathlib.Path
    legwork: str
    worker: tuple  # options of `legwork worker`
    pack: tuple  # --pack, or nothing
    partitions: int | None = None


class CannotWork(Exception):
    """This input can never work."""


def session(master):
    # What is sent to executors holds this package's code: they need Python, pyspark and pyarrow alone.
    for module in (legwork_spark, legwork_spark.process, legwork_spark.steps):
        pyspark.cloudpickle.register_pickle_by_value(module)
    builder = SparkSession.builder.appName("legwork")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    return (builder.master(master) if master else builder).getOrCreate()


def find_files(spark, export):
    """The path of the export, and address and size of every file in it, by name."""
    context = spark.sparkContext
    path = context._jvm.org.apache.hadoop.fs.Path(export)
    system = path.getFileSystem(context._jsc.hadoopConfiguration())
    if not system.exists(path) or not system.getFileStatus(path).isDirectory():
        raise CannotWork(f"{export}: is no folder; name the one that the export is in")
    root = path_of(system.makeQualified(path).toUri().toString())
    found, files = system.listFiles(path, True), {}
    while found.hasNext():
        status = found.next()
        address = status.getPath().toString()
        name = path_of(status.getPath().toUri().toString())[len(root.rstrip("/")) + 1:]
        files[name] = (address, status.getLen())
    return root, files


class Job:
    def __init__(self, spark, options):
        self.spark, self.options = spark, options
        self.root, self.files = find_files(spark, options.export)

    def plan(self):
        """What legwork says is to be done with each file, and the records that come of the manifest."""
        hidden = [name for name in self.files if any(part[0] in "._" for part in name.split("/"))]
        with tempfile.TemporaryDirectory() as folder:
            if "manifest.json" in self.files:
                text = self.read(["manifest.json"], lines=False).first()["value"]
                pathlib.Path(folder, "manifest.json").write_bytes(text)
            run = subprocess.run([self.options.legwork, "records", "--plan", folder], capture_output=True,
                                 input="\n".join(sorted(self.files)).encode())
        if run.returncode != 0:
            raise CannotWork(run.stderr.decode().strip())
        planned = json.loads(run.stdout)
        if unseen := sorted({one["name"] for one in planned["files"]} & set(hidden)):
            raise CannotWork(f"{unseen[0]}: Spark passes over files whose names begin with '_' or '.'; call it otherwise")
        return planned

    def read(self, names, lines):
        """Rows of these files: their lines, or each as a whole. With every row, which part of which file it is of."""
        # Not patterns: names.
        paths = [re.sub(r"([{}\[\]*?\\])", r"\\\1", self.files[name][0]) for name in names]
        if lines:
            start, value = sql.col("_metadata.file_block_start"), sql.col("value")
            rows = self.spark.read.text(paths, lineSep="\n")
        else:
            start, value = sql.lit(0).cast("long"), sql.col("content")
            rows = self.spark.read.format("binaryFile").load(paths)
        return rows.select(value.alias("value"), sql.col("_metadata.file_path").alias("path"), start.alias("start"))

    def records(self, files, deleted, *flags):
        """The records of these files."""
        made, shared = self.rows([]), self.spark.sparkContext.broadcast(deleted)
        for lines in (True, False):
            names = [one["name"] for one in files if one["lines"] == lines and self.files[one["name"]][1] > 0]
            if names:
                step = ReadFiles(self.options.legwork, self.root, (*flags, *self.options.pack), shared, lines)
                made = made.union(self.read(names, lines).mapInArrow(step, "line binary"))
        return made

    def rows(self, lines):
        return self.spark.createDataFrame([(bytearray(line),) for line in lines], "line binary")

    def run(self):
        """Gives the exit code of `legwork collect`."""
        planned = self.plan()
        deletions = [one for one in planned["files"] if one["holds"] == "deletions"]
        resources = [one for one in planned["files"] if one["holds"] != "deletions"]
        # What is known before the rest is read: a few lines.
        known = lines_in(self.records(deletions, b"", "--deletions")) + planned["records"].encode().splitlines()
        deleted = as_text(line for line in known if line.startswith(b"deleted\t"))

        mapped = with_keys(self.records(resources, deleted)).persist(StorageLevel.DISK_ONLY)
        key = sql.col("key")
        common = lines_in(mapped.filter((key < "Patient/") & ~key.startswith(IDENTIFIER)))
        if short := self.cut_short(planned, mapped):
            known += [PARTIAL, b"export\t" + json.dumps({"shortFiles": short}).encode()]
        common += [line for line in known if line < b"Patient/"]
        rest = self.rows(line for line in known if line > b"Patient/")
        grouped = mapped.filter(key > "Patient/").select("line").union(rest).union(self.resolved(mapped))
        parts = self.work(grouped, as_text(common))
        mapped.unpersist()
        return subprocess.run([self.options.legwork, "collect", "--out", str(self.options.out), *parts]).returncode

    def resolved(self, mapped):
        """The records that name their patient by an identifier, as their patients'."""
        named = mapped.filter(sql.col("key").startswith(IDENTIFIER))
        # A card, which says that a patient has it, names no file: if all are cards, nobody waits.
        waiting = named.filter(~sql.col("line").cast("string").contains("\t\t"))
        if waiting.isEmpty():
            return self.rows([])
        return self.by_key(named).mapInArrow(Resolve(self.options.legwork), "line binary")

    def work(self, grouped, common):
        """Makes the reports; gives the files of results."""
        options = self.options
        results = options.out / ".work/results"
        results.mkdir(parents=True, exist_ok=True)
        for old in results.iterdir():  # of a run that was stopped
            old.unlink()
        command = (options.legwork, "worker", "--out", str(options.out), *options.worker, *options.pack)
        step = Work(command, str(results), self.spark.sparkContext.broadcast(common))
        made = self.by_key(with_keys(grouped)).mapInArrow(step, "path string")
        return sorted(row["path"] for row in made.collect())

    @staticmethod
    def cut_short(planned, mapped):
        """Files with fewer lines than the server promised, now that all are read."""
        promised = {one["name"]: one["promised"] for one in planned["files"] if "promised" in one}
        read = collections.Counter()
        if promised:
            for line in lines_in(mapped.filter(sql.col("key") == "lines")):
                counts = json.loads(line.split(b"\t")[-1])
                read[counts["file"]] += counts["read"]
        return [name for name, lines in promised.items() if read[name] < lines]

    def by_key(self, keyed):
        """All lines of a key in one partition, and each partition sorted as `LC_ALL=C sort` sorts."""
        size = sum(size for _, size in self.files.values())
        parallel = self.spark.sparkContext.defaultParallelism
        count = self.options.partitions or max(3 * parallel, size // BLOCK + 1)
        return keyed.repartition(count, "key").sortWithinPartitions("line").select("line")


def with_keys(records):
    return records.withColumn("key", sql.substring_index(sql.col("line").cast("string"), "\t", 1))


def lines_in(records):
    """Few enough for the driver."""
    return [bytes(row["line"]) for row in records.select("line").collect()]


def as_text(lines):
    return b"".join(line + b"\n" for line in sorted(set(lines)))
