// The fingerprint and nothing else: a program without a window, so that another compiler's bits can be had
// without building all of the laboratory.
#include <cstdio>

#include "core/experiment/result/result_json.h"

int main() {
  std::puts(initlab::fingerprint().c_str());
  return 0;
}
