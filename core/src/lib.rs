//! Household exit standards, judged while answers are typed.
