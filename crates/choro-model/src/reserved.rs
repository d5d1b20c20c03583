//! Names that the parameters of Choro's URLs have.

/// Names of parameters that can stand beside the codes of dimensions. A dimension of such a name could not be asked for, nor one
/// with the name of a foreign parameter. A test of `choro-server` compares them with the OpenAPI document.
pub const RESERVED_NAMES: [&str; 24] = [
    "indicator",
    "period",
    "release",
    "borders",
    "lang",
    "method",
    "classes",
    "breaks",
    "scope",
    "palette",
    "set",
    "grid",
    "zoom",
    "encoding",
    "style",
    "from",
    "kind",
    "area",
    "fit",
    "at",
    "size",
    "show",
    "controls",
    "mode",
];
