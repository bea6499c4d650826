// Moved to core/numeric/number_text.h, because verdicts speak numbers too.
#pragma once
#include "core/numeric/number_text.h"
