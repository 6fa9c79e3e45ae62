"""Child processes, pipes, signals, time-outs, exit statuses; the interpreter started from itself."""
import os
import signal
import subprocess
import sys
import tempfile
import time

run = subprocess.run
print(run(["echo", "hi"], capture_output=True, text=True))
print(run("echo $X; exit 3", shell=True, env={"X": "from env", "PATH": os.environ["PATH"]}, stdout=subprocess.PIPE).stdout, run(["false"]).returncode)
print(run(["cat"], input="päss", capture_output=True, encoding="utf-8").stdout, run(["sh", "-c", "echo out; echo err >&2"], stdout=-1, stderr=subprocess.STDOUT).stdout)
print(subprocess.check_output(["pwd"], cwd="/"), subprocess.getstatusoutput("echo a; exit 2"), subprocess.list2cmdline(["a b", 'c"d']))
for broken in (lambda: run(["false"], check=True), lambda: run(["/no/such/program"]), lambda: run(["x"], input="", stdin=1), lambda: run(["echo"], cwd="/no/such/dir"), lambda: subprocess.check_output(["sh", "-c", "exit 4"])):
    try:
        print(broken())
    except Exception as e:
        print(type(e).__name__, e)
with subprocess.Popen(["sh", "-c", "read a; echo got $a; sleep 9"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as p:
    p.stdin.write("line\n")
    p.stdin.flush()
    print(p.stdout.readline(), p.poll())
    p.terminate()
    print(p.wait(), signal.Signals(-p.returncode).name)
child = """
import sys, os, signal
print(sys.argv[1:], sys.stdin.read(), len(sys.path) > 0, __name__)
sys.stdout.flush()
signal.signal(signal.SIGUSR1, lambda n, f: print("signal", signal.Signals(n).name, f.f_code.co_name) or sys.exit(7))
os.kill(os.getpid(), signal.SIGUSR1)
"""
done = run([sys.executable, "-c", child, "a", "b c"], input="to the child", capture_output=True, text=True)
print(done.stdout, done.stderr, done.returncode)
done = run([sys.executable, "-"], input=b"print('from stdin')\nraise SystemExit('bye')", capture_output=True)
print(done.stdout, done.stderr, done.returncode)
try:
    run(["sleep", "5"], timeout=0.02)
except subprocess.TimeoutExpired as e:
    print(e.cmd, e.stdout)
print(run([sys.executable, "-c", "1/0"], capture_output=True, text=True).stderr)
print(run([sys.executable, "-m", "no_such_module"], capture_output=True, text=True).stderr.split(": ", 1)[1])
print(run([sys.executable, "-Ic", "import sys; print(sys.flags.isolated, sys.flags.ignore_environment, sys.dont_write_bytecode)"], capture_output=True, text=True).stdout)
with tempfile.TemporaryFile("w+") as f:
    run(["echo", "into a file"], stdout=f)
    f.seek(0)
    print(f.read())
read, write = os.pipe()
pid = os.fork()
if pid == 0:
    os.write(write, b"from the fork")
    os._exit(5)
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), os.read(read, 100))
log = []
signal.signal(signal.SIGALRM, lambda n, frame: log.append(n))
signal.setitimer(signal.ITIMER_REAL, 0.005)
while not log:
    time.sleep(0.001)
print(log == [signal.SIGALRM], signal.getsignal(signal.SIGINT) is signal.default_int_handler, signal.strsignal(9), signal.Signals.SIGTERM.value)
try:
    signal.raise_signal(signal.SIGINT)
except KeyboardInterrupt:
    print("interrupted")
try:
    signal.signal(signal.SIGKILL, signal.SIG_IGN)
except OSError as e:
    print(e)
