# Programs for those who work on Taipan.
add_executable(ast_dump tools/ast_dump.cpp)
target_link_libraries(ast_dump PRIVATE taipan_syntax taipan_base)
add_executable(code_dump EXCLUDE_FROM_ALL tools/code_dump.cpp)
target_include_directories(code_dump SYSTEM PRIVATE ${TAIPAN_PYTHON_INCLUDE})
target_link_libraries(code_dump PRIVATE taipan_compiler taipan_types taipan_object taipan_syntax taipan_bytecode taipan_base
  mimalloc gmp m)
