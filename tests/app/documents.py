"""Runs every command of README.md, CONTRIBUTING.md and docs/*.md: each ```sh block, in a copy of the
project with the release built. `make` is only asked whether it knows the target: CI runs those."""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

from runs import LEGWORK, ROOT, Checks

checks = Checks()
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def runnable(line):
    return re.sub(r"^make\b", f"make --directory={ROOT} --dry-run", line)


def workplace(folder):
    """A copy of the project, with the program under test where the release preset puts it."""
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(".git", "build", "out"), dirs_exist_ok=True)
    (folder / "build/release").mkdir(parents=True)
    for built in (LEGWORK, *LEGWORK.parent.glob("liblegwork.so*")):
        os.symlink(built, folder / "build/release" / built.name)


# A sanitized library is loaded by programs that are not.
environment = dict(os.environ, ASAN_OPTIONS="verify_asan_link_order=0:detect_leaks=0")


documents = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "examples/README.md",
             *sorted((ROOT / "docs").rglob("*.md"))]
with tempfile.TemporaryDirectory() as folder:
    workplace(pathlib.Path(folder))
    for document in documents:
        for number, block in enumerate(BLOCK.findall(document.read_text()), 1):
            script = "\n".join(runnable(line) for line in block.splitlines())
            run = subprocess.run(["bash", "-euo", "pipefail", "-c", script], cwd=folder, capture_output=True,
                                 text=True, env=environment)
            checks.check(run.returncode == 0,
                         f"{document.name}, block {number}: exit {run.returncode}\n{block}{run.stderr[-2000:]}")

        # And every file that it links to is there.
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text()):
            checks.check((document.parent / link).exists(), f"{document.name}: links to {link}, which is not there")
checks.end()
