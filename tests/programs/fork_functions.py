# The C functions for processes that fork themselves, called as an extension module would.
import ctypes
import os

api = ctypes.pythonapi
os.register_at_fork(before=lambda: print("before", flush=True), after_in_parent=lambda: print("parent", flush=True),
                    after_in_child=lambda: print("child", flush=True))
api.PyOS_BeforeFork()
pid = ctypes.CDLL(None).fork()
if not pid:
    api.PyOS_AfterFork_Child()
    os._exit(7)
_, status = os.waitpid(pid, 0)
api.PyOS_AfterFork_Parent()
print(os.waitstatus_to_exitcode(status))
