//! Rings on the plane of longitude and latitude: their edges, where these meet, and what lies inside.

pub(super) mod boxes;
pub(super) mod edges;
pub(super) mod rings;
pub(super) mod work;
