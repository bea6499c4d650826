// The command line of `initlab`: verbs, options, help. Main thread.
#pragma once

namespace initlab {

// Does what the arguments say and returns the process's exit code (exit_code.h).
int run_command_line(int argc, char** argv);

}  // namespace initlab
