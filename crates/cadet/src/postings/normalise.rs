//! x
pub mod address;
pub mod company;
pub mod gazetteer;
pub mod html;
pub mod place;
pub mod text;
