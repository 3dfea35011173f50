#!/usr/bin/env python3
"""spark.py LEGWORK: is a run on Apache Spark that of one machine? Two executors group an export with everything in it and make
its reports; one of them is killed with a patient's report on disk and the rest of its part to come. What is there in the end
must be what `legwork batch` makes: no report more or less, and each byte for byte. Needs Java 17 and, once, PyPI."""
import collections
import gzip
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import venv

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/app"))
import batch_export as export  # noqa: E402
from runs import AS_OF, LEGWORK, PLANTED, Checks  # noqa: E402

PLACE = ROOT / "tests/peers/spark"
WANTED = ["pyspark==4.3.0", "pandas==2.3.3", "pyarrow==26.0.1"]
EXECUTOR = b"CoarseGrainedExecutorBackend"
SETTINGS = ["spark.ui.enabled=false",
            "spark.sql.files.maxPartitionBytes=200KB", "spark.sql.files.openCostInBytes=20KB"]  # files are cut, too
checks = Checks()

# Stands in for legwork on the executors. The first worker stops when its first report is on disk: it tells who it is a child
# of, and waits for its executor to be killed. Everything else is the program itself.
STAND_IN = """#!{python}
import os, select, subprocess, sys
args = ["{legwork}", *sys.argv[1:]]
if sys.argv[1] != "worker":
    os.execv(args[0], args)
parents, at = [], os.getpid()
while at > 1:
    at = int(open(f"/proc/{{at}}/stat").read().rsplit(")", 1)[1].split()[1])
    parents.append(str(at))
with open("{folder}/worked", "a") as log:
    log.write(" ".join(parents) + "\\n")
try:
    os.close(os.open("{folder}/first", os.O_CREAT | os.O_EXCL))
except FileExistsError:
    os.execv(args[0], args)
worker = subprocess.Popen(args, stdout=subprocess.PIPE)
for line in worker.stdout:
    os.write(1, line)
    if b'"fate":"reported"' in line:
        break
worker.kill()
with open("{folder}/told", "w") as told:
    told.write(" ".join(parents))
unread = select.poll()
unread.register(1, 0)
unread.poll()  # until nobody is there to read this
"""


def tools():
    """Python with pyspark, and where Spark is. pip fetches it at the first run."""
    if not shutil.which("java"):
        print("spark.py: skipped: needs Java 17")
        sys.exit(0)
    python = PLACE / "venv/bin/python"
    if not python.exists():
        venv.create(PLACE / "venv", with_pip=True)
    found = subprocess.run([python, "-m", "pip", "freeze"], capture_output=True, text=True, check=True).stdout.split()
    if not set(WANTED) <= set(found):
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *WANTED], check=True)
    home = next((PLACE / "venv/lib").glob("python*/site-packages/pyspark"))
    if not (home / "bin/spark-class").exists():
        sys.exit(f"spark.py: {home} has no bin/spark-class, which a cluster is started with")
    return python, home


def is_executor(process):
    try:
        return EXECUTOR in pathlib.Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False


def children():
    """Processes by their parents."""
    found = collections.defaultdict(list)
    for path in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            found[int(path.read_text().rsplit(")", 1)[1].split()[1])].append(int(path.parent.name))
        except OSError:
            pass
    return found


def descendants(process, found):
    for child in found[process]:
        yield child
        yield from descendants(child, found)


def kill_one(job, folder):
    """Kills the executor whose worker says that it has made its first report. Gives it, and the executors there were."""
    with open(folder / "told") as told:  # waits
        chain = list(map(int, told.read().split()))
    executors = [process for process in descendants(job.pid, children()) if is_executor(process)]
    ours = next((process for process in chain if process in executors), None)
    if ours:
        os.kill(ours, signal.SIGKILL)
    return ours, executors


def write_export(folder):
    """Enough for two executors, and all that a batch has rules for. A damaged packed file ends a Spark job: there is none."""
    export.write_hard(folder, export.charts(240))
    plain = folder / "MedicationRequest.ndjson"
    data = plain.read_bytes()
    half = len(data) // 2
    (folder / f"{plain.name}.gz").write_bytes(gzip.compress(data[:half]) + gzip.compress(data[half:]))
    plain.unlink()
    strange = folder / "more [1]"
    strange.mkdir()
    (folder / "one.json").rename(strange / "a 100% Bundle.json")
    packed = json.dumps(export.chart_of(export.SOURCES[1], "packed"), indent=1).encode()
    (strange / "packed.json.gz").write_bytes(gzip.compress(packed))
    return folder


def main():
    python, home = tools()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        key = folder / "key"
        key.write_bytes(b"0123456789abcdef0123456789abcdef")
        key.chmod(0o600)
        source = write_export(folder / "export")
        single, many = folder / "single", folder / "many"
        run = subprocess.run([LEGWORK, "batch", source, "--out", single, "--key", key, *AS_OF], capture_output=True, text=True)
        checks.check(run.returncode == 1, f"one machine: exit {run.returncode}: {run.stderr[-600:]}")

        os.mkfifo(folder / "told")
        stand_in = folder / "legwork"
        stand_in.write_text(STAND_IN.format(python=sys.executable, legwork=LEGWORK, folder=folder))
        stand_in.chmod(0o755)
        shutil.rmtree(home / "work", ignore_errors=True)
        settings = " ".join(f"--conf {one}" for one in SETTINGS)
        environment = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_LOCAL_DIRS": str(folder),
                       "PYSPARK_PYTHON": str(python), "PYTHONPATH": str(ROOT / "batch/spark"),
                       "PYSPARK_SUBMIT_ARGS": f"{settings} pyspark-shell", "PYTHONDONTWRITEBYTECODE": "1"}
        with open(folder / "log", "w+") as log:
            job = subprocess.Popen([python, "-m", "legwork_spark", source, "--out", many, "--legwork", stand_in, "--key", key,
                                    *AS_OF, "--partitions", "8", "--master", "local-cluster[2,1,1024]"],
                                   env=environment, stdout=log, stderr=log)
            # Who ends before a worker tells would keep us waiting: the job's end is told, too.
            threading.Thread(target=lambda: (job.wait(), open(folder / "told", "w").close()), daemon=True).start()
            watch = threading.Timer(290, job.kill)
            watch.start()
            killed, executors = kill_one(job, folder)
            checks.check(killed is not None, f"an executor was killed: of {executors}")
            checks.check(len(executors) == 2, f"there were two executors: {executors}")
            code = job.wait()
            watch.cancel()
            log.seek(0)
            said = log.read()
        checks.check(code == 1, f"Spark: exit {code}, expected 1: {said[-3000:]}")
        worked = {process for line in (folder / "worked").read_text().splitlines() for process in map(int, line.split())}
        checks.check(set(executors) <= worked, "both executors had work")

        expected, found = export.comparable(single), export.comparable(many)
        checks.check(sum(name.endswith(".pdf") for name in expected) > 200, "there are reports to lose")
        for name in sorted(expected.keys() | found.keys()):
            checks.check(expected.get(name) == found.get(name), f"{name}: not what one machine made")
        logs = [said, *(path.read_text(errors="replace") for path in (home / "work").rglob("std*"))]
        leaked = {word for word in PLANTED for text in logs if re.search(rf"\b{re.escape(word)}\b", text)}
        checks.check(len(logs) > 2 and not leaked, f"{len(leaked)} words of patients in {len(logs)} logs")
        shutil.rmtree(home / "work", ignore_errors=True)
    checks.end()


main()
