//! What the program says and does not do when it is given nonsense.
