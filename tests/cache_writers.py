#!/usr/bin/python3.11
"""Kills processes while they write .pyc files and shows that no bad file is left: what is there can be loaded, and
belongs to its source.

  cache_writers.py [--python PROGRAM] [--writers N] [--seed N]
"""
import argparse
import importlib.util
import marshal
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
MODULES = 30


def source(n):
    """A module whose cache takes some writing."""
    return "".join(f"def function_{i}(a, b={n}):\n    'text {i} {n}'\n    return a + b * {i}\n" for i in range(300)) + f"number = {n}\n"


def wrong_files(folder):
    """Names of .pyc files that are not what their source gives."""
    cache = os.path.join(folder, "__pycache__")
    for name in sorted(os.listdir(cache)) if os.path.isdir(cache) else ():
        if not name.endswith(".pyc"):
            continue  # what a killed writer left: nobody reads it
        path = os.path.join(folder, name.split(".")[0] + ".py")
        with open(os.path.join(cache, name), "rb") as f:
            data = f.read()
        info = os.stat(path)
        header = importlib.util.MAGIC_NUMBER + (0).to_bytes(4, "little") + int(info.st_mtime).to_bytes(4, "little") \
            + info.st_size.to_bytes(4, "little")
        try:
            scope = {}
            exec(marshal.loads(data[16:]), scope)
            good = data[:16] == header and scope["number"] == int(name[1:].split(".")[0]) and len(scope) > 300
        except Exception as error:
            good = False
            print(f"{name}: {type(error).__name__}: {error}")
        if not good:
            yield name


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--python", default=os.path.join(HERE, "../build/dev/taipan"))
    parser.add_argument("--writers", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    python = os.path.abspath(options.python)
    folder = tempfile.mkdtemp(prefix="cache_writers")
    env = {"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"}
    try:
        for n in range(MODULES):
            with open(os.path.join(folder, f"m{n}.py"), "w") as f:
                f.write(source(n))
        command = [python, "-S", "-c", "import " + ", ".join(f"m{n}" for n in range(MODULES))]
        start = time.monotonic()
        subprocess.run(command, cwd=folder, env=env, check=True)
        whole = time.monotonic() - start
        shutil.rmtree(os.path.join(folder, "__pycache__"))
        killed = wrong = 0
        left = options.writers
        while left:
            writers = [subprocess.Popen(command, cwd=folder, env=env, stderr=subprocess.DEVNULL) for _ in range(min(left, 5))]
            left -= len(writers)
            time.sleep(chance.uniform(0.02, whole * 2))
            for writer in writers:
                writer.send_signal(signal.SIGKILL)
                killed += writer.wait() == -signal.SIGKILL
            bad = list(wrong_files(folder))
            wrong += len(bad)
            for name in bad:
                print(f"bad cache file: {name}")
            for name in os.listdir(folder + "/__pycache__") if os.path.isdir(folder + "/__pycache__") else ():
                if chance.random() < 0.5:  # some are written anew by the next writers
                    os.unlink(os.path.join(folder, "__pycache__", name))
        if killed < options.writers // 4:
            print(f"only {killed} of {options.writers} writers were killed before their end")
            wrong += 1
        done = subprocess.run([*command[:-1], command[-1] + "; print(m7.number)"], cwd=folder, env=env, capture_output=True, text=True)
        if done.stdout != "7\n":
            print("the modules no longer import:", done.stderr[-300:])
            wrong += 1
        wrong += len(list(wrong_files(folder)))
        print(f"{killed} writers killed")
        print(f"{int(not wrong)} passed, {int(bool(wrong))} failed")
        return wrong > 0
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
