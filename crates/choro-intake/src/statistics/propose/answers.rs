//! What an answer changes in a draft.

use super::{draft::MappingDraft, indicator_draft::IndicatorDraft, period_draft::PeriodDraft, question::Answer};

/// The draft with the answer in it.
pub fn applied(mut draft: MappingDraft, answer: Answer) -> MappingDraft {
    match answer {
        Answer::Indicator(id) => draft.indicator = IndicatorDraft::Constant(id),
        Answer::Period(period) => draft.period = PeriodDraft::Constant(period, "the answer"),
        Answer::Periods(periods) => {
            let pairs = periods.into_iter().collect();
            draft.period = match draft.period {
                PeriodDraft::Column(column, _) => PeriodDraft::Column(column, pairs),
                PeriodDraft::Headings(row, _) => PeriodDraft::Headings(row, pairs),
                other => other,
            };
        }
        Answer::Power(power) => draft.power = Some(power),
        Answer::Columns(columns) => draft.values = columns,
        Answer::Dimension(column, id, codes) => draft.dimensions.push((id, column, codes)),
        Answer::Marks(marks) => draft.marks.extend(marks),
        Answer::AsDrafted => {}
    }
    draft
}
