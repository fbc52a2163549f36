//! Why a file stays closed, or is not made.

/// A refusal; its words are `sealed.<key>`, which say what to do as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not an `age` file.
    NotSealed,
    /// An `age` file written as text, by `age --armor`.
    Armored,
    /// A version of `age` that is not known here.
    Newer,
    /// The end is missing: nothing that was there has been judged.
    Truncated,
    /// What is there is not what was written.
    Altered,
    /// The last piece does not hold: cut off or altered, which nobody can tell apart.
    Damaged,
    /// The passphrase is not that of the file.
    WrongPassphrase,
    /// None of the secret keys is one that the file was made for.
    WrongKey,
    /// Made for a key, and a passphrase was given.
    NeedsKey,
    /// Made by a passphrase, and a key was given.
    NeedsPassphrase,
    /// The passphrase takes more work than a phone can do.
    TooDear,
    /// Larger than any hand-over.
    TooLarge,
    /// No public key.
    BadRecipient,
    /// A secret key where a public one belongs.
    SecretKeyGiven,
    /// No secret key.
    BadIdentity,
    /// A public key where a secret one belongs.
    PublicKeyGiven,
    /// Stretching: no salt, or a price out of bounds.
    BadPrice,
}

impl Refusal {
    /// The name in words.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::NotSealed => "not_sealed",
            Self::Armored => "armored",
            Self::Newer => "newer",
            Self::Truncated => "truncated",
            Self::Altered => "altered",
            Self::Damaged => "damaged",
            Self::WrongPassphrase => "wrong_passphrase",
            Self::WrongKey => "wrong_key",
            Self::NeedsKey => "needs_key",
            Self::NeedsPassphrase => "needs_passphrase",
            Self::TooDear => "too_dear",
            Self::TooLarge => "too_large",
            Self::BadRecipient => "bad_recipient",
            Self::SecretKeyGiven => "secret_key_given",
            Self::BadIdentity => "bad_identity",
            Self::PublicKeyGiven => "public_key_given",
            Self::BadPrice => "bad_price",
        }
    }
}
