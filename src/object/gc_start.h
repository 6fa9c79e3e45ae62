#pragma once
// What a start makes lives as long as the process, and looking through it is most of a short program's collecting.
// It is therefore set aside until a full collection is asked for or the gc module wants to see it.

namespace taipan {

/// `false`: the built-in types are ready, the interpreter starts: no automatic collection. `true`: as usual from now on,
/// with all objects that are there set aside.
void gc_set_started(bool started);
/// Everything belongs to the oldest generation again. The start's own garbage is dropped first: no program shall count it.
void gc_take_back_start();
/// The same without looking for garbage.
void gc_merge_start();
/// A full collection that nobody hears of.
void gc_collect_quietly();
/// Full collections of the interpreter's end. The first looks only at what the program made (`all` false).
void gc_collect_at_exit(bool all);

}  // namespace taipan
