#pragma once
// Exceptions as text: tracebacks with source lines and carets, chains, groups, notes, suggestions.
#include "base/format.h"
#include "object/object.h"

namespace taipan {

/// What an uncaught exception shows, causes and contexts first. Never leaves an exception pending.
void format_exception(TextBuffer& out, PyObject* exception);
/// "Traceback (most recent call last):" and its entries (PyTraceBack_Print).
void format_traceback(TextBuffer& out, PyObject* traceback);
/// sys.excepthook's default, sys.__excepthook__: prints to sys.stderr.
void display_exception(PyObject* value, PyObject* traceback);
/// Prints the pending exception to C's stderr and clears it: when there is no sys.stderr yet or any more.
void print_pending_to_stderr();
/// Writes to sys.stderr, or to C's if there is none; never fails.
void write_stderr(std::string_view utf8);
/// A str with any characters to sys.stderr.
void write_stderr(PyObject* str);

/// sys.unraisablehook through Hooks::unraisable.
void report_unraisable(PyObject* where);
/// The same with "Exception ignored {words}" in place of "Exception ignored in".
void report_unraisable_message(const char* words, PyObject* where);
/// Its default: prints UnraisableHookArgs' fields (null for None).
void display_unraisable(PyObject* type, PyObject* value, PyObject* traceback, PyObject* message, PyObject* where);

/// The name that a NameError or AttributeError may have meant; empty: none.
Ref<> suggest_name(PyObject* exception);
/// A line of a source file as str without newline, for tracebacks and warnings; empty: not to be had (no exception).
Ref<> source_line(PyObject* filename, int line);

}  // namespace taipan
