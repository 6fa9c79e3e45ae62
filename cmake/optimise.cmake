# What the release build adds: link-time optimisation, and optimisation by a profile that lives in the repository
# (`./dev profile` makes a new one). Functions that changed since then are compiled without it, the rest with it.
if(TAIPAN_LTO)
  add_compile_options(-flto=thin -fsplit-lto-unit)
  # The cache makes the second link of a build folder cheap. What the profile's runs never came to is kept apart.
  add_link_options(-flto=thin -Wl,--thinlto-jobs=all -Wl,--thinlto-cache-dir=${CMAKE_BINARY_DIR}/lto-cache
    -Wl,--thinlto-cache-policy=cache_size_bytes=1g -Wl,--lto-O2
    -Wl,-mllvm,-enable-split-machine-functions -Wl,-mllvm,-mfs-psi-cutoff=0)
  set(CMAKE_AR llvm-ar-19)
  set(CMAKE_RANLIB llvm-ranlib-19)
endif()
# A local function's name in the profile starts with its file: without its folders, so that it fits any checkout.
set(profile_names -mllvm -static-func-full-module-prefix=false)
if(TAIPAN_PROFILE_GENERATE)
  add_compile_options(-fprofile-generate ${profile_names})
  add_link_options(-fprofile-generate)
elseif(TAIPAN_PROFILE AND EXISTS "${TAIPAN_PROFILE}")
  add_compile_options(-fprofile-use=${TAIPAN_PROFILE} ${profile_names}
    -Wno-profile-instr-out-of-date -Wno-profile-instr-unprofiled -Wno-profile-instr-missing -Wno-backend-plugin)
  add_link_options(-fprofile-use=${TAIPAN_PROFILE} -Wno-profile-instr-out-of-date)
endif()
