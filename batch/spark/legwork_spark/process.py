"""One `legwork` process that lines stream through, in memory that does not grow with them."""
import subprocess
import tempfile
import threading

CHUNK = 1 << 18
DONE_OR_IN_PART = (0, 1)  # something was rejected: the results say what


class Failed(Exception):
    """What legwork says of itself; there is no patient data in it."""


def through(command, chunks):
    """Feeds bytes to a process and yields what it writes, chunk by chunk. The process has ended when this has, however it ends.

    A thread feeds it, for who writes first and reads then waits for the process, which waits to be read. Its standard error
    goes to a file, which never is full.
    """
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=told)
        fault = []

        def feed():
            try:
                for chunk in chunks:
                    process.stdin.write(chunk)
                process.stdin.close()
            except BrokenPipeError:
                pass  # its exit code says why
            except BaseException as error:  # of who gives the chunks: it is for the reader to know
                fault.append(error)
                process.kill()

        feeder = threading.Thread(target=feed, daemon=True)
        feeder.start()
        try:
            while chunk := process.stdout.read1(CHUNK):
                yield chunk
            code = process.wait()
            feeder.join()
        finally:
            process.kill()
            process.wait()
            process.stdout.close()
        if fault:
            raise fault[0]
        if code not in DONE_OR_IN_PART:
            told.seek(0)
            raise Failed(f"{command[0]} {command[1]}: exit {code}: {told.read()[-2000:].decode(errors='replace')}")


def lines_of(chunks):
    """Lists of whole lines, without their ends."""
    waiting = []  # of a line whose end has not come
    for chunk in chunks:
        head, end, tail = chunk.rpartition(b"\n")
        if end:
            yield b"".join([*waiting, head]).split(b"\n")
            waiting = []
        waiting.append(tail)
    if any(waiting):
        yield [b"".join(waiting)]
