"""What a start leaves: frozen modules, marks of audit hooks, the collector's state."""
import gc, sys, types, marshal, io, _imp
print(_imp.is_frozen("os"), _imp.is_frozen_package("__phello__"), _imp.find_frozen("os.path"), _imp.find_frozen("nothing"))
#> True True (None, False, 'posixpath') None
_imp.get_frozen_object("nothing")       #! ImportError: No such frozen object named 'nothing'
print(len(_imp._frozen_module_names()), sys.modules["os"].__spec__.origin)  #> 29 frozen
code = _imp.get_frozen_object("os")
print(code.co_filename, code.co_name, marshal.loads(marshal.dumps(code)) == code)  #> <frozen os> <module> True
print(code is _imp.get_frozen_object("os"))  #> True
gc.collect()
print(gc.get_count()[1:], gc.isenabled(), gc.get_freeze_count())  #> (0, 0) True 0
class Plain: __slots__ = ()
class Number(int): __slots__ = ()
print(gc.is_tracked(Plain()), gc.is_tracked(Number(5)))  #> True True
class Special(types.ModuleType):
    def __getattr__(self, name): return "made " + name
module = types.ModuleType("m")
module.__class__ = Special
print(module.x, module.__name__)        #> made x m
module.__class__ = types.ModuleType
module.x                                #! AttributeError: module 'm' has no attribute 'x'
module.__class__ = dict                 #! TypeError: __class__ assignment only supported for mutable types or ModuleType subclasses
print(marshal.load(io.BytesIO(marshal.dumps((b"", "", (), {}, frozenset(), None, 10 ** 30)))))
#> (b'', '', (), {}, frozenset(), None, 1000000000000000000000000000000)
events = []
hook_on = True
def hook(event, args):
    if hook_on: events.append((event, args))
sys.addaudithook(hook)
marshal.dumps(1)
marshal.loads(b"N")
gc.get_referents([])
class Named: pass
Named.__name__ = "Other"
compile("1", "name", "eval")
hook_on = False
print([e for e in events if e[0].startswith(("marshal", "gc", "compile"))])
#> [('marshal.dumps', (1, 4)), ('marshal.loads', (b'N',)), ('gc.get_referents', (([],),)), ('compile', (b'1', 'name'))]
print([e[0] for e in events if e[0].startswith("object")], events[-1])
#> ['object.__setattr__'] ('compile', (b'1', 'name'))
