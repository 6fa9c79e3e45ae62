#pragma once
// The limit on recursion over trees: three levels of a tree count as one of Python's recursion limit, and the C++ stack
// must not run out whatever that limit is.

namespace taipan::compiler {

class TreeDepth {
 public:
  TreeDepth();

  /// One more level while it lives; false: too deep, RecursionError is pending with this message.
  class Level {
   public:
    Level(TreeDepth& depth, const char* message) : depth_(depth) {
      ok_ = ++depth.depth_ <= depth.limit_ && stack_left();
      if (!ok_) [[unlikely]] raise(message);
    }
    ~Level() { depth_.depth_--; }
    Level(const Level&) = delete;
    explicit operator bool() const { return ok_; }

   private:
    static void raise(const char* message);
    TreeDepth& depth_;
    bool ok_;
  };
  static bool stack_left();  ///< raises nothing

 private:
  int depth_, limit_;
};

inline constexpr char kTooDeepToCompile[] = "maximum recursion depth exceeded during compilation";

}  // namespace taipan::compiler
