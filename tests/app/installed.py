"""An installed legwork reads the share folder beside it, not the source tree that it was built from.

usage: installed.py CMAKE BUILD-FOLDER"""
import pathlib
import subprocess
import sys
import tempfile

cmake, build = sys.argv[1:]
root = pathlib.Path(__file__).resolve().parents[2]
with tempfile.TemporaryDirectory() as prefix:
    subprocess.run([cmake, "--install", build, "--prefix", prefix], check=True, stdout=subprocess.DEVNULL)
    program = f"{prefix}/bin/legwork"
    chart = root / "examples/amlodipine-and-iron.json"
    good = subprocess.run([program, "assess", chart], capture_output=True, text=True)
    assert good.returncode == 0, good.stderr

    pack = pathlib.Path(prefix, "share/legwork/packs/heavy-legs/pack.xml")
    pack.write_text("<pack/>\n")
    bad = subprocess.run([program, "assess", chart], capture_output=True, text=True)
    assert bad.returncode == 3 and str(pack.resolve()) in bad.stderr, bad.stderr
