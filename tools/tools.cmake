# Programs for those who work on Taipan.
add_executable(ast_dump tools/ast_dump.cpp)
target_link_libraries(ast_dump PRIVATE taipan_syntax taipan_base)
add_executable(verify_pyc EXCLUDE_FROM_ALL tools/verify_pyc.cpp)
target_include_directories(verify_pyc SYSTEM PRIVATE ${TAIPAN_PYTHON_INCLUDE})
foreach(layer IN LISTS layers)
  target_link_libraries(verify_pyc PRIVATE $<LINK_LIBRARY:WHOLE_ARCHIVE,taipan_${layer}>)
endforeach()
target_link_libraries(verify_pyc PRIVATE gmp z expat dl m)
