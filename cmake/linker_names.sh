#!/bin/sh
# linker_names.sh PROGRAM NAMES: the names of the file NAMES, one a line, as PROGRAM's symbol table spells them. There a name
# may have a suffix (`.llvm.…`) or stand several times with different ones; names that it does not have stay as they are.
set -eu
llvm-nm-19 "$1" | awk -v names="$2" '
  { spelt = $NF; plain = spelt; sub(/\.llvm\..*/, "", plain)
    if (!((plain, spelt) in seen)) { seen[plain, spelt]; spellings[plain] = spellings[plain] spelt "\n" } }
  END { while ((getline name < names) > 0) printf "%s", name in spellings ? spellings[name] : name "\n" }'
