//! Rings on the plane of longitude and latitude: their edges, where these meet, and what lies inside.

pub(super) mod bounds;
pub(super) mod box_tree;
pub(super) mod edge_tree;
pub(super) mod ground;
pub(super) mod meeting;
pub(super) mod rings;
pub(super) mod sides;
pub(super) mod steps;
pub(super) mod stitch;
