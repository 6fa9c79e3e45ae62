// Verifies every code object of the .pyc files that standard input names, one path a line; nothing is run. Prints what
// is refused, then "N passed, N failed". With a repetition count as argument, the time that a code unit takes.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "object/error.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "runtime/config.h"
#include "runtime/lifecycle.h"
#include "runtime/marshal.h"
#include "modules/modules.h"
#include "vm/verify.h"

using namespace taipan;

namespace {

int good = 0, bad = 0;
int64_t units = 0;
std::chrono::nanoseconds spent{};

std::string message_of_pending() {
  Ref<> error = take_error();
  Ref<> text = to_str(error.get());
  return text ? std::string(utf8_or_question(text.get())) : "?";
}

void verify_all(Code* code, const char* file, int repetitions) {
  for (int i = 0; i < repetitions; i++) {
    auto before = std::chrono::steady_clock::now();
    bool ok(verify_code(code));
    spent += std::chrono::steady_clock::now() - before;
    units += code_size(code);
    if (ok) continue;
    printf("%s: %s\n", file, message_of_pending().c_str());
    bad++;
    break;
  }
  good++;
  for (Py_ssize_t i = 0; i < tuple_size(code->co_consts); i++) {
    PyObject* constant = item(code->co_consts, i);
    if (PyCode_Check(constant)) verify_all(reinterpret_cast<Code*>(constant), file, repetitions);
  }
}

bool read_file(const char* path, std::string& to) {
  FILE* file = fopen(path, "rb");
  if (!file) return false;
  char part[65536];
  to.clear();
  while (size_t n = fread(part, 1, sizeof part, file)) to.append(part, n);
  fclose(file);
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  int repetitions = argc > 1 ? atoi(argv[1]) : 1;
  config.executable = argv[0];
  if (!config.x_options.append("bare") || !start(module_table())) return 2;
  char path[4096];
  std::string data;
  while (fgets(path, sizeof path, stdin)) {
    path[strcspn(path, "\n")] = 0;
    if (!read_file(path, data)) {
      printf("%s: cannot be read\n", path);
      bad++;
      continue;
    }
    Ref<> code = code_from_pyc(data);
    if (code) {
      verify_all(reinterpret_cast<Code*>(code.get()), path, repetitions);
    } else {
      printf("%s: %s\n", path, message_of_pending().c_str());
      bad++;
    }
  }
  if (argc > 1) printf("%.1f ns a code unit\n", static_cast<double>(spent.count()) / static_cast<double>(units));
  printf("%d passed, %d failed\n", good - bad, bad);
  return bad != 0;
}
