// Counts the calls of operator new of the whole test program.
#pragma once

namespace initlab {

long allocation_count();

}  // namespace initlab
