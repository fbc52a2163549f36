//! The yardstick: the nine checks of 2017 by hand, over typed structs, two-valued.

/// What a surveyor would find, all of it known.
#[derive(Clone, Debug)]
pub(crate) struct Household {
    pub(crate) members: Vec<Member>,
    pub(crate) wages: Vec<Wage>,
    pub(crate) business: Vec<Business>,
    /// Kind (by place in the list) and fen.
    pub(crate) property: Vec<(u8, i64)>,
    pub(crate) transfers: Vec<(u8, i64)>,
    pub(crate) income_is_stable: bool,
    pub(crate) food: [bool; 2],
    pub(crate) clothing: [bool; 3],
    pub(crate) home_kind: u8,
    pub(crate) home_is_secured: bool,
    pub(crate) house_grade: u8,
    pub(crate) grading_is_safe: bool,
    pub(crate) renovation: u8,
    pub(crate) renovation_date: i64,
    pub(crate) relocation: u8,
    pub(crate) water_litres: i64,
    pub(crate) water_test: u8,
    pub(crate) water_senses: [bool; 4],
    pub(crate) water_tap: bool,
    pub(crate) water_minutes: i64,
    pub(crate) water_horizontal: i64,
    pub(crate) water_vertical: i64,
    pub(crate) water_short_days: i64,
    pub(crate) power_connected: bool,
    pub(crate) broadcast_signal: u8,
}

#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) change: u8,
    pub(crate) born: i64,
    pub(crate) school_status: u8,
    pub(crate) school_document: bool,
    pub(crate) insured: [bool; 3],
    pub(crate) excuse: u8,
    pub(crate) special: u8,
}

#[derive(Clone, Debug)]
pub(crate) struct Wage {
    pub(crate) place: u8,
    pub(crate) amount: i64,
    pub(crate) living_cost: i64,
}

#[derive(Clone, Debug)]
pub(crate) struct Business {
    pub(crate) revenue: i64,
    pub(crate) in_kind: i64,
    pub(crate) cost: i64,
}

/// What the standard sets in the year, and which options of each list are meant.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    pub(crate) line: i64,
    pub(crate) school: (i64, i64),
    pub(crate) registered: u64,
    pub(crate) in_township: u64,
    pub(crate) property: u64,
    pub(crate) transfers: u64,
    pub(crate) schooled: u64,
    pub(crate) schooled_with_paper: u64,
    pub(crate) excused: u64,
    pub(crate) soldier: u64,
    pub(crate) stays: u64,
    pub(crate) moved: u64,
    pub(crate) graded_safe: u64,
    pub(crate) ungraded: u64,
    pub(crate) no_home: u64,
    pub(crate) accepted: u64,
    pub(crate) provided: u64,
    pub(crate) check_date: i64,
    pub(crate) litres: i64,
    pub(crate) test_passed: u64,
    pub(crate) test_none: u64,
    pub(crate) minutes: i64,
    pub(crate) horizontal: i64,
    pub(crate) vertical: i64,
    pub(crate) short_days: i64,
    pub(crate) receives: u64,
}

fn is(option: u8, mask: u64) -> bool {
    mask >> option & 1 == 1
}

/// The nine checks, a bit each, in the order of the standard.
#[inline(never)]
pub(crate) fn judge(h: &Household, r: &Rules) -> u64 {
    let (mut heads, mut schooled, mut insured) = (0_i64, true, true);
    for m in &h.members {
        if !is(m.change, r.registered) {
            continue;
        }
        heads += 1;
        if m.born >= r.school.0 && m.born <= r.school.1 {
            schooled &= is(m.school_status, r.schooled)
                || is(m.school_status, r.schooled_with_paper) && m.school_document;
        }
        insured &= is(m.special, r.soldier)
            || m.insured.iter().any(|one| *one)
            || is(m.excuse, r.excused);
    }
    let mut net = 0_i64;
    for wage in &h.wages {
        let away = !is(wage.place, r.in_township);
        net += wage.amount - if away { wage.living_cost } else { 0 };
    }
    for business in &h.business {
        net += business.revenue + business.in_kind - business.cost;
    }
    for (kind, amount) in &h.property {
        net += if is(*kind, r.property) { *amount } else { 0 };
    }
    for (kind, amount) in &h.transfers {
        net += if is(*kind, r.transfers) { *amount } else { 0 };
    }
    let graded = if is(h.house_grade, r.ungraded) {
        !is(h.home_kind, r.no_home) && h.grading_is_safe
    } else {
        is(h.house_grade, r.graded_safe)
    };
    let renovated = is(h.renovation, r.accepted) && h.renovation_date <= r.check_date;
    let provided = is(h.home_kind, r.provided) && h.home_is_secured;
    let water = h.water_litres >= r.litres
        && (is(h.water_test, r.test_passed)
            || is(h.water_test, r.test_none) && h.water_senses.iter().all(|one| *one))
        && (h.water_tap
            || h.water_minutes <= r.minutes
            || h.water_horizontal <= r.horizontal && h.water_vertical <= r.vertical)
        && h.water_short_days <= r.short_days;
    let checks = [
        net > r.line * heads && heads > 0 && h.income_is_stable,
        h.food.iter().all(|one| *one),
        h.clothing.iter().all(|one| *one),
        schooled,
        insured,
        is(h.relocation, r.moved)
            || is(h.relocation, r.stays) && (graded || renovated || provided),
        water,
        h.power_connected,
        is(h.broadcast_signal, r.receives),
    ];
    checks.iter().rev().fold(0, |mask, check| mask << 1 | u64::from(*check))
}
