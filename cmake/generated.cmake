# Sources made at build time by host tools.
set(TAIPAN_UNICODE_DATA /usr/share/unicode CACHE PATH "Unicode character database 15.0 (package unicode-data)")

add_executable(make_unicode tools/make_unicode.cpp)
set(unicode_source ${CMAKE_BINARY_DIR}/generated/unicode_data.cpp)
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/generated)
add_custom_command(
  OUTPUT ${unicode_source}
  COMMAND make_unicode ${TAIPAN_UNICODE_DATA} ${CMAKE_SOURCE_DIR}/tools/unicode_patches.txt ${unicode_source}
  DEPENDS make_unicode ${CMAKE_SOURCE_DIR}/tools/unicode_patches.txt
  VERBATIM)
target_sources(taipan_base PRIVATE ${unicode_source})

add_executable(unicode_dump EXCLUDE_FROM_ALL tests/oracle/unicode_dump.cpp)
target_link_libraries(unicode_dump PRIVATE taipan_base)
