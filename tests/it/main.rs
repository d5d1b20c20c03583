//! The one integration binary: each file is a topic.
