#!/usr/bin/env python3
"""make_export.py EXPORT OUT TIMES: an export TIMES as large, every patient and resource under ids of its own.

EXPORT holds NDJSON, plain or .gz; its ids are UUIDs, of which each copy changes the first eight digits.
"""
import gzip
import pathlib
import re
import sys

UUID = re.compile(rb"\b([0-9a-f]{8})(?=-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b)")


def lines_of(path):
    data = gzip.open(path).read() if path.suffix == ".gz" else path.read_bytes()
    return [UUID.split(line) for line in data.splitlines() if line.strip()]


def copied(parts, number):
    """A line's text and, between its parts, the digits of this copy."""
    ids = [b"%08x" % (int(one, 16) ^ number * 0x9E3779B1 & 0xFFFFFFFF) for one in parts[1::2]]
    return b"".join(one for pair in zip(parts[::2], [*ids, b"\n"]) for one in pair)


def main():
    source, out, times = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3])
    out.mkdir(parents=True)
    for path in sorted(source.glob("*.ndjson*")):
        lines = lines_of(path)
        with open(out / path.name.removesuffix(".gz"), "wb") as file:
            for number in range(times):
                file.writelines(copied(parts, number) for parts in lines)


if __name__ == "__main__":
    main()
