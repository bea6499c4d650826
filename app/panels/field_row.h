// One setting as a row: its label at the left, its value at the right as a list, a switch or a text field.
// The row of core/experiment/file/fields.h says which; what is typed is checked there too.
#pragma once

#include <optional>
#include <string>

#include "app/panels/panel.h"
#include "core/experiment/file/experiment_json.h"
#include "core/experiment/file/fields.h"

namespace initlab {

inline constexpr double kFieldRowHeight = 32;
// The text field that asks for the path of a table, where CSV was chosen without one.
inline constexpr std::string_view kCsvPathBox = "data.csv";

// Draws the row of `field`, a member of `section` inside the shown experiment, whose dotted path is `path`
// ("training.learning_rate"). When the user has set another value, the experiment with it; what was wrong is
// shown as a message.
template <class Section>
std::optional<Experiment> field_row(PanelContext& context, Rect rect, const Field<Section>& field,
                                    Section& section, const std::string& path);

// What typing `typed` for the setting at `path` makes of the shown experiment, with what goes along with it;
// else what is wrong, in one line. What came along is told by a message.
Result<Experiment> experiment_with(PanelContext& context, const std::string& path, const std::string& typed,
                                   Effect effect);

// What is shown of a value: "0.01", "10, 5", "Circles".
std::string value_text(const FieldValue& value);

}  // namespace initlab
