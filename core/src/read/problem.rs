//! Why a text could not be read: one kind, one sentence, one piece of advice.

/// Why an answer cannot be used as it was typed (无法识别的填写); the text itself is kept.
///
/// Words: `problem.<key>` says what is wrong, `advice.<key>` what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// No number that could be read without guessing.
    NotANumber,
    /// A comma that does not part thousands.
    Commas,
    /// Digits after 万 or 亿: `3万5` may be 30,005 or 35,000.
    AfterMyriad,
    /// More digits after the point than are kept, and not zeros.
    Decimals {
        /// How many are kept; more than none.
        most: u8,
    },
    /// A part of one where only whole ones are counted.
    NotWhole,
    /// A number that no answer can be.
    TooBig,
    /// A unit that the question does not ask in; nothing is converted.
    WrongUnit {
        /// The unit of the question, in words.
        unit: String,
    },
    /// No date that could be read without guessing.
    NotADate,
    /// A month beyond the twelve.
    NoSuchMonth,
    /// A day that the month does not have.
    NoSuchDay {
        /// The days the month has in that year.
        days: i64,
    },
    /// A year outside the calendar kept here.
    NoSuchYear {
        /// The first year.
        low: i64,
        /// The last year.
        high: i64,
    },
    /// An ID number of the first generation, with 15 digits.
    OldIdNumber,
    /// An ID number has 18 characters.
    IdLength {
        /// How many there are.
        count: usize,
    },
    /// An ID number is digits, and perhaps an X at its end.
    IdCharacters,
    /// The last character does not fit the 17 before it.
    IdCheck,
    /// An ID number holds a day of birth that the calendar does not have.
    IdBirth,
    /// A disability certificate number has 20 characters, or 22 when it was replaced.
    CertificateLength {
        /// How many there are.
        count: usize,
    },
    /// After the ID number come a kind of 1 to 7, a level of 1 to 4, perhaps B and a digit.
    CertificateEnd,
    /// A text longer than is kept.
    TooLong {
        /// The most characters.
        most: usize,
    },
    /// Invisible marks that turn the direction of what stands beside them.
    BidiControls,
    /// Characters that cannot be seen or printed.
    ControlCharacters,
    /// A figure or date outside what is possible.
    OutOfRange {
        /// The least, as shown.
        low: String,
        /// The greatest, as shown.
        high: String,
    },
    /// A choice that is not offered.
    NotAnOption,
    /// A row that is not there, or no longer.
    NoSuchRow,
    /// Two answers that cannot both be true, as an ID number and a birth date.
    Conflict,
    /// A person decided otherwise than what was found, and wrote no reason.
    Unexplained,
}

impl Problem {
    /// The name in words and reports.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::NotANumber => "not_a_number",
            Self::Commas => "commas",
            Self::AfterMyriad => "after_myriad",
            Self::Decimals { .. } => "decimals",
            Self::NotWhole => "not_whole",
            Self::TooBig => "too_big",
            Self::WrongUnit { .. } => "wrong_unit",
            Self::NotADate => "not_a_date",
            Self::NoSuchMonth => "no_such_month",
            Self::NoSuchDay { .. } => "no_such_day",
            Self::NoSuchYear { .. } => "no_such_year",
            Self::OldIdNumber => "old_id_number",
            Self::IdLength { .. } => "id_length",
            Self::IdCharacters => "id_characters",
            Self::IdCheck => "id_check",
            Self::IdBirth => "id_birth",
            Self::CertificateLength { .. } => "certificate_length",
            Self::CertificateEnd => "certificate_end",
            Self::TooLong { .. } => "too_long",
            Self::BidiControls => "bidi_controls",
            Self::ControlCharacters => "control_characters",
            Self::OutOfRange { .. } => "out_of_range",
            Self::NotAnOption => "not_an_option",
            Self::NoSuchRow => "no_such_row",
            Self::Conflict => "conflict",
            Self::Unexplained => "unexplained",
        }
    }

    /// What the words name, by placeholder.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Decimals { most } => vec![("most", most.to_string())],
            Self::TooLong { most } => vec![("most", most.to_string())],
            Self::WrongUnit { unit } => vec![("unit", unit.clone())],
            Self::NoSuchDay { days } => vec![("days", days.to_string())],
            Self::NoSuchYear { low, high } => {
                vec![("low", low.to_string()), ("high", high.to_string())]
            }
            Self::IdLength { count } | Self::CertificateLength { count } => {
                vec![("count", count.to_string())]
            }
            Self::OutOfRange { low, high } => {
                vec![("low", low.clone()), ("high", high.clone())]
            }
            _ => Vec::new(),
        }
    }
}
