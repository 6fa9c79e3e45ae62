# C++ tests for what Python cannot see, one program a floor: tests/unit/FLOOR/*_test.cpp.
foreach(layer base bytecode syntax)
  file(GLOB unit_sources CONFIGURE_DEPENDS tests/unit/${layer}/*_test.cpp)
  if(unit_sources AND TARGET taipan_${layer})
    add_executable(${layer}_test tests/unit/main.cpp ${unit_sources})
    target_include_directories(${layer}_test PRIVATE tests/unit)
    target_link_libraries(${layer}_test PRIVATE taipan_${layer} taipan_base)
  endif()
endforeach()
