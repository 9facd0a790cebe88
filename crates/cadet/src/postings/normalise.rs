//! x
pub mod address;
pub mod company;
pub mod date;
pub mod gazetteer;
pub mod html;
pub mod language;
pub mod pay;
pub mod place;
pub mod text;
pub mod workplace;
