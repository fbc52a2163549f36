//! How it stands with what is kept on a device.

/// Whether everything outlasts the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// 已保存.
    Saved,
    /// 正在保存.
    Saving,
    /// 未保存, and why.
    Not(Why),
}

/// Why something is not kept, or was not found; words: `kept.<name>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// There is no room left on this device.
    Full,
    /// Another window writes now.
    Taken,
    /// Another window could not keep all it has, and does not yield.
    CannotYield,
    /// Another window with an older form stands in the way.
    OldPage,
    /// The device holds what a newer form has kept.
    OldForm,
    /// This browser keeps nothing.
    None,
    /// The page came over a connection on which browsers keep no secret.
    Insecure,
    /// What lies on the device cannot be opened any more: its key is gone.
    KeyGone,
    /// Nothing of that visit can be read any more.
    Spoilt,
    /// That is not the PIN.
    WrongPin,
    /// After wrong PINs, another one may be tried only later.
    Wait,
    /// What makes a key of a PIN could not be fetched.
    NoSafe,
    /// It did not work, and nobody knows why.
    Failed,
}

impl Why {
    const ALL: [Self; 13] = [
        Self::Full,
        Self::Taken,
        Self::CannotYield,
        Self::OldPage,
        Self::OldForm,
        Self::None,
        Self::Insecure,
        Self::KeyGone,
        Self::Spoilt,
        Self::WrongPin,
        Self::Wait,
        Self::NoSafe,
        Self::Failed,
    ];

    /// Its name in words, and among the page's refusals.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Taken => "taken",
            Self::CannotYield => "cannot_yield",
            Self::OldPage => "old_page",
            Self::OldForm => "old_form",
            Self::None => "none",
            Self::Insecure => "insecure",
            Self::KeyGone => "key_gone",
            Self::Spoilt => "spoilt",
            Self::WrongPin => "wrong_pin",
            Self::Wait => "wait",
            Self::NoSafe => "no_safe",
            Self::Failed => "failed",
        }
    }

    /// The refusal of that name.
    #[must_use]
    pub fn named(name: &str) -> Self {
        let mut all = Self::ALL.into_iter();
        all.find(|why| why.as_str() == name).unwrap_or(Self::Failed)
    }

    /// Whether trying again may help.
    #[must_use]
    pub fn may_pass(self) -> bool {
        matches!(self, Self::Full | Self::OldPage | Self::Failed)
    }
}

/// Whether what is kept on this device is under a PIN (锁屏密码).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lock {
    /// There is no PIN.
    #[default]
    Off,
    /// There is one, and it was given.
    Open,
    /// There is one, and nothing can be read without it.
    Shut,
}

impl Lock {
    /// By its name among what the page tells.
    #[must_use]
    pub fn named(name: &str) -> Self {
        match name {
            "open" => Self::Open,
            "shut" => Self::Shut,
            _ => Self::Off,
        }
    }
}

/// Which of the windows on this device writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writer {
    /// This one.
    This,
    /// Another one.
    Other,
    /// Another one, which could not keep all it has and did not yield.
    Unyielding,
}
