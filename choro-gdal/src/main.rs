//! Reads boundary files through GDAL and streams their features.

fn main() {}
