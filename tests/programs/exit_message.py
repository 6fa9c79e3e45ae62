"""SystemExit with a message: it goes to stderr, status 1."""
import sys
print("partial output")


def main():
    try:
        raise ValueError("hidden")
    except ValueError:
        sys.exit("fatal: nothing to do (ümläut)")


main()
