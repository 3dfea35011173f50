#!/usr/bin/env python3
"""preflight.py FOLDER…: is every PDF in these folders that says it is PDF/A-1 valid PDF/A-1b? PDFBox preflight decides."""

import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

JARS = ["preflight", "pdfbox2", "xmpbox", "fontbox2", "commons-logging", "commons-io",
        "javax.activation", "pdfbox2-tools", "jaxb-api"]


def validate(files):
    """PDFBox's verdicts on the files, in their order, from one run of Java."""
    with tempfile.TemporaryDirectory() as folder:
        listed = pathlib.Path(folder, "files.txt")
        listed.write_text("".join(f"{file}\n" for file in files))
        class_path = ":".join(f"/usr/share/java/{jar}.jar" for jar in JARS)
        subprocess.run(["java", "-cp", class_path, "org.apache.pdfbox.preflight.Validator_A1b",
                        "xml", "group", str(listed)], check=True)
        return ElementTree.parse(f"{listed}.preflight.xml").getroot().findall("preflight")


def main():
    files = sorted(file.resolve() for folder in sys.argv[1:]
                   for file in pathlib.Path(folder).rglob("*.pdf") if b"<pdfaid:part>1<" in file.read_bytes())
    if not files:
        sys.exit(f"no PDF in {' '.join(sys.argv[1:])}")
    verdicts = validate(files)
    if [verdict.get("name") for verdict in verdicts] != [file.name for file in files]:
        sys.exit("PDFBox did not look at every file")

    failed = 0
    for file, verdict in zip(files, verdicts):
        if verdict.findtext("isValid") == "true":
            continue
        failed += 1
        for error in verdict.iter("error"):
            print(f"{file}: {error.findtext('code')} {error.findtext('details')}")
    print(f"{len(files) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
