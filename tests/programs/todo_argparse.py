"""A command line with sub-commands, choices, groups, types and its help texts."""
import argparse
import os

os.environ["COLUMNS"] = "80"


def positive(text):
    n = int(text)
    if n <= 0:
        raise argparse.ArgumentTypeError(f"{n} is not positive")
    return n


class Append(argparse.Action):
    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, (getattr(namespace, self.dest) or []) + [(option_string, values)])


parser = argparse.ArgumentParser(prog="todo", description="Keeps a list of things to do.", epilog="That is all.", fromfile_prefix_chars="@")
parser.add_argument("--version", action="version", version="%(prog)s 1.0")
parser.add_argument("-v", "--verbose", action="count", default=0, help="say more")
parser.add_argument("--color", choices=["auto", "never"], default="auto", help="colours (default: %(default)s)")
parser.add_argument("--flag", action=argparse.BooleanOptionalAction, help="a flag")
sub = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands", required=True)
add = sub.add_parser("add", help="add a task", aliases=["a"])
add.add_argument("words", nargs="+", metavar="WORD")
add.add_argument("-p", "--priority", type=positive, default=3)
add.add_argument("--tag", action=Append)
listing = sub.add_parser("list", help="show tasks", formatter_class=argparse.ArgumentDefaultsHelpFormatter)
group = listing.add_mutually_exclusive_group()
group.add_argument("--done", action="store_true", help="only done ones")
group.add_argument("--open", action="store_const", const="yes", default="no", help="only open ones")
listing.add_argument("--limit", type=int, default=10, help="how many")
listing.add_argument("rest", nargs=argparse.REMAINDER)

parser.print_help()
add.print_help()
listing.print_help()
parser.print_usage()
for line in ["add buy milk -p 2 --tag home --tag shop", "-vv list --done", "list --limit 5 x -y", "a x", "--no-flag --color never list", "--col=auto list"]:
    print(line, "->", sorted(vars(parser.parse_args(line.split())).items()))
parser.exit = lambda status=0, message=None: (_ for _ in ()).throw(SystemExit((status, message)))
for line in ["", "add", "add x -p 0", "add x -p many", "list --done --open", "--color blue list", "nothing", "list --limit", "--version", "--unknown list"]:
    try:
        print(line, "->", parser.parse_args(line.split()))
    except SystemExit as e:
        print(line, "->", e.args[0])
print(parser.parse_known_args(["--strange", "list"]))
