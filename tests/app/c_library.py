"""c_library.py LEGWORK LIBRARY EXAMPLE: the library's examples make, byte for byte, the report of the
program, and the library shows nothing but what legwork.h names."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from sanitized import loading

legwork, library, example = sys.argv[1:]
source = pathlib.Path(__file__).resolve().parents[2]
chart = source / "examples/amlodipine-and-iron.json"
day = "2026-11-22"


def run(*command, **more):
    subprocess.run(list(map(str, command)), check=True, **more)


def shown():
    listed = subprocess.run(["nm", "-D", "--defined-only", library], check=True,
                            capture_output=True, text=True).stdout
    return {line.split()[-1].split("@")[0] for line in listed.splitlines() if " T " in line}


declared = set(re.findall(r"^LEGWORK_API [^(]*?(\w+)\(",
                          (source / "plugin/legwork.h").read_text(), re.MULTILINE))
assert len(declared) >= 11, declared
assert shown() == declared, f"shown and not declared, or not shown: {shown() ^ declared}"

with tempfile.TemporaryDirectory() as folder:
    reports = [pathlib.Path(folder, name) for name in ("program.pdf", "c.pdf", "python.pdf")]
    environment = dict(os.environ, LEGWORK_DATA=str(source))
    run(legwork, "report", chart, "--as-of", day, "-o", reports[0], env=environment)
    run(example, chart, reports[1], day, env=dict(environment, **loading(library)))
    run(sys.executable, source / "examples/python/report.py", library, chart, reports[2], day,
        env=dict(environment, **loading(library)))
    program, c, python = (report.read_bytes() for report in reports)
    assert program.startswith(b"%PDF-")
    assert c == program, "the example in C makes another report"
    assert python == program, "the example in Python makes another report"
print("the same report from C and Python; only legwork.h's names are shown")
