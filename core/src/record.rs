//! The record of one visit, as typed.
