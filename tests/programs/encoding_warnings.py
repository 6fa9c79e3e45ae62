"""-X warn_default_encoding: opening text without an encoding warns where it was opened."""
import io
import subprocess
import sys

CODE = """
import io, tempfile, os
def my_open(path, encoding=None):
    encoding = io.text_encoding(encoding)
    return io.TextIOWrapper(io.FileIO(path, "r"), encoding)
with open(os.devnull) as f: pass
with open(os.devnull, encoding="locale") as f: pass
with open(os.devnull, "rb") as f: pass
with my_open(os.devnull) as f: pass
io.TextIOWrapper(io.BytesIO())
print(io.text_encoding(None), io.text_encoding("x"))
"""
for options in [], ["-X", "warn_default_encoding"], ["-X", "utf8", "-X", "warn_default_encoding"], ["-X", "warn_default_encoding", "-W", "error"]:
    done = subprocess.run([sys.executable, *options, "-c", CODE], capture_output=True, text=True, encoding="utf-8")
    print(options, done.returncode, done.stdout, done.stderr.splitlines()[-5:])
