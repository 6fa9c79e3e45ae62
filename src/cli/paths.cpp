// Where things lie: this program, the one that a virtual environment stands for, the library.
#include <sys/stat.h>
#include <unistd.h>

#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "cli/options.h"

namespace taipan {
namespace {

/// Kept for the process's life.
const char* keep(const std::string& text) { return strdup(text.c_str()); }

std::string folder_of(const std::string& path) {
  size_t slash = path.rfind('/');
  return slash == path.npos ? "" : path.substr(0, slash);
}
std::string real_path(const char* path) {
  char real[PATH_MAX];
  return realpath(path, real) ? real : path;
}

const char* find_executable(const char* argv0) {
  char folder[PATH_MAX];
  if (argv0[0] == '/') return argv0;
  if (strchr(argv0, '/')) {
    if (!getcwd(folder, sizeof folder)) return "";
    return keep(std::string(folder) + "/" + (!strncmp(argv0, "./", 2) ? argv0 + 2 : argv0));
  }
  const char* folders = getenv("PATH");
  for (const char* at = folders ? folders : ""; *at;) {
    size_t n = strcspn(at, ":");
    std::string path = std::string(at, n) + "/" + argv0;
    if (!access(path.c_str(), X_OK)) return keep(path);
    at += n + (at[n] == ':');
  }
  return "";
}

/// The folder that a virtual environment's pyvenv.cfg names as home; "" if there is none.
std::string home_of_environment(const std::string& folder) {
  FILE* settings = fopen((folder + "/pyvenv.cfg").c_str(), "r");
  if (!settings) settings = fopen((folder_of(folder) + "/pyvenv.cfg").c_str(), "r");
  if (!settings) return "";
  char line[PATH_MAX + 64], home[PATH_MAX] = "";
  while (fgets(line, sizeof line, settings) && sscanf(line, " home = %4095[^\r\n]", home) != 1) {
  }
  fclose(settings);
  return home;
}

/// The nearest folder upwards, the root left out, in which one of these is.
std::string search_up(std::string folder, bool (*test)(const std::string&)) {
  for (; !folder.empty(); folder = folder_of(folder))
    if (test(folder)) return folder;
  return "";
}
bool exists(const std::string& path, mode_t kind) {
  struct stat info;
  return !stat(path.c_str(), &info) && (info.st_mode & S_IFMT) == kind;
}

/// A library beside the program wins over the one of the system.
void find_prefixes(Config& c, const std::string& folder) {
  std::string prefix = search_up(folder, [](const std::string& f) {
    return exists(f + "/lib/python311.zip", S_IFREG) || exists(f + "/lib/python3.11/os.py", S_IFREG);
  });
  if (!prefix.empty()) c.prefix = keep(prefix);
  prefix = search_up(folder, [](const std::string& f) { return exists(f + "/lib/python3.11/lib-dynload", S_IFDIR); });
  if (!prefix.empty()) c.exec_prefix = keep(prefix);
}

/// folder/name without "." and ".." in it.
std::string join(const std::string& folder, const std::string& name) {
  std::string path = name[0] == '/' ? name : folder + "/" + name, out;
  for (size_t at = 0; at < path.size();) {
    size_t end = path.find('/', at);
    if (end == path.npos) end = path.size();
    std::string part = path.substr(at, end - at);
    if (part == "..") out = folder_of(out);
    else if (!part.empty() && part != ".") out += "/" + part;
    at = end + 1;
  }
  return out.empty() ? "/" : out;
}

/// A file PROGRAM._pth says all of sys.path, a line each, and isolates from everything else.
bool read_path_file(Config& c, const std::string& program) {
  FILE* file = fopen((program + "._pth").c_str(), "r");
  if (!file) return false;
  std::string folder = folder_of(program);
  c.isolated = c.no_site = 1;
  c.has_path_file = true;
  c.prefix = c.exec_prefix = keep(folder);
  char line[PATH_MAX + 64];
  while (fgets(line, sizeof line, file)) {
    std::string text(line, strcspn(line, "#\r\n"));
    size_t start = text.find_first_not_of(" \t"), end = text.find_last_not_of(" \t");
    if (start == text.npos) continue;
    text = text.substr(start, end + 1 - start);
    if (text == "import site") c.no_site = 0;
    else if (text.starts_with("import ")) fprintf(stderr, "unsupported 'import' line in ._pth file\n");
    else if (!c.path_file.append(keep(join(folder, text)))) break;
  }
  fclose(file);
  return true;
}

}  // namespace

void find_paths(Config& c, const char* program) {
  c.program = program;
  c.executable = c.base_executable = find_executable(program);
  if (!*c.executable) return;
  std::string real = real_path(c.executable), own_folder = folder_of(c.executable), folder = folder_of(real);
  if (read_path_file(c, c.executable) || (real != c.executable && read_path_file(c, real))) return;
  std::string home = home_of_environment(own_folder);
  if (!home.empty()) {
    std::string base = home + "/" + std::string(c.executable).substr(own_folder.size() + 1);
    // The home may lack a program of this name: then the one that ours is a link to is meant.
    c.base_executable = keep(access(base.c_str(), X_OK) ? real : base);
    folder = home;
  }
  find_prefixes(c, folder);
}

}  // namespace taipan
