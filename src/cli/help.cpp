// The texts of -h, --help-env, --help-xoptions.
#include <cstdio>

#include "cli/options.h"

namespace taipan {
namespace {

constexpr char kOptions[] =
    "usage: %s [option] ... [-c cmd | -m mod | file | -] [arg] ...\n"
    "Options, and the environment variables that do the same:\n"
    "-b     : warn when bytes are compared with str or shown by str(); -bb: raise\n"
    "-B     : write no .pyc files (PYTHONDONTWRITEBYTECODE=x)\n"
    "-c cmd : run the command given as text; ends the options\n"
    "-d     : accepted; there is no parser output to turn on (PYTHONDEBUG=x)\n"
    "-E     : ignore all PYTHON* environment variables\n"
    "-h     : this text (also -?, --help)\n"
    "-i     : go on with a prompt after the program, even without a terminal\n"
    "         (PYTHONINSPECT=x)\n"
    "-I     : isolated from the user's environment: -E, -P and -s\n"
    "-m mod : run a module of the library as a program; ends the options\n"
    "-O     : without assert statements (PYTHONOPTIMIZE=x)\n"
    "-OO    : without docstrings too\n"
    "-P     : keep the program's folder off sys.path (PYTHONSAFEPATH=x)\n"
    "-q     : no greeting at the prompt\n"
    "-s     : without the user's own site folder (PYTHONNOUSERSITE=x)\n"
    "-S     : do not import site\n"
    "-u     : stdout and stderr without buffers (PYTHONUNBUFFERED=x)\n"
    "-v     : tell about imports; twice: more (PYTHONVERBOSE=x)\n"
    "-V     : the version (also --version); twice: with the build\n"
    "-W arg : a warning filter, action:message:category:module:lineno\n"
    "         (PYTHONWARNINGS=arg)\n"
    "-x     : skip the program's first line\n"
    "-X opt : an option of the implementation, see --help-xoptions\n"
    "--check-hash-based-pycs always|default|never:\n"
    "         which hash-based .pyc files are compared with their source\n"
    "--help-env      : the environment variables\n"
    "--help-xoptions : the -X options\n"
    "--help-all      : all of these texts\n"
    "What to run:\n"
    "file   : a program, its .pyc, or a folder or zip file with a __main__.py\n"
    "-      : a program from standard input; with a terminal, a prompt\n"
    "arg ...: what the program finds in sys.argv[1:]\n";

constexpr char kVariables[] =
    "Environment variables:\n"
    "PYTHONSTARTUP   : a file that is run before the first prompt\n"
    "PYTHONPATH      : folders, with ':' between them, that are searched for modules\n"
    "                  before the library\n"
    "PYTHONSAFEPATH  : keep the program's folder off sys.path\n"
    "PYTHONHOME      : where the library is installed: PREFIX or PREFIX:EXEC_PREFIX\n"
    "PYTHONUTF8      : 1: UTF-8 mode, 0: never\n"
    "PYTHONIOENCODING: encoding[:errors] of stdin, stdout and stderr\n"
    "PYTHONFAULTHANDLER: show the traceback when the process crashes\n"
    "PYTHONHASHSEED  : 'random', or a number that makes hashes of str and bytes\n"
    "                  repeatable\n"
    "PYTHONINTMAXSTRDIGITS: the limit of digits in conversions of int; 0: none\n"
    "PYTHONMALLOC    : accepted; there is one allocator\n"
    "PYTHONCOERCECLOCALE: 0: leave the C locale as it is; warn: tell about it\n"
    "PYTHONBREAKPOINT: what breakpoint() calls; 0: nothing\n"
    "PYTHONDEVMODE   : development mode, as -X dev\n"
    "PYTHONPYCACHEPREFIX: the folder under which .pyc files are kept\n"
    "PYTHONWARNDEFAULTENCODING: warn where a file's encoding is not given\n"
    "PYTHONPROFILEIMPORTTIME: as -X importtime\n"
    "PYTHONDEBUG, PYTHONDONTWRITEBYTECODE, PYTHONINSPECT, PYTHONNOUSERSITE,\n"
    "PYTHONOPTIMIZE, PYTHONUNBUFFERED, PYTHONVERBOSE, PYTHONWARNINGS: see --help\n";

constexpr char kXOptions[] =
    "Options of the implementation:\n"
    "-X faulthandler: show the traceback when the process crashes\n"
    "-X tracemalloc[=NFRAME]: accepted; memory cannot be traced yet\n"
    "-X importtime: how long each import took, without and with the nested ones\n"
    "-X dev: development mode: all warnings are shown, crashes show a traceback,\n"
    "    asyncio checks more\n"
    "-X utf8: UTF-8 mode; -X utf8=0: never\n"
    "-X pycache_prefix=PATH: the folder under which .pyc files are kept\n"
    "-X warn_default_encoding: warn where a file's encoding is not given\n"
    "-X frozen_modules=on|off: use the modules that lie in the executable\n"
    "-X int_max_str_digits=NUMBER: the limit of digits in conversions of int; 0: none\n"
    "-X bare: start without importlib and library, for finding faults\n";

}  // namespace

void print_help(const char* program, const Task& task) {
  bool all = task.kind == Task::kHelpAll;
  if (task.kind == Task::kHelp || all) printf(kOptions, program);
  if (all) putchar('\n');
  if (task.kind == Task::kHelpEnvironment || all) fputs(kVariables, stdout);
  if (all) putchar('\n');
  if (task.kind == Task::kHelpXOptions || all) fputs(kXOptions, stdout);
}

}  // namespace taipan
