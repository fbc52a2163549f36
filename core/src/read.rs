//! Reading what was typed.
