//! Why a chain is not made, or not read.

/// A refusal; its words are `sealed.<key>`, which say what to do as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// More than anybody would scan.
    TooLong,
    /// Some other QR code.
    NotOurs,
    /// Shown by a later version of the form.
    NewerCode,
    /// A code of another chain than those before.
    OtherChain,
    /// Some are missing.
    NotAll,
    /// What was joined is not what was shown.
    BadSum,
    /// It was made small, and cannot be made whole.
    BadPack,
}

impl Refusal {
    /// The name in words.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::TooLong => "too_long",
            Self::NotOurs => "not_ours",
            Self::NewerCode => "newer_code",
            Self::OtherChain => "other_chain",
            Self::NotAll => "not_all",
            Self::BadSum => "bad_sum",
            Self::BadPack => "bad_pack",
        }
    }
}
