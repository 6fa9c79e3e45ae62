"""posix: directories, descriptors, stat, rename, errors."""
import posix


def attempt(action):
    try:
        return action()
    except Exception as error:
        return f"{type(error).__name__}: {error}" + (f" [{error.errno}]" if isinstance(error, OSError) else "")


posix.mkdir("d")
print(attempt(lambda: posix.mkdir("d")), attempt(lambda: posix.rmdir("nope")), attempt(lambda: posix.mkdir("a/b/c")))
fd = posix.open("d/f.txt", posix.O_CREAT | posix.O_RDWR, 0o644)
print(posix.write(fd, b"hello world"), posix.lseek(fd, 0, 0), posix.read(fd, 5), posix.read(fd, 100), posix.read(fd, 5), posix.fstat(fd).st_size)
posix.close(fd)
print(attempt(lambda: posix.read(fd, 1)), attempt(lambda: posix.close(fd)), attempt(lambda: posix.write(1000, b"x")))
info = posix.stat("d/f.txt")
print(info.st_size, info.st_mode & 0o170000 == 0o100000, len(info) == 10, info[6] == info.st_size, posix.stat("d").st_mode & 0o170000 == 0o040000, attempt(lambda: posix.stat("nope")), attempt(lambda: posix.stat(b"nope")))
posix.rename("d/f.txt", "d/g.txt")
open("d/a", "w").close()
open("d/é", "w").close()
print(sorted(posix.listdir("d")), sorted(posix.listdir(b"d")), attempt(lambda: posix.listdir("nope")))
print(sorted((e.name, e.is_file(), e.is_dir(), e.is_symlink()) for e in posix.scandir("d")))
posix.symlink("a", "d/link")
print(posix.readlink("d/link"), posix.lstat("d/link").st_mode & 0o170000 == 0o120000, attempt(lambda: posix.readlink("d/a")))
posix.chmod("d/a", 0o400)
print(oct(posix.stat("d/a").st_mode & 0o777), posix.access("d/a", posix.R_OK), posix.access("nope", posix.F_OK))
here = posix.getcwd()
posix.chdir("d")
print(posix.getcwd() == here + "/d", posix.getcwdb()[-1:], sorted(posix.listdir()))
posix.chdir("..")
posix.unlink("d/link")
posix.remove("d/a")
print(attempt(lambda: posix.remove("d/a")), attempt(lambda: posix.rmdir("d")), attempt(lambda: posix.unlink("d")))
for name in posix.listdir("d"):
    posix.unlink("d/" + name)
posix.rmdir("d")
print(attempt(lambda: posix.listdir("d")), posix.getpid() > 0, posix.getppid() > 0, isinstance(posix.environ, dict), posix.environ.get(b"LANG"), b"HOME" in posix.environ)
r, w = posix.pipe()
posix.write(w, b"through the pipe")
print(posix.read(r, 7), posix.get_inheritable(r), posix.isatty(r))
with open(w, "wb") as f:
    f.write(b"!")
print(posix.read(r, 50), posix.read(r, 50))
posix.close(r)
pid = posix.fork()
if pid == 0:
    posix._exit(7)
got, status = posix.waitpid(pid, 0)
print(got == pid, posix.WIFEXITED(status), posix.WEXITSTATUS(status), attempt(lambda: posix.waitpid(-1, 0)))
print(attempt(lambda: posix.open("nope/x", posix.O_RDONLY)), attempt(lambda: posix.open("x", "y")), attempt(lambda: posix.open()), attempt(lambda: posix.stat(5.5)), attempt(lambda: posix.stat("a\0b")), attempt(lambda: posix.listdir(5.5)), attempt(lambda: posix.rename("a")), attempt(lambda: posix.rename("no1", "no2")))


class Path:
    def __init__(self, path): self.path = path
    def __fspath__(self): return self.path


open("p.txt", "w").close()
print(posix.stat(Path("p.txt")).st_size, posix.fspath(Path("q")), attempt(lambda: posix.fspath(5)), attempt(lambda: posix.fspath(Path(5))), open(Path("p.txt")).name, attempt(lambda: posix.stat(Path(None))))
with open("t.bin", "wb") as f:
    f.truncate(100)
print(posix.stat("t.bin").st_size, posix.truncate("t.bin", 10), posix.stat("t.bin").st_size, posix.strerror(2), posix.cpu_count() > 0, len(posix.urandom(8)), posix.get_terminal_size.__name__, repr(posix.stat_result(range(10)))[:40], posix.umask(0o22) >= 0)
