//! Markdown of which only our own marks are marks, whatever the words in it hold.

/// A piece of a line: words are escaped in it, links are ours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Mark(String);

/// What can be a mark somewhere in a line; `$` and `~` in some renderers.
const MARKS: &str = "\\`*_{}[]<>|&#~$";

impl Mark {
    /// Words as they stand, in one line.
    pub(super) fn plain(text: &str) -> Self {
        let mut made = String::with_capacity(text.len());
        for char in text.chars() {
            if breaks(char) {
                made.push(' ');
                continue;
            }
            if MARKS.contains(char) {
                made.push('\\');
            }
            made.push(char);
        }
        Self(made)
    }

    /// An id or a hash, which hold no marks.
    pub(super) fn code(id: &str) -> Self {
        let kept = id.chars().filter(|char| *char != '`' && *char != '|');
        let kept = kept.filter(|char| !breaks(*char));
        Self(["`", &kept.collect::<String>(), "`"].concat())
    }

    pub(super) fn linked(&self, anchor: &str) -> Self {
        Self(["[", &self.0, "](#", anchor, ")"].concat())
    }

    pub(super) fn push(&mut self, other: &Self) {
        self.0.push_str(&other.0);
    }

    /// The piece with another after it.
    pub(super) fn then(&self, other: &Self) -> Self {
        Self([self.0.as_str(), &other.0].concat())
    }

    pub(super) fn joined(between: &Self, parts: impl IntoIterator<Item = Self>) -> Self {
        let mut made = Self::default();
        for (at, part) in parts.into_iter().enumerate() {
            if at > 0 {
                made.push(between);
            }
            made.push(&part);
        }
        made
    }

    /// The piece as a line of its own: what would begin a list or a rule begins none.
    pub(super) fn line(&self) -> String {
        let text = self.0.trim();
        let end = text.find(|char: char| !char.is_ascii_digit()).unwrap_or(text.len());
        let (number, rest) = text.split_at_checked(end).unwrap_or((text, ""));
        let marks = if number.is_empty() { ['-', '+', '='] } else { ['.', ')', ')'] };
        let escape = if rest.starts_with(marks) { "\\" } else { "" };
        [number, escape, rest].concat()
    }
}

/// Whether a sign would end a line, or would not be seen.
pub(super) fn breaks(char: char) -> bool {
    char.is_control() || matches!(char, '\u{2028}' | '\u{2029}')
}

/// The anchor of a heading, as renderers make it that make their own.
pub(super) fn slug(title: &str) -> String {
    let kept = title.trim().chars().filter_map(|char| match char {
        ' ' => Some('-'),
        '-' | '_' => Some(char),
        _ => char.is_alphanumeric().then_some(char),
    });
    let made: String = kept.flat_map(char::to_lowercase).collect();
    if made.is_empty() { "x".to_owned() } else { made }
}
