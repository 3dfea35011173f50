"""The public vignettes, where the folder beside the project has them."""
import pathlib
import subprocess
import sys

from runs import LEGWORK, skip

runner = pathlib.Path(sys.argv[2], "run.py")
if not runner.exists():
    skip(f"{runner} is not there")
sys.exit(subprocess.run([sys.executable, "-B", runner, LEGWORK]).returncode)
