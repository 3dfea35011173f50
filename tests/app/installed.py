"""An installed legwork, program and library, reads the share folder beside it, not the source tree that
it was built from.

usage: installed.py CMAKE BUILD-FOLDER"""
import os
import pathlib
import subprocess
import sys
import tempfile

from sanitized import loading

cmake, build = sys.argv[1:]
root = pathlib.Path(__file__).resolve().parents[2]
with tempfile.TemporaryDirectory() as prefix:
    subprocess.run([cmake, "--install", build, "--prefix", prefix], check=True, stdout=subprocess.DEVNULL)
    program = f"{prefix}/bin/legwork"
    chart = root / "examples/amlodipine-and-iron.json"
    good = subprocess.run([program, "assess", chart], capture_output=True, text=True)
    assert good.returncode == 0, good.stderr

    assert pathlib.Path(prefix, "include/legwork.h").exists()
    library = next(pathlib.Path(prefix).glob("lib*/**/liblegwork.so"))
    environment = {key: value for key, value in os.environ.items() if key != "LEGWORK_DATA"}

    def by_library():
        return subprocess.run([sys.executable, root / "examples/python/report.py", library, chart, "/dev/null"],
                              capture_output=True, text=True, env=environment | loading(library))

    assert by_library().returncode == 0, by_library().stderr

    pack = pathlib.Path(prefix, "share/legwork/packs/heavy-legs/pack.xml")
    pack.write_text("<pack/>\n")
    bad = subprocess.run([program, "assess", chart], capture_output=True, text=True)
    assert bad.returncode == 3 and str(pack.resolve()) in bad.stderr, bad.stderr
    worse = by_library()
    assert worse.returncode == 1 and str(pack.resolve()) in worse.stderr, worse.stderr
