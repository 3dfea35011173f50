"""Other people's Java programs, from Maven Central."""

import pathlib
import subprocess
import tempfile


def class_path(project):
    """The jars that a project names; fetched at the first run, and found without the network from then on."""
    with tempfile.NamedTemporaryFile() as out:
        command = ["mvn", "--batch-mode", "--quiet", "--file", str(project / "pom.xml"), "dependency:build-classpath",
                   f"-Dmdep.outputFile={out.name}"]
        if subprocess.run([*command, "--offline"], capture_output=True).returncode:
            subprocess.run(command, check=True)
        return pathlib.Path(out.name).read_text()
