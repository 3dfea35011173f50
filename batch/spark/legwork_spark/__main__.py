"""python -m legwork_spark EXPORT --out DIR --legwork PATH: what `legwork batch` makes of an export, made by Spark."""
import argparse
import datetime
import os
import pathlib
import secrets
import sys

from legwork_spark.job import CannotWork, Job, Options, session

MISUSE, NEVER, AGAIN = 2, 42, 75  # as legwork batch exits


def parse():
    parser = argparse.ArgumentParser(prog="legwork_spark", description=__doc__)
    parser.add_argument("export", help="folder that Spark can read: a path or an address (hdfs://, s3a://)")
    parser.add_argument("--out", required=True, type=pathlib.Path, help="folder of the result, the same on every machine")
    parser.add_argument("--legwork", required=True, help="the program, at the same path on every machine")
    parser.add_argument("--master", help="as Spark has it (default: what spark-submit says)")
    parser.add_argument("--as-of", default=datetime.date.today().isoformat(), help="the day to judge charts on")
    parser.add_argument("--key", type=pathlib.Path,
                        help="file with the secret that reports' names are made with, the same on every machine "
                             "(default: one is made and kept as DIR/key)")
    parser.add_argument("--pack", help="another pack than heavy-legs")
    parser.add_argument("--all", action="store_true", help="report also on who has no sign of it")
    parser.add_argument("--limit", help="bytes of one patient's records")
    parser.add_argument("--partitions", type=int, help="into how many parts the patients are divided")
    return parser.parse_args()


def read_or_make_key(path):
    """As legwork batch makes one."""
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(32))
    except FileExistsError:
        pass
    return path


def main():
    asked = parse()
    out = asked.out.absolute()
    if (out / "manifest.json").exists():
        print(f"legwork_spark: {out}: holds a finished run; name another folder", file=sys.stderr)
        return NEVER
    if not os.access(asked.legwork, os.X_OK):
        print(f"legwork_spark: {asked.legwork}: is no program; name legwork by --legwork", file=sys.stderr)
        return MISUSE
    try:
        out.mkdir(parents=True, exist_ok=True)
        key = asked.key.absolute() if asked.key else read_or_make_key(out / "key")
    except OSError as error:
        print(f"legwork_spark: {out}: cannot be written: {error.strerror}", file=sys.stderr)
        return AGAIN
    worker = ["--key", str(key), "--as-of", asked.as_of]
    worker += ["--all"] if asked.all else []
    worker += ["--limit", asked.limit] if asked.limit else []
    pack = ["--pack", asked.pack] if asked.pack else []
    spark = session(asked.master)
    try:
        options = Options(asked.export, out, str(pathlib.Path(asked.legwork).absolute()), tuple(worker), tuple(pack),
                          asked.partitions)
        return Job(spark, options).run()
    except CannotWork as error:
        print(f"legwork_spark: {error}", file=sys.stderr)
        return NEVER
    except Exception as error:  # of Spark, or of a process on its machines: 1 would say that all is done
        print(f"legwork_spark: {error}\nlegwork_spark: nothing is finished; run it again", file=sys.stderr)
        return AGAIN
    finally:
        spark.stop()


if __name__ == "__main__":
    sys.exit(main())
