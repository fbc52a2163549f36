//! The three states of a verdict and how they combine (Kleene's strong logic).

/// 达标 · 待核实 · 未达标: what can be said of a condition from what is known.
///
/// Ordered so that "and" is the least and "or" the greatest:
///
/// | and | not met | unknown | met |
/// |---|---|---|---|
/// | **not met** | not met | not met | not met |
/// | **unknown** | not met | unknown | unknown |
/// | **met** | not met | unknown | met |
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// 未达标: no answer still missing can change this.
    NotMet,
    /// 待核实: the answers that are missing decide.
    Unknown,
    /// 达标: no answer still missing can change this.
    Met,
}

/// The state of every criterion, a bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct States {
    /// 达标.
    pub met: u64,
    /// 未达标.
    pub not_met: u64,
}

impl States {
    /// The state of one criterion, by its place.
    #[must_use]
    pub fn of(self, criterion: usize) -> Verdict {
        let bit = u32::try_from(criterion).ok().and_then(|at| 1_u64.checked_shl(at));
        let has = |states: u64| bit.is_some_and(|bit| states & bit != 0);
        match (has(self.met), has(self.not_met)) {
            (true, _) => Verdict::Met,
            (_, true) => Verdict::NotMet,
            _ => Verdict::Unknown,
        }
    }

    /// The household: not met if any of so many criteria is not met, else unknown if any is.
    #[must_use]
    pub fn whole(self, criteria: usize) -> Verdict {
        (0..criteria).map(|at| self.of(at)).fold(Verdict::Met, Verdict::and)
    }
}

impl Verdict {
    /// Both must hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// One must hold.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }

    /// The name in data and JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotMet => "not_met",
            Self::Unknown => "unknown",
            Self::Met => "met",
        }
    }

    /// Whether no answer still missing can change it.
    #[must_use]
    pub fn is_decided(self) -> bool {
        self != Self::Unknown
    }
}

impl std::ops::Not for Verdict {
    type Output = Self;

    /// The opposite; what is unknown stays unknown.
    fn not(self) -> Self {
        match self {
            Self::NotMet => Self::Met,
            Self::Unknown => Self::Unknown,
            Self::Met => Self::NotMet,
        }
    }
}

impl From<bool> for Verdict {
    fn from(holds: bool) -> Self {
        if holds { Self::Met } else { Self::NotMet }
    }
}
