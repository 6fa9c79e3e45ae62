# Programs for those who work on Taipan.
add_executable(ast_dump tools/ast_dump.cpp)
target_link_libraries(ast_dump PRIVATE taipan_syntax taipan_base)
