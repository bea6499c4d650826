// What the program's exit code means, the same for every verb.
#pragma once

namespace initlab {

enum ExitCode : int {
  kDone = 0,
  kExpectationFailed = 1,  // said which and by how much
  kBadInput = 2,           // one line on stderr: what, where, what is allowed
  kNoDisplay = 3,          // no display or no graphics
  kCouldNotWrite = 4,
  kInterrupted = 130,  // Ctrl-C between two steps
};

}  // namespace initlab
