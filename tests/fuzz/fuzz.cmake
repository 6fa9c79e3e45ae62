# Fuzzers, built with -DTAIPAN_FUZZ=ON (and best with the sanitizers): build/fuzz_parse -max_len=400 CORPUS
if(TAIPAN_FUZZ)
  target_compile_options(taipan_syntax PRIVATE -fsanitize=fuzzer-no-link)
  add_executable(fuzz_parse tests/fuzz/parse.cpp)
  target_compile_options(fuzz_parse PRIVATE -fsanitize=fuzzer)
  target_link_options(fuzz_parse PRIVATE -fsanitize=fuzzer)
  target_link_libraries(fuzz_parse PRIVATE taipan_syntax taipan_base)
endif()
