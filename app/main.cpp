// The one program: a window without a verb, a command with one. All of it stands in app/cli.
#include "app/cli/cli.h"

int main(int argc, char** argv) {
  return initlab::run_command_line(argc, argv);
}
