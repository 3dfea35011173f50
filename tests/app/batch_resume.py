"""`legwork batch --resume`: killed at any moment, with a full disk, with a file that cannot be read: gone on with, the
result is byte for byte that of an unbroken run."""
import os
import pathlib
import random
import subprocess
import tempfile

import batch_export as export
from runs import AS_OF, LEGWORK, Checks, legwork

checks = Checks()


def arguments(source, out, key, *more):
    return ["batch", source, "--out", out, "--key", key, "--memory", "100KB", *AS_OF, *more]


def kill_when(process, happened):
    """Looks, without waiting, until it has happened or the process is over."""
    while process.poll() is None and not happened():
        pass
    process.kill()


def begin(args):
    return subprocess.Popen([LEGWORK, *map(str, args)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def check_kills(folder, source, key, whole):
    """By what is on the disk, then at random moments."""
    moments = {"the output folder appears": lambda out: out.is_dir(),
               "the journal appears": lambda out: (out / ".work/journal.sqlite").exists(),
               "the first report appears": lambda out: any(out.glob("reports/*/*.pdf")),
               "half of the shelves are done": lambda out: len(list(out.glob(".work/rows-????"))) >= 8,
               "the worklist appears": lambda out: (out / "worklist.csv").exists(),
               "the manifest appears": lambda out: (out / "manifest.json").exists()}
    for number, (what, happened) in enumerate(moments.items()):
        out = folder / f"moment{number}"
        with begin(arguments(source, out, key)) as process:
            kill_when(process, lambda: happened(out))
        run = legwork(*arguments(source, out, key, "--resume", "--jobs", "3"))
        checks.check(run.code == 0, f"killed when {what}: exit {run.code}: {run.err[-300:]}")
        checks.check(export.tree(out) == whole, f"killed when {what}: not the result of an unbroken run")

    check_random_kills(folder / "random", lambda out: arguments(source, out, key, "--resume"), whole)


def check_random_kills(out, args, whole):
    moment = random.Random(20261122)
    kills = 0
    for attempt in range(25):
        with begin(args(out)) as process:
            try:
                process.wait(timeout=moment.uniform(0.01, 0.1) * (1 + attempt))
                break
            except subprocess.TimeoutExpired:
                process.kill()
                kills += 1
    run = legwork(*args(out))
    checks.check(run.code == 0 and export.tree(out) == whole, f"{out.name}: killed {kills} times: not the unbroken run's result")
    checks.check(kills > 0, "no run was killed: each was over at once")


def check_print_kills(folder, source, key):
    """With all that may come out: an archive, and what is to be printed."""
    wards = folder / "wards.csv"
    wards.write_text("patient,ward\n" + "".join(f"q{n},Ward {n % 5}\n" for n in range(0, 40, 2)))
    args = ["--archive", "--print-run", "--wards", wards]
    run = legwork(*arguments(source, folder / "printed", key, *args))
    checks.check(run.code == 0, f"print run, unbroken: exit {run.code}: {run.err[-300:]}")
    whole = export.tree(folder / "printed")
    checks.check("reports.zip" in whole and "print/Ward 4.pdf" in whole, f"print run, unbroken: {sorted(whole)}")
    moments = {"the reports are being joined": lambda out: (out / ".work/reports.zip").exists(),
               "the archive appears": lambda out: (out / "reports.zip").exists(),
               "a part is gone": lambda out: (out / "reports.zip").exists()
                                             and not (out / ".work/reports-0000").exists(),
               "a ward is being printed": lambda out: any(out.glob("print/*.part")),
               "the second ward is printed": lambda out: len(list(out.glob("print/*.pdf"))) > 1}
    for number, (what, happened) in enumerate(moments.items()):
        out = folder / f"print{number}"
        with begin(arguments(source, out, key, *args)) as process:
            kill_when(process, lambda: happened(out))
        run = legwork(*arguments(source, out, key, *args, "--resume", "--jobs", "3"))
        checks.check(run.code == 0, f"killed when {what}: exit {run.code}: {run.err[-300:]}")
        checks.check(export.tree(out) == whole, f"killed when {what}: not the result of an unbroken run")
    check_random_kills(folder / "print random", lambda out: arguments(source, out, key, *args, "--resume"), whole)
    out = folder / "print other"
    with begin(arguments(source, out, key, *args)) as process:
        kill_when(process, lambda: (out / ".work/rows-0000").exists())
    wards.write_text("patient,ward\n")
    run = legwork(*arguments(source, out, key, *args, "--resume"))
    checks.check(run.code == 42, f"gone on with by other wards: exit {run.code}")


def check_full_disk(folder, source, key, *more):
    """A file system that holds a part of the reports only, and then all."""
    disk = folder / "disk"
    disk.mkdir(exist_ok=True)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300k", "legwork-test", disk], capture_output=True).returncode:
        print("not checked: a full disk, since mounting a small one is not allowed here")
        return
    try:
        out = disk / "out"
        full = legwork(*arguments(source, out, key, *more))
        checks.check(full.code == 75, f"full disk: exit {full.code}: {full.err[-300:]}")
        checks.check("--resume" in full.err, f"full disk: does not say how to go on: {full.err[-300:]}")
        checks.no_leak(full, "full disk")
        subprocess.run(["mount", "-o", "remount,size=64m", disk], check=True)
        run = legwork(*arguments(source, out, key, *more, "--resume"))
        legwork(*arguments(source, folder / f"not full{len(more)}", key, *more))
        whole = export.tree(folder / f"not full{len(more)}")
        checks.check(run.code == 0, f"after a full disk: exit {run.code}: {run.err[-300:]}")
        checks.check(export.tree(out) == whole, "after a full disk: not the result of an unbroken run")
    finally:
        subprocess.run(["umount", disk], check=True)


def check_unreadable(folder, source, key, whole):
    """As if the disk that a file lies on were not there yet; for a user without all rights, closed as well."""
    out, path = folder / "unreadable", source / "Condition.ndjson"
    moved = folder / "elsewhere"
    path.rename(moved)
    path.symlink_to(folder / "not there yet")
    run = legwork(*arguments(source, out, key))
    checks.check(run.code == 75, f"unreadable: exit {run.code}: {run.err[-300:]}")
    checks.check("Condition.ndjson" in run.err, f"unreadable: does not name the file: {run.err[-300:]}")
    path.unlink()
    moved.rename(path)
    if os.geteuid() != 0:
        path.chmod(0)
        checks.check(legwork(*arguments(source, out, key, "--resume")).code == 75, "closed: not exit 75")
        path.chmod(0o600)
    run = legwork(*arguments(source, out, key, "--resume"))
    checks.check(run.code == 0 and export.tree(out) == whole, "readable again: not the result of an unbroken run")


def check_other_run(folder, source, key):
    """What was begun is gone on with only as it was begun."""
    out = folder / "other"
    with begin(arguments(source, out, key)) as process:
        kill_when(process, lambda: any(out.glob("reports/*/*.pdf")))
    run = legwork(*arguments(source, out, key))
    checks.check(run.code == 42 and "--resume" in run.err, f"begun twice: exit {run.code}: {run.err[-300:]}")
    run = legwork(*arguments(source, out, key, "--resume", "--all"))
    checks.check(run.code == 42, f"gone on with by other options: exit {run.code}")
    with (source / "Claim.ndjson").open("a") as file:
        file.write("\n")
    run = legwork(*arguments(source, out, key, "--resume"))
    checks.check(run.code == 42, f"gone on with by another input: exit {run.code}")


with tempfile.TemporaryDirectory() as name:
    place = pathlib.Path(name)
    secret = export.write_key(place)
    plain = export.write_plain(place / "plain", export.lines_by_type(export.charts(40)))
    unbroken = legwork(*arguments(plain, place / "unbroken", secret))
    checks.check(unbroken.code == 0, f"unbroken: exit {unbroken.code}: {unbroken.err[-300:]}")
    result = export.tree(place / "unbroken")
    check_kills(place, plain, secret, result)
    check_print_kills(place, plain, secret)
    check_full_disk(place, plain, secret)
    check_full_disk(place, plain, secret, "--archive", "--print-run")
    check_unreadable(place, plain, secret, result)
    again = legwork(*arguments(plain, place / "unbroken", secret, "--resume"))
    checks.check(again.code == 0 and export.tree(place / "unbroken") == result, "a finished run is left as it is")
    check_other_run(place, plain, secret)
checks.end()
