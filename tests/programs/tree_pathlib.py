"""Paths: pure ones, and files and folders in a temporary place."""
import os
import pathlib
import shutil
import tempfile
from pathlib import Path, PurePosixPath, PureWindowsPath

for text in ["/a/b/../c.tar.gz", "rel/x", ".", "/", "a//b/./c", "//net/share", ".hidden", "x."]:
    p = PurePosixPath(text)
    print(repr(p), p.parts, p.name, p.stem, p.suffix, p.suffixes, p.parent, p.is_absolute(), list(map(str, p.parents)))
w = PureWindowsPath(r"C:\Users\me\file.TXT")
print(repr(w), w.drive, w.root, w.as_posix(), w.as_uri(), w == PureWindowsPath("c:/users/ME/file.txt"), w.relative_to("C:/Users"), w.match("*.txt"))
print(PurePosixPath("/a") / "b" / "/c", "x" / PurePosixPath("y"), PurePosixPath("/a/b").relative_to("/a"), PurePosixPath("a/b.py").match("*.py"),
      PurePosixPath("a.b").with_suffix(".c"), PurePosixPath("a/b").with_name("d"), PurePosixPath("a/b.c").with_stem("z"))
for broken in (lambda: PurePosixPath("/a").relative_to("/b"), lambda: PurePosixPath("/").with_name("x"), lambda: PurePosixPath("a").with_suffix("b"),
               lambda: PurePosixPath("a").as_uri(), lambda: PurePosixPath("a") < PureWindowsPath("a"), lambda: PurePosixPath(5)):
    try:
        print(broken())
    except Exception as e:
        print(type(e).__name__, e)
with tempfile.TemporaryDirectory() as folder:
    root = Path(folder)
    (root / "src/deep/er").mkdir(parents=True)
    for i, name in enumerate(["a.py", "b.txt", "src/c.py", "src/deep/d.py", "src/deep/er/e.txt"]):
        (root / name).write_text(f"content {i}\n" * (i + 1), encoding="utf-8")
    show = lambda paths: sorted(str(p.relative_to(root)) for p in paths)
    print(show(root.glob("*.py")), show(root.rglob("*.py")), show(root.glob("**/")), show(root.glob("src/*/*.*")), show(root.iterdir()))
    p = root / "b.txt"
    print(p.exists(), p.is_file(), p.is_dir(), p.stat().st_size, p.read_text().splitlines(), p.read_bytes()[:4])
    p.rename(root / "moved.txt")
    (root / "link").symlink_to("moved.txt")
    print(show(root.iterdir()), (root / "link").is_symlink(), (root / "link").resolve().name, os.readlink(root / "link"), (root / "link").samefile(root / "moved.txt"))
    shutil.copytree(root / "src", root / "copy", ignore=shutil.ignore_patterns("*.txt"))
    print(show(root.joinpath("copy").rglob("*")), [(os.path.relpath(d, root), sorted(n), sorted(f)) for d, n, f in sorted(os.walk(root / "src"))])
    shutil.rmtree(root / "copy")
    (root / "moved.txt").unlink()
    (root / "none").unlink(missing_ok=True)
    (root / "t").touch()
    (root / "t").chmod(0o640)
    print(oct((root / "t").stat().st_mode), show(root.iterdir()), (root / "link").exists())
    for broken in (lambda: (root / "none").read_text(), lambda: (root / "src").rmdir(), lambda: (root / "src").mkdir(), lambda: (root / "t").iterdir().__next__()):
        try:
            print(broken())
        except OSError as e:
            print(type(e).__name__, e.errno, e.strerror, os.path.relpath(e.filename, root))
    archive = shutil.make_archive(str(root / "packed"), "tar", root / "src")
    shutil.unpack_archive(archive, root / "unpacked")
    print(show((root / "unpacked").rglob("*")), shutil.disk_usage(root).total > 0, shutil.which("sh") is not None)
