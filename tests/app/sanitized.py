"""What a program that is not sanitized needs in its environment to load a library that is."""
import re
import subprocess


def loading(library):
    linked = subprocess.run(["ldd", library], check=True, capture_output=True, text=True).stdout
    found = re.search(r"=> (\S*libasan\S*)", linked)
    return {"LD_PRELOAD": found[1], "ASAN_OPTIONS": "detect_leaks=0"} if found else {}
