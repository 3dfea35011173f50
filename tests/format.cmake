# cmake -P format.cmake: is all C++ as `make format` leaves it?
cmake_minimum_required(VERSION 3.25)
cmake_path(GET CMAKE_CURRENT_LIST_DIR PARENT_PATH project)

set(files "")
foreach(room IN ITEMS base fhir causes publish report press batch bulk plugin app tests examples bench)
  file(GLOB_RECURSE found ${project}/${room}/*.cpp ${project}/${room}/*.hpp)
  list(FILTER found EXCLUDE REGEX "/(venv|node_modules)/")  # what the peers' tests install
  list(APPEND files ${found})
endforeach()
execute_process(COMMAND clang-format-14 --dry-run --Werror ${files}
  RESULT_VARIABLE failed ERROR_VARIABLE faults)
if(failed)
  message(FATAL_ERROR "run make format:\n${faults}")
endif()
