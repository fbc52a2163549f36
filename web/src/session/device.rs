//! What the page around the form knows of this device, and tells.

use super::{Effect, Session, Watch};

/// Whether the form opens without a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offline {
    /// 正在准备离线使用.
    Preparing,
    /// 可离线使用.
    Ready,
    /// Not yet: the files that it needs could not be fetched.
    Failed,
    /// 这个浏览器不能离线使用.
    Cannot,
}

/// What the page has told; at first nothing, and nothing is said then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Device {
    /// Whether the form opens without a network.
    pub offline: Option<Offline>,
    /// A newer version waits.
    pub newer: bool,
    /// The browser offers to install the form.
    pub installable: bool,
    /// How much room there is, once it was asked.
    pub room: Option<Room>,
}

/// The room on this device, in megabytes; nothing where the browser does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// What is used.
    pub used: Option<u32>,
    /// What there is.
    pub all: Option<u32>,
    /// The browser promises not to clear it away by itself.
    pub is_safe: bool,
}

impl Session {
    /// What the page knows of this device.
    #[must_use]
    pub fn device(&self) -> Device {
        self.device
    }

    /// Whether the form stands in a page that keeps visits itself.
    #[must_use]
    pub fn is_guest(&self) -> bool {
        self.guest
    }

    /// From now on it does.
    pub fn be_guest(&mut self) {
        self.guest = true;
    }

    pub(super) fn learn_device(&mut self, device: Device) -> Effect {
        let same = self.device == device;
        self.device = device;
        if same { Effect::default() } else { Effect::of(&[Watch::Device]) }
    }
}
