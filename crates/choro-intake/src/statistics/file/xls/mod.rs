//! XLS workbooks (BIFF in a compound file).

pub mod biff;
mod shared_texts;
