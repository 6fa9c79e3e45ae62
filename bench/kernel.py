"""Runs one kernel: `kernel.py FILE NAME` calls the function NAME of kernels/FILE.py."""
import pathlib
import sys

file, name = sys.argv[1:]
path = pathlib.Path(__file__).resolve().parent / "kernels" / f"{file}.py"
names = {"__name__": file}
exec(compile(path.read_text(), str(path), "exec"), names)
names[name]()
