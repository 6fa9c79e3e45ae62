"""Compressed files and archives, temporary files, csv, fileinput, filecmp, shelve, mmap-free file tools."""
import csv
import dbm.dumb
import filecmp
import fileinput
import glob
import gzip
import io
import os
import shelve
import shutil
import stat
import tarfile
import tempfile
import zipfile
import zlib

folder = tempfile.mkdtemp(prefix="archive_")
os.chdir(folder)
os.makedirs("tree/sub")
for name, text in {"tree/a.txt": "alpha\n" * 100, "tree/sub/b.txt": "beta\n", "tree/ü.txt": "umlaut\n"}.items():
    with open(name, "w", encoding="utf-8") as f:
        f.write(text)
with gzip.open("a.gz", "wt", encoding="utf-8") as f:
    f.write("zipped ünïcode\n" * 3)
with gzip.open("a.gz", "rt", encoding="utf-8") as f:
    print(f.readline(), f.read())
print(gzip.decompress(gzip.compress(b"x" * 1000, mtime=0)) == b"x" * 1000, gzip.compress(b"", mtime=0)[:4])
with zipfile.ZipFile("t.zip", "w", zipfile.ZIP_DEFLATED) as z:
    z.write("tree/a.txt")
    z.writestr("dir/made.txt", "made\n")
    z.writestr(zipfile.ZipInfo("old", (1990, 1, 2, 3, 4, 6)), b"old")
    z.comment = b"a comment"
with zipfile.ZipFile("t.zip") as z:
    print(z.namelist(), z.testzip(), z.read("dir/made.txt"), z.getinfo("tree/a.txt").compress_size < 100, z.getinfo("old").date_time, z.comment)
    print(zipfile.Path(z, "dir/").joinpath("made.txt").read_text(), [p.name for p in zipfile.Path(z).iterdir()])
    with z.open("tree/a.txt") as f:
        print(f.read(12), f.seek(-6, 2), f.read())
try:
    zipfile.ZipFile(io.BytesIO(b"not a zip"))
except zipfile.BadZipFile as e:
    print(e)
with tarfile.open("t.tar.gz", "w:gz") as t:
    t.add("tree", filter=lambda info: None if info.name.endswith("b.txt") else info)
    info = tarfile.TarInfo("virtual")
    info.size, info.mtime, info.mode = 4, 1000000000, 0o600
    t.addfile(info, io.BytesIO(b"data"))
with tarfile.open("t.tar.gz") as t:
    print(sorted(t.getnames()), t.extractfile("virtual").read(), oct(t.getmember("virtual").mode), t.getmember("tree/a.txt").size)
    t.extractall("out")
print(sorted(glob.glob("out/**", recursive=True)), glob.glob("tr*/?.txt"), glob.escape("a[b]"))
comparison = filecmp.dircmp("tree", "out/tree")
print(comparison.left_only, comparison.right_only, sorted(comparison.common), filecmp.cmp("tree/a.txt", "out/tree/a.txt", shallow=False))
with fileinput.input(["tree/sub/b.txt", "tree/ü.txt"], encoding="utf-8") as lines:
    for line in lines:
        print(lines.filename(), lines.lineno(), lines.isfirstline(), line.rstrip())
for line in fileinput.input("tree/sub/b.txt", inplace=True):
    print(line.upper(), end="")
print(open("tree/sub/b.txt").read())
out = io.StringIO()
writer = csv.writer(out, quoting=csv.QUOTE_MINIMAL)
writer.writerows([["a", 'say "hi"', "x,y"], [1, None, 2.5], ["multi\nline", "", " s"]])
print(repr(out.getvalue()), list(csv.reader(io.StringIO(out.getvalue()))))
print(list(csv.DictReader(io.StringIO("n;v\nx;1;9\ny\n"), delimiter=";", restkey="more", restval="-")), csv.Sniffer().sniff("a;b;c\n1;2;3\n").delimiter)
dw = csv.DictWriter(out := io.StringIO(), ["x", "y"], extrasaction="ignore", dialect="unix")
dw.writeheader()
dw.writerow({"x": 1, "z": 5})
print(out.getvalue(), csv.list_dialects())
with shelve.Shelf(dbm.dumb.open("shelf", "n"), writeback=True) as s:
    s["k"] = [1, 2]
    s["k"].append(3)
    s["d"] = {"a": (1,)}
with shelve.Shelf(dbm.dumb.open("shelf", "r")) as s:
    print(sorted(s), s["k"], s.get("none"), "d" in s)
with tempfile.NamedTemporaryFile("w+", suffix=".x", delete=True) as f:
    f.write("temp")
    f.flush()
    print(os.path.exists(f.name), f.name.endswith(".x"), os.stat(f.name).st_size)
print(os.path.exists(f.name), tempfile.SpooledTemporaryFile(10).__class__.__name__)
spool = tempfile.SpooledTemporaryFile(5, "w+")
spool.write("123456789")
spool.seek(0)
print(spool.read(), spool._rolled)
os.chmod("a.gz", 0o754)
print(stat.filemode(os.stat("a.gz").st_mode), stat.S_ISDIR(os.stat("tree").st_mode), shutil.copy("a.gz", "b.gz"), shutil.move("b.gz", "tree"), sorted(os.listdir("tree")), os.path.splitext("x.tar.gz"), os.path.commonpath(["/a/b", "/a/c"]), os.path.normpath("a/./b//../c"))
with open("tree/a.txt", "rb") as f:
    print(zlib.crc32(f.read()), f.tell())
os.chdir("/")
shutil.rmtree(folder)
print(os.path.exists(folder))
